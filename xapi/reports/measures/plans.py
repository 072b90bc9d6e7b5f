"""Who made a plan, and what became of it. Not a word of a plan is in any statement."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis import _

from ..filters import Filters
from ..tables import Column
from .learning import distribution, of_everyone
from .measure import Answer, By, Measure, Row, Tables, answer
from .scope import PEOPLE, in_scope, keys, number, share, within


def _made(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    rows = in_scope(tables.progress, tables, filters, by).filter(within(_.started_at, filters) & (_.by_lms == 0))
    found = rows.group_by(keys(by, "course")).aggregate(started=_.learner.count(), made=number(_.planned_at.notnull()))
    # Where nobody in a group made one, that is a figure; where nobody could, it is not collected.
    asked = tables.progress.filter(_.planned_at.notnull()).select("course").distinct()
    return found.semi_join(asked, "course").mutate(made_share=share(_.made, _.started))


def _answer_made(rows: Sequence[Row]) -> Answer:
    totals = {name: sum(row[name] for row in rows) for name in ("made", "started")}
    return answer("{made} plans were made, in {started} masterclasses that were started.", **totals)


MADE = Measure(
    id="plans",
    title="Plans that were made",
    question="Will they use it?",
    definition=(
        "A plan was made: its two actions are written, or the learner says that it is on paper. Of those who started, where "
        "what they do is known through xAPI. What a plan says never leaves the learner's browser."
    ),
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("started", "Started", "count", "Learners who started."),
        Column("made", "Plan made", "count", "Those of them who made a plan."),
        Column("made_share", "Plan made, of those who started", "share", "Plans made, of starters.", of="started"),
    ),
    expression=_made,
    answer=_answer_made,
    order=("course",),
    dimensions=PEOPLE,
    n_column="started",
    missing="nobody has made a plan",
)


def _kept(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    asked = tables.questions.filter(_.plan_check)
    made = in_scope(tables.progress, tables, filters, by).filter(_.planned_at.notnull())
    given = in_scope(tables.responses, tables, filters, by).semi_join(asked, ["course", "question"])
    return of_everyone(distribution(tables, filters, by, asked), made, given, by, "made")


def _answer_kept(rows: Sequence[Row]) -> Answer:
    most = max(rows, key=lambda row: row["n"])
    return answer(
        "{n} of {made} who made a plan in “{course}” said after {days_after} days what became of it.",
        **{name: most[name] for name in ("n", "made", "course")},
        days_after=str(most["days_after"]),
    )


KEPT = Measure(
    id="plans-kept",
    title="What became of the plans",
    question="Did they use it?",
    definition=(
        "What learners rated when they came back to their plan, on the pages for 7, 30 and 90 days after it: first answers, "
        "all of them. Who comes back is not everybody, so the response rate stands beside them: of all "
        "who made a plan, whenever, also those for whom the day has not come yet."
    ),
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("days_after", "Days after", "number", "How long after the plan the page is for.", key=True),
        Column("question", "Question", "text", "Id of the question.", key=True),
        Column("question_at", "Place", "number", "Where it stands in the masterclass.", key=True),
        Column("option_at", "Option's place", "number", "As it is written.", key=True),
        Column("option", "Option", "text", "Its id.", key=True),
        Column("prompt", "Question's words", "text", "Its prompt."),
        Column("option_text", "Option's words", "text", "In the newest version."),
        Column("n", "Answers", "count", "Learners who answered."),
        Column("chosen", "Chosen", "count", "Those who chose this option."),
        Column("chosen_share", "Share", "share", "Chosen by those who answered.", of="n"),
        Column("made", "Plans made", "count", "Learners who made a plan, or came back to one."),
        Column("n_share", "Response rate", "share", "Answers, of those who made a plan.", of="made"),
    ),
    expression=_kept,
    answer=_answer_kept,
    order=("course", "days_after", "question_at", "option_at"),
    dimensions=PEOPLE,
    n_column="n",
    needs_catalogue=True,
    missing="nobody has come back to a plan",
)

MEASURES = (MADE, KEPT)
