"""The site's own pages, with what their comments stand for: the guide's examples, the self-check, lists of masterclasses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from .. import accessibility, guide, project, skills
from ..course import Course
from ..generated.markers import filled, marked
from ..generated.shown import Shown
from ..player_data import course_json
from ..practice.paper import papers
from ..problems import Problem
from ..selfcheck import site as selfcheck
from ..selfcheck.instrument import Instrument
from ..selfcheck.reading import FOLDER as INSTRUMENT_FOLDER
from ..settings import Settings
from ..templates import environment
from ..unbroken import unbroken
from ..website import page_address
from .masterclasses import Masterclasses


class OwnPages:
    def __init__(self, settings: Settings, masterclasses: Masterclasses, files: Files, problems: list[Problem]) -> None:
        self._settings = settings
        self._masterclasses = masterclasses
        self._site = files
        pages = [file for file in files.documentation_pages() if file.src_uri not in masterclasses]
        self.paths = [file.src_uri for file in pages]
        self._checks = selfcheck.marked([(file.url, file.content_string) for file in pages])
        """Addresses of the self-check's pages, by their marks."""
        self._instrument: Instrument | None = project.instrument(settings, problems) if self._checks else None
        self._guide: tuple[str, guide.Guide] | None = _guide(pages, problems)
        """The page that shows what its examples become, if there is one."""
        self.unfilled: dict[str, str] = {}
        """Pages made from all masterclasses, by path, as they are written."""

    def files(self, config: MkDocsConfig) -> Iterator[File]:
        """What these pages need beside them."""
        if self._instrument is not None:
            for name, text in selfcheck.files(self._instrument).items():
                yield File.generated(config, name, content=text)
        if self._guide is not None:
            path, made = self._guide
            folder = path.removesuffix(".md")
            yield File.generated(config, f"{folder}/course.json", content=course_json(made.rendered.course))
            for paper in papers(made.rendered.course):
                yield File.generated(config, f"{folder}/{paper.path}", content=paper.content)

    def is_guide(self, path: str) -> bool:
        return self._guide is not None and path == self._guide[0]

    def is_self_check(self, page: Page) -> bool:
        return self._instrument is not None and page.url in self._checks.values()

    def content(self, html: str, page: Page) -> str:
        if self._guide is not None and self.is_guide(page.file.src_uri):
            folder = "" if self._settings.publisher.directories else f"{Path(page.file.src_uri).stem}/"
            return unbroken(str(guide.shown(html, self._guide[1], folder)))
        if self._instrument is not None and self.is_self_check(page):
            addresses = {**self._masterclasses.overviews, **self._checks}
            relative = lambda address: get_relative_url(address, page.url)  # noqa: E731
            html = selfcheck.filled(html, self._instrument, addresses, relative, environment())
        if marked(html):
            self.unfilled[page.file.src_uri] = html
            html = filled(html, self._shown(page))
        return unbroken(html)

    def _shown(self, page: Page) -> Shown:
        def folder(course: Course) -> str:
            overview = get_relative_url(self._masterclasses.overviews[course.id], page.url)
            return overview.removesuffix("index.html").removesuffix("./")

        def address(course: Course, ident: str) -> str:
            return page_address(course, "", self._settings.publisher.directories)(ident).removeprefix("./")

        def own(path: str) -> str:
            found = self._site.get_file_from_path(path)
            return get_relative_url(found.url, page.url) if found else ""

        return Shown(
            courses=self._masterclasses.courses,
            publisher=self._settings.publisher,
            statement=accessibility.statement(self._settings.root, []),
            domains={domain.id: domain.title for domain in self._instrument.domains} if self._instrument else {},
            skills=skills.read(self._settings.root / INSTRUMENT_FOLDER, []),
            address=lambda course, ident: folder(course) + address(course, ident) or "./",
            folder=folder,
            own=own,
        )


@lru_cache(maxsize=1)
def _made(markdown: str, media: Path, stamps: tuple[tuple[Path, int], ...]) -> tuple[guide.Guide | None, list[Problem]]:
    """A preview builds the site again and again, and seldom because of its guide."""
    said: list[Problem] = []
    return guide.guide(markdown, media, said), said


def _guide(pages: list[File], problems: list[Problem]) -> tuple[str, guide.Guide] | None:
    for file in pages:
        if guide.MARK in file.content_string:
            media = Path(file.abs_src_path or "").with_suffix("") / "media"
            files = sorted(path for path in media.rglob("*") if path.is_file())
            made, said = _made(file.content_string, media, tuple((path, path.stat().st_mtime_ns) for path in files))
            problems += said
            return (file.src_uri, made) if made else None
    return None
