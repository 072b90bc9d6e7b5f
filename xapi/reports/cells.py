"""Counts one by one, as they leave a programme: whom each counts, what, when and how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .rule import PEOPLE, Rule
from .suppression import is_counted, shown_total, totals
from .tables import Column, Table, Value

Population = Mapping[tuple[str, ...], int]
"""How many people there are with each combination of PEOPLE."""


@dataclass(frozen=True)
class Cell:
    who: dict[str, str]
    """Values of PEOPLE; without any, everyone."""
    what: dict[str, str]
    """Filters and groups that are not about people: the masterclass, the question."""
    since: str
    until: str
    counts: str
    """The column's id."""
    count: int
    shown: Value
    k: int
    """The smallest count that was shown."""
    released: str = ""
    """On which day."""

    def named(self) -> str:
        return ", ".join([*self.who.values(), *self.what.values()]) or "everyone"

    def says(self) -> tuple[object, ...]:
        """Everything but when it was released."""
        limits = (tuple(self.who.items()), tuple(self.what.items()), self.since, self.until)
        return (*limits, self.counts, self.count, self.shown, self.k)


COMPARABLE = ("invited", "started", "completed", "passed", "self_reported", "learners")
"""Columns that count the same wherever they stand; an `n` is of something else in each table."""


def _counts(table: Table, column: Column) -> str:
    return column.id if column.id in COMPARABLE else f"{table.id}: {column.id}"


def cells(exact: Table, shown: Table, rule: Rule) -> Iterator[Cell]:
    """Every count of a table, as it is and as an audience sees it."""
    since, until = (day.isoformat() if day else "" for day in exact.period)

    def cell(limits: dict[str, str], counts: str, count: int, seen: Value) -> Cell:
        who = {key: value for key, value in sorted(limits.items()) if key in PEOPLE}
        what = {key: value for key, value in sorted(limits.items()) if key not in PEOPLE}
        return Cell(who, what, since, until, counts, count, seen, rule.k)

    whole = totals(exact)
    for (name, value), (_, seen) in zip(exact.totals, shown.totals, strict=True):
        # A sentence may be about others than its table: of progress, about those on the roster.
        if isinstance(value, int) and whole.get(name) != value:
            yield cell(dict(exact.filters), f"{exact.id}: {name}", value, seen)
    for column in exact.columns:
        if column.id in whole:
            yield cell(dict(exact.filters), _counts(exact, column), whole[column.id], shown_total(exact, column, rule))
    keys = [(place, column.id) for place, column in enumerate(exact.columns) if column.key]
    for row, found in zip(exact.rows, shown.rows, strict=True):
        limits = dict(exact.filters) | {name: str(row[place]) for place, name in keys}
        for place, column in enumerate(exact.columns):
            value = row[place]
            if is_counted(column) and isinstance(value, int):
                yield cell(limits, _counts(exact, column), value, found[place])
    yield cell(dict(exact.filters), "learners", exact.n, shown.n)
