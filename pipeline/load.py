"""A masterclass's folder → Sources: every file read once, every record located, every problem kept.

The only step that reads authors' files. Nothing here asks what the words mean; ``check.py`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from os.path import normpath
from pathlib import Path, PurePosixPath
from typing import Any

from . import fences, front_matter, located
from .blocks import BLOCKS, ElsewhereRecord, Items, OrFile
from .cache import Cache, digest
from .course import Source
from .documents.load import documents
from .folder import Folder, inside
from .located import Origin
from .lock import read_lock
from .mappings import RecordOf
from .markdown import Rendered, Renderer
from .problems import WARNING, Problem, did_you_mean, has_errors, nearest
from .questions import QUESTIONS, TYPES, QuestionRecord
from .records import FACTS, MASTERCLASS, PAGE, REVIEWS
from .shapes import INVALID, Shape
from .sources import MASTERCLASS_FILE, REVIEWS_FILE, LoadedBlock, LoadedPage, Sources, written

_PAGE_NAME = re.compile(r"^\d+.*\.md$")
_MISNAMED_PAGE = re.compile(r"^[0-9]+[ _-].*\.(md|markdown|mdown|txt|rtf|docx?|odt|html?)$", re.IGNORECASE)

_MISNAMED_YAML = re.compile(r"^(?P<name>.+?)\.(?:yml\.txt|yaml|yaml\.txt)$", re.IGNORECASE)


def misnamed(root: Path) -> list[Path]:
    """Files that were meant to be a masterclass.yml, where there is none."""
    return sorted(
        path
        for path in root.glob("*/[Mm]asterclass.*")
        if path.name.lower() in ("masterclass.yml", "masterclass.yml.txt", "masterclass.yaml")
        and not (path.parent / MASTERCLASS_FILE).is_file()
    )


def find(roots: Iterable[Path]) -> list[Path]:
    """The masterclass folders at or directly below `roots`, sorted."""
    found: set[Path] = set()
    for root in roots:
        folder = root.parent if root.is_file() else root
        if (folder / MASTERCLASS_FILE).is_file():
            found.add(folder)
        elif folder.is_dir():
            found |= {path.parent for path in folder.glob(f"*/{MASTERCLASS_FILE}")}
    return sorted(found)


def load(folder: Path, problems: list[Problem], shown: str | None = None, cache: Cache | None = None) -> Sources | None:
    """Read `folder`; None when masterclass.yml itself cannot be used. `shown` is its name in problems."""
    name = shown if shown is not None else PurePosixPath(folder).as_posix()
    before = len(problems)
    cache = cache or Cache()
    renderer = Renderer(tuple(BLOCKS))
    files = Folder(folder, name, problems)
    reader = _Reader(files, renderer, cache)
    record = reader.record(MASTERCLASS_FILE, MASTERCLASS)
    facts = reader.record("facts.yml", FACTS) if (folder / "facts.yml").is_file() else ()
    reviews = reader.record(REVIEWS_FILE, REVIEWS) if (folder / REVIEWS_FILE).is_file() else ()
    extra = documents(files, reader.parsed, cache)
    lock = read_lock(folder, name, problems)
    media = files.media()
    page_names = _page_names(folder, name, record, problems)
    pages = [reader.page(page) for page in page_names]
    if not page_names and record is not INVALID:
        at = Source(f"{name}/{MASTERCLASS_FILE}")
        problems.append(Problem(at, "this masterclass has no pages", "add a file like 01-start.md", "missing-file"))
    if not has_errors(problems[before:]):
        reader.unused()
    read = tuple(page for page in pages if page)
    if record is INVALID or not page_names:
        # There will be no course, but what is wrong with its questions can be said all the same.
        for question in written(reader.questions, read):
            TYPES[question.type].parts(question, problems)
        return None
    names = repr([(r.id, r.title, str(r.minutes), r.outcomes, str(r.after)) for r in (page.record for page in read)])
    whole = digest(files.texts.get(MASTERCLASS_FILE, ""), repr(lock), names, repr([name for name, _ in media]))
    return Sources(
        folder,
        name,
        record,
        read,
        reader.questions,
        () if facts is INVALID else facts,
        () if reviews is INVALID else reviews,
        extra,
        lock,
        media,
        whole,
        renderer,
        cache,
    )


def _page_names(folder: Path, name: str, record: Any, problems: list[Problem]) -> list[str]:
    present = sorted(path.name for path in folder.glob("*.md") if _PAGE_NAME.match(path.name))
    for path in sorted(folder.iterdir()):
        message = hint = ""
        if _MISNAMED_PAGE.match(path.name) and not path.name.endswith(".md"):
            message = "this file is not read: the names of pages end in .md"
            hint = f"if it is a page, save it as plain text under the name {path.stem.removesuffix('.md')}.md"
        elif misnamed := _MISNAMED_YAML.match(path.name):
            message = "this file is not read: its name must end in .yml"
            hint = f"rename it to {misnamed['name']}.yml"
        if message:
            problems.append(Problem(Source(f"{name}/{path.name}"), message, hint, "unused-file", WARNING))
    if record is INVALID or not record.pages:
        return present
    source = record.written.at("pages")
    for wanted in record.pages:
        if not inside(folder, wanted):
            message = f"'{wanted}' leads outside the masterclass's folder"
            problems.append(Problem(source, message, "name a page file of this folder", "outside-folder"))
        elif not (folder / wanted).is_file():
            problems.append(
                Problem(source, f"page file '{wanted}' does not exist", did_you_mean(wanted, present), "missing-file")
            )
    for twice in sorted({page for page in record.pages if record.pages.count(page) > 1}):
        problems.append(Problem(source, f"page file '{twice}' is listed twice", "list it once", "duplicate-id"))
    meant = {nearest(wanted, present) for wanted in record.pages if wanted not in present}
    for left_out in sorted(set(present) - set(record.pages)):
        if left_out in meant:
            continue
        problems.append(
            Problem(
                Source(f"{name}/{left_out}"),
                "this page is not listed under 'pages' in masterclass.yml",
                "list it, or rename it so that it does not begin with a number",
                "unused-file",
                WARNING,
            )
        )
    return [page for n, page in enumerate(record.pages) if page not in record.pages[:n] and inside(folder, page)]


def _parsed(text: str, origin: Origin, shape: Shape, what: str) -> tuple[Any, list[Problem]]:
    problems: list[Problem] = []
    node = located.parse(text, origin, problems)
    if node is None:
        if not problems:
            block = what.startswith("this ")
            within = shape.shape if isinstance(shape, OrFile) else shape
            example = within.example() if isinstance(within, RecordOf) else "from: NAME.quiz.yml"
            hint = f"write in it: {example}" if block else "'masterclass new ID' writes an example of every file"
            problems.append(Problem(origin.source(0, 0), f"{what} is empty", hint, "empty"))
        return INVALID, problems
    return shape.read(node, what, problems), problems


class _Reader:
    def __init__(self, folder: Folder, renderer: Renderer, cache: Cache) -> None:
        self.folder = folder
        self.name = folder.name
        self.problems = folder.problems
        self.renderer = renderer
        self.cache = cache
        self.questions: dict[str, tuple[QuestionRecord, ...]] = {}
        self.block_files: set[str] = set()

    def record(self, name: str, shape: Shape, asked_at: Source | None = None) -> Any:
        text = self.folder.text(name, asked_at)
        if text is None:
            return INVALID
        return self.parsed(text, Origin(f"{self.name}/{name}"), shape, name)

    def parsed(self, text: str, origin: Origin, shape: Shape, what: str) -> Any:
        value, problems = self.cache.get(
            digest("yaml", text, repr(origin), what), lambda: _parsed(text, origin, shape, what)
        )
        self.problems += problems
        return value

    def page(self, name: str) -> LoadedPage | None:
        path = f"{self.name}/{name}"
        if not (self.folder.path / name).is_file():
            return None  # said already, at the line that lists it
        text = self.folder.text(name)
        if text is None:
            return None
        parts = front_matter.parted(text)
        if parts is None:
            self.problems.append(front_matter.missing(text, path))
            return None
        record = self.parsed(parts.yaml, Origin(path, 2), PAGE, "the front matter")
        first_line, body = parts.first_line, parts.body
        names = tuple(BLOCKS)
        open_fences = fences.wrong_marks(body, first_line, path, names) or fences.unclosed(body, first_line, path)
        if open_fences:
            self.problems += open_fences
            return None
        self.problems += fences.misspelt(body, first_line, path, names)
        try:
            rendered = self.cache.get(digest("page", body), lambda: self.renderer.page(body))
        except RecursionError:
            hint = "look for a list, a note or a definition list that goes on inside itself"
            self.problems.append(Problem(Source(path), "this page is nested too deeply to be read", hint, "too-large"))
            return None
        places = [place for place in fences.locate(body, first_line) if place.name in BLOCKS]
        blocks = self.blocks(rendered, places, path)
        self.problems += fences.untaken(body, first_line, path, [fence.name for fence in rendered.fences], places)
        if record is INVALID:
            return None
        there = [block for block in blocks if block]
        files = [file for block in there for file in (*BLOCKS[block.name].files(block.record), block.file)]
        whole = digest(text, *(self.folder.texts.get(file, "") for file in files))
        return LoadedPage(record, body, first_line, rendered, blocks, whole, Source(path))

    def blocks(self, rendered: Rendered, places: list[fences.Located], path: str) -> tuple[LoadedBlock | None, ...]:
        blocks: list[LoadedBlock | None] = []
        for fence in rendered.fences:
            place = fences.place_of(fence.name, fence.text, places)
            opened = Source(path, place.line - 1)
            kind = BLOCKS[fence.name]
            shape = OrFile(kind.shape, fence.name) if kind.filed else kind.shape
            record = self.parsed(place.text, Origin(path, place.line, place.indent), shape, f"this {fence.name} block")
            file = record.from_ if isinstance(record, ElsewhereRecord) else ""
            if file:
                self.block_files.add(file)
                record = self.record(file, kind.shape, record.written.at("from"))
            if kind.items and record is not INVALID and record.from_:
                file, record = record.from_, self.filled(kind.items, record)
            if record is INVALID:
                blocks.append(None)
                continue
            for asked in kind.files(record):
                if asked not in self.questions:
                    found = self.record(asked, QUESTIONS, record.written.at("from"))
                    self.questions[asked] = () if found is INVALID else found
            blocks.append(LoadedBlock(fence.name, record, opened, file))
        return tuple(blocks)

    def filled(self, items: Items, record: Any) -> Any:
        """The record with what stands in the file that it names."""
        text = self.folder.text(record.from_, record.written.at("from"), shared=True)
        if text is None:
            return INVALID
        read = self.parsed(text, Origin(normpath(f"{self.name}/{record.from_}")), items.shape, record.from_)
        return INVALID if read is INVALID else items.fill(record, read)

    def unused(self) -> None:
        """Files of questions or of a block that no fence names: most often a forgotten ``from:``."""
        for block in ("quiz", *(name for name, kind in BLOCKS.items() if kind.filed)):
            for path in sorted(self.folder.path.rglob(f"*.{block}.yml")):
                name = path.relative_to(self.folder.path).as_posix()
                if name not in self.questions and name not in self.block_files:
                    message = "no block asks these questions" if block == "quiz" else f"no page shows this {block}"
                    hint = f"add a {block} block with: from: {name}"
                    source = Source(f"{self.name}/{name}")
                    self.problems.append(Problem(source, message, hint, "unused-file", WARNING))
