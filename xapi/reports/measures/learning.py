"""What people learnt, how sure they were of it, and what they thought of it."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis import _

from ..catalogues import ALL
from ..filters import Filters
from ..tables import Column
from .attempts import FIRST, NEWEST, answers_to, first_attempts, newest_key
from .measure import Answer, By, Measure, Row, Tables, answer
from .scope import PEOPLE, in_scope, keys, labelled, number, share, with_more, within

PRE = "pre"


def gain(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    twins = tables.questions.filter(_.twin_of != "").select("course", "question", "twin_of", "outcome")
    order = ibis.window(order_by=["course", "twin_of"])
    ideas = twins.select("course", "twin_of").distinct().mutate(idea=ibis.row_number().over(order))
    asked = twins.inner_join(ideas, ["course", "twin_of"]).select("course", "question", "idea")
    after = answers_to(asked, tables, filters).filter(_.score.notnull() & (_.purpose != PRE))
    asked_before = ideas.select("course", "idea", question="twin_of")
    before = answers_to(asked_before, tables, filters).filter(_.score.notnull() & (_.purpose == PRE))
    every = tables.once(
        after.select("learner", "idea", "item", "score").inner_join(
            before.select("learner", "idea", before="score", item_before="item"), ["learner", "idea"]
        )
    )
    # Millions of pairs were judged by a few keys: the newest are looked for among the keys.
    keys_before = tables.items.select(item_before="item", key_before="revision")
    judged = every.select("item", "item_before").distinct().inner_join(tables.items, "item")
    newest = newest_key(newest_key(judged.inner_join(keys_before, "item_before")), revision="key_before")
    outcomes = newest.inner_join(twins, ["course", "question"]).select("item", "item_before", "course", "outcome")
    pairs = every.inner_join(outcomes, ["item", "item_before"])
    each = pairs.group_by(["learner", "course", "outcome"]).aggregate(
        n=_.score.count(), before=_.before.sum(), after=_.score.sum()
    )
    whole = each.group_by(["learner", "course"]).aggregate(n=_.n.sum(), before=_.before.sum(), after=_.after.sum())
    sums = each.union(whole.mutate(outcome=ibis.literal(ALL)).select(*each.columns))
    n = _.n.cast("float64")
    both = tables.once(sums.select("learner", "course", "outcome", before=_.before / n, after=_.after / n))
    found = (
        labelled(both, tables.learners, by)
        .group_by(keys(by, "course", "outcome"))
        .aggregate(
            n=_.learner.count(),
            before=_.before.mean(),
            after=_.after.mean(),
            better=number(_.after > _.before),
            worse=number(_.after < _.before),
        )
    )
    return found.mutate(gain=_.after - _.before, normalised=(_.after - _.before) / (1.0 - _.before).nullif(0.0))


def _answer_gain(rows: Sequence[Row]) -> Answer:
    whole = max((row for row in rows if row["outcome"] == ALL), key=lambda row: row["n"])
    return answer(
        "In “{course}”, {n} people answered the same ideas before and after: {before} per cent right, then {after}.",
        course=whole["course"],
        n=whole["n"],
        before=str(round(whole["before"] * 100)),
        after=str(round(whole["after"] * 100)),
    )


GAIN = Measure(
    id="gain",
    title="Before and after",
    question="Did people learn?",
    definition=(
        f"{FIRST}{NEWEST} Matched pairs only: learners who answered a question before the learning and its written twin in the final "
        "check. Means over learners. Normalised gain: (after − before) / (1 − before). It compares people with themselves, "
        "without a control group: others learn too by reading twice."
    ),
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("outcome", "Outcome", "text", f"Id of the outcome; “{ALL}” for all together.", key=True),
        Column("n", "Learners", "count", "Those with both answers."),
        Column("before", "Before", "share", "Mean score before.", of="n"),
        Column("after", "After", "share", "Mean score after.", of="n"),
        Column("better", "Better", "count", "Learners who did better after."),
        Column("worse", "Worse", "count", "Learners who did worse after."),
        Column("gain", "Gain", "number", "After less before."),
        Column(
            "normalised", "Normalised gain", "number", "Share of the possible gain; none where all was right before."
        ),
    ),
    expression=gain,
    answer=_answer_gain,
    order=("course", "outcome"),
    dimensions=PEOPLE,
    n_column="n",
    needs_catalogue=True,
    missing="nobody has answered a question before and its twin after",
)


def _ratings_of(tables: Tables, filters: Filters) -> ibis.Table:
    """First ratings, with the place of the chosen option from 0 to 1."""
    scales = tables.questions.filter((_.type == "rating") & (_.levels > 1))
    rated = first_attempts(tables, filters, ()).filter(_.score.isnull() & _.purpose.isin([*MOMENTS]))
    given = rated.select("learner", "course", "question", "response")
    asked = given.inner_join(scales, ["course", "question"])
    places = tables.options.select("course", "question", "option_at", response="option")
    placed = asked.inner_join(places, ["course", "question", "response"])
    return placed.mutate(level=_.option_at.cast("float64") / (_.levels - 1).cast("float64"))


MOMENTS = {"pre": "before", "then": "thinking_back", "post": "after"}


def _then_test(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    rated = _ratings_of(tables, filters).filter((_.outcome != "") & _.asked_for.isin([*MOMENTS]))
    levels = {name: _.level.mean(where=_.asked_for == purpose) for purpose, name in MOMENTS.items()}
    matched = rated.group_by(["learner", "course", "outcome"]).aggregate(**levels)
    whole = tables.once(matched.filter(_.before.notnull() & _.thinking_back.notnull() & _.after.notnull()))
    found = (
        labelled(whole, tables.learners, by)
        .group_by(keys(by, "course", "outcome"))
        .aggregate(
            n=_.learner.count(), before=_.before.mean(), thinking_back=_.thinking_back.mean(), after=_.after.mean()
        )
    )
    return found.mutate(
        change=_.after - _.before, seen_change=_.after - _.thinking_back, shift=_.thinking_back - _.before
    )


def _answer_then(rows: Sequence[Row]) -> Answer:
    return answer(
        "For {down} of {outcomes} outcomes, up to {n} people think now that they knew less before than they had said.",
        down=str(sum(row["shift"] < 0 for row in rows)),
        outcomes=str(len(rows)),
        n=max(row["n"] for row in rows),
    )


THEN_TEST = Measure(
    id="then-test",
    title="Confidence before, thinking back, and after",
    question="Do people see themselves otherwise now?",
    definition=(
        "Learners who rated their confidence in an outcome at the start, at the end, and at the end once more for the time "
        "before. Ratings from 0 (lowest option) to 1 (highest). Shift: what thinking back says less what was said then; "
        "below 0, people find that they knew less than they thought."
    ),
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("outcome", "Outcome", "text", "Id of the outcome.", key=True),
        Column("n", "Learners", "count", "Those with all three ratings."),
        Column("before", "Before", "number", "Mean rating at the start."),
        Column("thinking_back", "Thinking back", "number", "Mean rating, at the end, of the time before."),
        Column("after", "After", "number", "Mean rating at the end."),
        Column("change", "Change", "number", "After less before."),
        Column("seen_change", "Change as seen now", "number", "After less thinking back."),
        Column("shift", "Shift", "number", "Thinking back less before."),
    ),
    expression=_then_test,
    answer=_answer_then,
    order=("course", "outcome"),
    dimensions=PEOPLE,
    n_column="n",
    needs_catalogue=True,
    missing="nobody has rated their confidence three times",
)


SURE = {"low": "Guessing", "medium": "Fairly sure", "high": "Certain"}
"""What learners choose from, beside a question."""


def _confidence(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    judged = newest_key(first_attempts(tables, filters, by).filter(_.score.notnull() & _.confidence.notnull()))
    found = judged.group_by([*keys(by, "course"), "confidence"]).aggregate(
        n=_.learner.nunique(), answers=_.learner.count(), right=number(_.score == 1.0)
    )
    place = found.confidence.cases(*((level, at) for at, level in enumerate(SURE, start=1)), else_=0)
    words = found.confidence.cases(*SURE.items(), else_=found.confidence)
    return found.mutate(level=words, right_share=share(_.right, _.answers), level_at=place.cast("int64")).drop(
        "confidence"
    )


def _answer_confidence(rows: Sequence[Row]) -> Answer:
    answers, right = (sum(row[name] for row in rows if row["level"] == SURE["high"]) for name in ("answers", "right"))
    if not answers:
        return answer("Nobody was certain of an answer.")
    text = "Of {answers} answers that people were certain of, {wrong} were wrong."
    return answer(text, answers=answers, wrong=answers - right)


CONFIDENT = Measure(
    id="confidence",
    title="Sure, and right?",
    question="Do people know what they know?",
    definition=f"{FIRST}{NEWEST} How sure people said they were of an answer, and whether it was wholly right.",
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("level_at", "Place", "number", "From the least sure.", key=True),
        Column("level", "How sure", "text", "As they said beside the question.", key=True),
        Column("n", "Learners", "count", "Those who said so of any answer."),
        Column("answers", "Answers", "count", "Answers of which it was said."),
        Column("right", "Right", "count", "Those of them that were wholly right."),
        Column("right_share", "Right", "share", "Right, of these answers.", of="answers"),
    ),
    expression=_confidence,
    answer=_answer_confidence,
    order=("course", "level_at"),
    dimensions=PEOPLE,
    n_column="n",
    missing="nobody was asked how sure they are",
)


def _ratings(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    asked = opinions(tables)
    counted = distribution(tables, filters, by, asked)
    whole = in_scope(tables.progress, tables, filters, by).filter(
        within(ibis.coalesce(_.completed_at, _.said_completed_at), filters) & (_.by_lms == 0)
    )
    return of_everyone(counted, whole, _given(tables, filters, by, asked), by, "asked")


def opinions(tables: Tables) -> ibis.Table:
    """Questions at the end that ask what people thought, and belong to no outcome."""
    return tables.questions.filter((_.type == "rating") & (_.outcome == "") & (_.asked_for == "post"))


def _given(tables: Tables, filters: Filters, by: By, asked: ibis.Table) -> ibis.Table:
    return first_attempts(tables, filters, by).semi_join(asked, ["course", "question"])


def of_everyone(counted: ibis.Table, expected: ibis.Table, given: ibis.Table, by: By, name: str) -> ibis.Table:
    """With the response rate: of those who were expected to answer, and of whoever else did."""
    who = ["learner", *keys(by, "course")]
    everyone = expected.select(who).union(given.select(who), distinct=True)
    whole = everyone.group_by(keys(by, "course")).aggregate(**{name: _.learner.count()})
    return with_more(counted, whole, keys(by, "course")).mutate(n_share=share(_.n, _[name]))


def distribution(tables: Tables, filters: Filters, by: By, asked: ibis.Table) -> ibis.Table:
    """How often each option of these questions was chosen first."""
    names = keys(by, "course", "question")
    words = asked.select("course", "question", "question_at", "prompt", "days_after")
    unmarked = first_attempts(tables, filters, by).filter(_.score.isnull())
    every = unmarked.group_by([*names, "response"]).aggregate(times=_.learner.count())
    given = tables.once(every).inner_join(words, ["course", "question"])
    answered = given.group_by([*names, "question_at", "prompt", "days_after"]).aggregate(n=_.times.sum())
    listed = answered.inner_join(tables.options.drop("correct"), ["course", "question"])
    counted = with_more(listed, given.select(*names, "times", option="response"), [*names, "option"])
    chosen = counted.mutate(chosen=ibis.coalesce(counted.times, 0))
    return chosen.mutate(chosen_share=share(_.chosen, _.n))


def _answer_ratings(rows: Sequence[Row]) -> Answer:
    most = max(rows, key=lambda row: row["n"])
    text = "Up to {n} of the {asked} people who came to the end of “{course}” said what they think of it."
    return answer(text, n=most["n"], asked=most["asked"], course=most["course"])


RATINGS = Measure(
    id="ratings",
    title="What people thought of it",
    question="What did they think?",
    definition=(
        "First ratings of the questions that stand at the end of a masterclass and belong to no outcome: all answers, no mean. "
        "Response rate: those who answered the question, of those who completed or answered any of them, and are known not only "
        "from an LMS's export."
    ),
    columns=(
        Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
        Column("question", "Question", "text", "Id of the question.", key=True),
        Column("question_at", "Place", "number", "Where it stands in the masterclass.", key=True),
        Column("option_at", "Option's place", "number", "From the lowest.", key=True),
        Column("option", "Option", "text", "Its id.", key=True),
        Column("prompt", "Question's words", "text", "Its prompt."),
        Column("option_text", "Option's words", "text", "What was agreed to."),
        Column("n", "Answers", "count", "Learners who answered the question."),
        Column("chosen", "Chosen", "count", "Those who chose this option."),
        Column("chosen_share", "Share", "share", "Chosen by those who answered.", of="n"),
        Column(
            "asked", "At the end", "count", "Learners who completed, or rated anything, whose ratings can be known."
        ),
        Column("n_share", "Response rate", "share", "Answers, of those at the end.", of="asked"),
    ),
    expression=_ratings,
    answer=_answer_ratings,
    order=("course", "question_at", "option_at"),
    dimensions=PEOPLE,
    n_column="n",
    needs_catalogue=True,
    missing="nobody has rated a masterclass",
)

MEASURES = (GAIN, THEN_TEST, CONFIDENT, RATINGS)
