"""What a table's numbers and ids stand for: learners, for those who may know, masterclasses and outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import ibis

from ..people.roster import Person
from .tables import Column, Table, Value
from .wording import NOTHING

UNKNOWN = "not on the roster"
MANY = 1_000_000
NAME = Column("name", "Name", "text", "As the roster says.", key=True)
LMS_ID = Column("lms_id", "Id in the LMS", "text", "As the roster says.", key=True)


def named(table: Table, people: Mapping[int, Person]) -> Table:
    """With names and ids where the table has numbers of learners, in the names' order; for a programme's own eyes."""
    places = [place for place, column in enumerate(table.columns) if column.kind == "learner"]
    found = with_names(table, people)
    return replace(found, rows=tuple(sorted(found.rows, key=lambda each: str(each[places[0]])))) if places else found


def with_names(table: Table, people: Mapping[int, Person]) -> Table:
    places = [place for place, column in enumerate(table.columns) if column.kind == "learner"]
    if not places:
        return table
    [at] = places

    def row(values: tuple[Value, ...]) -> tuple[Value, ...]:
        learner = values[at]
        person = people.get(learner) if isinstance(learner, int) else None
        who = (person.name, person.lms_id) if person else (f"{UNKNOWN} ({_short(learner)})", None)
        return (*values[:at], *who, *values[at + 1 :])

    columns = (*table.columns[:at], NAME, LMS_ID, *table.columns[at + 1 :])
    return replace(table, columns=columns, rows=tuple(map(row, table.rows)))


def _short(learner: Value) -> str:
    """Enough of a long number to tell two people apart."""
    return str(abs(learner) % MANY) if isinstance(learner, int) else NOTHING


def nobody(learner: ibis.IntegerValue) -> ibis.StringValue:
    """The same, said by an engine."""
    return ibis.literal(f"{UNKNOWN} (") + (learner % MANY).abs().cast("string") + ")"


Outcomes = Mapping[tuple[str, str], str]
"""What the outcomes of masterclasses say, by the ids of both."""


def titled(table: Table, titles: Mapping[str, str], outcomes: Outcomes = MappingProxyType({})) -> Table:
    """With the masterclasses' titles for their ids, and what outcomes say for theirs, to be read."""

    def called(name: str, value: Value) -> Value:
        return titles.get(value, value) if name == "course" and isinstance(value, str) else value

    def read(row: tuple[Value, ...]) -> tuple[Value, ...]:
        found = dict(zip(names, row, strict=True))
        whole = (str(found.get("course")), str(found.get("outcome")))
        words = found | ({"outcome": outcomes[whole]} if whole in outcomes else {})
        return tuple(called(name, value) for name, value in words.items())

    names = [column.id for column in table.columns]
    rows = tuple(map(read, table.rows))
    filters = tuple((name, str(called(name, value))) for name, value in table.filters)
    return replace(
        table,
        rows=rows,
        filters=filters,
        totals=tuple((name, called(name, value)) for name, value in table.totals),
        versions=tuple((titles.get(course, course), version) for course, version in table.versions),
    )
