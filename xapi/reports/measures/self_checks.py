"""Where people see themselves in the four domains: counts that were given away by choice, of nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import ibis
from ibis import _

from ..filters import Filters
from ..tables import Column
from .measure import Answer, By, Measure, Row, Tables, answer
from .scope import share


def _lie(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    assert filters.today is not None  # run() fills it in
    given = tables.self_checks.filter(_.month < f"{filters.today:%Y-%m}")
    if filters.chosen():
        given = given.filter(ibis.literal(False))  # whose they are, nobody knows
    if filters.since is not None:
        first = filters.since if filters.since.day == 1 else filters.since.replace(day=1) + timedelta(days=31)
        given = given.filter(_.month >= f"{first:%Y-%m}")
    if filters.until is not None:
        given = given.filter(_.month < f"{filters.until + timedelta(days=1):%Y-%m}")
    found = given.group_by(["domain", "option_at", "option"]).aggregate(chosen=_.number.sum().cast("int64"))
    whole = found.mutate(n=_.chosen.sum().over(ibis.window(group_by="domain")).cast("int64"))
    return whole.filter(_.n > 0).mutate(chosen_share=share(_.chosen, _.n))


def _answer(rows: Sequence[Row]) -> Answer:
    means: dict[str, float] = {}
    for row in rows:
        means[row["domain"]] = means.get(row["domain"], 0.0) + row["option_at"] * row["chosen"] / row["n"]
    lowest = min(means, key=lambda domain: means[domain])
    text = "{n} results of the self-check were given. Scores lie lowest in “{domain}”."
    return answer(text, n=max(row["n"] for row in rows), domain=lowest)


SELF_CHECKS = Measure(
    id="self-checks",
    title="Self-checks",
    question="Where do people see themselves?",
    definition=(
        "By domain, how many scores of the self-check fell into each quarter of the scale. Only what learners chose to give: by "
        "month, without a name, a place or an answer, so somebody who gives twice counts twice. Months count when they "
        "are over, and in a period when they are whole: nobody is seen joining. Small numbers are hidden from everybody. Which barriers people tick is not collected: it stays in their browser. "
        "The self-check is for development; it is not a validated instrument."
    ),
    columns=(
        Column("domain", "Domain", "text", "Of the self-check.", key=True),
        Column("option_at", "Place", "number", "From the lowest quarter.", key=True),
        Column("option", "Score", "text", "Quarter of the scale from 0 to 100.", key=True),
        Column("n", "Self-checks", "count", "Results with a score in this domain."),
        Column("chosen", "In this quarter", "count", "Those whose score lies in it."),
        Column("chosen_share", "Share", "share", "In this quarter, of all with a score in the domain.", of="n"),
    ),
    expression=_lie,
    answer=_answer,
    order=("domain", "option_at"),
    n_column="n",
    apart=True,
    missing=(
        "nobody has given the result of a self-check, or a part of the programme was asked for: results have no name, no "
        "organisation and no masterclass"
    ),
)

MEASURES = (SELF_CHECKS,)
