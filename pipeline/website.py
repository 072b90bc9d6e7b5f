"""What the web target makes of rendered pages: addresses, the frame round an article, and what search must not see."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from . import assets
from .course import Course, Heading, follow_ups, main_pages
from .documents.load import FACILITATOR
from .documents.render import RenderedDocument
from .render import RenderedCourse, RenderedPage, with_links

FOLDER = "masterclasses"
INDEX = f"{FOLDER}/index.md"
"""For who shortens a masterclass's address; a project may write its own."""
INDEX_TEXT = "---\ntitle: Masterclasses\nhide: [toc]\n---\n# Masterclasses\n\n## Choose one\n\n<!-- masterclasses -->\n"


def _asset(name: str) -> Callable[[], str]:
    return lambda: (assets.package() / name).read_text(encoding="utf-8")


def _script(name: str) -> Callable[[], str]:
    return lambda: assets.script(name).read_text(encoding="utf-8")


PRACTICE_STYLES = "masterclass/practice.css"
"""Linked by the pages that need it only; the other styles by every page."""
CARDS_SCRIPT = "masterclass/cards.js"
"""Linked by pages with the masterclasses' cards only."""
SITE_FILES: dict[str, Callable[[], str]] = {
    "masterclass/tokens.css": _asset("tokens.css"),
    "masterclass/blocks.css": _asset("blocks.css"),
    PRACTICE_STYLES: _asset("practice.css"),
    "masterclass/site.css": lambda: (assets.theme() / "masterclass" / "site.css").read_text(encoding="utf-8"),
    "masterclass/player.js": _script("player.js"),
    "masterclass/practice.js": _script("practice.js"),
    "masterclass/tools.js": _script("tools.js"),
    CARDS_SCRIPT: _script("cards.js"),
}
"""What every site with masterclasses holds, whatever its theme."""

Address = Callable[[str], str]


def page_address(course: Course, here: str, directories: bool) -> Address:
    """Addresses of a course's pages and documents seen from `here`; its overview is ``""``."""
    if not directories:
        up = "../" * here.count("/")
        return lambda page: f"{up}{page or 'index'}.html"
    up = "../" * len(_folders(here))
    return lambda page: up + "".join(f"{folder}/" for folder in _folders(page)) or "./"


def _folders(page: str) -> list[str]:
    return [folder for folder in page.split("/") if folder not in ("", "index")]


def _folder(address: Address) -> str:
    """Where the course's own files are, seen from the same page."""
    root = address("").removesuffix("index.html")
    return "" if root == "./" else root


def overview_page(rendered: RenderedCourse, address: Address) -> Markup:
    return with_links(rendered.overview, address, _folder(address) + "media/")


def site_page(rendered: RenderedCourse, page: RenderedPage, address: Address, templates: Environment) -> Markup:
    course = rendered.course
    return Markup(
        templates.get_template("site-page.html.jinja").render(
            course=course,
            page=page.page,
            article=with_links(page.article, address, _folder(address) + "media/"),
            course_json=_folder(address) + "course.json",
        )
    )


def document_page(document: RenderedDocument, address: Address) -> Markup:
    article = _WORD.sub(lambda match: f'href="{_folder(address)}{match[1]}.docx"', document.article)
    return with_links(article, address, _folder(address) + "media/")


_WORD = re.compile(r'href="word:([^"]+)"')
_FEEDBACK = re.compile(r'<div class="feedback"[^>]*>.*?</div>\n?', re.DOTALL)
_BUTTONS = re.compile(r'<div class="question-actions">.*?</div>\n?', re.DOTALL)
_TEMPLATE = re.compile(r"<template\b[^>]*>.*?</template>\n?", re.DOTALL)


class Unsearched:
    """Takes feedback, buttons and final-check questions out of pages while they are indexed, and puts them back."""

    def __init__(self) -> None:
        self._kept: dict[str, list[str]] = {}

    def hide(self, page: str, html: str) -> str:
        kept = self._kept[page] = []

        def take(match: re.Match[str]) -> str:
            kept.append(match[0])
            return f"<!--kept:{len(kept) - 1}-->"

        return _BUTTONS.sub(take, _FEEDBACK.sub(take, _TEMPLATE.sub(take, html)))

    def show(self, page: str, html: str) -> str:
        kept = self._kept.pop(page, [])
        return re.sub(r"<!--kept:(\d+)-->", lambda match: kept[int(match[1])], html)


def navigation(listed: list[Any] | None, own: list[str], courses: list[RenderedCourse]) -> list[Any] | None:
    """A project's navigation with the masterclasses where it says ``masterclasses/``, else after everything.

    `own` are the project's pages, which MkDocs lists when a project names no navigation.
    """
    if not courses:
        return listed
    ours = [INDEX, *({each.course.title: _listed(each)} for each in courses)]
    whole = [path for path in own if path != INDEX] if listed is None else listed
    placed = _placed(whole, ours)
    return placed if placed != whole or f"{FOLDER}/" in str(whole) else [*whole, {"Masterclasses": ours}]


def _listed(rendered: RenderedCourse) -> list[Any]:
    """A masterclass's pages; those to come back to, and those for facilitators, stand apart."""
    course = rendered.course
    path = f"{FOLDER}/{course.id}/{{}}.md".format
    later = [path(page.id) for page in follow_ups(course)]
    pack = [path(document.place) for document in rendered.documents if document.place.startswith(f"{FACILITATOR}/")]
    brief = [path(document.place) for document in rendered.documents if path(document.place) not in pack]
    apart = {"Afterwards": later, "For facilitators": pack}
    main = [path(page.id) for page in main_pages(course)]
    return [path("index"), *brief, *main, *({title: listed} for title, listed in apart.items() if listed)]


def _placed(items: list[Any], ours: list[Any]) -> list[Any]:
    """`items` with the entry ``masterclasses/`` replaced, at whatever depth."""
    placed: list[Any] = []
    for item in items:
        if isinstance(item, dict):
            [(title, value)] = item.items()
            placed.append(
                {title: ours if value == f"{FOLDER}/" else _placed(value, ours) if isinstance(value, list) else value}
            )
        else:
            placed += ours if item == f"{FOLDER}/" else [item]
    return placed


def toc_tokens(headings: tuple[Heading, ...]) -> list[Any]:
    """Headings as the tokens that Markdown's ``toc`` extension makes."""
    root: list[Any] = []
    open_: list[Any] = []
    for heading in headings:
        token = {"level": heading.level, "id": heading.id, "name": heading.text, "children": []}
        while open_ and open_[-1]["level"] >= heading.level:
            open_.pop()
        (open_[-1]["children"] if open_ else root).append(token)
        open_.append(token)
    return root
