"""Authors' text, HTML by now, as paragraphs, lists and tables of a Word file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

Written = Callable[[Any], None]
"""Writes into a cell of a table."""
_ALONE = {"br", "hr", "img", "input"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = {
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "input", "ins", "label", "small", "span", "strong",
    "sub", "sup",
}  # fmt: skip
_BOLD, _ITALIC = {"strong", "b"}, {"em", "i"}
_DEEPEST_HEADING = 9
_ROOM_TO_WRITE = 1.2
"""Centimetres, for a row that somebody is to fill in with a pen."""


@dataclass
class _Node:
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[_Node | str] = field(default_factory=list)

    def words(self) -> str:
        return "".join(child if isinstance(child, str) else child.words() for child in self.children)

    def find(self, *tags: str) -> Iterable[_Node]:
        for child in self.children:
            if isinstance(child, _Node):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.find(*tags)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = _Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _ALONE:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(_Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in (node.tag for node in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


@dataclass(frozen=True)
class _Place:
    """Where text goes, and how it looks there."""

    document: Document
    within: Any
    """The document, or a cell of one of its tables."""
    style: str | None = None
    below: int = 0
    """Headings in the text stand this many levels deeper."""
    depth: int = 0
    """Of lists in lists."""
    number: int | None = None
    """Of the numbered list that this text is an item of."""
    bold: bool = False

    def paragraph(self) -> Any:
        made = self.within.add_paragraph(style=self.style)
        if self.number is not None:
            numbered = made._p.get_or_add_pPr().get_or_add_numPr()
            numbered.get_or_add_ilvl().val = 0
            numbered.get_or_add_numId().val = self.number
        return made


def add(document: Document, html: str, within: Any = None, below: int = 0) -> None:
    """Write `html` at the end of `within`, a cell or the document itself."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    _flow(_Place(document, document if within is None else within, below=below), tree.root.children)


def _flow(place: _Place, nodes: Iterable[_Node | str]) -> None:
    """Blocks one after the other; words and inline marks between them make paragraphs."""
    line: list[_Node | str] = []

    def end() -> None:
        if any(isinstance(node, _Node) or node.strip() for node in line):
            _runs(place, place.paragraph(), line)
        line.clear()

    for node in nodes:
        if isinstance(node, str) or node.tag in _INLINE:
            line.append(node)
        else:
            end()
            _BLOCKS.get(node.tag, _div)(place, node)
    end()


def _runs(
    place: _Place, paragraph: Any, nodes: Iterable[_Node | str], bold: bool = False, italic: bool = False
) -> None:
    for node in nodes:
        if isinstance(node, str):
            text = re.sub(r"\s+", " ", node if paragraph.text else node.lstrip())
        elif node.tag == "cite":
            text = f"[{node.attributes.get('data-fact', '')}]"
        elif node.tag == "img":
            text = f"[Picture: {node.attributes.get('alt', '')}]"
        elif node.tag == "br":
            paragraph.add_run().add_break()
            continue
        else:
            _runs(place, paragraph, node.children, bold or node.tag in _BOLD, italic or node.tag in _ITALIC)
            address = node.attributes.get("href", "")
            text = f" ({address})" if address.startswith(("http", "mailto:")) else ""
        if text:
            run = paragraph.add_run(text)
            run.bold, run.italic = bold or place.bold or None, italic or None


def _paragraph(place: _Place, node: _Node) -> None:
    classes = node.attributes.get("class", "")
    _flow(replace(place, bold=place.bold or "title" in classes), node.children)


def _heading(place: _Place, node: _Node) -> None:
    level = max(1, min(_HEADINGS[node.tag] + place.below, _DEEPEST_HEADING))
    _runs(place, place.within.add_paragraph(style=f"Heading {level}"), node.children)


def _list(place: _Place, node: _Node) -> None:
    depth = min(place.depth + 1, 3)
    style = ("List Number" if node.tag == "ol" else "List Bullet") + (f" {depth}" if depth > 1 else "")
    number = _restarted(place.document, style) if node.tag == "ol" else None
    for item in node.children:
        if isinstance(item, _Node):
            first = replace(place, style=style, depth=depth, number=number)
            rest = replace(place, style=f"List Continue{f' {depth}' if depth > 1 else ''}", depth=depth, number=None)
            _item(first, rest, item)


def _item(first: _Place, rest: _Place, item: _Node) -> None:
    """An item's first paragraph carries the bullet or the number."""
    inline: list[_Node | str] = []
    children = list(item.children)
    while children and (isinstance(children[0], str) or children[0].tag in _INLINE):
        inline.append(children.pop(0))
    if not "".join(n if isinstance(n, str) else n.words() for n in inline).strip() and children:
        opening = children.pop(0)
        assert isinstance(opening, _Node)
        inline = opening.children if opening.tag == "p" else []
        children = children if opening.tag == "p" else [opening, *children]
    _runs(first, first.paragraph(), inline)
    _flow(rest, children)


def _restarted(document: Document, style: str) -> int:
    """A numbering of its own: Word would go on counting from the list before."""
    numbering = document.part.numbering_part.element
    used = document.styles[style].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(used).abstractNumId.val
    own = numbering.add_num(abstract)
    own.add_lvlOverride(0).add_startOverride(1)
    return int(own.numId)


def _table(place: _Place, node: _Node) -> None:
    rows = [(list(row.find("th", "td"))) for row in node.find("tr")]
    table(place.document, [[lambda cell, n=n: _cell(place, cell, n) for n in row] for row in rows], place.within)  # type: ignore[misc]


def _cell(place: _Place, cell: Any, node: _Node) -> None:
    _flow(_Place(place.document, cell, bold=node.tag == "th"), node.children)


def table(
    document: Document, rows: Sequence[Sequence[Written | str]], within: Any = None, widths: Sequence[float] = ()
) -> Any:
    """A grid whose first row is its heading; each cell a text, or what writes into it. A row with blank cells is one to
    write in, unless the columns have `widths`, in centimetres."""
    from docx.shared import Cm

    columns = max(map(len, rows))
    place = document if within is None else within
    made = place.add_table(len(rows), columns)
    made.style = document.styles["Table Grid"]
    for number, row in enumerate(rows):
        for cell, content in zip(made.rows[number].cells, row, strict=False):
            blank = cell.paragraphs[0]
            if isinstance(content, str):
                blank.add_run(content).bold = number == 0 or None
                continue
            content(cell)
            if len(cell.paragraphs) > 1 and not blank.text:
                blank._p.getparent().remove(blank._p)
        if number and not widths and not all(cell.text.strip() for cell in made.rows[number].cells):
            made.rows[number].height = Cm(_ROOM_TO_WRITE)
    if widths:
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Cm(width)  # what other programs than Word go by
        for row_ in made.rows:
            for cell, width in zip(row_.cells, widths, strict=True):
                cell.width = Cm(width)
    _repeat_heading(made)
    place.add_paragraph()
    return made


def _repeat_heading(made: Any) -> None:
    """Read out as the table's heading, and repeated on the next page, where a row that does not fit goes whole."""
    from docx.oxml.ns import qn

    for number, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:cantSplit"), {}))
        if number == 0:
            properties.append(properties.makeelement(qn("w:tblHeader"), {}))


def _pre(place: _Place, node: _Node) -> None:
    paragraph = place.paragraph()
    for number, line in enumerate(node.words().rstrip("\n").split("\n")):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(line)


def _terms(place: _Place, node: _Node) -> None:
    for term in node.find("dt", "dd"):
        _flow(replace(place, bold=term.tag == "dt"), term.children)


def _quoted(place: _Place, node: _Node) -> None:
    _flow(replace(place, style="Quote"), node.children)


def _div(place: _Place, node: _Node) -> None:
    _flow(place, node.children)


def _bold(place: _Place, node: _Node) -> None:
    _flow(replace(place, bold=True), node.children)


def _nothing(place: _Place, node: _Node) -> None:
    pass


_BLOCKS: dict[str, Callable[[_Place, _Node], None]] = {
    "p": _paragraph,
    **dict.fromkeys(_HEADINGS, _heading),
    "ul": _list,
    "ol": _list,
    "table": _table,
    "pre": _pre,
    "dl": _terms,
    "blockquote": _quoted,
    "summary": _bold,
    "hr": _nothing,
    "script": _nothing,
}
