"""What every question has, whatever its type, and the plain parts a type's parser hands on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..lists import ListOf
from ..mappings import RecordOf
from ..problems import Problem
from ..records import RetiredRecord
from ..scalars import FactKey, Flag, Ident, Number, OneOf, Text
from ..shapes import Record, key
from ..writing import rules

BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")


@dataclass(frozen=True, kw_only=True)
class FeedbackRecord(Record):
    correct: str = key(Text(), "Said when the whole answer is right", default="")
    incorrect: str = key(Text(), "Said when it is not", default="")


@dataclass(frozen=True, kw_only=True)
class QuestionRecord(Record):
    id: str = key(Ident(), "Stable id; never reuse it for another question")
    type: str = key(Ident(), "Type of the question")
    outcome: str = key(Ident(), "Id of the outcome it tests", default="")
    prompt: str = key(Text(), "What is asked; the first paragraph becomes the question's heading")
    source: tuple[str, ...] = key(
        ListOf(FactKey(), what="a list of fact keys"), "Keys of the facts it rests on", default=()
    )
    bloom: str = key(OneOf(BLOOM), "What thinking it asks for", default="")
    hint: str = key(Text(), "Help a learner may open before answering", default="")
    retries: Decimal | None = key(
        Number("0", "3", whole=True), "How often it may be tried again after a wrong answer", default=None
    )
    twin_of: str = key(Ident(), "Id of the pre-question it is the parallel of", default="")
    allow: tuple[tuple[str, str], ...] = key(
        rules.allowed(rules.ITEM), "Rules of item writing it breaks on purpose, each with the reason", default=()
    )
    retired: RetiredRecord | None = key(
        RecordOf(RetiredRecord, "retired", named=False), "Since when and why it is no longer asked", default=None
    )


@dataclass(frozen=True, kw_only=True)
class ScoredRecord(QuestionRecord):
    feedback: FeedbackRecord | None = key(
        RecordOf(FeedbackRecord, "feedback", named=False), "Said beside the feedback of each option", default=None
    )
    confidence: bool = key(Flag(), "Also ask how sure the learner is", default=False)
    partial: bool = key(Flag(), "Give part of the mark for a partly right answer", default=False)


@dataclass(frozen=True, kw_only=True)
class ChoiceRecord(Record):
    """An option, an item or a target."""

    id: str = key(Ident(hyphen=False, max=32), "Stable id of the option")
    text: str = key(Text(), "What the learner reads")
    correct: bool = key(Flag(), "True for a right option", default=False)
    feedback: str = key(Text(), "Why this option is right or wrong", default="")


@dataclass(frozen=True)
class AnswerParts:
    id: str
    correct: bool
    feedback: str
    value: str = ""
    tolerance: str = "0"
    accept: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parts:
    """A question as its type's parser sees it, still in the author's Markdown and without letters."""

    options: tuple[ChoiceRecord, ...] = ()
    targets: tuple[ChoiceRecord, ...] = ()
    answers: tuple[AnswerParts, ...] = ()
    key: tuple[tuple[str, ...], ...] = ()
    choose: int = 1
    unit: str = ""
    ordered: bool = False
    fold_case: bool = True
    fold_spaces: bool = True
    otherwise: str = ""
    scored: bool = True


def repeated(records: tuple[ChoiceRecord, ...], question: str, problems: list[Problem]) -> None:
    """Two options with one id, or with the same words."""
    seen: dict[tuple[str, str], ChoiceRecord] = {}
    for record in records:
        for sort, value, code in (
            ("id", record.id, "duplicate-id"),
            ("text", record.text.casefold(), "duplicate-option"),
        ):
            first = seen.setdefault((sort, value), record)
            if first is not record:
                problems.append(
                    Problem(
                        record.written.at(sort),
                        f"two options of question '{question}' have the same {sort} '{getattr(record, sort)}'",
                        f"the first is on line {first.written.at(sort).line}; change one of them",
                        code,
                    )
                )


def needs_feedback(records: tuple[ChoiceRecord, ...], question: str, problems: list[Problem]) -> None:
    problems += [
        Problem(
            record.written.source,
            f"option '{record.id}' of question '{question}' has no feedback",
            "add: feedback: why somebody might choose it, and what is right or wrong about it",
            "missing-feedback",
        )
        for record in records
        if not record.feedback
    ]


def no_correct(records: tuple[ChoiceRecord, ...], question: QuestionRecord, problems: list[Problem]) -> None:
    """Types whose key is not the mark ``correct: true``."""
    problems += [
        Problem(
            record.written.at("correct"),
            f"'correct' has no meaning for option '{record.id}' of the {question.type} question '{question.id}'",
            "take it out",
            "unknown-key",
        )
        for record in records
        if "correct" in record.written.keys
    ]
