"""How far the result of a check can be relied on."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis import _

from ..catalogues import FINAL
from ..filters import Filters
from ..tables import Column
from .attempts import FIRST, counted, grouped
from .items import STABLE
from .measure import Answer, By, Measure, Row, Tables, answer
from .scope import PEOPLE, keys

OWN, ALL = "own", "all"
"""Whose mean an answer is compared with: that of its learner's group, or everybody's."""


def _compared(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    """Of each group's papers in a check: how many there are, with k answers; how these lie apart from what the same item was
    answered with in the mean, as squares, and as products of any two on one paper."""
    answers, groups = grouped(tables, filters, by)
    group, means = (["group"], (OWN, ALL)) if groups is not None else ([], (OWN,))
    counts = counted(tables, filters, by).filter(_.known > 0)
    mean = _.x_known.sum() / _.known.sum().cast("float64")
    asked = counts.group_by([*group, *by, "course", "question", "item"]).aggregate(**{OWN: mean})
    if ALL in means:
        asked = asked.inner_join(counts.group_by("item").aggregate(**{ALL: mean}), "item")
    # Each group's check gets a number, too.
    names = [*group, *by, "course", "check"]
    within = asked.inner_join(tables.questions.select("course", "question", "check"), ["course", "question"])
    places = within.select(*names).distinct().mutate(place=ibis.row_number().over(ibis.window(order_by=names)))
    placed = tables.once(within.inner_join(places, names))
    marked = answers.filter(_.rest.notnull()).select("learner", *group, "item", "score")
    apart = marked.inner_join(placed.select(*group, "item", "place", *means), [*group, "item"])
    papers = apart.group_by(["place", "learner"]).aggregate(
        k=_.score.count(),
        x=_.score.sum(),
        **{name: (_.score - _[name]).sum() for name in means},
        **{f"{name}_squares": ((_.score - _[name]) * (_.score - _[name])).sum() for name in means},
    )
    sums = papers.group_by("place").aggregate(
        n=_.learner.count(),
        k=_.k.sum(),
        pairs=(_.k * (_.k - 1)).sum(),
        means=(_.x / _.k.cast("float64")).sum(),
        **{f"{name}_squares": _[f"{name}_squares"].sum() for name in means},
        **{f"{name}_products": (_[name] * _[name] - _[f"{name}_squares"]).sum() for name in means},
    )
    return tables.once(sums.inner_join(placed.select("place", *names).distinct(), "place"))


def _checks(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    names = keys(by, "course", "check")
    finer = tables.finer or by
    whose = OWN if finer == by else ALL
    papers = _compared(tables, filters, finer)
    sums = {"n": "n", "k": "k", "pairs": "pairs", "means": "means"}
    sums |= {"squares": f"{whose}_squares", "products": f"{whose}_products"}
    whole = papers.group_by(names).aggregate(**{name: papers[column].sum() for name, column in sums.items()})
    found = whole.mutate(
        questions=whole.k.cast("float64") / whole.n.cast("float64"),
        variance=whole.squares / whole.k.cast("float64"),
        covariance=whole.products / whole.pairs.cast("float64").nullif(0.0),
    )
    spread = found.variance + (found.questions - 1) * found.covariance
    return found.select(
        *names,
        n="n",
        questions="questions",
        mean=found.means / found.n.cast("float64"),
        alpha=found.questions * found.covariance / spread.nullif(0.0),
        is_unstable=found.n < STABLE,
    )


def _answer_checks(rows: Sequence[Row]) -> Answer:
    final = [row["alpha"] for row in rows if row["check"] == FINAL and row["alpha"] is not None]
    if not final:
        return answer("No final check has been taken by enough people to say.")
    text = "Alpha of the final checks: {low}." if len(final) == 1 else "Alpha of the final checks: {low} to {high}."
    return answer(text, low=min(final), high=max(final))


CHECKS = Measure(
    id="checks",
    title="How far a check can be relied on",
    question="Can the results of a check be relied on?",
    definition=(
        f"{FIRST} Cronbach's alpha, which is KR-20 where questions are either right or wrong: k·c / (v + (k−1)·c), with k the "
        "mean number of questions on a paper, v the mean variance of a question and c the mean covariance of two on one "
        "paper. Where papers are drawn from a bank, it speaks of a paper of that length. Decisions about people need 0.8 or more."
    ),
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("check", "Check", "text", "The final check, or what else its questions are asked for.", key=True),
        Column("n", "Papers", "count", "Learners with two or more answers."),
        Column("questions", "Questions", "number", "Mean number answered."),
        Column("mean", "Mean score", "share", "Mean of the learners' mean scores.", of="n"),
        Column("alpha", "Alpha", "number", "KR-20 where questions are right or wrong."),
        Column("is_unstable", "Unstable", "flag", f"Fewer than {STABLE} papers."),
    ),
    expression=_checks,
    answer=_answer_checks,
    order=("course", "check"),
    dimensions=PEOPLE,
    n_column="n",
    needs_catalogue=True,
    missing="no answers are known",
)

MEASURES = (CHECKS,)
