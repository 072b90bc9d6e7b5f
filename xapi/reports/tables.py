"""The answer to one question, as plain values: what measures give, and all that is written or drawn from them.

A table says with its figures what they are worth: how many people they are about, in which period, under which filter,
by which definition, and for how many of them the answers are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["text", "count", "share", "number", "seconds", "date", "flag", "learner"]
"""A learner is a number without a name; whose it is, only the roster knows (`connections.names`)."""

Value = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    title: str
    kind: Kind
    description: str
    of: str | None = None
    """The column that counts whom a share, a statistic or a flag is about; the table's `n_column` when there is none."""
    key: bool = False
    """Whether it says what a row is about, rather than something about it."""
    nothing: str = ""
    """What to say where there is no figure, and why is known."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known through one channel. SCORM tells an LMS who completed, and nobody what they answered."""

    channel: str
    learners: int
    with_answers: int


NOTHING_YET = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    title: str
    question: str
    """What a manager asks, as they would."""
    answer: str
    """The sentence that answers first, with the names of its figures in braces; of an empty table, why there is none."""
    totals: tuple[tuple[str, Value], ...]
    """The figures of the answer, for the whole table: numbers about learners, and the names that go with them."""
    definition: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    n: int
    """Learners that the figures are about."""
    n_column: str | None
    """The column that counts the learners of each row."""
    period: tuple[date | None, date | None]
    """From the first to the last day, both included."""
    filters: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    """Of the masterclasses the figures are about: course and version."""
    coverage: tuple[Coverage, ...]
    as_of: datetime
    """When the last statement among the facts was stored; `NOTHING_YET` when there is none."""
    notes: tuple[str, ...] = ()
    unit: str = "learners"
    """What `n` counts."""
    in_all: int | None = None
    """How many rows there are, where these are only those that a page shows."""

    @property
    def collected(self) -> bool:
        return bool(self.rows or self.in_all)

    @property
    def sentence(self) -> str:
        return self.answer.format(**{name: _said(value) for name, value in self.totals})

    def values(self, column: str) -> tuple[Value, ...]:
        at = [each.id for each in self.columns].index(column)
        return tuple(row[at] for row in self.rows)


def _said(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
