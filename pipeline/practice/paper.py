"""A worksheet as a blank form for Word: what people take into a meeting, or fill in where no browser may keep anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .. import word
from ..content import Field, Table, Worksheet
from ..course import Course, blocks
from ..files import File
from ..markdown import plain_text
from ..problems import Problem

if TYPE_CHECKING:
    from docx.document import Document

    from ..sources import Sources

_BOX = "☐"
_INSIDE = re.compile(r'\s*<span class="citations">.*?</span>|</?(?:a|abbr|b|code|em|i|strong|sub|sup)\b[^>]*>')
"""What stands within a sentence: the page lists the sources of its citations, the form does without."""


def names_free(sources: Sources, course: Course) -> Iterator[Problem]:
    media = {name.lower() for name, _ in course.media}
    for _, block in blocks(course):
        if isinstance(block.content, Worksheet) and block.content.file.lower() in media:
            message = f"the blank copy of worksheet '{block.id}' would take the place of {block.content.file}"
            yield Problem(
                block.content.source, message, "rename that file, or give the worksheet another id", "bad-name"
            )


CHECKS = (names_free,)


def papers(course: Course) -> list[File]:
    """The blank forms of a course's worksheets, at the places their pages link to."""
    sheets = [block.content for _, block in blocks(course) if isinstance(block.content, Worksheet)]
    return [File(sheet.file, paper(sheet, course.title, course.version, course.language)) for sheet in sheets]


@lru_cache(maxsize=64)
def paper(sheet: Worksheet, course: str, version: str, language: str) -> bytes:
    made = word.document(f"{sheet.title} – {course}", language)
    made.add_heading(sheet.title, 0)
    made.add_paragraph(f"{course}, version {version}")
    _paragraphs(made, sheet.intro.html)
    for section in sheet.sections:
        made.add_heading(section.title, 1)
        _paragraphs(made, section.text.html)
        for field in section.fields:
            _FIELDS[field.type](made, field)
    return word.saved(made)


def _paragraphs(made: Document, html: str) -> None:
    for part in html.replace("</li>", "</p>").split("</p>"):
        if words := plain_text(_INSIDE.sub("", part)):
            made.add_paragraph(words)


def _label(made: Document, field: Field) -> None:
    label = made.add_paragraph()
    label.paragraph_format.space_after = 0
    label.paragraph_format.keep_with_next = True
    label.add_run(field.label).bold = True
    label.add_run(" (needed)" if field.needed else "")
    hint = made.add_paragraph(field.hint)
    hint.paragraph_format.keep_with_next = True


def _lines(made: Document, field: Field) -> None:
    _label(made, field)
    frame = _grid(made, 1, 1)
    frame.cell(0, 0).text = "\n" * (field.lines - 1)
    made.add_paragraph()


def _options(made: Document, field: Field) -> None:
    _label(made, field)
    for option in field.options:
        made.add_paragraph(f"{_BOX} {option.text}").paragraph_format.space_after = 0
    made.add_paragraph()


def _table(made: Document, field: Field) -> None:
    from docx.oxml.ns import qn

    _label(made, field)
    assert field.table is not None
    table: Table = field.table
    frame = _grid(made, 1 + len(table.rows) + table.blank, 1 + len(table.columns))
    heading = frame.rows[0]._tr.get_or_add_trPr()
    heading.append(heading.makeelement(qn("w:tblHeader"), {}))  # read out, and repeated on the next page
    for cell, words in zip(frame.rows[0].cells, (table.heading, *(c.label for c in table.columns)), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for number in range(1, len(frame.rows)):
        cells = frame.rows[number].cells
        cells[0].text = table.rows[number - 1].text if number <= len(table.rows) else "\n"
        for cell, column in zip(cells[1:], table.columns, strict=True):
            cell.text = _BOX if column.type == "check" else "\n".join(f"{_BOX} {o.text}" for o in column.options)
    made.add_paragraph()


def _grid(made: Document, rows: int, columns: int) -> Any:
    grid = made.add_table(rows, columns)
    grid.style = "Table Grid"
    return grid


_FIELDS = {"line": _lines, "lines": _lines, "select": _options, "checks": _options, "table": _table}
