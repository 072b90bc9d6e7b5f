"""Questions answered by typing: numeric and short-text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from ..lists import ListOf
from ..mappings import RecordOf
from ..problems import Problem
from ..resume import NUMERIC_CHARACTERS
from ..scalars import Flag, Ident, Number, Text
from ..shapes import Record, key
from .common import AnswerParts, Parts, QuestionRecord, ScoredRecord

OTHER = "other"
"""What is reported for a typed answer that no entry recognises; the words themselves never are."""


@dataclass(frozen=True, kw_only=True)
class AnswerRecord(Record):
    id: str = key(Ident(hyphen=False, max=32), "Stable id of the answer")
    correct: bool = key(Flag(), "True when it is right", default=False)
    feedback: str = key(Text(), "Said to who gives this answer", default="")


_A = TypeVar("_A", bound=AnswerRecord)


@dataclass(frozen=True, kw_only=True)
class NumericAnswerRecord(AnswerRecord):
    value: Decimal = key(Number(), "The number")
    tolerance: Decimal = key(Number("0"), "How far off still counts as this answer", default=Decimal(0))


@dataclass(frozen=True, kw_only=True)
class NumericRecord(ScoredRecord):
    unit: str = key(Text(markdown=False, max=40), "Unit shown beside the box, such as £ or %", default="")
    answers: tuple[NumericAnswerRecord, ...] = key(
        ListOf(RecordOf(NumericAnswerRecord, "answer"), least=1, most=25, what="a list of answers"),
        "The right number and known wrong ones",
    )
    otherwise: str = key(Text(), "Said to any other number", default="")


def numeric(record: NumericRecord, problems: list[Problem]) -> Parts:
    right = _right(record, record.answers, record.otherwise, problems)
    for wrong in record.answers:
        for correct in right:
            if not wrong.correct and abs(wrong.value - correct.value) <= wrong.tolerance + correct.tolerance:
                message = f"answers '{correct.id}' and '{wrong.id}' of question '{record.id}' overlap"
                problems.append(Problem(wrong.written.at("value"), message, "make a tolerance smaller", "wrong-key"))
    for answer in record.answers:
        if len(_plain(answer.value)) > NUMERIC_CHARACTERS:
            message = f"the answer {_plain(answer.value)} has more than {NUMERIC_CHARACTERS} characters"
            hint = "ask for it in thousands or millions"
            problems.append(Problem(answer.written.at("value"), message, hint, "too-large"))
    answers = tuple(
        AnswerParts(a.id, a.correct, a.feedback, value=_plain(a.value), tolerance=_plain(a.tolerance))
        for a in record.answers
    )
    return Parts(
        answers=answers, key=tuple((_plain(a.value),) for a in right), unit=record.unit, otherwise=record.otherwise
    )


def _plain(value: Decimal) -> str:
    """No exponent, no trailing noise: ``1.25``, ``100``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, kw_only=True)
class ShortTextAnswerRecord(AnswerRecord):
    accept: tuple[str, ...] = key(ListOf(Text(markdown=False, max=200), least=1), "Wordings taken for this answer")


@dataclass(frozen=True, kw_only=True)
class ShortTextRecord(ScoredRecord):
    answers: tuple[ShortTextAnswerRecord, ...] = key(
        ListOf(RecordOf(ShortTextAnswerRecord, "answer"), least=1, most=25, what="a list of answers"),
        "Right answers and known wrong ones",
    )
    otherwise: str = key(Text(), "Said to anything else", default="")
    fold_case: bool = key(Flag(), "Take capitals and small letters as the same", default=True)
    fold_spaces: bool = key(Flag(), "Take runs of spaces as one", default=True)


def short_text(record: ShortTextRecord, problems: list[Problem]) -> Parts:
    right = _right(record, record.answers, record.otherwise, problems)
    seen: dict[str, str] = {}
    for answer in record.answers:
        for wording in answer.accept:
            folded = fold(wording, record.fold_case, record.fold_spaces)
            other = seen.setdefault(folded, answer.id)
            if other != answer.id:
                message = f"'{wording}' is taken for two answers of question '{record.id}': '{other}' and '{answer.id}'"
                problems.append(Problem(answer.written.at("accept"), message, "keep it in one of them", "wrong-key"))
    answers = tuple(
        AnswerParts(
            a.id, a.correct, a.feedback, accept=tuple(fold(w, record.fold_case, record.fold_spaces) for w in a.accept)
        )
        for a in record.answers
    )
    return Parts(
        answers=answers,
        key=tuple((a.id,) for a in right),
        fold_case=record.fold_case,
        fold_spaces=record.fold_spaces,
        otherwise=record.otherwise,
    )


def fold(text: str, case: bool, spaces: bool) -> str:
    """A typed wording as it is compared; the player folds what learners type in the same way."""
    text = text.strip()
    text = " ".join(text.split()) if spaces else text
    return text.lower() if case else text


def _right(record: QuestionRecord, answers: tuple[_A, ...], otherwise: str, problems: list[Problem]) -> list[_A]:
    for n, answer in enumerate(answers):
        if answer.id == OTHER or answer.id in {a.id for a in answers[:n]}:
            message = (
                f"'{OTHER}' is kept for answers nobody listed"
                if answer.id == OTHER
                else f"two answers of question '{record.id}' have the id '{answer.id}'"
            )
            problems.append(Problem(answer.written.at("id"), message, "choose another id", "duplicate-id"))
        if not answer.feedback:
            message = f"answer '{answer.id}' of question '{record.id}' has no feedback"
            problems.append(
                Problem(
                    answer.written.source,
                    message,
                    "add: feedback: why it is right, or what went wrong",
                    "missing-feedback",
                )
            )
    if not otherwise:
        message = f"question '{record.id}' says nothing to an answer that is not listed"
        problems.append(
            Problem(
                record.written.source, message, "add: otherwise: what to say to any other answer", "missing-feedback"
            )
        )
    right = [answer for answer in answers if answer.correct]
    if not right:
        message = f"no answer of question '{record.id}' is marked correct"
        problems.append(
            Problem(record.written.at("answers"), message, "add 'correct: true' to the right answer", "wrong-key")
        )
    return right
