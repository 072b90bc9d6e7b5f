"""What a calculator's chart shows, and the points of its line; the player draws it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from ..problems import Problem, did_you_mean
from .calculator import CalculatorRecord, ChartRecord
from .instruments import Chart
from .names import Names
from .reckoning import Impossible, Tree, Value, reckon
from .units import exact, places, shown

MOST_POINTS = 41
NOTHING = "–"


def chart(
    record: CalculatorRecord, names: Names, trees: Mapping[str, Tree], order: list[str], problems: list[Problem]
) -> Chart | None:
    wanted = record.chart
    assert wanted is not None
    found = [*_problems(wanted, names, trees), *_line_problems(record, wanted)]
    problems += found
    if found:
        return None
    at = _points(record, wanted)
    points = tuple(
        (_exact(x, names, wanted), _along(x, names, wanted, at), _there(x, names, wanted, trees, order)) for x in at
    )
    return Chart(wanted.type, wanted.title, wanted.show, wanted.across, points)


def _problems(wanted: ChartRecord, names: Names, trees: Mapping[str, Tree]) -> list[Problem]:
    at = wanted.written.at("show")
    for name in wanted.show:
        if name not in trees:
            message = f"the chart shows '{name}', which is not a result"
            return [Problem(at, message, did_you_mean(name, trees), "unknown-id")]
    units = {names.units[name].text for name in wanted.show}
    if len(units) > 1:
        message = f"the chart shows results of several units: {', '.join(sorted(units))}"
        return [Problem(at, message, "show results of one unit", "wrong-unit")]
    return []


def _line_problems(record: CalculatorRecord, wanted: ChartRecord) -> list[Problem]:
    if wanted.type == "bar":
        told = [name for name in ("across", "from", "to", "step") if name in wanted.written.keys]
        message = f"bars have no '{told[0]}'" if told else ""
        return (
            [Problem(wanted.written.at(told[0]), message, "take it out, or write: type: line", "wrong-kind")]
            if told
            else []
        )
    numbers = [one for one in record.inputs if not one.options]
    along = next((one for one in numbers if one.id == wanted.across), None)
    if along is None:
        message = f"a line needs a number's input along the bottom, found '{wanted.across or 'nothing'}'"
        hint = (
            did_you_mean(wanted.across, [one.id for one in numbers])
            or f"add: across: {numbers[0].id if numbers else '…'}"
        )
        return [Problem(wanted.written.at("across"), message, hint, "unknown-id")]
    ends = _ends(record, wanted)
    if ends is None:
        message = "this line has no two ends"
        return [Problem(wanted.written.source, message, "add: from and to, the first below the second", "missing-key")]
    low, high = ends
    if wanted.step is not None and (high - low) / wanted.step > MOST_POINTS - 1:
        message = f"this line has more than {MOST_POINTS} points"
        return [Problem(wanted.written.at("step"), message, "make the step longer", "too-large")]
    return []


def _ends(record: CalculatorRecord, wanted: ChartRecord) -> tuple[Decimal, Decimal] | None:
    along = next(one for one in record.inputs if one.id == wanted.across)
    low = along.min if wanted.from_ is None else wanted.from_
    high = along.max if wanted.to is None else wanted.to
    return None if low is None or high is None or low >= high else (low, high)


def _points(record: CalculatorRecord, wanted: ChartRecord) -> list[Decimal]:
    if wanted.type == "bar":
        return []
    ends = _ends(record, wanted)
    assert ends is not None
    low, high = ends
    step = wanted.step or (high - low) / 10
    return [low + step * n for n in range(int((high - low) / step) + 1)]


def _exact(x: Decimal, names: Names, wanted: ChartRecord) -> str:
    return exact(Fraction(x) * names.units[wanted.across].scale)


def _along(x: Decimal, names: Names, wanted: ChartRecord, at: list[Decimal]) -> str:
    of = names.units[wanted.across]
    return shown(Fraction(x) * of.scale, of, max(places(each.normalize()) for each in at))


def _there(
    x: Decimal, names: Names, wanted: ChartRecord, trees: Mapping[str, Tree], order: list[str]
) -> tuple[str, ...]:
    values: dict[str, Value] = {**names.example, wanted.across: Fraction(x) * names.units[wanted.across].scale}
    for name in order:
        try:
            values[name] = reckon(trees[name], values)
        except (Impossible, KeyError):
            values.pop(name, None)
    return tuple(
        shown(Fraction(values[name]), names.units[name], names.decimals[name]) if name in values else NOTHING
        for name in wanted.show
    )
