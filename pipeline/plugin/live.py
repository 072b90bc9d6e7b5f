"""A site kept ready while its masterclasses are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Condition, Lock
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from mkdocs import exceptions
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.structure.files import File

from .. import assets
from ..render import RenderedCourse
from ..selfcheck.reading import FOLDER as INSTRUMENT_FOLDER
from ..settings import Settings
from ..website import FOLDER
from .building import build_in_order, not_built, prepared
from .rewriting import Rewriting

_MOMENT = 0.3
"""Seconds in which open browsers say which pages they show, before any other page is written."""
Pages = dict[str, tuple[str, ...]]
"""What is read on each page of masterclasses, by its path."""


class LiveSite:
    """A change inside a few pages renders only those.

    A change of more than their text builds the site again, the pages it is about first.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.folder = folder
        self._shapes: list[Any] = []
        self._pages: Pages = {}
        self._stamps: dict[Path, int] = {}
        self._built: Rewriting | None = None
        """None before the first build and after one that failed."""
        self._ready: set[str] | None = None
        """Paths of the pages that a build has written that goes on with the others; None when none goes on."""
        self._asked: list[str] = []
        """Paths of pages that somebody waits for while it goes on."""
        self._turn = Condition()
        """Of the two above."""
        self._writing = Lock()
        self._compiled = _Compiled()

    def watched(self) -> list[Path]:
        config = load_config(str(self.settings.config_file))
        instrument = self.settings.root / INSTRUMENT_FOLDER
        folders = [Path(config.docs_dir), *([instrument] if instrument.is_dir() else [])]
        return [*folders, Path(config.config_file_path), assets.blocks(), assets.package(), assets.theme()]

    def show(self, courses: list[RenderedCourse], shown: Callable[[], None]) -> None:
        """Bring the site up to date; calls `shown` as soon as what has changed can be looked at."""
        with self._writing:
            shapes = [_shape(rendered) for rendered in courses]
            pages = {path: look for rendered in courses for path, look in _pages(rendered)}
            stamps = self._own_files()
            if self._built is None or shapes != self._shapes or stamps != self._stamps:
                changed = {path for path, look in pages.items() if look != self._pages.get(path)}
                self._build(courses, changed, {path for path, _ in stamps.items() ^ self._stamps.items()}, shown)
                self._shapes, self._stamps = shapes, stamps
            else:
                self._built.renew(courses)
                shown()
            self._pages = pages

    def _build(
        self, courses: list[RenderedCourse], changed: set[str], files: set[Path], shown: Callable[[], None]
    ) -> None:
        again, self._built = bool(self._stamps), None
        written: set[str] = set()

        def show_page(path: str) -> None:
            written.add(path)
            with self._turn:
                if not path:
                    self._ready, self._asked = written, []
                    shown()
                    self._turn.wait_for(lambda: self._asked, _MOMENT)
                self._turn.notify_all()

        config, plugin = prepared(self.settings, courses, self.folder)
        plugin.compiled = self._compiled
        config.plugins.on_startup(command="serve", dirty=False)

        def first(file: File) -> bool:
            return file.src_uri in changed or (file.abs_src_path is not None and Path(file.abs_src_path) in files)

        try:
            if again:
                build_in_order(config, first, show_page, lambda: self._asked)
            else:
                mkdocs_build(config)
                shown()
        except exceptions.MkDocsException as error:
            raise not_built(error) from error
        finally:
            with self._turn:
                self._ready = None
                self._turn.notify_all()
        self._built = Rewriting(plugin)

    def _own_files(self) -> dict[Path, int]:
        """The site's own files and when they changed."""
        files = [path for folder in self.watched() for path in ([folder] if folder.is_file() else folder.rglob("*"))]
        return {path: path.stat().st_mtime_ns for path in files if path.is_file()}

    def page(self, address: str) -> bytes | None:
        """The page at `address`, when it is one; waited for when a build that goes on may write it anew, or remove it."""
        path = (self.folder / address.lstrip("/")).resolve()
        path = path / "index.html" if address.endswith("/") else path
        if path.suffix != ".html" or not path.is_relative_to(self.folder.resolve()):
            return None
        output = path.relative_to(self.folder.resolve()).as_posix()
        with self._turn:
            if self._ready is not None and output not in self._ready:
                self._asked.append(output)
                self._turn.notify_all()
                self._turn.wait_for(lambda: self._ready is None or output in self._ready)
        if self._built is not None and self._built.outdated:
            with self._writing:
                if self._built is not None:
                    self._built.renew_list(output)
        return path.read_bytes() if path.is_file() else None


def _pages(rendered: RenderedCourse) -> Iterator[tuple[str, tuple[str, ...]]]:
    title, folder = rendered.course.title, f"{FOLDER}/{rendered.course.id}"
    yield f"{folder}/index.md", (title, rendered.overview)
    for page in rendered.pages:
        yield f"{folder}/{page.page.id}.md", (title, page.page.title, page.article)
    for document in rendered.documents:
        yield f"{folder}/{document.place}.md", (title, document.title, document.article)


def _shape(rendered: RenderedCourse) -> Any:
    """What stands on more than one page: when it changes, a few pages are not enough."""
    course = rendered.course
    media = [(name, path.stat().st_mtime_ns) for name, path in course.media]
    documents = [(document.place, document.title) for document in rendered.documents]
    return course.title, course.summary, rendered.overview, [(p.id, p.title) for p in course.pages], documents, media


class _Compiled(BytecodeCache):
    """The theme's templates, for all builds of a preview."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()
