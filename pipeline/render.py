"""Course → HTML: each page's article once, with links still ``page:ID`` and ``media/…`` for a target to resolve."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from .blocks import PLAIN
from .cache import Cache, digest
from .citations import used_on
from .course import Course, Fact, Page, main_pages
from .documents.render import RenderedDocument, documents
from .templates import cited, environment
from .unbroken import unbroken

_BLOCK = re.compile(r"<!--block:([^>]+)-->")
_LINK = re.compile(r'((?:href|src|poster)=")(page:|media/)([^"#]*)')


@dataclass(frozen=True)
class RenderedPage:
    page: Page
    article: Markup
    """The whole article."""


@dataclass(frozen=True)
class RenderedCourse:
    course: Course
    pages: tuple[RenderedPage, ...]
    overview: Markup
    """The masterclass's own page on the site."""
    documents: tuple[RenderedDocument, ...]
    """The brief and the facilitators' pack, also on the site only."""


def render(course: Course, cache: Cache | None = None) -> RenderedCourse:
    facts = {fact.key: fact for fact in course.facts}
    kept = cache or Cache()
    everywhere = digest(course.problems, course.address, course.reviewed_on)

    def key(page: Page) -> str:
        used = used_on(page)
        return digest("article", page.digest, everywhere, repr([fact for fact in course.facts if fact.key in used]))

    pages = tuple(
        RenderedPage(page, kept.get(key(page), lambda n=n: _article(course, n, facts)))  # type: ignore[misc]
        for n, page in enumerate(course.pages)
    )
    overview = environment().get_template("overview.html.jinja").render(course=course)
    return RenderedCourse(course, pages, Markup(unbroken(overview)), documents(course, kept))


def _article(course: Course, number: int, facts: dict[str, Fact]) -> Markup:
    page = course.pages[number]
    previous, next_ = _beside(course, page)
    blocks = {block.id: block for block in page.blocks}

    def block_html(match: re.Match[str]) -> str:
        block = blocks[match[1]]
        template = environment().get_template(f"{block.type}.html.jinja")
        return template.render(block=block, course=course, page=page, facts=facts)

    body, citations = cited(_BLOCK.sub(block_html, page.body), facts)
    article = (
        environment()
        .get_template("page.html.jinja")
        .render(
            course=course,
            page=page,
            body=Markup(body),
            citations=citations,
            previous=previous,
            next=next_,
            draft=not course.reviewed_on,
            facts_by=min((fact.review_by for _, fact in citations if fact.review_by), default=""),
        )
    )
    return Markup(unbroken(article))


def _beside(course: Course, page: Page) -> tuple[Page | None, Page | None]:
    """The pages before and after; nothing leads on to a follow-up page, and from there the way is back to the last."""
    main = main_pages(course)
    if page.after:
        return main[-1], None
    at = main.index(page)
    return main[at - 1] if at else None, main[at + 1] if at + 1 < len(main) else None


def practice_styled(page: Page) -> bool:
    """Whether a page needs practice.css."""
    return any(block.type not in PLAIN for block in page.blocks)


def with_links(html: str, page_address: Callable[[str], str], media_folder: str) -> Markup:
    """`html` as one target needs it: where a page is, and where media are, seen from the page the HTML stands on."""

    def resolved(match: re.Match[str]) -> str:
        start, scheme, rest = match.groups()
        return start + (page_address(rest) if scheme == "page:" else f"{media_folder}{rest}")

    return Markup(_LINK.sub(resolved, html))
