"""What a measure is: a question, its definition, and the expression that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis

from ..filters import Filters
from ..tables import Column, Value

Row = Mapping[str, Any]
By = tuple[str, ...]


def itself(rows: ibis.Table) -> ibis.Table:
    return rows


@dataclass(frozen=True, slots=True)
class Tables:
    """What expressions are made of, on whichever engine they are."""

    facts: ibis.Table
    learners: ibis.Table
    progress: ibis.Table
    visits: ibis.Table
    items: ibis.Table
    responses: ibis.Table
    channels: ibis.Table
    courses: ibis.Table
    pages: ibis.Table
    questions: ibis.Table
    options: ibis.Table
    self_checks: ibis.Table
    once: Callable[[ibis.Table], ibis.Table] = itself
    """Rows that a table, its sentence and other tables are made from: they may be worked out once and kept meanwhile."""
    finer: By = ()
    """What a table is broken down by whose sentence is asked for now. Sums over its groups are sums over everybody."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The sentence that answers first, with the names of its figures in braces: whoever shows it may have to round them."""

    text: str
    totals: tuple[tuple[str, Value], ...]


def answer(text: str, **totals: Value) -> Answer:
    return Answer(text, tuple(totals.items()))


@dataclass(frozen=True, slots=True)
class Measure:
    id: str
    title: str
    question: str
    definition: str
    columns: tuple[Column, ...]
    """Without those of `by`, which come first."""
    expression: Callable[[Tables, Filters, By], ibis.Table]
    answer: Callable[[Sequence[Row]], Answer]
    """There is at least one row."""
    order: tuple[str, ...]
    """The columns rows are sorted by, after those of `by`."""
    dimensions: tuple[str, ...] = ()
    """What `by` may name."""
    n_column: str | None = None
    needs_catalogue: bool = False
    apart: bool = False
    """Whether it is about nobody who can be told from anybody: what was given away without a name. Small numbers are hidden
    from everybody, and no filter by people can be asked for."""
    summary: Mapping[str, Any] = field(default_factory=dict)
    """Of a measure with a row for each person: what its answer needs of all of them, as aggregates of its expression.
    The answer then gets the one row of these."""
    missing: str = "no statement says anything about it yet"
    """Why nothing was collected, when there is no row."""
