"""Who has started, completed and passed: how many, of whom, and week by week."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis import _

from ..catalogues import FINAL
from ..derived import one_if
from ..filters import DIMENSIONS, Filters
from ..tables import Column
from . import people_by_name
from .measure import Answer, By, Measure, Row, Tables, answer
from .scope import PEOPLE, ROSTER, in_scope, number, people, share, with_more, within

ENDED = ("completed", "passed")


def _reached(tables: Tables, filters: Filters) -> ibis.Table:
    """Per learner and masterclass: which milestones were reached in the period."""
    rows = in_scope(tables.progress, tables, filters)
    return rows.mutate(
        is_started=within(_.started_at, filters),
        is_completed=within(_.completed_at, filters),
        is_passed=within(_.passed_at, filters),
        is_said=_.completed_at.isnull() & within(_.said_completed_at, filters),
    )


def _population(tables: Tables, filters: Filters, by_course: bool) -> ibis.Table:
    """Everyone asked about, and when it is by masterclass, everyone once for each."""
    everyone = people(tables, filters)
    if not by_course:
        return everyone
    # Those of the catalogue, which nobody may have begun, and those it has no more.
    courses = tables.courses.select("course").union(tables.progress.select("course"), distinct=True)
    return everyone.cross_join(courses if filters.course is None else courses.filter(_.course == filters.course))


def _progress(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    by_course = "course" in by
    names = ["learner", "course"] if by_course else ["learner"]
    flags = ("is_started", "is_completed", "is_passed", "is_said")
    reached = _reached(tables, filters).group_by(names).aggregate(**{flag: one_if(_[flag]).max() for flag in flags})
    whole = with_more(_population(tables, filters, by_course), reached, names)
    grouped = whole.group_by(_by_roster(by)).aggregate(
        invited=number(_.on_roster),
        started=number(_.is_started == 1),
        completed=number(_.is_completed == 1),
        passed=number(_.is_passed == 1),
        self_reported=number((_.is_said == 1) & (ibis.coalesce(_.is_completed, 0) == 0)),
    )
    counted = _with_final_checks_only(grouped, tables, filters, by_course)
    met = counted.filter((_.invited > 0) | (_.started + _.completed + ibis.coalesce(_.passed, 0) + _.self_reported > 0))
    # Who completes in a period may have started before it: they are no part of those who start in it.
    parts = {name: ibis.null("float64") if filters.since else share(_[name], _.started) for name in ENDED}
    return met.mutate(
        started_share=share(_.started, _.invited.nullif(0)),
        completed_share=parts["completed"],
        passed_share=parts["passed"],
    )


def _with_final_checks_only(counted: ibis.Table, tables: Tables, filters: Filters, by_course: bool) -> ibis.Table:
    """Nobody fails to pass a masterclass without a final check: there `passed` is nothing, unless somebody did pass."""
    if not by_course and filters.course is None:
        return counted
    with_one = tables.questions.filter(_.check == FINAL).select("course").distinct()
    without = tables.courses.select("course").anti_join(with_one, "course").mutate(is_without=ibis.literal(True))
    named = counted if by_course else counted.mutate(course=ibis.literal(filters.course))
    joined = with_more(named, without, ["course"])
    none = ibis.coalesce(joined.is_without, False) & (joined.passed == 0)
    passed = joined.mutate(passed=ibis.ifelse(none, ibis.null("int64"), joined.passed))
    return passed.select(*counted.columns)


def _by_roster(by: By) -> list[str]:
    """Those on the roster are told from the others by what they are grouped by anyway, or by a column of its own."""
    return [*by] if set(by) & set(PEOPLE) else [*by, ROSTER]


def _answer(rows: Sequence[Row]) -> Answer:
    expected = [row for row in rows if row["invited"]]
    names = ("invited", "started", "completed", "passed", "self_reported")
    totals = {name: sum(row[name] or 0 for row in expected or rows) for name in names}
    others = sum(row["started"] for row in rows if not row["invited"])
    of = " of {invited} invited" if expected else ""
    also = " {others} more started who are not on the roster." if expected and others else ""
    passed = ", {passed} passed" if any(row["passed"] is not None for row in rows) else ""
    return answer(f"{{started}}{of} started, {{completed}} completed{passed}.{also}", **totals, others=others)


AMONG = "{} by those who started; none in a period with a first day, as some of them started before it."

PROGRESS = Measure(
    id="progress",
    title="Who started, completed and passed",
    question="Who has started, completed and passed?",
    definition=(
        "Started: at least one session began, or an LMS reports a result. Completed and passed: an LMS, or a key with a "
        "secret, says so; what only a publishable key says is self-reported, and counted apart until an LMS confirms it. "
        "Invited: on the roster. Each person counts once: without a breakdown by masterclass, for any of them."
    ),
    columns=(
        Column(ROSTER, "Roster", "text", "Whether the people of this row are on the roster.", key=True),
        Column("invited", "Invited", "count", "People on the roster."),
        Column("started", "Started", "count", "Of them, or of the others, those who started."),
        Column("completed", "Completed", "count", "Those who met one of the ways to complete."),
        Column("passed", "Passed", "count", "Those whose final check reached the pass mark.", nothing="no final check"),
        Column("self_reported", "Self-reported", "count", "Completions that nobody vouches for yet."),
        Column("started_share", "Started, of invited", "share", "None where nobody was invited.", of="invited"),
        Column("completed_share", "Completed, of started", "share", AMONG.format("Completed"), of="started"),
        Column("passed_share", "Passed, of started", "share", AMONG.format("Passed"), of="started"),
    ),
    expression=_progress,
    answer=_answer,
    order=(ROSTER,),
    dimensions=DIMENSIONS,
    n_column="started",
    missing="nobody is on the roster, and nobody has started",
)


def _reach(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    reached = (
        _reached(tables, filters)
        .group_by("learner")
        .aggregate(is_started=one_if(_.is_started).max(), is_completed=one_if(_.is_completed).max())
    )
    invited = with_more(people(tables, filters).filter(_.on_roster), reached, ["learner"])
    counted = invited.group_by([*(by or ("sector",))]).aggregate(
        invited=_.learner.count(), started=number(_.is_started == 1), completed=number(_.is_completed == 1)
    )
    everyone = ibis.window()
    shares = counted.mutate(
        invited_share=share(_.invited, _.invited.sum().over(everyone)),
        started_share=share(_.started, _.started.sum().over(everyone)),
        completed_share=share(_.completed, _.completed.sum().over(everyone)),
    )
    return shares.mutate(ratio=_.started_share / _.invited_share.nullif(0.0))


def _answer_reach(rows: Sequence[Row]) -> Answer:
    totals = {name: sum(row[name] for row in rows) for name in ("invited", "started", "completed")}
    text = "{started} of {invited} people on the roster started, in {groups} groups."
    return answer(text, **totals, groups=str(len(rows)))


REACH = Measure(
    id="reach",
    title="Whom the masterclasses reach",
    question="Do those who start resemble those who were invited?",
    definition=(
        "Shares of each group among those on the roster, those who started and those who completed any masterclass. "
        "The ratio is a group's share of starters over its share of those invited: below 1, it is reached less than others."
    ),
    columns=(
        Column("invited", "Invited", "count", "People on the roster."),
        Column("started", "Started", "count", "Those of them who started."),
        Column("completed", "Completed", "count", "Those of them who completed."),
        Column("invited_share", "Of all invited", "share", "The group's share of everyone on the roster."),
        Column("started_share", "Of all starters", "share", "The group's share of everyone who started."),
        Column("completed_share", "Of all completers", "share", "The group's share of everyone who completed."),
        Column("ratio", "Ratio", "number", "Share of starters over share of those invited."),
    ),
    expression=_reach,
    answer=_answer_reach,
    order=("sector",),
    dimensions=PEOPLE,
    n_column="invited",
    missing="nobody is on the roster",
)


def _weeks(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    rows = in_scope(tables.progress, tables, filters, by)
    moments = {"started": "started_at", "completed": "completed_at", "passed": "passed_at"}
    parts = []
    for name, moment in moments.items():
        happened = rows.filter(within(rows[moment], filters))
        one = {each: ibis.literal(int(each == name), "int64") for each in moments}
        parts.append(happened.select("learner", *by, week=happened[moment].truncate("W").date(), **one))
    every = parts[0].union(parts[1], parts[2])
    return every.group_by([*by, "week"]).aggregate(
        started=_.started.sum(), completed=_.completed.sum(), passed=_.passed.sum(), learners=_.learner.nunique()
    )


WEEKS = Measure(
    id="weeks",
    title="Week by week",
    question="How does it move?",
    definition="Starts, completions and passes in each week, from Monday; a learner counts once for each masterclass.",
    columns=(
        Column("week", "Week of", "date", "Its Monday.", key=True),
        Column("started", "Started", "count", "Masterclasses that were started."),
        Column("completed", "Completed", "count", "Masterclasses that were completed."),
        Column("passed", "Passed", "count", "Final checks that were passed."),
        Column("learners", "Learners", "count", "People these are about."),
    ),
    expression=_weeks,
    answer=lambda rows: answer(
        "{started} starts and {completed} completions in {weeks} weeks.",
        started=sum(row["started"] for row in rows),
        completed=sum(row["completed"] for row in rows),
        weeks=str(len({row["week"] for row in rows})),
    ),
    order=("week",),
    dimensions=DIMENSIONS,
    n_column="learners",
    missing="nobody has started",
)

MEASURES = (PROGRESS, *people_by_name.MEASURES, REACH, WEEKS)
"""Who is behind a figure stands after it."""
