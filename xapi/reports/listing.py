"""Of a table with a row for each person, what a page shows of it: the engine finds and sorts, so that few rows travel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

import ibis
import pyarrow as pa

from ..people.roster import Person
from .connections import Connection
from .filters import Filters
from .measures import Measure
from .naming import nobody, with_names
from .running import dated, summed_up, table_of
from .tables import Column, Table

DAY = "%-d %b %Y"


@dataclass(frozen=True, slots=True)
class Page:
    longest: int
    """Rows at most."""
    sort: str = ""
    """A column's id, with a hyphen before it from the last to the first. By name without one."""
    find: str = ""
    """Words that a row has to have."""
    searched: tuple[str, ...] = ()
    """The columns in which it may have them."""


def listed(measure: Measure, connection: Connection, filters: Filters, page: Page) -> Table:
    """With names, for those who may know them; where all rows are about one masterclass, none says about which."""
    filters = dated(filters, connection)
    rows = measure.expression(connection.tables, filters, ())
    said = summed_up(measure, connection, rows)
    known = connection.names()
    called = _called(rows, connection.catalogue.titles(), known)
    columns = tuple(column for column in measure.columns if column.id != "course" or said.masterclasses > 1)
    text = _text(called, [column for column in columns if column.id in page.searched])
    wanted = called
    for word in page.find.lower().split():
        wanted = wanted.filter(text.contains(word))
    first = wanted.order_by(_order(wanted, measure, page)).limit(page.longest)
    found = connection.fetch(first.select([column.id for column in columns]))
    table = table_of(measure, connection, filters, columns, found, said.answer)
    return replace(with_names(table, known), in_all=said.rows)


def _called(rows: ibis.Table, titles: Mapping[str, str], people: Mapping[int, Person]) -> ibis.Table:
    """With what learners and masterclasses are called."""
    columns = [[*people], *([getattr(person, name) for person in people.values()] for name in ("name", "lms_id"))]
    kinds = (pa.int64(), pa.string(), pa.string())
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    who = ibis.memtable(pa.table(arrays, ["learner", "name", "lms_id"]))
    joined = rows.left_join(who, "learner")
    title = rows.course.cases(*titles.items(), else_=rows.course) if titles else rows.course
    return joined.select(
        *(rows[name] for name in rows.columns),
        name=ibis.coalesce(who["name"], nobody(rows.learner)),
        lms_id=who.lms_id,
        course_title=title,
    )


SAID = {"learner": "name", "course": "course_title"}
"""What is read instead of a column."""


def _text(called: ibis.Table, columns: Sequence[Column]) -> ibis.StringValue:
    """All that stands in a row's columns, in small letters."""
    return reduce(add, (ibis.coalesce(_words(called, column), "") + " " for column in columns)).lower()


def _words(called: ibis.Table, column: Column) -> ibis.Value:
    value = called[SAID.get(column.id, column.id)]
    if column.kind == "flag":
        return ibis.ifelse(value, column.title, "")
    return value.strftime(DAY) if column.kind == "date" else value


def _order(called: ibis.Table, measure: Measure, page: Page) -> list[ibis.Value]:
    """What is unknown stands last, whichever way."""
    always = [called["name"], *(called[name] for name in measure.order)]
    ident = page.sort.removeprefix("-")
    if ident not in called.columns:
        return always
    column = called[SAID.get(ident, ident)]
    by = column.lower() if column.type().is_string() else column
    turned = by.desc(nulls_first=False) if page.sort.startswith("-") else by.asc(nulls_first=False)
    return [turned, *always]
