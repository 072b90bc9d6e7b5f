"""What a table's numbers and ids stand for: learners, for those who may know, and masterclasses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..people.roster import Person
from .tables import Column, Table, Value

UNKNOWN = "not on the roster"
NAME = Column("name", "Name", "text", "As the roster says.", key=True)
LMS_ID = Column("lms_id", "Id in the LMS", "text", "As the roster says.", key=True)


def named(table: Table, people: Mapping[int, Person]) -> Table:
    """With names and ids where the table has numbers of learners; for a programme's own eyes."""
    places = [place for place, column in enumerate(table.columns) if column.kind == "learner"]
    if not places:
        return table
    [at] = places

    def row(values: tuple[Value, ...]) -> tuple[Value, ...]:
        learner = values[at]
        person = people.get(learner) if isinstance(learner, int) else None
        who = (person.name, person.lms_id) if person else (f"{UNKNOWN} ({learner})", None)
        return (*values[:at], *who, *values[at + 1 :])

    columns = (*table.columns[:at], NAME, LMS_ID, *table.columns[at + 1 :])
    return replace(table, columns=columns, rows=tuple(sorted(map(row, table.rows), key=lambda each: str(each[at]))))


def titled(table: Table, titles: Mapping[str, str]) -> Table:
    """With the masterclasses' titles for their ids, to be read."""

    def called(name: str, value: Value) -> Value:
        return titles.get(value, value) if name == "course" and isinstance(value, str) else value

    names = [column.id for column in table.columns]
    rows = tuple(tuple(called(name, value) for name, value in zip(names, row, strict=True)) for row in table.rows)
    filters = tuple((name, str(called(name, value))) for name, value in table.filters)
    return replace(
        table, rows=rows, filters=filters, totals=tuple((name, called(name, value)) for name, value in table.totals)
    )
