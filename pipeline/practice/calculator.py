"""Calculators: numbers that a learner enters, formulas that authors write, and what comes of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..lists import ListOf
from ..mappings import RecordOf
from ..scalars import Flag, Ident, Number, OneOf, Text
from ..shapes import Record, key

_NAME = Text(markdown=False, max=255)
_ID = Ident(hyphen=False, max=32)
_UNIT = Text(markdown=False, max=40)
_FORMULA = Text(markdown=False, max=1_000)
_SIZE = Number("-1000000000000", "1000000000000")


@dataclass(frozen=True, kw_only=True)
class InputOptionRecord(Record):
    id: str = key(_ID, "Stable id of the option; formulas compare the input with it")
    text: str = key(_NAME, "What the learner chooses")
    value: Decimal | None = key(_SIZE, "The number it stands for, in the input's unit", default=None)


@dataclass(frozen=True, kw_only=True)
class NamedRecord(Record):
    """What formulas may name."""

    id: str = key(_ID, "Its name in formulas; of a result also in braces in the texts of 'meaning'")
    label: str = key(Text(), "What it is, like The board puts in; may cite the fact it comes from")
    unit: str = key(_UNIT, "Its unit, like £, £m, %, contacts or £ a week", default="")


@dataclass(frozen=True, kw_only=True)
class InputRecord(NamedRecord):
    value: str = key(Text(markdown=False, max=64), "The worked example's number, or option")
    min: Decimal | None = key(_SIZE, "The least that can be meant", default=None)
    max: Decimal | None = key(_SIZE, "The most that can be meant", default=None)
    step: Decimal | None = key(Number("0.00000001", "1000000000000"), "The slider's step", default=None)
    slider: bool = key(Flag(), "True for a slider beside the number", default=False)
    hint: str = key(_NAME, "What helps to enter it", default="")
    when: str = key(_FORMULA, 'Asked for only then, like rule == "capped"; of choices only', default="")
    options: tuple[InputOptionRecord, ...] = key(
        ListOf(RecordOf(InputOptionRecord, "option"), least=2, most=20, what="a list of options"),
        "For a choice instead of a number",
        default=(),
    )


@dataclass(frozen=True, kw_only=True)
class ConstantRecord(NamedRecord):
    value: Decimal = key(_SIZE, "The number")


@dataclass(frozen=True, kw_only=True)
class ResultRecord(NamedRecord):
    decimals: Decimal = key(Number("0", "8", whole=True), "How many decimals are shown", default=Decimal(0))
    formula: str = key(_FORMULA, "How it is worked out, from inputs, constants and other results")
    working: bool = key(Flag(), "True for a step on the way, shown with the formulas", default=False)


@dataclass(frozen=True, kw_only=True)
class BandRecord(Record):
    when: str = key(_FORMULA, "The condition under which this is said; the last has none", default="")
    say: str = key(Text(), "What the numbers mean; {council_pays} becomes the number with its unit")


@dataclass(frozen=True, kw_only=True)
class ChartRecord(Record):
    type: str = key(OneOf(("bar", "line")), "Bars compare results, a line shows one number's way")
    title: str = key(_NAME, "What the chart shows")
    show: tuple[str, ...] = key(ListOf(_ID, least=1, most=8), "The results shown; of one unit")
    across: str = key(_ID, "Of a line: the input along the bottom", default="")
    from_: Decimal | None = key(_SIZE, "Where the line begins; the input's min when left out", default=None)
    to: Decimal | None = key(_SIZE, "Where it ends; the input's max when left out", default=None)
    step: Decimal | None = key(
        Number("0.00000001"), "How far apart its points are; ten steps when left out", default=None
    )


@dataclass(frozen=True, kw_only=True)
class CalculatorRecord(Record):
    id: str = key(Ident(), "Stable id of the calculator; made from the page's id when left out", default="")
    title: str = key(_NAME, "Heading of the calculator")
    intro: str = key(Text(), "What it is for, and whose numbers the worked example has", default="")
    inputs: tuple[InputRecord, ...] = key(
        ListOf(RecordOf(InputRecord, "input"), least=1, most=20, what="a list of inputs"), "What the learner enters"
    )
    constants: tuple[ConstantRecord, ...] = key(
        ListOf(RecordOf(ConstantRecord, "constant"), most=20, what="a list of constants"),
        "Numbers that formulas need, with their units and sources",
        default=(),
    )
    results: tuple[ResultRecord, ...] = key(
        ListOf(RecordOf(ResultRecord, "result"), least=1, most=30, what="a list of results"), "What comes out"
    )
    meaning: tuple[BandRecord, ...] = key(
        ListOf(RecordOf(BandRecord, "meaning", named=False), least=1, most=12, what="a list of what the numbers mean"),
        "What the numbers mean: the first whose condition holds is said",
    )
    chart: ChartRecord | None = key(RecordOf(ChartRecord, "chart", named=False), "A picture of results", default=None)

    def named(self) -> tuple[NamedRecord, ...]:
        return (*self.inputs, *self.constants, *self.results)
