"""Who it is: a row for each person, for those who may know them by name."""

from __future__ import annotations

from datetime import timedelta

import ibis
from ibis import _

from ..filters import Filters
from ..tables import Column
from .measure import By, Measure, Tables, answer
from .scope import PEOPLE, in_scope, people, start_of, within

QUIET_DAYS = 14


def _learners(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    rows = in_scope(tables.progress, tables, filters).filter(within(_.started_at, filters))
    said = _.said_completed_at.notnull() & _.completed_at.isnull()
    return rows.select(
        "learner",
        "course",
        *PEOPLE,
        started=_.started_at.date(),
        completed=_.completed_at.date(),
        passed=_.passed_at.date(),
        self_reported=ibis.coalesce(said, False),
        score=_.best_score,
        active_seconds=_.active_seconds,
        last=_.last_at.date(),
    )


LEARNERS = Measure(
    id="learners",
    title="Learners and masterclasses",
    question="What did each person do?",
    definition="One row for each learner and masterclass that was started. Days are in UTC. The score is the best final check.",
    columns=(
        Column("learner", "Learner", "learner", "Who it is, for those who may know.", key=True),
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        *(Column(name, name.title(), "text", "As the roster says.") for name in PEOPLE),
        Column("started", "Started", "date", "Day of the first session."),
        Column("completed", "Completed", "date", "Day of the completion that somebody vouches for."),
        Column("passed", "Passed", "date", "Day of the pass that somebody vouches for."),
        Column(
            "self_reported", "Self-reported", "flag", "Whether only the learner's own browser says that it is done."
        ),
        Column("score", "Score", "share", "Best final check, from 0 to 1."),
        Column("active_seconds", "Time on task", "seconds", "Sum of the active intervals."),
        Column("last", "Last seen", "date", "Day of the last statement."),
    ),
    expression=_learners,
    answer=lambda rows: answer("{learners} learners started {started} masterclasses.", **rows[0]),
    summary={"learners": _.learner.nunique(), "started": _.learner.count()},
    order=("course", "learner"),
    missing="nobody has started",
)


def _overdue(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    assert filters.today is not None  # run() fills it in
    today = ibis.literal(filters.today)
    quiet_since = ibis.literal(start_of(filters.today - timedelta(days=QUIET_DAYS)))
    begun = in_scope(tables.progress, tables, filters).filter(
        _.completed_at.isnull() & _.said_completed_at.isnull() & _.started_at.notnull()
    )
    marked = begun.mutate(is_stuck=_.last_at < quiet_since, is_overdue=ibis.coalesce(_.due < today, False))
    waiting = marked.filter(_.is_stuck | _.is_overdue).select(
        "learner", "course", *PEOPLE, "due", "is_stuck", "is_overdue", last=_.last_at.date()
    )
    anywhere = tables.progress.filter(_.started_at.notnull())
    if filters.course is not None:
        anywhere = anywhere.filter(_.course == filters.course)
    absent = (
        people(tables, filters)
        .filter(ibis.coalesce(_.due < today, False))
        .anti_join(anywhere, "learner")
        .select(
            "learner",
            course=ibis.literal(filters.course or ""),
            **{name: _[name] for name in PEOPLE},
            due=_.due,
            is_stuck=ibis.literal(False),
            is_overdue=ibis.literal(True),
            last=ibis.null("date"),
        )
    )
    return waiting.union(absent)


OVERDUE = Measure(
    id="overdue",
    title="Stuck or overdue",
    question="Who is stuck or overdue?",
    definition=(
        f"Stuck: started, not completed, and no statement for {QUIET_DAYS} days or longer. Overdue: not completed, "
        "and the roster's due date has passed; who has not started any masterclass, or the one asked about, is overdue too. "
        "Nobody is chased whose own browser says that it is done."
    ),
    columns=(
        Column("learner", "Learner", "learner", "Who it is, for those who may know.", key=True),
        Column("course", "Masterclass", "text", "Id of the masterclass; nothing where none was started.", key=True),
        *(Column(name, name.title(), "text", "As the roster says.") for name in PEOPLE),
        Column("due", "Due", "date", "By when the roster expects it."),
        Column("is_stuck", "Stuck", "flag", f"No statement for {QUIET_DAYS} days."),
        Column("is_overdue", "Overdue", "flag", "Due before today."),
        Column("last", "Last seen", "date", "Day of the last statement; none when never started."),
    ),
    expression=_overdue,
    answer=lambda rows: answer("{stuck} people are stuck, and {overdue} are overdue.", **rows[0]),
    summary={"stuck": _.learner.nunique(where=_.is_stuck), "overdue": _.learner.nunique(where=_.is_overdue)},
    order=("course", "last", "learner"),
    missing="nobody is stuck or overdue",
)

MEASURES = (LEARNERS, OVERDUE)
