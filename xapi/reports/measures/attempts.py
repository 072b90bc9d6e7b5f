"""First attempts, and what is counted of them: once, for all the tables that are made of it."""

from __future__ import annotations

import ibis
from ibis import _

from ..filters import Filters
from .measure import By, Tables
from .scope import PEOPLE, in_scope, number, numbered, people, within

FIRST = (
    "First attempts only: of a question in a quiz the first try, of a final check the first paper; who starts again elsewhere "
    "has no second first try. A question whose key was corrected counts as another one, by the revision of its key."
)


def first_attempts(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    rows = in_scope(tables.responses, tables, filters, by)
    return rows.filter(within(rows.answered_at, filters))


def answers_to(questions: ibis.Table, tables: Tables, filters: Filters, by: By = ()) -> ibis.Table:
    """First attempts at some questions, with the other columns of these."""
    known = tables.items.inner_join(questions, ["course", "question"]).drop("course", "question", "revision")
    return first_attempts(tables, filters, by).inner_join(known, "item")


def newest_key(answers: ibis.Table, question: str = "question", revision: str = "revision") -> ibis.Table:
    """Those that were judged by the newest key any of them was judged by: two keys are never put together."""
    newest = answers.group_by(["course", question]).aggregate(**{revision: answers[revision].max()})
    return answers.semi_join(newest, ["course", question, revision])


NEWEST = " Where a key was corrected, only answers judged by the newest key count."


def grouped(tables: Tables, filters: Filters, by: By) -> tuple[ibis.Table, ibis.Table | None]:
    """First attempts with the number of their learner's group, and what the groups are; of everybody together, none. With each
    answer that was marked goes how its learner did on the rest of the same check, where there was more than one."""
    rest = (_.total - _.score) / (_["items"] - 1).cast("float64").nullif(0.0)
    answers = first_attempts(tables, filters, ()).mutate(rest=rest)
    if not set(by) & set(PEOPLE):
        return answers, None
    learners, groups = numbered(people(tables, filters), by)
    return answers.inner_join(learners, "learner"), groups


SUMS = ("times", "n", "known", "x", "x_known", "y", "xx", "yy", "xy")


def counted(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    """How often each response was given to each item, and the sums that statistics are made of: x is a score, y how its learner did
    on the rest of the check, where that is `known`. By finer groups than those of `by` where these are there already."""
    finer = tables.finer or by
    answers, groups = grouped(tables, filters, finer)
    known = _.rest.notnull()
    names = ["item", "response", *(["group"] if groups is not None else [])]
    sums = answers.group_by(names).aggregate(
        times=_.learner.count(),
        n=_.score.count(),
        known=number(known),
        x=_.score.sum(),
        x_known=_.score.sum(where=known),
        y=_.rest.sum(),
        xx=(_.score * _.score).sum(where=known),
        yy=(_.rest * _.rest).sum(),
        xy=(_.score * _.rest).sum(),
    )
    named = sums.inner_join(tables.items, "item")
    return tables.once(named if groups is None else named.inner_join(groups, "group"))


def correlation(sums: ibis.Table) -> ibis.Value:
    """Pearson's, of x and y over what is known; null where either is the same in all."""
    n, x, y = sums.known.cast("float64"), sums.x_known, sums.y
    spread = (n * sums.xx - x * x) * (n * sums.yy - y * y)
    # Equal values leave a rest of rounding, not an exact zero.
    return ibis.ifelse(
        spread > n * n * 1e-12, (n * sums.xy - x * y) / ibis.greatest(spread, 1e-300).sqrt(), ibis.null("float64")
    )
