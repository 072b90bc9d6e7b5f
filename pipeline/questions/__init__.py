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


TYPES: dict[str, QuestionType] = {
    "single": QuestionType(OptionsRecord, single),
    "multiple": QuestionType(OptionsRecord, multiple),
    "true-false": QuestionType(TrueFalseRecord, true_false),
    "numeric": QuestionType(NumericRecord, numeric),
    "short-text": QuestionType(ShortTextRecord, short_text),
    "matching": QuestionType(MatchingRecord, matching),
    "ordering": QuestionType(OrderingRecord, ordering),
    "rating": QuestionType(RatingRecord, rating),
    "judgement": QuestionType(JudgementRecord, judgement),
}

QUESTION = ByType({name: RecordOf(kind.record, "question") for name, kind in TYPES.items()}, "question")
QUESTIONS = ListOf(QUESTION, what="a list of questions", keep_valid=True)
