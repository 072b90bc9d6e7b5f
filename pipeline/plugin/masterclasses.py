"""The pages of masterclasses, and their documents, in a site: which path is whose, and what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from ..course import Course
from ..documents.render import RenderedDocument
from ..files import write
from ..player_data import course_json
from ..practice.paper import papers
from ..render import RenderedCourse, RenderedPage, practice_styled
from ..templates import environment
from ..website import FOLDER, document_page, overview_page, page_address, site_page, toc_tokens

LATER = 0.2
"""What a page to come back to weighs in a search, of a page to learn from."""


class Masterclasses:
    def __init__(self, config: MkDocsConfig, courses: Sequence[RenderedCourse]) -> None:
        self._config = config
        self._pages: dict[str, tuple[RenderedCourse, RenderedPage | None]] = {}
        """By path; an overview has no page."""
        self._documents: dict[str, tuple[RenderedCourse, RenderedDocument]] = {}
        self.overviews: dict[str, str] = {}
        """Addresses by masterclass."""
        self.files = [file for rendered in courses for file in self._files(rendered)]

    def __contains__(self, path: str) -> bool:
        return path in self._pages or path in self._documents

    @property
    def courses(self) -> tuple[Course, ...]:
        return tuple(rendered.course for rendered, page in self._pages.values() if page is None)

    def _files(self, rendered: RenderedCourse) -> Iterator[File]:
        course = rendered.course
        folder = f"{FOLDER}/{course.id}"
        for path, page in _listed(rendered):
            self._pages[path] = (rendered, page)
            file = File.generated(self._config, path, content="")
            if page is None:
                self.overviews[course.id] = file.url
            yield file
        for document in rendered.documents:
            path = f"{folder}/{document.place}.md"
            self._documents[path] = (rendered, document)
            yield File.generated(self._config, path, content="")
            if document.word:
                yield File.generated(self._config, f"{folder}/{document.place}.docx", content=document.word)
        yield File.generated(self._config, f"{folder}/course.json", content=course_json(course))
        for name, media in course.media:
            yield File.generated(self._config, f"{folder}/{name}", abs_src_path=str(media))
        for paper in papers(course):
            yield File.generated(self._config, f"{folder}/{paper.path}", content=paper.content)

    def describe(self, page: Page) -> None:
        path = page.file.src_uri
        if path in self._documents:
            page.title = self._documents[path][1].title
        else:
            rendered, ours = self._pages[path]
            page.title = ours.page.title if ours else rendered.course.title
            page.meta.setdefault("description", rendered.course.summary)
            if ours and ours.page.after:
                # Questions to come back to explain nothing: who searches wants the page that does.
                page.meta.setdefault("search", {"boost": LATER})

    def content(self, page: Page) -> str:
        path, directories = page.file.src_uri, self._config.use_directory_urls
        if path in self._documents:
            rendered, document = self._documents[path]
            return str(document_page(document, page_address(rendered.course, document.place, directories)))
        rendered, ours = self._pages[path]
        address = page_address(rendered.course, ours.page.id if ours else "", directories)
        if ours is None:
            return str(overview_page(rendered, address))
        page.toc = get_toc(toc_tokens(ours.page.headings))
        return str(site_page(rendered, ours, address, environment()))

    def practice_styled(self, path: str) -> bool:
        _, ours = self._pages.get(path, (None, None))
        return ours is not None and practice_styled(ours.page)

    def refresh(self, courses: Sequence[RenderedCourse]) -> list[str]:
        """Take over `courses`, of the same shape as before, and write all of them but pages; the paths of pages that differ."""
        stale = []
        for each in courses:
            folder = Path(self._config.site_dir, FOLDER, each.course.id)
            for path, page in _listed(each):
                stale += [path] if page and self._pages[path][1] != page else []
                self._pages[path] = (each, page)
            for document in each.documents:
                path = f"{FOLDER}/{each.course.id}/{document.place}.md"
                stale += [path] if self._documents[path][1] != document else []
                self._documents[path] = (each, document)
                if document.word:
                    (folder / f"{document.place}.docx").write_bytes(document.word)
            (folder / "course.json").write_text(course_json(each.course), encoding="utf-8")
            write(folder, papers(each.course))
        return stale


def _listed(rendered: RenderedCourse) -> list[tuple[str, RenderedPage | None]]:
    """Paths of a masterclass's pages, its overview first."""
    folder = f"{FOLDER}/{rendered.course.id}"
    return [(f"{folder}/index.md", None), *((f"{folder}/{page.page.id}.md", page) for page in rendered.pages)]
