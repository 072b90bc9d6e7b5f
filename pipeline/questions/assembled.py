"""A question as written, with its parts and its place in the lock → a Question with its texts as HTML."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from ..course import Answer, Option, Question
from ..lock import LockedQuestion
from ..markdown import Renderer
from ..problems import Problem
from .common import AnswerParts, ChoiceRecord, FeedbackRecord, Parts, QuestionRecord, ScoredRecord

DEFAULT_RETRIES = {"practice": 1}
"""Per purpose: how often a wrong answer may be tried again when the question does not say."""


def question(
    record: QuestionRecord,
    parts: Parts,
    locked: LockedQuestion,
    renderer: Renderer,
    problems: list[Problem],
    purpose: str,
) -> Question:
    """`purpose` is the block's, or "" in a final check, where nothing is tried again."""
    prompt, more = renderer.phrase(record.prompt)
    if not prompt:
        message = f"the prompt of question '{record.id}' does not begin with a sentence"
        hint = "begin with a sentence; lists, tables and figures come after it"
        problems.append(Problem(record.written.at("prompt"), message, hint, "bad-text"))
    problems += _used_up(record, locked)
    feedback = getattr(record, "feedback", None)  # of true-false it is by answer, and in its parts
    correct, incorrect = (feedback.correct, feedback.incorrect) if isinstance(feedback, FeedbackRecord) else ("", "")
    retries = record.retries if record.retries is not None else DEFAULT_RETRIES.get(purpose, 0)
    return Question(
        id=record.id,
        slot=locked.slot,
        revision=locked.revision,
        type=record.type,
        outcome=record.outcome,
        prompt=prompt,
        more=more,
        options=_options(parts.options, locked.options, record.id, renderer, problems),
        targets=_options(parts.targets, locked.targets, record.id, renderer, problems),
        answers=tuple(_answer(a, locked.answers[a.id], renderer) for a in parts.answers),
        key=parts.key,
        choose=parts.choose,
        unit=parts.unit,
        ordered=parts.ordered,
        retries=int(retries),
        partial=isinstance(record, ScoredRecord) and record.partial,
        confidence=isinstance(record, ScoredRecord) and record.confidence,
        fold_case=parts.fold_case,
        fold_spaces=parts.fold_spaces,
        correct_feedback=_text(correct, renderer),
        incorrect_feedback=_text(parts.otherwise or incorrect, renderer),
        hint=_text(record.hint, renderer),
        facts=record.source,
        bloom=record.bloom,
        twin_of=record.twin_of,
        scored=parts.scored,
        source=record.written.source,
    )


def _used_up(record: QuestionRecord, locked: LockedQuestion) -> Iterator[Problem]:
    for ident, letter in {**locked.options, **locked.targets, **locked.answers}.items():
        if letter > "z":
            message = f"question '{record.id}' has used up its 26 letters ('{ident}' has none left)"
            yield Problem(record.written.source, message, "give the question a new id and retire this one", "lock")


def _text(text: str, renderer: Renderer) -> Markup:
    return renderer.text(text) if text else Markup("")


def _options(
    records: tuple[ChoiceRecord, ...],
    letters: dict[str, str],
    question: str,
    renderer: Renderer,
    problems: list[Problem],
) -> tuple[Option, ...]:
    options = []
    for record in records:
        text, more = renderer.phrase(record.text)
        if more or not text:
            hint = (
                "put lists and figures into the prompt or the feedback"
                if text
                else "begin it with a word: '#' makes a heading and '1.' a list (quoted: \"\\\\#2\", \"1948\\\\. A year\")"
            )
            said = "is more than one paragraph" if text else "is not a line of text but a heading, a list or the like"
            problems.append(
                Problem(
                    record.written.at("text"),
                    f"the text of option '{record.id}' of question '{question}' {said}",
                    hint,
                    "bad-text",
                )
            )
        options.append(
            Option(record.id, letters[record.id], text, _text(record.feedback, renderer), record.written.source)
        )
    return tuple(options)


def _answer(parts: AnswerParts, letter: str, renderer: Renderer) -> Answer:
    return Answer(
        parts.id, letter, parts.correct, _text(parts.feedback, renderer), parts.value, parts.tolerance, parts.accept
    )
