"""Tables for a terminal: the answer first, then the columns aligned."""

from __future__ import annotations

from collections.abc import Sequence

from ..tables import Column, Table
from ..wording import said, worth

LEFT = ("text", "date", "flag", "learner")
WIDEST = 48


def plain(tables: Sequence[Table]) -> str:
    return "\n".join(_one(table) for table in tables)


def _one(table: Table) -> str:
    lines = [table.sentence, ""]
    if table.collected:
        lines += [*_grid(table), ""]
    lines += [f"{name}: {value}" for name, value in worth(table)]
    return "\n".join(lines) + "\n"


def _grid(table: Table) -> list[str]:
    cells = [
        [_short(said(value, column)) for value, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    titles = [column.title for column in table.columns]
    widths = [max(map(len, each)) for each in zip(titles, *cells, strict=True)]
    return [
        _line(titles, table.columns, widths),
        "  ".join("-" * width for width in widths),
        *(_line(row, table.columns, widths) for row in cells),
    ]


def _line(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    placed = (
        cell.ljust(width) if column.kind in LEFT else cell.rjust(width)
        for cell, column, width in zip(cells, columns, widths, strict=True)
    )
    return "  ".join(placed).rstrip()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"
