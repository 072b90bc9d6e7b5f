"""Authors' Markdown → HTML, with one fixed list of extensions, once for all targets.

A block's fence becomes ``<!--block:N-->``; what it held is returned beside the HTML. Raw HTML is shown as text:
a page must mean the same on the site, in an LMS and on paper, and carries no script.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from .course import Heading

_CITATION = r"\[(@[A-Z][A-Z0-9-]*(?:;\s*@[A-Z][A-Z0-9-]*)*)\]"
_PLAIN = re.compile(r"[A-Za-z0-9£‘’“”][\w ,.;:?!’‘“”£%()'/…–—\"+&=-]*")
_LIST_START = re.compile(r"\d+[.)] ")


class _Citation(InlineProcessor):
    """``[@COP9; @COP11]``: a place for each key, numbered when the page is put together."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        group = Element("span", {"class": "citations"})
        for key in m[1].split(";"):
            cite = Element("cite", {"data-fact": key.strip().lstrip("@")})
            cite.text = ""
            group.append(cite)
        return group, m.start(0), m.end(0)


_A_SENTENCE = 20
"""Characters from which a cell is read and not scanned."""


class _Frames(Treeprocessor):
    """Each table in a frame of its own: a wide one scrolls there, by keyboard too, and the page stays still.

    A table of sentences stacks on a telephone: its cells stand under one another, each below its column's name.
    """

    def run(self, root: Element) -> None:
        for parent in list(root.iter()):
            for place, child in enumerate(list(parent)):
                if child.tag == "table":
                    frame = Element(
                        "div", {"class": "table-frame", "role": "region", "tabindex": "0", "aria-label": "Table"}
                    )
                    frame.tail, child.tail = child.tail, None
                    parent[place] = frame
                    frame.append(child)
                    if _is_prose(child):
                        frame.set("class", "table-frame stacks form" if _is_form(child) else "table-frame stacks")
                        _name_columns(child)


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _is_prose(table: Element) -> bool:
    """Three columns or more, with a sentence in one that is not the first; or a form."""
    rows = [[len(_words(cell)) for cell in row] for row in table.iterfind("tbody/tr")]
    return _is_form(table) or any(len(row) > 2 and max(row[1:]) > _A_SENTENCE for row in rows)


def _is_form(table: Element) -> bool:
    """Three columns or more, and rows that are left blank: its empty cells are there to be written in."""
    rows = [[_words(cell) for cell in row] for row in table.iterfind("tbody/tr")]
    return any(len(row) > 2 and not any(row[1:]) for row in rows)


def _name_columns(table: Element) -> None:
    """The column's name beside each cell; and the roles, which a browser forgets of a table it does not draw as one."""
    names = [_words(head) for head in table.iterfind("thead/tr/th")]
    for row in table.iterfind("tbody/tr"):
        blank = not any(_words(cell) for cell in row)
        for name, cell in list(zip(names, row, strict=False))[0 if blank else 1 :]:
            cell.set("data-column", name)
    for tag, role in _ROLES.items():
        for element in table.iter(tag):
            element.set("role", role)


_ROLES = {
    "table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell",
}  # fmt: skip


class _Outside(Treeprocessor):
    """Links to other sites and to files open beside the page: followed in place, they would end the LMS session."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("href", "").startswith(("https:", "http:", "media/")):
                link.attrib |= {"target": "_blank", "rel": "noopener"}


class Framed(Extension):
    """Tables as on the masterclasses' pages, for Markdown that somebody else renders."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(_Frames(md), "frames", 5)


class _House(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(_Citation(_CITATION, md), "citation", 175)
        # After inline patterns have made links (20), and the last of all.
        md.treeprocessors.register(_Outside(md), "outside", 6)
        md.treeprocessors.register(_Frames(md), "frames", 5)


@dataclass(frozen=True)
class Fence:
    """A block as the page holds it: its name and the text between the fences, dedented."""

    name: str
    text: str


@dataclass(frozen=True)
class Rendered:
    html: str
    headings: tuple[Heading, ...]
    fences: tuple[Fence, ...]


class Renderer:
    """Markdown for the pages and questions of one build; `fences` names the blocks there are."""

    def __init__(self, fences: tuple[str, ...]) -> None:
        self._found: list[Fence] = []
        self._page = markdown.Markdown(
            extensions=[
                "abbr", "admonition", "attr_list", "def_list", "sane_lists", "tables", "toc",
                "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", _House(),
            ],
            extension_configs={
                "tables": {"use_align_attribute": True},  # style attributes fall to the security policy
                "toc": {"permalink": False},
                "pymdownx.tabbed": {"alternate_style": True},
                "pymdownx.superfences": {
                    "custom_fences": [{"name": name, "class": name, "format": self._fence} for name in fences]
                },
            },
        )  # fmt: skip
        self._text = markdown.Markdown(
            extensions=["sane_lists", "tables", _House()], extension_configs={"tables": {"use_align_attribute": True}}
        )
        self.text = lru_cache(maxsize=None)(self._render_text)

    def _fence(self, source: str, language: str, *_: Any, **__: Any) -> str:
        self._found.append(Fence(language, source))
        return f"<!--block:{len(self._found) - 1}-->"

    def page(self, text: str) -> Rendered:
        self._found = []
        self._page.reset()
        body = self._page.convert(text)
        return Rendered(body, tuple(_flat(self._page.toc_tokens)), tuple(self._found))  # type: ignore[attr-defined]

    def _render_text(self, text: str) -> Markup:
        """A question's prompt, option or feedback as HTML blocks."""
        if _PLAIN.fullmatch(text) and "_" not in text and not _LIST_START.match(text):
            return Markup(f"<p>{html.escape(text, quote=False)}</p>")
        return Markup(self._text.reset().convert(text))

    def phrase(self, text: str) -> tuple[Markup, Markup]:
        """The first paragraph without its ``<p>``, and all the rest."""
        rendered = self.text(text)
        paragraph = re.match(r"<p>(.*?)</p>\n?", rendered, re.DOTALL)
        if paragraph is None:
            return Markup(""), rendered
        return Markup(paragraph[1]), Markup(rendered[paragraph.end() :])


def _flat(tokens: list[dict[str, Any]]) -> list[Heading]:
    flat = []
    for token in tokens:
        flat.append(Heading(token["level"], token["id"], html.unescape(token["name"])))
        flat += _flat(token["children"])
    return flat


def plain_text(html_text: str) -> str:
    """HTML as words, for catalogues and statements."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", html_text)).split())
