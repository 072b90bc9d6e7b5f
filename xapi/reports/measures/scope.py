"""Whom a figure is about: learners and their rows, as filters narrow them and dimensions group them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import ibis
from ibis import _

from ..derived import one_if
from ..facts import NOT_ON_ROSTER
from ..filters import Filters
from .measure import By, Tables

PEOPLE = ("organisation", "sector", "role", "cohort")
"""Dimensions that the roster knows."""

ROSTER = "roster"
ON_ROSTER = "On the roster"
TURNED_UP = NOT_ON_ROSTER
"""People who are in statements and not on the roster."""


def people(tables: Tables, filters: Filters) -> ibis.Table:
    """The learners, with what the roster says of them."""
    learners = tables.learners
    for name in PEOPLE:
        if (wanted := getattr(filters, name)) is not None:
            learners = learners.filter(learners.on_roster & (learners[name] == wanted))
    label = ibis.ifelse(learners.on_roster, ON_ROSTER, TURNED_UP)
    return learners.select("learner", "on_roster", *PEOPLE, "invited", "due", roster=label)


def in_scope(rows: ibis.Table, tables: Tables, filters: Filters, by: By | None = None) -> ibis.Table:
    """Rows with a learner and a course, with all that the roster says of the learner, or with what `by` asks for only: rows
    are many, and each column more of them takes its time."""
    if filters.course is not None:
        rows = rows.filter(_.course == filters.course)
    whom = people(tables, filters)
    if by is None:
        return rows.inner_join(whom, "learner")
    if set(by) & set(PEOPLE):
        return labelled(rows, whom, by)
    narrowed = any(getattr(filters, name) is not None for name in PEOPLE)
    return rows.semi_join(whom, "learner") if narrowed else rows


def labelled(rows: ibis.Table, whom: ibis.Table, by: By) -> ibis.Table:
    """With what the roster says of each row's learner, as far as `by` asks for it."""
    asked = [name for name in PEOPLE if name in by]
    return rows.inner_join(whom.select("learner", *asked), "learner") if asked else rows


def numbered(whom: ibis.Table, by: By) -> tuple[ibis.Table, ibis.Table]:
    """Learners with the number of their group, and what the groups are: numbers are put together much quicker than names."""
    asked = [name for name in PEOPLE if name in by]
    groups = whom.select(*asked).distinct().mutate(group=ibis.row_number().over(ibis.window(order_by=asked)))
    return whom.inner_join(groups, asked).select("learner", "group"), groups


def within(moment: ibis.Value, filters: Filters) -> ibis.Value:
    """Whether something happened in the period. Never, without a moment."""
    found = moment.notnull()
    if filters.since is not None:
        found &= moment >= ibis.literal(start_of(filters.since))
    if filters.until is not None:
        found &= moment < ibis.literal(start_of(filters.until + timedelta(days=1)))
    return found


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC).replace(tzinfo=None)


def number(condition: ibis.Value) -> ibis.Value:
    """How many rows a condition holds for."""
    return one_if(condition).sum()


def share(part: ibis.Value, whole: ibis.Value) -> ibis.Value:
    """None of nothing is no share."""
    return part.cast("float64") / whole.cast("float64").nullif(0.0)


def keys(by: By, *own: str) -> list[str]:
    """The columns to group by: those asked for, and those the measure has anyway."""
    return [*by, *(name for name in own if name not in by)]


def group(table: ibis.Table, names: list[str]) -> ibis.Table:
    """Grouped by the names; of none, one group of all."""
    return table.group_by(names) if names else table


def with_more(table: ibis.Table, more: ibis.Table, names: list[str]) -> ibis.Table:
    """All rows, with the other columns of `more` where it has a row of these names."""
    joined = table.left_join(more, names)
    return joined.select(
        *(table[name] for name in table.columns), *(more[name] for name in more.columns if name not in names)
    )
