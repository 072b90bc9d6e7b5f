"""A spreadsheet → its rows, whatever program wrote it: CSV in the encodings there are, or XLSX."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

Cell = str | date | None

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""Byte order marks that say which encoding it is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    """Each with its line, as the file or Excel counts it."""


def read(path: Path, encoding: str | None) -> Sheet:
    lines = list(_workbook(path) if path.suffix.lower() == ".xlsx" else _text(path, encoding))
    lines = [(number, cells) for number, cells in lines if any(cell not in (None, "") for cell in cells)]
    if not lines:
        raise click.ClickException(f"{path}: the file is empty")
    number, head = lines[0]
    columns = tuple(str(cell or "").strip() for cell in head)
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise click.ClickException(f"{path}:{number}: two columns are called {', '.join(twice)}; rename one")
    width = len(columns)
    return Sheet(
        columns, tuple((number, (*cells[:width], *[None] * (width - len(cells)))) for number, cells in lines[1:])
    )


def _text(path: Path, encoding: str | None) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    written = path.read_bytes()
    marked = next((name for mark, name in MARKS if written.startswith(mark)), None)
    try:
        text = written.decode(encoding or marked or "utf-8")
    except LookupError:
        raise click.BadParameter(
            f"there is no encoding '{encoding}'; Excel's own is cp1252", param_hint="--encoding"
        ) from None
    except UnicodeDecodeError as problem:
        line = written[: problem.start].count(b"\n") + 1
        raise click.ClickException(
            f"{path}:{line}: the text is not {encoding or 'UTF-8'}; say which it is: --encoding cp1252 for Excel's older CSV"
        ) from None
    lines = text.splitlines()
    # Excel writes semicolons where the comma is for decimals; Moodle offers tabs.
    first = lines[0] if lines else ""
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(lines, delimiter=delimiter)
    for cells in reader:
        yield reader.line_num, tuple(cells)


def _workbook(path: Path) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as problem:  # openpyxl has no one kind of error for what is no workbook
        raise click.ClickException(f"{path}: this is no Excel workbook ({type(problem).__name__})") from None
    try:
        sheet = book.worksheets[0]
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, tuple(_cell(cell) for cell in cells)
    finally:
        book.close()


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    # A payroll number is a number to Excel.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
