"""What authors write inside a block's fence, by the fence's name."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .located import Mapping, Node, Sequence
from .problems import Problem
from .questions import QUESTION, QUESTIONS, QuestionRecord
from .records import OneOrMore
from .scalars import Ident, Number, OneOf, Text
from .shapes import INVALID, ListOf, Record, RecordOf, Shape, TableOf, Written, key

_FILES = OneOrMore(Text(markdown=False, max=255))
PURPOSES = ("pre", "practice", "post", "follow-up")


@dataclass(frozen=True, kw_only=True)
class QuizRecord(Record):
    id: str = key(Ident(), "Stable id of the block; made from the page's id when left out", default="")
    purpose: str = key(OneOf(PURPOSES), "Asked before, while, after or long after learning", default="practice")
    from_: tuple[str, ...] = key(_FILES, "Question file, or a list of them", default=())
    questions: tuple[QuestionRecord, ...] = key(QUESTIONS, "Questions written here instead of in a file", default=())
    ask: tuple[str, ...] = key(ListOf(Ident(), least=1), "Only these questions, in this order", default=())
    draw: Decimal | None = key(Number("1", "1000", whole=True), "Ask this many, chosen for each learner", default=None)


@dataclass(frozen=True, kw_only=True)
class FinalCheckRecord(Record):
    id: str = key(Ident(), "Stable id of the block", default="final-check")
    from_: tuple[str, ...] = key(_FILES, "Question files that make the bank")
    draw: tuple[tuple[str, Decimal], ...] = key(
        TableOf(Ident(), Number("1", "100", whole=True), "pairs of outcome and number"),
        "How many questions of each outcome make a paper",
    )
    always: tuple[str, ...] = key(ListOf(Ident()), "Questions in every learner's first paper", default=())


@dataclass(frozen=True)
class _Quiz:
    """Settings, or directly a list of questions, or one question."""

    def read(self, node: Node, name: str, problems: list[Problem]) -> Any:
        if isinstance(node, Sequence):
            questions: Any = QUESTIONS.read(node, name, problems)
        elif isinstance(node, Mapping) and any(k.text == "prompt" for k, _ in node.entries):
            one = QUESTION.read(node, name, problems)
            questions = one if one is INVALID else (one,)
        else:
            return RecordOf(QuizRecord, "quiz").read(node, name, problems)
        return INVALID if questions is INVALID else QuizRecord(written=Written(node.source, {}), questions=questions)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [RecordOf(QuizRecord, "quiz").schema(), QUESTIONS.schema()]}


BLOCKS: dict[str, Shape] = {
    "quiz": _Quiz(),
    "final-check": RecordOf(FinalCheckRecord, "final-check"),
}
BlockRecord = QuizRecord | FinalCheckRecord
