"""The table of question types. A new type is a parser and a row here, a template, a control in the player, a case file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..lists import ListOf
from ..mappings import ByType, RecordOf
from ..problems import Problem
from .arranged import MatchingRecord, OrderingRecord, matching, ordering
from .choices import (
    JudgementRecord,
    OptionsRecord,
    RatingRecord,
    TrueFalseRecord,
    judgement,
    multiple,
    rating,
    single,
    true_false,
)
from .common import Parts as Parts
from .common import QuestionRecord as QuestionRecord
from .typed import NumericRecord, ShortTextRecord, numeric, short_text


@dataclass(frozen=True)
class QuestionType:
    record: type[QuestionRecord]
    parts: Callable[[Any, list[Problem]], Parts]
    about: str
    """What the learner does, shown by editors."""


TYPES: dict[str, QuestionType] = {
    "single": QuestionType(OptionsRecord, single, "Choose the one right option"),
    "multiple": QuestionType(OptionsRecord, multiple, "Choose all the right options"),
    "true-false": QuestionType(TrueFalseRecord, true_false, "Say whether a statement is true"),
    "numeric": QuestionType(NumericRecord, numeric, "Type a number"),
    "short-text": QuestionType(ShortTextRecord, short_text, "Type a word or two"),
    "matching": QuestionType(MatchingRecord, matching, "Match each item with a target"),
    "ordering": QuestionType(OrderingRecord, ordering, "Put items into order"),
    "rating": QuestionType(RatingRecord, rating, "Answer on a scale; not scored"),
    "judgement": QuestionType(JudgementRecord, judgement, "Choose the best and the worst course of action"),
}

QUESTION = ByType(
    {name: RecordOf(kind.record, "question") for name, kind in TYPES.items()},
    "question",
    {name: kind.about for name, kind in TYPES.items()},
)
QUESTIONS = ListOf(QUESTION, what="a list of questions", keep_valid=True)
