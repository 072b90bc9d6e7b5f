"""``facilitator/*.md`` and ``brief.md`` → what stands in them, or problems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .. import fences, front_matter
from ..blocks import BLOCKS
from ..cache import Cache, digest
from ..course import Source
from ..folder import Folder
from ..located import Origin
from ..markdown import Rendered, Renderer
from ..problems import Problem
from ..shapes import INVALID, Shape
from .records import BRIEF, DOCUMENT, SESSION, BriefRecord, DocumentRecord, SessionRecord

FACILITATOR = "facilitator"
BRIEF_FILE = "brief.md"
_SESSION = "session"
_KEYS = "id: a-stable-id\nkind: session\ntitle: Title of the document"
Parsed = Callable[[str, Origin, Shape, str], Any]
"""YAML → a record, or INVALID after problems: the reader of the masterclass does it."""


@dataclass(frozen=True)
class LoadedDocument:
    path: str
    """Of the file, inside the masterclass's folder."""
    record: DocumentRecord | BriefRecord
    body: str
    first_line: int
    rendered: Rendered
    sessions: tuple[SessionRecord, ...]
    """One for each fence of `rendered`."""
    digest: str
    source: Source

    def line_of(self, needle: str) -> Source:
        before, found, _ = self.body.partition(needle)
        return Source(self.source.path, self.first_line + before.count("\n")) if found else self.source


def documents(folder: Folder, parsed: Parsed, cache: Cache) -> tuple[LoadedDocument, ...]:
    """The brief first, then the facilitators' documents by the names of their files."""
    found = sorted(folder.path.glob(f"{FACILITATOR}/*.md"))
    names = [f"{FACILITATOR}/{path.name}" for path in found]
    if (folder.path / BRIEF_FILE).is_file():
        names.insert(0, BRIEF_FILE)
    if not names:
        return ()
    renderer = Renderer((*BLOCKS, _SESSION))
    return tuple(document for name in names for document in _document(name, folder, parsed, renderer, cache))


def _document(name: str, folder: Folder, parsed: Parsed, renderer: Renderer, cache: Cache) -> Iterator[LoadedDocument]:
    path = f"{folder.name}/{name}"
    text = folder.text(name)
    if text is None:
        return
    parts = front_matter.parted(text)
    if parts is None:
        brief = name == BRIEF_FILE
        keys = "title: Title of the brief" if brief else _KEYS
        folder.problems.append(front_matter.missing(text, path, "brief" if brief else "document", keys))
        return
    record = parsed(parts.yaml, Origin(path, 2), BRIEF if name == BRIEF_FILE else DOCUMENT, "the front matter")
    unclosed = fences.unclosed(parts.body, parts.first_line, path)
    folder.problems += unclosed or fences.misspelt(parts.body, parts.first_line, path, (_SESSION,))
    if unclosed:
        return
    rendered = cache.get(digest("document", parts.body), lambda: renderer.page(parts.body))
    sessions = list(_sessions(rendered, parts, path, parsed, folder.problems))
    if record is not INVALID and all(session is not None for session in sessions):
        yield LoadedDocument(
            name, record, parts.body, parts.first_line, rendered, tuple(sessions), digest(text), Source(path)
        )


def _sessions(
    rendered: Rendered, parts: front_matter.Parted, path: str, parsed: Parsed, problems: list[Problem]
) -> Iterator[Any]:
    places = fences.locate(parts.body, parts.first_line) if rendered.fences else []
    for fence in rendered.fences:
        place = fences.place_of(fence.name, fence.text, places)
        if fence.name != _SESSION:
            message = f"a {fence.name} block works on learners' pages only"
            hint = "take it out here, or link to its page with: page:ID"
            problems.append(Problem(Source(path, place.line - 1), message, hint, "unknown-type"))
            yield None
            continue
        session = parsed(place.text, Origin(path, place.line, place.indent), SESSION, "this session block")
        yield None if session is INVALID else session
