"""Excel: a sheet for each table, with typed columns, and one that says what every column means."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from ..connections import MADE_UP
from ..tables import Column, Table, Value
from ..wording import said, worth

FORMATS = {
    "count": "#,##0",
    "share": "0%",
    "number": "0.00",
    "seconds": "[h]:mm:ss",
    "date": "yyyy-mm-dd",
    "flag": '"TRUE";"TRUE";"FALSE"',
}
HEAD = 3
"""The row of the columns' titles, below the question and the answer."""
LINE = 15
"""Points."""
DAY = 24 * 3600
"""A time in Excel is a part of a day."""
A4 = 9
FIGURES = ("count", "share", "number", "seconds")
"""Stand at the right, and their titles above them."""
LONGEST_NAME = 31
FORBIDDEN = str.maketrans("[]:*?/\\", "       ")
MADE = datetime(2000, 1, 1)
"""Stands in the file's properties, so that the same tables make the same bytes."""


def workbook(tables: Sequence[Table]) -> bytes:
    out = io.BytesIO()
    # Text is text: nothing that begins like a formula or an address becomes one.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "Reports", "created": MADE})
        styles = {kind: book.add_format({"num_format": pattern}) for kind, pattern in FORMATS.items()}
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        figures = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "align": "right"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        names: set[str] = set()
        for table in tables:
            sheet = book.add_worksheet(_name(table.title, names))
            _sheet(sheet, table, styles, bold, (head, figures), wrapped)
        _dictionary(book.add_worksheet(_name("Data dictionary", names)), tables, head, wrapped)
    return out.getvalue()


def _name(title: str, names: set[str]) -> str:
    """As Excel allows it, and not there yet."""
    plain = " ".join(title.translate(FORBIDDEN).split())[:LONGEST_NAME].strip("'") or "Table"
    number = 1
    found = plain
    while found.lower() in names:
        number += 1
        found = f"{plain[: LONGEST_NAME - 3]} {number}"
    names.add(found.lower())
    return found


def _sheet(sheet: Any, table: Table, styles: dict[str, Any], bold: Any, heads: tuple[Any, Any], wrapped: Any) -> None:
    sheet.write_string(0, 0, table.question, bold)
    line = HEAD
    widths = []
    for place, column in enumerate(table.columns):
        sheet.write_string(line, place, column.title, heads[column.kind in FIGURES])
        width = max([len(column.title), *(len(said(row[place], column)) for row in table.rows[:200])], default=8)
        widths.append(min(max(width + 2, 10), 60))
        sheet.set_column(place, place, widths[-1], styles.get(_style(column)))
    _text(sheet, 1, table.sentence, widths, wrapped)
    if MADE_UP in table.notes:
        sheet.write_string(2, 0, MADE_UP, bold)
    for below, row in enumerate(table.rows, start=line + 1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            _cell(sheet, below, place, value, column, styles)
    # What the figures are worth stands below them: what is frozen above leaves the screen to the rows.
    for below, (name, text) in enumerate(worth(table), start=line + len(table.rows) + 2):
        _text(sheet, below, f"{name}: {text}", widths, wrapped)
    sheet.freeze_panes(line + 1, sum(column.key for column in table.columns))
    if table.rows:
        sheet.autofilter(line, 0, line + len(table.rows), len(table.columns) - 1)
    _printed(sheet, line)


def _printed(sheet: Any, line: int) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(line)


def _text(sheet: Any, line: int, text: str, widths: Sequence[int], wrapped: Any) -> None:
    """Across the table and no further: a sheet is printed as wide as what stands on it."""
    sheet.set_row(line, LINE * -(-len(text) // max(sum(widths) - 2, 1)))
    if len(widths) > 1:
        sheet.merge_range(line, 0, line, len(widths) - 1, "", wrapped)
    sheet.write_string(line, 0, text, wrapped)


def _style(column: Column) -> str:
    """A place is a number that counts."""
    return "count" if column.key and column.kind == "number" else column.kind


def _cell(sheet: Any, line: int, place: int, value: Value, column: Column, styles: dict[str, Any]) -> None:
    style = styles.get(_style(column))
    if column.kind == "number" and isinstance(value, int):
        style = styles["count"]
    if value is None:
        sheet.write_blank(line, place, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(line, place, value, style)
    elif isinstance(value, str):
        sheet.write_string(line, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, style)
    else:
        sheet.write_number(line, place, value / DAY if column.kind == "seconds" else value, style)


def _dictionary(sheet: Any, tables: Sequence[Table], head: Any, wrapped: Any) -> None:
    titles = ("Sheet", "Column", "Kind", "Share of", "Meaning")
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, head)
    line = 1
    for table in tables:
        titled = {column.id: column.title for column in table.columns}
        for column in table.columns:
            of = titled.get(column.of or "", "")
            for place, text in enumerate((table.title, column.title, column.kind, of, column.description)):
                sheet.write_string(line, place, text, wrapped)
            line += 1
    for place, width in enumerate((32, 24, 10, 18, 80)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    _printed(sheet, 0)
