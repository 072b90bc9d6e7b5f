"""Who the learners of a table are, for those who may know."""

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
