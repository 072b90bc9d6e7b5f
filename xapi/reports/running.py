"""A measure run: its rows, and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import click
import ibis
from ibis import _

from .connections import Connection
from .filters import Filters
from .measures import By, Measure
from .measures.measure import Answer, answer, itself
from .measures.scope import ROSTER, in_scope, number, start_of
from .tables import Column, Coverage, Table

_DIMENSIONS = {
    "organisation": Column("organisation", "Organisation", "text", "As the roster says.", key=True),
    "sector": Column("sector", "Sector", "text", "As the roster says.", key=True),
    "role": Column("role", "Role", "text", "As the roster says.", key=True),
    "cohort": Column("cohort", "Cohort", "text", "As the roster says.", key=True),
    "course": Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
}


def run(measure: Measure, connection: Connection, filters: Filters, by: By = ()) -> Table:
    refused = [name for name in by if name not in measure.dimensions]
    if refused:
        known = ", ".join(measure.dimensions) or "nothing"
        raise click.UsageError(f"'{measure.id}' cannot be broken down by {', '.join(refused)}; it can by: {known}")
    filters = dated(filters, connection)
    expression = measure.expression(connection.tables, filters, by)
    columns = _columns(measure, by, tuple(expression.columns))
    rows = _rows(connection, expression, columns, [*by, *measure.order])
    if measure.summary:
        return table_of(measure, connection, filters, columns, rows, summed_up(measure, connection, expression).answer)
    # The sentence is about the whole, however it is broken down: sums over masterclasses count people twice. Sums of groups
    # are added up where they are kept; elsewhere asking anew is quicker.
    tables = connection.tables if connection.tables.once is itself else replace(connection.tables, finer=by)
    whole = _rows(connection, measure.expression(tables, filters, ()), (), [*measure.order]) if by and rows else rows
    return table_of(measure, connection, filters, columns, rows, _answer(measure, connection, whole))


def dated(filters: Filters, connection: Connection) -> Filters:
    return replace(filters, today=filters.today or connection.as_of.date())


@dataclass(frozen=True, slots=True)
class Sum:
    """Of a table with a row for each person."""

    rows: int
    masterclasses: int
    answer: Answer


def summed_up(measure: Measure, connection: Connection, expression: ibis.Table) -> Sum:
    aggregates = {"rows": _.count(), "masterclasses": _.course.nunique(), **measure.summary}
    [found] = connection.fetch(expression.aggregate(**aggregates))
    rows, masterclasses = (found.pop(name) for name in ("rows", "masterclasses"))
    return Sum(rows, masterclasses, _answer(measure, connection, [found] if rows else []))


def table_of(
    measure: Measure,
    connection: Connection,
    filters: Filters,
    columns: tuple[Column, ...],
    rows: list[dict[str, Any]],
    said: Answer,
) -> Table:
    n, coverage, versions = (
        (max((row[measure.n_column or "n"] for row in rows), default=0), (), ())
        if measure.apart
        else _scope(connection, filters)
    )
    return Table(
        id=measure.id,
        title=measure.title,
        question=measure.question,
        answer=said.text,
        totals=said.totals,
        definition=measure.definition,
        columns=columns,
        rows=tuple(tuple(row[column.id] for column in columns) for row in rows),
        n=n,
        n_column=measure.n_column,
        period=(filters.since, filters.until),
        filters=filters.chosen(),
        versions=versions,
        coverage=coverage,
        as_of=connection.as_of,
        notes=connection.notes,
        unit="results" if measure.apart else "learners",
    )


def _columns(measure: Measure, by: By, found: tuple[str, ...]) -> tuple[Column, ...]:
    """Those of `by`, then the measure's own; whether on the roster only where nothing else of it is said."""
    own = [column for column in measure.columns if column.id not in by]
    grouped = by or (("sector",) if measure.id == "reach" else ())
    return (
        *(_DIMENSIONS[name] for name in grouped),
        *(column for column in own if column.id != ROSTER or ROSTER in found),
    )


def _rows(
    connection: Connection, expression: ibis.Table, columns: tuple[Column, ...], order: list[str]
) -> list[dict[str, Any]]:
    found = connection.fetch(expression.select([column.id for column in columns]) if columns else expression)
    names = {column.id for column in columns} or {*expression.columns}
    order = [name for name in order if name in names] or [*names][:1]
    return sorted(found, key=lambda row: tuple((row[name] is not None, row[name]) for name in order))


def _answer(measure: Measure, connection: Connection, rows: list[dict[str, Any]]) -> Answer:
    if rows:
        return measure.answer(rows)
    if measure.needs_catalogue and not connection.catalogue.entries:
        return answer(
            "Not collected: questions and pages are not known without a catalogue; 'masterclass build' makes it."
        )
    return answer(f"Not collected: {measure.missing}.")


def _scope(connection: Connection, filters: Filters) -> tuple[int, tuple[Coverage, ...], tuple[tuple[str, str], ...]]:
    """How many learners, by which channels, and in which versions."""
    tables = connection.tables
    rows = in_scope(tables.channels, tables, filters, ())
    known = rows.filter(_overlaps(rows, filters))
    learners = known.group_by(["learner", "channel"]).aggregate(answers=_.answers.sum())
    by_channel = learners.group_by("channel").aggregate(learners=_.learner.count(), with_answers=number(_.answers > 0))
    total = connection.fetch(known.aggregate(n=_.learner.nunique()))[0]["n"]
    coverage = sorted((_coverage(row) for row in connection.fetch(by_channel)), key=lambda each: each.channel)
    versions = connection.fetch(known.filter(_.version != "").select("course", "version").distinct())
    return total, tuple(coverage), tuple(sorted((row["course"], row["version"]) for row in versions))


def _overlaps(rows: ibis.Table, filters: Filters) -> ibis.Value:
    """Whether something can have happened in the period."""
    found = ibis.literal(True)
    if filters.until is not None:
        found = found & (rows.first_at.date() <= ibis.literal(filters.until))
    if filters.since is not None:
        found = found & (rows.last_at >= ibis.literal(start_of(filters.since)))
    return found


def _coverage(row: Mapping[str, Any]) -> Coverage:
    return Coverage(row["channel"], row["learners"], row["with_answers"])
