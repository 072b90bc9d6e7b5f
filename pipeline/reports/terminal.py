"""A table as a terminal has room for it: what deserves a look first, and no more columns than a reader needs."""

from __future__ import annotations

from dataclasses import replace

from xapi.reports.filters import Filters
from xapi.reports.tables import Table

from .columns import LEFT_OUT
from .view import in_order, kept_columns
from .wanted import Wanted

ASKED_BY = ("question",)
"""Ids that other commands are asked with: they stay beside the words they stand for, where a row is about a question."""
ABOUT_QUESTIONS = ("questions", "options")


def for_a_terminal(table: Table) -> Table:
    names = [column.id for column in table.columns]
    kept = {column.id for column in kept_columns(table)} | ({"course"} & {*names})
    if table.id in ABOUT_QUESTIONS:
        kept |= {*ASKED_BY} & LEFT_OUT[table.id]
    kept |= {column.id for column in table.columns if column.kind == "flag" and True in table.values(column.id)}
    places = [at for at, name in enumerate(names) if name in kept]
    rows = in_order(table, Wanted(Filters()))
    return replace(
        table,
        columns=tuple(table.columns[at] for at in places),
        rows=tuple(tuple(row[at] for at in places) for row in rows),
    )
