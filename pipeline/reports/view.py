"""A table as a page shows it: fewer columns, flags in words, links, sorted and searched as asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, takewhile
from types import MappingProxyType

from markupsafe import Markup

from xapi.reports.catalogues import TOGETHER
from xapi.reports.charts import MOST, Bars, chart
from xapi.reports.drawing import in_page
from xapi.reports.measures import Measure
from xapi.reports.naming import Outcomes, titled
from xapi.reports.rule import HIDDEN
from xapi.reports.tables import Column, Table, Value
from xapi.reports.wording import NOTHING, said, worth

from .columns import CALLED, LEFT_OUT, SUBJECTS
from .wanted import Wanted

FLAGGED = "Flags"
LAST_PAGE = "Last page"
"""The flag of it, as dropoff has it."""
FLAGS = {
    "correct": "right",
    "is_negative": "wrong",
    "is_overdue": "wrong",
    "is_stuck": "caution",
    "is_unstable": "information",
    "is_last": "information",
}
"""How grave a flag is; others ask for caution."""
GRAVE = ("is_negative", "is_weak", "is_hard", "is_easy")
"""Flags of a question that deserves a look."""
LONGEST = 500
"""Rows of a page: more are found by their words, and all stand in the download."""
FIGURES = ("count", "share", "number", "seconds")
SEARCHED = ("learner", "text", "date", "flag")


@dataclass(frozen=True)
class Head:
    title: str
    description: str
    figures: bool
    sort: str
    """What to ask for to have the rows sorted by it."""
    sorted: str
    """ascending, descending or none."""


@dataclass(frozen=True)
class Cell:
    text: str
    sort: str
    kind: str = ""
    """Of figures, `figures`; of days, `day`."""
    head: bool = False
    href: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    """Kind and word."""
    again: bool = False
    """Whether it says what the row above says, and an eye needs it no more."""

    def has(self, flag: str) -> bool:
        return any(word == flag for _, word in self.flags)


@dataclass(frozen=True)
class Drawn:
    title: str
    drawing: Markup


@dataclass(frozen=True)
class View:
    table: Table
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    found: int
    """How many rows there are, of those that are shown."""
    chart: Drawn | None
    worth: tuple[tuple[str, str], ...]

    @property
    def is_hidden(self) -> bool:
        return any(cell.text == HIDDEN for row in self.rows for cell in row)

    def without_empty_flags(self, rows: Sequence[tuple[Cell, ...]]) -> View:
        """Of these rows; and without a column of flags that none of them has."""
        flagged = any(cell.flags for row in rows for cell in row)
        if flagged or self.heads[-1].title != FLAGGED:
            return replace(self, rows=tuple(rows))
        return replace(self, heads=self.heads[:-1], rows=tuple(row[:-1] for row in rows))

    def without(self, column: str) -> View:
        """What is said above a table need not be said in it."""
        kept = [at for at, head in enumerate(self.heads) if head.sort.removeprefix("-") != column]
        rows = tuple(tuple(row[at] for at in kept) for row in self.rows)
        return replace(self, heads=tuple(self.heads[at] for at in kept), rows=rows)


Link = Callable[[dict[str, Value]], str]


def view(
    table: Table,
    wanted: Wanted,
    titles: Mapping[str, str],
    link: Link | None = None,
    only: Sequence[str] = (),
    outcomes: Outcomes = MappingProxyType({}),
) -> View:
    """`titles`: what masterclasses are called; `only`: columns where there is no room for all; `outcomes`: what they say."""
    table = _whole_first(titled(table, titles, outcomes))
    kept = [column for column in kept_columns(table) if not only or column.id in only]
    flags = [column for column in table.columns if column.kind == "flag" and not only]
    if table.in_all is None:
        rows = in_order(table, wanted)
        looked_at = rows if wanted.find else rows[:LONGEST]
        cells = [_cells(table, row, kept, flags, link) for row in looked_at]
        found = [row for row in cells if _holds(row, wanted.find)]
    else:  # found and sorted already
        found = [_cells(table, row, kept, flags, link) for row in table.rows]
    heads = [_head(column.id, column, wanted) for column in kept]
    if flags:
        words = "; ".join(f"{column.title}: {column.description.rstrip('.')}" for column in flags)
        heads.append(_head(flags[0].id, Column("flags", FLAGGED, "flag", words), wanted))
    shown = View(
        table,
        tuple(heads),
        (),
        len(table.rows) if table.in_all is None else table.in_all,
        _drawn(table),
        tuple(worth(table)),
    )
    return shown.without_empty_flags(_told_once(found[:LONGEST], len(_about(kept))))


def _about(kept: Sequence[Column]) -> list[Column]:
    """The first columns, as far as they say what a row is about."""
    return list(takewhile(lambda column: column.key or column.id in SUBJECTS, kept))


def _told_once(rows: Sequence[tuple[Cell, ...]], about: int) -> list[tuple[Cell, ...]]:
    """What a row is about, from its first column on, marked where it is what the row above is about."""
    told = list(rows[:1])
    for above, row in pairwise(rows):
        pairs = zip(row[:about], above, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: not pair[0].href and pair[0].text == pair[1].text, pairs))
        told.append((*(replace(cell, again=True) for cell in row[:same]), *row[same:]))
    return told


def searched(measure: Measure) -> tuple[str, ...]:
    """The columns of a table with a row for each person in whose words rows are found."""
    hidden = LEFT_OUT.get(measure.id, set())
    return tuple(column.id for column in measure.columns if column.kind in SEARCHED and column.id not in hidden)


def _whole_first(table: Table) -> Table:
    """All outcomes together stand before each of them; without them, a table stays as it is."""
    names = [column.id for column in table.columns]
    if "outcome" not in names or TOGETHER not in table.values("outcome"):
        return table
    at = names.index("outcome")
    groups = list(dict.fromkeys(row[:at] for row in table.rows))
    rows = sorted(table.rows, key=lambda row: (groups.index(row[:at]), row[at] != TOGETHER))
    return replace(table, rows=tuple(rows))


def _drawn(table: Table) -> Drawn | None:
    found = chart(table)
    if found is None:
        return None
    title = found.title
    if isinstance(found, Bars) and len(table.rows) > MOST:
        title += f"; the first {MOST} of {len(table.rows):,} rows"
    if any(HIDDEN in row for row in table.rows):
        title += "; small numbers are not drawn"
    return Drawn(title, in_page(found))


def kept_columns(table: Table) -> list[Column]:
    left_out = LEFT_OUT.get(table.id, set())
    return [
        column
        for column in table.columns
        if column.kind != "flag"
        and column.id not in left_out
        and not (column.key and column.id.endswith("_at"))
        and not (column.id == "revision" and set(table.values("revision")) <= {1})
        and not (
            table.in_all is None
            and column.id == "course"
            and len(set(table.values("course"))) == 1
            and _has_another(table)
        )
    ]


def _has_another(table: Table) -> bool:
    """Whether a row is about something besides its masterclass."""
    return any(column.id in SUBJECTS or (column.key and column.id != "course") for column in table.columns)


def _head(ident: str, column: Column, wanted: Wanted) -> Head:
    rising, falling = wanted.sort == ident, wanted.sort == f"-{ident}"
    state = "ascending" if rising else "descending" if falling else "none"
    return Head(
        CALLED.get(ident, column.title),
        column.description,
        column.kind in FIGURES,
        f"-{ident}" if rising else ident,
        state,
    )


def in_order(table: Table, wanted: Wanted) -> Sequence[tuple[Value, ...]]:
    names = [column.id for column in table.columns]
    ident = wanted.sort.removeprefix("-")
    if ident not in names:
        return sorted(table.rows, key=lambda row: _gravity(names, row)) if table.id == "questions" else table.rows
    at = names.index(ident)
    known = [row for row in table.rows if row[at] not in (None, HIDDEN)]
    others = [row for row in table.rows if row[at] in (None, HIDDEN)]
    order = sorted(known, key=lambda row: _order(row[at]), reverse=wanted.sort.startswith("-"))
    return [*order, *others]


def _gravity(names: Sequence[str], row: tuple[Value, ...]) -> tuple[int, int]:
    """What deserves a look comes first, the worst before all; the others stay as they are asked."""
    raised = [
        FLAGS.get(name, "caution") for name, value in zip(names, row, strict=True) if name in GRAVE and value is True
    ]
    return -raised.count("wrong"), -len(raised)


def _order(value: Value) -> tuple[float, str]:
    if isinstance(value, (int, float)):
        return float(value), ""
    return 0.0, value.isoformat() if isinstance(value, date) else str(value).casefold()


def _cells(
    table: Table, row: tuple[Value, ...], kept: Sequence[Column], flags: Sequence[Column], link: Link | None
) -> tuple[Cell, ...]:
    values = dict(zip((column.id for column in table.columns), row, strict=True))
    href = link(values) if link else ""
    heads = next((column.id for column in kept if column.id in SUBJECTS), kept[0].id)
    cells = [
        Cell(
            said(values[column.id], column) or NOTHING,
            _sorting(values[column.id]),
            "figures" if column.kind in FIGURES else "day" if column.kind == "date" else "",
            column.id == heads,
            href if column.id == heads else "",
        )
        for column in kept
    ]
    if flags:
        raised = tuple((FLAGS.get(each.id, "caution"), each.title) for each in flags if values[each.id] is True)
        unknown = all(values[each.id] in (None, HIDDEN) for each in flags)
        cells.append(Cell(NOTHING if unknown else "", " ".join(word for _, word in raised), flags=raised))
    return tuple(cells)


def _sorting(value: Value) -> str:
    """What the script compares: empty where there is nothing to compare."""
    if value is None or value == HIDDEN:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return str(float(value)) if isinstance(value, (int, float)) else value.casefold()


def _holds(row: Sequence[Cell], find: str) -> bool:
    words = " ".join([*(cell.text for cell in row), *(word for cell in row for _, word in cell.flags)]).casefold()
    return all(part in words for part in find.casefold().split())
