"""Questions answered by choosing: single, multiple, true-false, rating, judgement."""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from typing import ClassVar

from ..lists import ListOf
from ..mappings import RecordOf
from ..problems import Problem, did_you_mean
from ..scalars import Flag, Ident, Text
from ..shapes import Record, key
from .common import ChoiceRecord, Parts, QuestionRecord, ScoredRecord, needs_feedback, no_correct, repeated

_OPTIONS = ListOf(RecordOf(ChoiceRecord, "option"), least=2, most=26, what="a list of options")


@dataclass(frozen=True, kw_only=True)
class OptionsRecord(ScoredRecord):
    elsewhere: ClassVar[Table[str, str]] = dict.fromkeys(
        ("answer", "answers", "correct", "key"), "add 'correct: true' to the right option itself"
    )
    options: tuple[ChoiceRecord, ...] = key(_OPTIONS, "What the learner chooses from")
    ordered: bool = key(Flag(), "Keep the options in this order instead of shuffling them", default=False)


def single(record: OptionsRecord, problems: list[Problem]) -> Parts:
    right = _right(record, problems)
    if len(right) != 1:
        message = f"{len(right) or 'no'} options are marked correct in question '{record.id}', expected 1"
        hint = "use 'type: multiple' for several right options" if right else "add 'correct: true' to the right option"
        problems.append(Problem(record.written.at("options"), message, hint, "wrong-key"))
    return Parts(options=record.options, key=(right[:1],), ordered=record.ordered)


def multiple(record: OptionsRecord, problems: list[Problem]) -> Parts:
    right = _right(record, problems)
    if len(right) < 2:
        message = f"{'only 1 option is' if right else 'no options are'} marked correct in question '{record.id}', expected 2 or more"
        hint = "use 'type: single' for one right option" if right else "add 'correct: true' to the right options"
        problems.append(Problem(record.written.at("options"), message, hint, "wrong-key"))
    if len(right) == len(record.options):
        problems.append(
            Problem(
                record.written.at("options"),
                f"every option of question '{record.id}' is correct",
                "add an option that is not",
                "wrong-key",
            )
        )
    return Parts(options=record.options, key=(right,), choose=len(right), ordered=record.ordered)


def _right(record: OptionsRecord, problems: list[Problem]) -> tuple[str, ...]:
    repeated(record.options, record.id, problems)
    needs_feedback(record.options, record.id, problems)
    return tuple(option.id for option in record.options if option.correct)


@dataclass(frozen=True, kw_only=True)
class TruthFeedbackRecord(Record):
    true_: str = key(Text(), "Said to who answers true")
    false_: str = key(Text(), "Said to who answers false")


@dataclass(frozen=True, kw_only=True)
class TrueFalseRecord(ScoredRecord):
    answer: bool = key(Flag(), "Whether the statement is true")
    feedback: TruthFeedbackRecord = key(  # type: ignore[assignment]  # required here, and by answer
        RecordOf(TruthFeedbackRecord, "feedback", named=False), "Feedback for 'true' and for 'false'"
    )


def true_false(record: TrueFalseRecord, problems: list[Problem]) -> Parts:
    said = {"true": record.feedback.true_, "false": record.feedback.false_}
    options = tuple(
        ChoiceRecord(
            written=replace(record.feedback.written, source=record.feedback.written.at(word)),
            id=word,
            text=word.capitalize(),
            feedback=text,
        )
        for word, text in said.items()
    )
    return Parts(options=options, key=(("true" if record.answer else "false",),), ordered=True)


@dataclass(frozen=True, kw_only=True)
class RatingRecord(QuestionRecord):
    options: tuple[ChoiceRecord, ...] = key(
        ListOf(RecordOf(ChoiceRecord, "option"), least=2, most=11), "The scale, from low to high"
    )


def rating(record: RatingRecord, problems: list[Problem]) -> Parts:
    repeated(record.options, record.id, problems)
    no_correct(record.options, record, problems)
    return Parts(options=record.options, ordered=True, scored=False)


@dataclass(frozen=True, kw_only=True)
class JudgementRecord(ScoredRecord):
    options: tuple[ChoiceRecord, ...] = key(
        ListOf(RecordOf(ChoiceRecord, "option"), least=3, most=26, what="a list of options"), "Courses of action"
    )
    best: str = key(Ident(hyphen=False, max=32, of="the option"), "Id of the option experts judge best")
    worst: str = key(Ident(hyphen=False, max=32, of="the option"), "Id of the option experts judge worst")
    ordered: bool = key(Flag(), "Keep the options in this order instead of shuffling them", default=False)


def judgement(record: JudgementRecord, problems: list[Problem]) -> Parts:
    repeated(record.options, record.id, problems)
    needs_feedback(record.options, record.id, problems)
    no_correct(record.options, record, problems)
    ids = [option.id for option in record.options]
    for role in ("best", "worst"):
        named = getattr(record, role)
        if named not in ids:
            message = f"'{role}' names '{named}', which is not an option of question '{record.id}'"
            problems.append(Problem(record.written.at(role), message, did_you_mean(named, ids), "wrong-key"))
    if record.best == record.worst:
        problems.append(
            Problem(
                record.written.at("worst"),
                f"'best' and 'worst' of question '{record.id}' are the same option",
                "name two different options",
                "wrong-key",
            )
        )
    return Parts(
        options=record.options, key=((f"best.{record.best}", f"worst.{record.worst}"),), ordered=record.ordered
    )
