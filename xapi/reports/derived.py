"""What most measures begin with: one row per learner and masterclass, page, or question. Functions of facts alone.

On DuckDB their results are kept and brought up to date with the facts; elsewhere they are worked out when asked for.
"""

from __future__ import annotations

from collections.abc import Callable

import ibis
from ibis import _

from .facts import LMS

AT_THE_END = "post"
"""The purpose of what is asked after the learning."""
CONFIDENCE = ".confidence"
"""What follows a question's id in the id of its scale of confidence."""


def one_if(condition: ibis.Value) -> ibis.Value:
    """1 or 0: not every engine takes a truth for a number."""
    return ibis.ifelse(condition, ibis.literal(1, "int64"), ibis.literal(0, "int64"))


def progress(facts: ibis.Table) -> ibis.Table:
    """How far each learner came in each masterclass. `sure` is what an LMS or a key with a secret vouches for."""
    sure = ~_.self_reported
    completed = (_.verb == "completed") & _.page.isnull()  # a recording on a page can be completed, too
    return facts.group_by("learner", "course").aggregate(
        started_at=_.at.min(where=_.verb.isin(["initialized", "completed", "passed", "failed"])),
        completed_at=_.at.min(where=completed & sure),
        passed_at=_.at.min(where=(_.verb == "passed") & sure),
        said_completed_at=_.at.min(where=completed & _.self_reported),
        said_passed_at=_.at.min(where=(_.verb == "passed") & _.self_reported),
        planned_at=_.at.min(where=_.verb == "planned"),
        best_score=_.score.max(where=_.verb.isin(["passed", "failed"])),
        last_at=_.at.max(),
        answers=_.question.count(),
        active_seconds=_.active_seconds.sum(),
        by_lms=one_if(_.channel == LMS).min(),
    )


def visits(facts: ibis.Table) -> ibis.Table:
    """Which pages each learner reached, and how long they were at work on them."""
    on_pages = facts.filter(_.page.notnull())
    return on_pages.group_by("learner", "course", "page").aggregate(
        reached_at=_.at.min(), active_seconds=_.active_seconds.sum()
    )


def items(facts: ibis.Table) -> ibis.Table:
    """What was answered, each question under each revision of its key, and a number for it: answers are many, and numbers are
    put together much quicker than names. It is another one in another ledger."""
    answered = facts.filter((_.verb == "answered") & _.question.notnull())
    named = answered.select("course", "question", revision=ibis.coalesce(_.revision, 1)).distinct()
    return named.mutate(item=ibis.row_number().over(ibis.window(order_by=["course", "question", "revision"])))


def responses(facts: ibis.Table, known: ibis.Table | None = None) -> ibis.Table:
    """Each learner's first answer to each question, with how sure they were of it, and how they did on all questions that
    were asked for the same purpose; at the end, on the same page: a final check and a quiz beside it are two papers. The key
    an answer was judged by is the one of that moment."""
    tried = facts.filter((_.verb == "answered") & (_.attempt == 1) & _.question.notnull()).mutate(
        purpose=ibis.coalesce(_.purpose, ""),
        page=ibis.coalesce(_.page, ""),
        registration=ibis.coalesce(_.registration, _.channel),
        revision=ibis.coalesce(_.revision, 1),
    )
    first = tried.inner_join(items(facts) if known is None else known, ["course", "question", "revision"])
    # Who starts again elsewhere, and is asked what was not drawn the first time, answers it having learnt.
    paper = ibis.window(group_by=["learner", "course", "purpose", "page"], order_by=["at", "statement"])
    begun = first.mutate(began_by=_.actor.first().over(paper), began_in=_.registration.first().over(paper))
    own = begun.filter((_.actor == _.began_by) & (_.registration == _.began_in))
    window = ibis.window(group_by=["learner", "course", "question"], order_by=["at", "statement"])
    numbered = own.mutate(place=ibis.row_number().over(window)).filter(_.place == 0)
    judged = ibis.ifelse(_.success.isnull(), ibis.null("float64"), ibis.ifelse(_.success, 1.0, 0.0))
    given = numbered.select(
        "learner",
        "course",
        "question",
        "revision",
        "item",
        "purpose",
        paper=ibis.ifelse(_.purpose == AT_THE_END, _.page, ""),
        response=ibis.coalesce(_.response, ""),
        score=ibis.coalesce(_.score, judged),
        duration=_.duration,
        answered_at=_.at,
    )
    sure = given.filter(_.question.endswith(CONFIDENCE)).select(
        "learner", "course", confidence="response", of=_.question.substr(0, _.question.length() - len(CONFIDENCE))
    )
    answers = given.filter(~_.question.endswith(CONFIDENCE))
    same = [answers.learner == sure.learner, answers.course == sure.course, answers.question == sure.of]
    joined = answers.left_join(sure, same).select(*(answers[name] for name in answers.columns), sure.confidence)
    together = ibis.window(group_by=["learner", "course", "purpose", "paper"])
    return joined.mutate(items=_.score.count().over(together), total=_.score.sum().over(together)).drop("paper")


def channels(facts: ibis.Table) -> ibis.Table:
    """By which channels, and in which versions, a learner's work on a masterclass is known."""
    return facts.group_by("learner", "course", "channel", "version").aggregate(
        first_at=_.at.min(), last_at=_.at.max(), answers=one_if(_.verb == "answered").sum()
    )


DERIVED: dict[str, Callable[[ibis.Table], ibis.Table]] = {
    "channels": channels,
    "progress": progress,
    "visits": visits,
    "items": items,
    "responses": responses,
}
"""What is derived. But for the numbers of items, what a learner did in one masterclass has no bearing on the rows about
anything else."""


def beside(known: ibis.Table, facts: ibis.Table) -> dict[str, ibis.Table]:
    """All else that is derived, where the items are there with their numbers."""
    rows = {name: derive(facts) for name, derive in DERIVED.items() if name not in ("items", "responses")}
    return rows | {"responses": responses(facts, known)}
