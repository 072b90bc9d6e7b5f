"""Which questions are hard or broken, and what is chosen instead of the answer.

First attempts only, and never two keys together: a question whose key was corrected is two questions here.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
from ibis import _

from ..filters import Filters
from ..tables import Column
from ..wording import quoted, shortened
from .attempts import FIRST, SUMS, correlation, counted
from .measure import Answer, By, Measure, Row, Tables, answer
from .scope import PEOPLE, keys, number, share, with_more

ENOUGH, STABLE = 30, 100
HARD, EASY = 0.30, 0.90
WEAK = 0.20
UNUSED = 0.05


def _questions(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    names = keys(by, "course", "question", "revision")
    sums = counted(tables, filters, by).group_by(names).aggregate(**{name: _[name].sum() for name in SUMS})
    found = sums.filter(_.n > 0).select(
        *names, n=sums.n, difficulty=sums.x / sums.n.cast("float64"), discrimination=correlation(sums)
    )
    chosen = _chosen(tables, filters, by)
    unused = chosen.group_by(names).aggregate(
        unused=number(~_.correct & (_.chosen_share < UNUSED)), distractors=number(~_.correct)
    )
    words = tables.questions.select(
        "course", "question", "question_at", "type", "prompt", "outcome", "check", page="asked_on"
    )
    joined = with_more(found, unused, names)
    whole = joined.inner_join(words, ["course", "question"])
    enough = whole.n >= ENOUGH
    return whole.mutate(
        is_hard=_when(enough, whole.difficulty < HARD),
        is_easy=_when(enough, whole.difficulty > EASY),
        is_weak=_when(enough, whole.discrimination < WEAK),
        is_negative=_when(enough, whole.discrimination < 0),
        unused=ibis.ifelse(enough, whole.unused, ibis.null("int64")),
        is_unstable=whole.n < STABLE,
    ).select(
        *names, "question_at", "check", "page", "type", "outcome", "prompt", "n", "difficulty", "discrimination", "unused",
        "is_hard", "is_easy", "is_weak", "is_negative", "is_unstable",
    )  # fmt: skip


def _when(condition: ibis.Value, flag: ibis.Value) -> ibis.Value:
    return ibis.ifelse(condition, ibis.coalesce(flag, False), ibis.null("boolean"))


FLAGS = ("is_negative", "is_weak", "is_hard", "is_easy")


def _answer_questions(rows: Sequence[Row]) -> Answer:
    judged = [row for row in rows if row["is_hard"] is not None]
    flagged = [row for row in judged if any(row[flag] for flag in FLAGS)]
    if not judged:
        text = "{questions} questions were answered, none by the {enough} people it takes to judge one."
        return answer(text, questions=str(len(rows)), enough=str(ENOUGH))
    if not flagged:
        return answer("None of the {judged} questions that can be judged stands out.", judged=str(len(judged)))
    worst = min(flagged, key=lambda row: 1.0 if row["discrimination"] is None else row["discrimination"])
    return answer(
        "{flagged} of {judged} questions deserve a look, first one of “{course}”: {question}",
        flagged=str(len(flagged)),
        judged=str(len(judged)),
        question=quoted(shortened(worst["prompt"])),
        course=worst["course"],
    )


_QUESTION = (
    Column("course", "Masterclass", "text", "Id of the masterclass.", key=True),
    Column("question", "Question", "text", "Id of the question.", key=True),
    Column("revision", "Key", "number", "Which revision of its key, counted from 1.", key=True),
    Column("question_at", "Place", "number", "Where it stands in the masterclass.", key=True),
)

QUESTIONS = Measure(
    id="questions",
    title="Questions",
    question="Which questions are hardest, or broken?",
    definition=(
        f"{FIRST} Difficulty: the mean score. Discrimination: the correlation of the score with the mean score on the other "
        "questions of the same check (corrected point-biserial; a final check is one, the questions on the way are "
        f"another). Flags from {ENOUGH} answers on: hard below {HARD}, easy above {EASY}, weak below {WEAK}, negative below 0; "
        f"an unused option is a wrong one that fewer than {UNUSED:.0%} choose. Unstable below {STABLE} answers."
    ),
    columns=(
        *_QUESTION,
        Column("check", "Check", "text", "What it is analysed with."),
        Column("page", "Page", "text", "Where it is asked."),
        Column("type", "Type", "text", "Its type."),
        Column("outcome", "Outcome", "text", "What it tests."),
        Column("prompt", "Question's words", "text", "Its prompt in the newest version."),
        Column("n", "Answers", "count", "Learners who answered it."),
        Column("difficulty", "Difficulty (p)", "share", "Mean score: high is easy.", of="n"),
        Column("discrimination", "Discrimination", "number", "From -1 to 1.", of="n"),
        Column("unused", "Unused options", "number", "Wrong options that hardly anybody chooses."),
        Column("is_hard", "Hard", "flag", f"Difficulty below {HARD}."),
        Column("is_easy", "Easy", "flag", f"Difficulty above {EASY}."),
        Column("is_weak", "Weak", "flag", f"Discrimination below {WEAK}."),
        Column("is_negative", "Negative", "flag", "Those who know more fail it more often: look at the key."),
        Column("is_unstable", "Unstable", "flag", f"Fewer than {STABLE} answers."),
    ),
    expression=_questions,
    answer=_answer_questions,
    order=("course", "question_at", "revision"),
    dimensions=PEOPLE,
    n_column="n",
    needs_catalogue=True,
    missing="no answers are known",
)


def _chosen(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    """How often each option was chosen; of questions without options, each response as it was given."""
    names = keys(by, "course", "question", "revision")
    judged = tables.questions.filter(_.scored).select("course", "question")
    every = counted(tables, filters, by).group_by([*names, "response"]).aggregate(times=_.times.sum())
    given = every.inner_join(judged, ["course", "question"])
    asked = given.group_by(names).aggregate(n=_.times.sum())
    listed = asked.inner_join(tables.options, ["course", "question"])
    joined = with_more(listed, given, names)
    # Tokens are joined by [,]: with bars round them, one is found whole.
    bars = ibis.literal("|") + joined.response.replace("[,]", "|") + "|"
    holds = bars.contains(ibis.literal("|") + joined.option + "|")
    options = joined.group_by([*names, "option_at", "option", "option_text", "correct", "n"]).aggregate(
        chosen=ibis.coalesce(joined.times.sum(where=holds), 0)
    )
    free = tables.questions.filter(_.type.isin(["ordering", "numeric"])).select("course", "question")
    as_given = given.inner_join(asked, names).inner_join(free, ["course", "question"])
    typed = as_given.select(
        *names,
        option_at=ibis.null("int64"),
        option="response",
        option_text=as_given.response.replace("[,]", ", "),
        correct=ibis.null("boolean"),
        n="n",
        chosen="times",
    )
    return options.select(*typed.columns).union(typed).mutate(chosen_share=share(_.chosen, _.n))


def _options(tables: Tables, filters: Filters, by: By) -> ibis.Table:
    places = tables.questions.select("course", "question", "question_at")
    chosen = _chosen(tables, filters, by).inner_join(places, ["course", "question"])
    wrong = chosen.correct.notnull() & ~chosen.correct
    return chosen.mutate(is_unused=_when(wrong & (chosen.n >= ENOUGH), chosen.chosen_share < UNUSED))


OPTIONS = Measure(
    id="options",
    title="What was chosen",
    question="What do people choose instead of the answer?",
    definition=(
        f"{FIRST} Of a question with options, how many chose each; of an ordering or a number, each response as it was given. "
        f"An option is unused when it is wrong and fewer than {UNUSED:.0%} of at least {ENOUGH} choose it."
    ),
    columns=(
        *_QUESTION,
        Column(
            "option_at", "Option's place", "count", "As it is written; none for a response as it was given.", key=True
        ),
        Column("option", "Option", "text", "Its id.", key=True),
        Column("option_text", "Option's words", "text", "In the newest version."),
        Column("correct", "Correct", "flag", "Whether it belongs to the key of the newest version."),
        Column("n", "Answers", "count", "Learners who answered the question."),
        Column("chosen", "Chosen", "count", "Those who chose it."),
        Column("chosen_share", "Share", "share", "Chosen by those who answered.", of="n"),
        Column("is_unused", "Unused", "flag", "A wrong option that hardly anybody chooses."),
    ),
    expression=_options,
    answer=lambda rows: answer(
        "What was chosen in {questions} questions.",
        questions=str(len({(row["course"], row["question"], row["revision"]) for row in rows})),
    ),
    order=("course", "question_at", "revision", "option_at", "option"),
    dimensions=PEOPLE,
    n_column="n",
    needs_catalogue=True,
    missing="no answers are known",
)

MEASURES = (QUESTIONS, OPTIONS)
