"""What authors write inside a block's fence, by the fence's name."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .lists import ListOf
from .located import Mapping, Node, Sequence
from .mappings import RecordOf, TableOf
from .practice import calculation, certificate, chooser, contrast, media, plan, scenario, shown, worksheet
from .practice.calculator import CalculatorRecord
from .practice.certificate import CertificateRecord
from .practice.chooser import ChooserRecord
from .practice.contrast import ContrastRecord
from .practice.making import Making
from .practice.media import MediaRecord
from .practice.plan import PlanRecord
from .practice.scenario import ScenarioRecord
from .practice.shown import ShownRecord
from .practice.worksheet import WorksheetRecord
from .problems import Problem, did_you_mean
from .questions import QUESTION, QUESTIONS, QuestionRecord
from .records import OneOrMore
from .scalars import Ident, Number, OneOf, Text
from .shapes import INVALID, Record, Shape, Written, key
from .writing import rules

_FILES = OneOrMore(Text(markdown=False, max=255))
Files = Table[str, tuple[QuestionRecord, ...]]
"""Questions by the file they are written in."""
PURPOSES = ("pre", "practice", "post", "then", "follow-up")


@dataclass(frozen=True, kw_only=True)
class AskedRecord(Record):
    id: str = key(Ident(), "Stable id of the block; made from the page's id when left out", default="")
    from_: tuple[str, ...] = key(_FILES, "Question file, or a list of them", default=())
    questions: tuple[QuestionRecord, ...] = key(QUESTIONS, "Questions written here instead of in a file", default=())
    ask: tuple[str, ...] = key(ListOf(Ident(), least=1), "Only these questions, in this order", default=())


@dataclass(frozen=True, kw_only=True)
class QuizRecord(AskedRecord):
    purpose: str = key(
        OneOf(PURPOSES),
        "Asked before, while, after or long after learning; `then`: after it, thinking back to the time before",
        default="practice",
    )
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
    allow: tuple[tuple[str, str], ...] = key(
        rules.allowed(rules.BANK), "Rules about banks it breaks on purpose, each with the reason", default=()
    )


class PlanCheckRecord(AskedRecord):
    """Ratings of what became of the learner's plan, which stands above them."""


@dataclass(frozen=True)
class _Asked:
    """Settings, or directly a list of questions, or one question."""

    record: type[AskedRecord]
    called: str

    def read(self, node: Node, name: str, problems: list[Problem]) -> Any:
        if isinstance(node, Sequence):
            questions: Any = QUESTIONS.read(node, name, problems)
        elif isinstance(node, Mapping) and any(k.text == "prompt" for k, _ in node.entries):
            one = QUESTION.read(node, name, problems)
            questions = one if one is INVALID else (one,)
        else:
            return RecordOf(self.record, self.called).read(node, name, problems)
        return INVALID if questions is INVALID else self.record(written=Written(node.source, {}), questions=questions)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [RecordOf(self.record, self.called).schema(), QUESTIONS.schema()]}


@dataclass(frozen=True, kw_only=True)
class ElsewhereRecord(Record):
    from_: str = key(Text(markdown=False, max=255), "The file the block is written in")


@dataclass(frozen=True)
class OrFile:
    """A block written in its fence, or a fence that says ``from:`` the file it is written in."""

    shape: Shape
    block: str

    def read(self, node: Node, name: str, problems: list[Problem]) -> Any:
        if not isinstance(node, Mapping) or all(entry.text != "from" for entry, _ in node.entries):
            return self.shape.read(node, name, problems)
        record = RecordOf(ElsewhereRecord, f"a {self.block} block with 'from'", named=False).read(node, name, problems)
        ending = f".{self.block}.yml"
        if record is not INVALID and not record.from_.endswith(ending):
            message = f"'from' must be a file whose name ends in {ending}, found '{record.from_}'"
            hint = f"rename it, and write: from: NAME{ending}"
            problems.append(Problem(record.written.at("from"), message, hint, "bad-name"))
            return INVALID
        return record

    def schema(self) -> dict[str, Any]:
        return self.shape.schema()


BlockRecord = (
    AskedRecord
    | FinalCheckRecord
    | ShownRecord
    | ScenarioRecord
    | PlanRecord
    | WorksheetRecord
    | CertificateRecord
    | CalculatorRecord
    | ChooserRecord
    | ContrastRecord
    | MediaRecord
)


@dataclass(frozen=True)
class Rules:
    """How a block asks its questions; the fields of the same names of ``course.Block``."""

    purpose: str = "practice"
    draw: int | None = None
    blueprint: tuple[tuple[str, int], ...] = ()
    always: tuple[str, ...] = ()


def _asks_nothing(record: Any, files: Files, problems: list[Problem]) -> tuple[QuestionRecord, ...]:
    return ()


@dataclass(frozen=True)
class Items:
    """A list that a block can take from a file, named with ``from:``, also one shared by several masterclasses."""

    shape: Shape
    fill: Callable[[Any, tuple[Any, ...]], Any]
    """The block's record with it."""


@dataclass(frozen=True)
class BlockType:
    shape: Shape
    asked: Callable[[Any, Files, list[Problem]], tuple[QuestionRecord, ...]] = _asks_nothing
    """The questions of a block's record, given those of the files."""
    rules: Callable[[Any], Rules] = lambda record: Rules()
    files: Callable[[Any], tuple[str, ...]] = lambda record: ()
    """The question files its record names."""
    filed: bool = False
    """It can stand in a file of its own, ``NAME.BLOCK.yml``, that its fence names with ``from:``."""
    items: Items | None = None
    kept: Callable[[Any], tuple[str, ...]] = lambda record: ()
    """The names of what a learner can do in it besides answering; resume strings keep what was done."""
    content: Callable[[Any, Making], Any] = lambda record, making: None
    """What it holds besides questions: a record of ``content.py``."""

    @property
    def asks(self) -> bool:
        return self.asked is not _asks_nothing


def _quiz_asks(record: AskedRecord, files: Files, problems: list[Problem]) -> tuple[QuestionRecord, ...]:
    written = (*(q for file in record.from_ for q in files[file]), *record.questions)
    if not record.ask:
        return written
    by_id = {q.id: q for q in written}
    for wanted in record.ask:
        if wanted not in by_id and written:
            problems.append(
                Problem(
                    record.written.at("ask"),
                    f"'ask' names '{wanted}', which is not in {', '.join(record.from_) or 'this block'}",
                    did_you_mean(wanted, by_id),
                    "unknown-id",
                )
            )
    return tuple(by_id[wanted] for wanted in record.ask if wanted in by_id)


def _final_check_asks(record: FinalCheckRecord, files: Files, problems: list[Problem]) -> tuple[QuestionRecord, ...]:
    return tuple(q for file in record.from_ for q in files[file])


def _final_check_rules(record: FinalCheckRecord) -> Rules:
    return Rules(
        "post", blueprint=tuple((outcome, int(number)) for outcome, number in record.draw), always=record.always
    )


BLOCKS: dict[str, BlockType] = {
    "quiz": BlockType(
        _Asked(QuizRecord, "quiz"),
        _quiz_asks,
        lambda record: Rules(record.purpose, draw=int(record.draw) if record.draw is not None else None),
        files=lambda record: record.from_,
    ),
    "final-check": BlockType(
        RecordOf(FinalCheckRecord, "final-check"),
        _final_check_asks,
        _final_check_rules,
        files=lambda record: record.from_,
    ),
    "then-now": BlockType(RecordOf(shown.ThenNowRecord, "then-now", named=False), filed=True, content=shown.then_now),
    "case": BlockType(RecordOf(shown.CaseRecord, "case", named=False), filed=True, content=shown.case),
    "quote": BlockType(RecordOf(shown.QuoteRecord, "quote", named=False), filed=True, content=shown.quote),
    "glossary": BlockType(RecordOf(shown.GlossaryRecord, "glossary", named=False), filed=True, content=shown.glossary),
    "sector": BlockType(RecordOf(shown.SectorRecord, "sector", named=False), filed=True, content=shown.sector),
    "scenario": BlockType(
        RecordOf(ScenarioRecord, "scenario"), filed=True, kept=scenario.names, content=scenario.scenario
    ),
    "plan": BlockType(RecordOf(PlanRecord, "plan"), filed=True, kept=plan.names, content=plan.plan),
    "plan-check": BlockType(
        _Asked(PlanCheckRecord, "plan-check"),
        _quiz_asks,
        lambda record: Rules("follow-up"),
        files=lambda record: record.from_,
    ),
    "worksheet": BlockType(RecordOf(WorksheetRecord, "worksheet"), filed=True, content=worksheet.worksheet),
    "certificate": BlockType(
        RecordOf(CertificateRecord, "certificate", named=False), filed=True, content=certificate.certificate
    ),
    "calculator": BlockType(RecordOf(CalculatorRecord, "calculator"), filed=True, content=calculation.calculator),
    "chooser": BlockType(RecordOf(ChooserRecord, "chooser"), filed=True, content=chooser.chooser),
    "contrast": BlockType(
        RecordOf(ContrastRecord, "contrast"), items=Items(contrast.PAIRS, contrast.filled), content=contrast.contrast
    ),
    "media": BlockType(media.MEDIA, filed=True, content=media.media),
}

PRACTICE = {
    "scenario": "practice.js",
    "plan": "practice.js",
    "plan-check": "practice.js",
    "worksheet": "practice.js",
    "certificate": "practice.js",
    "calculator": "tools.js",
    "chooser": "tools.js",
    "contrast": "tools.js",
    "media": "tools.js",
}
"""Blocks that need a script, and the bundle beside player.js that has it: only packages with one of them carry it."""
PLAIN = ("quiz", "final-check")
"""Blocks styled by blocks.css, which every page loads. All others are styled by practice.css, loaded where one is."""
