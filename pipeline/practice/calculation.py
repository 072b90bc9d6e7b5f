"""Calculator records → what is shown and what the player reckons with; every formula checked, the example worked out."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from markupsafe import Markup, escape

from ..content import Prose
from ..course import Source
from ..markdown import plain_text
from ..problems import Problem, did_you_mean
from .calculator import BandRecord, CalculatorRecord, InputRecord, NamedRecord, ResultRecord
from .charts import chart
from .entries import entered
from .formula import FUNCTIONS, Choice, Kind, Quantity, Truth, Wrong, parse, uses
from .instruments import Band, Calculator, Constant, Input, Result
from .making import Making
from .names import Names, quantity
from .notation import notation
from .reckoning import Impossible, Tree, reckon
from .units import exact, named, places, unit

WHY = {
    "zero": "divides by zero",
    "large": "grows too large",
    "root": "takes the root of a number below zero",
}
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_TAKEN = {*FUNCTIONS, *keyword.kwlist, *keyword.softkwlist}


def calculator(record: CalculatorRecord, making: Making) -> Calculator | None:
    """None where a problem keeps it from being worked out: later steps need what earlier ones found."""
    problems, before = making.problems, len(making.problems)
    names = Names()
    problems.extend(_taken_twice(record))
    lines = {one.id: making.line(one, "label", f"'{one.id}'") for one in record.named()}
    names.labels |= {name: plain_text(line.html) for name, line in lines.items()}
    for one in record.named():
        problems.extend(_unit(one, names))
    if len(problems) > before:
        return None
    inputs = [entered(one, lines[one.id], names, problems) for one in record.inputs]
    _know(record, names)
    if len(problems) > before:
        return None
    trees = {one.id: _tree(one, names, problems) for one in record.results}
    order = _order(record, trees, problems)
    if len(problems) == before:
        problems.extend(_worked(record, order, trees, names))
    if len(problems) > before:
        return None
    read = tuple(replace(one, **_asked(record, one.id, names, problems)) for one in inputs if one)
    constants = tuple(
        Constant(one.id, lines[one.id], names.shown(one.id), exact(Fraction(names.example[one.id])))
        for one in record.constants
    )
    bands = _bands(record, names, making)
    drawn = chart(record, names, trees, order, problems) if record.chart else None
    played = {
        "inputs": {one.id: _limits(one) for one in read},
        "constants": {one.id: one.value for one in constants},
        "results": [(name, trees[name]) for name in order],
        "units": {name: _shown_as(name, names) for name in names.units},
        "meaning": [band.tree for band in bands],
        "chart": drawn and {"type": drawn.type, "show": drawn.names, "across": drawn.across},
    }
    return Calculator(
        title=record.title,
        intro=making.prose(record, "intro"),
        inputs=read,
        constants=constants,
        results=tuple(_result(one, lines[one.id], trees[one.id], names) for one in record.results),
        meaning=bands,
        chart=drawn,
        played=json.dumps(played, ensure_ascii=False, separators=(",", ":")),
    )


def _know(record: CalculatorRecord, names: Names) -> None:
    """What constants and results are; inputs are known once they are entered."""
    for constant in record.constants:
        names.kinds[constant.id] = quantity(names.units[constant.id])
        names.decimals[constant.id] = places(constant.value)
        names.example[constant.id] = Fraction(constant.value) * names.units[constant.id].scale
    for result in record.results:
        names.kinds[result.id] = quantity(names.units[result.id])
        names.decimals[result.id] = int(result.decimals)


def _limits(one: Input) -> dict[str, Tree]:
    return {name: value for name, value in (("min", one.least), ("max", one.most), ("when", one.when)) if value}


def _asked(record: CalculatorRecord, name: str, names: Names, problems: list[Problem]) -> dict[str, Any]:
    """Whether an input is asked for can hang on choices, which always have a value."""
    written = next(one for one in record.inputs if one.id == name)
    if not written.when:
        return {}
    choices = {each: kind for each, kind in names.kinds.items() if isinstance(kind, Choice) and each != name}
    tree = _condition(written, choices, problems)
    return {"when": tree, "asked": tree is not None and _true(tree, names)}


def _shown_as(name: str, names: Names) -> tuple[str, str, str, int]:
    of = names.units[name]
    return exact(of.scale), of.before, of.after, names.decimals[name]


def _taken_twice(record: CalculatorRecord) -> Iterator[Problem]:
    first: dict[str, Source] = {}
    for one in record.named():
        at = one.written.at("id")
        if one.id in _TAKEN:
            message = f"'{one.id}' already means something in formulas"
            yield Problem(at, message, f"choose another id, for example {one.id}_value", "bad-id")
        before = first.setdefault(one.id, at)
        if before != at:
            hint = f"the first is on line {before.line}; change one of them"
            yield Problem(at, f"the id '{one.id}' is used twice in this calculator", hint, "duplicate-id")


def _unit(record: NamedRecord, names: Names) -> Iterator[Problem]:
    read = unit(record.unit)
    if read is None:
        hint = "write one like £, £m, %, contacts, £ per contact or £ a week"
        yield Problem(record.written.at("unit"), f"'{record.unit}' is not a unit", hint, "wrong-unit")
    else:
        names.units[record.id] = read


def _tree(record: ResultRecord, names: Names, problems: list[Problem]) -> Tree:
    at = record.written.at("formula")
    expected = names.units[record.id]
    try:
        tree, kind = parse(record.formula, names.kinds)
    except Wrong as wrong:
        problems.append(Problem(at, f"result '{record.id}': {wrong.found}", wrong.hint, wrong.code))
        return "0"
    if not isinstance(kind, Quantity):
        hint = "to choose between two values, write: a if condition else b"
        problems.append(Problem(at, f"result '{record.id}' is {kind}, expected a number", hint, "wrong-unit"))
    elif kind.dimension is not None and kind.dimension != expected.dimension:
        message = (
            f"the formula of '{record.id}' gives {named(kind.dimension)}, its unit is {expected.text or 'left out'}"
        )
        problems.append(Problem(at, message, "change the unit or the formula", "wrong-unit"))
    return tree


def _order(record: CalculatorRecord, trees: Mapping[str, Tree], problems: list[Problem]) -> list[str]:
    """Results as they follow from one another."""
    order: list[str] = []
    written = {one.id: one.written.at("formula") for one in record.results}

    def follow(name: str, above: tuple[str, ...]) -> None:
        if name in order:
            return
        if name in above:
            circle = " → ".join([*above[above.index(name) :], name])
            message = f"the results go round in a circle: {circle}"
            problems.append(Problem(written[name], message, "let one of them follow from inputs only", "circle"))
            order.append(name)
            return
        for used in sorted(uses(trees[name]) & trees.keys()):
            follow(used, (*above, name))
        if name not in order:
            order.append(name)

    for one in record.results:
        follow(one.id, ())
    return order


def _worked(record: CalculatorRecord, order: list[str], trees: Mapping[str, Tree], names: Names) -> Iterator[Problem]:
    results = {one.id: one for one in record.results}
    for name in order:
        try:
            names.example[name] = reckon(trees[name], names.example)
        except Impossible as problem:
            message = f"the worked example cannot be worked out: '{name}' {WHY[problem.why]}"
            at = results[name].written.at("formula")
            yield Problem(at, message, "change the inputs' values or the formula", "bad-formula")
            return


def _result(record: ResultRecord, label: Prose, tree: Tree, names: Names) -> Result:
    return Result(
        id=record.id,
        label=label,
        unit=names.units[record.id],
        decimals=int(record.decimals),
        tree=tree,
        notation=notation(tree, names.labels, names.options),
        shown=names.shown(record.id),
        working=record.working,
    )


def _bands(record: CalculatorRecord, names: Names, making: Making) -> tuple[Band, ...]:
    bands: list[Band] = []
    for band in record.meaning:
        last = band is record.meaning[-1]
        if bool(band.when) == last:
            message = "the last meaning has a condition" if last else "a meaning before the last has no condition"
            hint = (
                "end with one without 'when', for all other numbers"
                if last
                else "add: when: a condition; or put it last"
            )
            making.problems.append(Problem(band.written.source, message, hint, "missing-key"))
            continue
        tree = _condition(band, names.kinds, making.problems) if band.when else None
        said = any(earlier.holds for earlier in bands)
        holds = not said and (tree is None or _true(tree, names))
        bands.append(Band(tree, _filled(band, names, making), holds))
    return tuple(bands)


def _condition(record: BandRecord | InputRecord, kinds: Mapping[str, Kind], problems: list[Problem]) -> Tree:
    at = record.written.at("when")
    try:
        tree, kind = parse(record.when, kinds)
    except Wrong as wrong:
        problems.append(Problem(at, f"in 'when': {wrong.found}", wrong.hint, wrong.code))
        return None
    if not isinstance(kind, Truth):
        problems.append(
            Problem(at, f"'when' is {kind}, expected a condition", "write one like: over > 0", "wrong-unit")
        )
        return None
    return tree


def _true(tree: Tree, names: Names) -> bool:
    try:
        return bool(reckon(tree, names.example))
    except Impossible:
        return False


def _filled(band: BandRecord, names: Names, making: Making) -> Prose:
    """The text with the worked example's numbers, each where the player puts others in."""
    text = making.prose(band, "say")

    def place(match: re.Match[str]) -> str:
        if match[1] not in names.example:
            message = f"'{{{match[1]}}}' names neither an input, a constant nor a result"
            hint = did_you_mean(match[1], names.example)
            making.problems.append(Problem(text.source, message, hint, "unknown-id"))
            return escape(match[0])
        return f'<span data-value="{match[1]}">{escape(names.shown(match[1]))}</span>'

    return Prose(Markup(_PLACE.sub(place, text.html)), text.source)
