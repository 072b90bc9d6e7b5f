"""Is it worth it? What is known on each of Kirkpatrick's levels, and whom to ask for the story behind the figures."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis import _

from ..catalogues import ALL
from ..derived import one_if
from ..filters import Filters
from ..tables import Column
from .attempts import answers_to
from .learning import gain, opinions
from .measure import Answer, By, Measure, Row, Tables, answer
from .scope import PEOPLE, in_scope, keys, labelled, number, share, with_more, within

MONTH, QUARTER = 30, 90
REACTION, LEARNING, AFTER_A_MONTH, AFTER_THREE, RESULTS = range(1, 6)
LEVELS = {
    REACTION: ("1 Reaction", "Rated it above the middle of the scales, on average"),
    LEARNING: ("2 Learning", "Did better on the same ideas after than before"),
    AFTER_A_MONTH: ("3 Behaviour, a month later", "Say that all of their plan came about"),
    AFTER_THREE: ("3 Behaviour, three months later", "Say that all of their plan came about"),
    RESULTS: ("4 Results", "A story of what it contributed to, and a local measure: people collect them"),
}
EACH = 5
"""Interviews of each end."""


def _worth(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    begun = in_scope(tables.progress, tables, filters, by).filter(within(_.started_at, filters) & (_.by_lms == 0))
    names = keys(by, "course")
    courses = begun.select(names).distinct()
    parts = [
        courses.mutate(level_at=ibis.literal(at, "int64"), level=ibis.literal(level), what=ibis.literal(what))
        for at, (level, what) in LEVELS.items()
    ]
    listed = parts[0].union(*parts[1:])
    figures = _reaction(tables, filters, by).union(
        _learning(tables, filters, by), _behaviour(tables, filters, by, MONTH), _behaviour(tables, filters, by, QUARTER)
    )
    joined = with_more(listed, figures, [*names, "level_at"])
    return joined.mutate(those_share=share(_.those, _.n))


def _at(found: ibis.Table, by: By, level: int) -> ibis.Table:
    return found.select(*keys(by, "course"), level_at=ibis.literal(level, "int64"), n="n", those="those")


def _reaction(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    scales = opinions(tables).filter(_.levels > 1).select("course", "question", "levels")
    places = tables.options.select("course", "question", "option_at", response="option")
    rated = answers_to(scales, tables, filters)
    placed = rated.inner_join(places, ["course", "question", "response"])
    level = placed.option_at.cast("float64") / (placed.levels - 1).cast("float64")
    each = tables.once(placed.mutate(level=level).group_by(["course", "learner"]).aggregate(level=_.level.mean()))
    known = labelled(each, tables.learners, by)
    found = known.group_by(keys(by, "course")).aggregate(n=_.learner.count(), those=number(_.level > 0.5))
    return _at(found, by, REACTION)


def _learning(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    whole = gain(tables, filters, by).filter(_.outcome == ALL)
    return _at(whole.mutate(those=_.better), by, LEARNING)


def _said_of_plans(tables: Tables, filters: Filters) -> ibis.Table:
    """For each learner and page about their plan: how many of its questions they gave its first option, which says most."""
    asked = tables.questions.filter(_.plan_check).select("course", "question", "days_after")
    most = tables.options.filter(_.option_at == 0).select("course", "question", most="option")
    given = answers_to(asked.inner_join(most, ["course", "question"]), tables, filters)
    names = ["course", "learner", "days_after"]
    return tables.once(given.group_by(names).aggregate(asked=_.question.count(), fully=number(_.response == _.most)))


def _behaviour(tables: Tables, filters: Filters, by: By, days: int) -> ibis.Table:
    said = labelled(_said_of_plans(tables, filters), tables.learners, by).filter(_.days_after == days)
    found = said.group_by(keys(by, "course")).aggregate(n=_.learner.count(), those=number(_.fully == _.asked))
    return _at(found, by, AFTER_A_MONTH if days == MONTH else AFTER_THREE)


def _answer(rows: Sequence[Row]) -> Answer:
    def sums(*levels: int) -> tuple[int, int]:
        mine = [row for row in rows if row["level_at"] in levels and row["n"]]
        return sum(row["those"] for row in mine), sum(row["n"] for row in mine)

    (liked, rated), (better, tested), (kept, back) = sums(REACTION), sums(LEARNING), sums(AFTER_THREE)
    parts = ["{liked} of {rated} rated it well"] if rated else []
    parts += ["{better} of {tested} did better after than before"] if tested else []
    parts += ["{kept} of {back} who came back after three months say that all of their plan came about"] if back else []
    if not parts:
        return answer("Of nobody who started is it known yet what they thought, learnt or did.")
    said = "; ".join(parts)
    totals = {"liked": liked, "rated": rated, "better": better, "tested": tested, "kept": kept, "back": back}
    return answer(
        f"{said}. That is no proof of what caused it.", **{k: v for k, v in totals.items() if f"{{{k}}}" in said}
    )


NOT_KNOWN = "not collected"

WORTH = Measure(
    id="worth",
    title="On each of four levels",
    question="Is it worth it?",
    definition=(
        "Kirkpatrick's levels, each of those who are known at it; whoever takes two masterclasses counts in both. Reaction: the "
        "mean of somebody's ratings at the end lies above the middle of their scales. Learning: matched pairs of a question before "
        "and its written twin after. Behaviour: whoever came back to their plan and gave the first option, which says most, to "
        "every question about it. Results: nothing that learners do in a browser can say it; collect contribution stories and the "
        "measure named in the plan. There is no group to compare with: none of it is a claim of attribution."
    ),
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("level_at", "Place", "number", "From reaction to results.", key=True),
        Column("level", "Level", "text", "Of Kirkpatrick's four.", key=True),
        Column("what", "What is counted", "text", "Of those who are known."),
        Column("n", "Known", "count", "Learners of whom it is known.", nothing=NOT_KNOWN),
        Column("those", "Of them", "count", "Those it holds for."),
        Column("those_share", "Share", "share", "Of those who are known.", of="n"),
    ),
    expression=_worth,
    answer=_answer,
    order=("course", "level_at"),
    dimensions=PEOPLE,
    n_column="n",
    needs_catalogue=True,
    missing="no learner's statements are known",
)


def _cases(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    said = _said_of_plans(tables, filters).filter(_.days_after >= MONTH)
    last = said.group_by(["learner", "course"]).aggregate(days_after=_.days_after.max())
    latest = said.inner_join(last, ["learner", "course", "days_after"])
    ends = latest.filter((_.fully == _.asked) | (_.fully == 0)).mutate(is_most=one_if(_.fully > 0))
    # One row for each person, and of both ends as many: a short end would say who is at which.
    people = ends.group_by("learner").aggregate(course=_.course.min(), is_most=_.is_most.max(), least=_.is_most.min())
    clear = people.filter(_.is_most == _.least)
    order = ibis.window(group_by="is_most", order_by="learner")
    placed = clear.mutate(place=ibis.row_number().over(order))
    chosen = placed.filter(_.place < EACH)
    enough = chosen.aggregate(many=_.learner.count())
    sample = chosen.cross_join(enough).filter(_.many == 2 * EACH).select("learner", "course")
    return in_scope(sample, tables, filters).select("learner", "course", *PEOPLE)


CASES = Measure(
    id="success-cases",
    title="Whom to ask for an interview",
    question="Whose stories explain it?",
    definition=(
        f"Brinkerhoff's success case method: {EACH} of those who say that all of their plan came about and {EACH} of those who say "
        "that none of it did, a month or three after it, in one list by name. Who is at which end is not said here: no answer is "
        "shown with a name. Ask each whether they are willing before anything else, then what helped and what stood in the way. "
        "Without enough people at both ends there is no list."
    ),
    columns=(
        Column("learner", "Learner", "learner", "Who it is, for those who may know.", key=True),
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        *(Column(name, name.title(), "text", "As the roster says.") for name in PEOPLE),
    ),
    expression=_cases,
    answer=lambda rows: answer("{people} people could tell what helped, and what stood in the way.", people=len(rows)),
    order=("learner",),
    needs_catalogue=True,
    missing=f"fewer than {EACH} people at one of the two ends have come back to their plan",
)

MEASURES = (WORTH, CASES)
