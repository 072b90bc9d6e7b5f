"""Tables for a terminal: the answer first, then the columns aligned."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..tables import Column, Table
from ..wording import said, worth

LEFT = ("text", "date", "flag", "learner")
WIDEST = 48
NARROWEST = 24
GAP = 2
MANY = 60
"""Rows that somebody at a terminal still reads; of more, the first few are shown."""
FEW = 20


def plain(tables: Sequence[Table], width: int | None = None) -> str:
    """`width`: of the terminal, in characters; without one, lines are as long as they are."""
    return "\n".join(_one(table, width) for table in tables)


def _one(table: Table, width: int | None) -> str:
    lines = [*_wrapped(table.sentence, width), ""]
    if table.collected:
        shown = table if width is None or len(table.rows) <= MANY else replace(table, rows=table.rows[:FEW])
        lines += [*_grid(shown, width), ""]
        if len(shown.rows) < len(table.rows):
            more = f"These are the first {FEW} of {len(table.rows):,} rows. A file has them all: --format xlsx --out {table.id}.xlsx"
            lines += [*_wrapped(more, width), ""]
    for name, value in worth(table):
        lines += _wrapped(f"{name}: {value}", width, hanging="  ")
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int | None, hanging: str = "") -> list[str]:
    return [text] if width is None else textwrap.wrap(text, width, subsequent_indent=hanging)


@dataclass(frozen=True)
class _Drawn:
    column: Column
    cells: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.column.title

    @property
    def widest(self) -> int:
        """Of the cells and of the title's words, which may stand on lines of their own."""
        return max(map(len, (*self.cells, *self.title.split())))

    @property
    def same(self) -> bool:
        return len(self.cells) > 1 and len(set(self.cells)) == 1


def _grid(table: Table, width: int | None) -> list[str]:
    drawn = [
        _Drawn(column, tuple(_short(said(row[at], column), WIDEST) for row in table.rows))
        for at, column in enumerate(table.columns)
    ]
    if width is None:
        return _lines(drawn, [max(each.widest, len(each.title)) for each in drawn])
    lifted: list[_Drawn] = []
    if not _fits([each.widest for each in drawn], width):
        lifted = [each for each in drawn if each.same]
        drawn = [each for each in drawn if not each.same]
    widths = _fitted([each.widest for each in drawn], drawn, width)
    lines = _common(lifted, width)
    for at, block in enumerate(_blocks(widths, width)):
        lines += [""] if at else []
        lines += _lines([drawn[n] for n in block], [widths[n] for n in block])
    return lines


def _blocks(widths: Sequence[int], width: int) -> list[list[int]]:
    """Which columns stand side by side; each block after the first begins with the first column again."""
    blocks = [[0]] if widths else []
    for at in range(1, len(widths)):
        here = [*blocks[-1], at]
        if _fits([widths[n] for n in here], width) or blocks[-1] == [0]:
            blocks[-1] = here
        else:
            blocks.append([0, at])
    return blocks


def _fits(widths: Sequence[int], width: int) -> bool:
    return sum(widths) + GAP * (len(widths) - 1) <= width


def _fitted(widths: list[int], drawn: Sequence[_Drawn], width: int) -> list[int]:
    """The widest column of text gives way, as far as it can still be read."""
    texts = [at for at, each in enumerate(drawn) if each.column.kind in LEFT]
    while texts and not _fits(widths, width):
        at = max(texts, key=lambda at: widths[at])
        if widths[at] <= NARROWEST:
            break
        widths[at] -= 1
    return widths


def _common(lifted: Sequence[_Drawn], width: int) -> list[str]:
    """What would be the same in every row is said once, to save its column."""
    if not lifted:
        return []
    words = "; ".join(f"{each.title}: {each.cells[0] or 'none'}" for each in lifted)
    return [*_wrapped(f"In each row below: {words}", width, hanging="  "), ""]


def _lines(drawn: Sequence[_Drawn], widths: Sequence[int]) -> list[str]:
    titles = [textwrap.wrap(each.title, width) or [""] for each, width in zip(drawn, widths, strict=True)]
    deep = max(map(len, titles))
    heads = [[""] * (deep - len(lines)) + lines for lines in titles]
    return [
        *(_line(line, drawn, widths) for line in zip(*heads, strict=True)),
        (" " * GAP).join("-" * width for width in widths),
        *(_line(row, drawn, widths) for row in zip(*(each.cells for each in drawn), strict=True)),
    ]


def _line(cells: Sequence[str], drawn: Sequence[_Drawn], widths: Sequence[int]) -> str:
    placed = (
        _short(cell, width).ljust(width) if each.column.kind in LEFT else cell.rjust(width)
        for cell, each, width in zip(cells, drawn, widths, strict=True)
    )
    return (" " * GAP).join(placed).rstrip()


def _short(text: str, width: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1]}…"
