"""Calculators, from formulas to what a page shows; what the player makes of the same formulas is in tests/golden."""

from __future__ import annotations

import json
import math
import random
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Golden
from pipeline.mappings import RecordOf
from pipeline.markdown import Renderer
from pipeline.markdown import plain_text as words
from pipeline.practice.calculation import calculator
from pipeline.practice.calculator import CalculatorRecord
from pipeline.practice.formula import Choice, Kind, Quantity, Truth, Wrong, parse
from pipeline.practice.instruments import Calculator
from pipeline.practice.making import Making
from pipeline.practice.notation import notation
from pipeline.practice.reckoning import LARGEST, Impossible, Value, reckon
from pipeline.practice.units import PLAIN, exact, named, rounded, shown, unit
from pipeline.shapes import INVALID
from reading import read
from there import there

GOLDEN = Path(__file__).parent / "golden" / "reckoning.json"
NAMES = {"a": "2.5", "b": "-3", "c": "0.01", "d": "1250000"}
CHOICE = Choice(("capped", "corridor"))
KINDS: dict[str, Kind] = {**dict.fromkeys(NAMES, Quantity(None)), "rule": CHOICE}


def values(rule: str = "capped") -> dict[str, Value]:
    return {**{name: Fraction(number) for name, number in NAMES.items()}, "rule": rule}


# Random formulas: written as text with what Python's own fractions make of the same text.


def random_formula(dice: random.Random, depth: int) -> str:
    """A number's formula; brackets everywhere, so that what is meant is what is read."""
    if depth == 0:
        return dice.choice([*NAMES, "0", "1", "7", "0.5", "0.125", "100", "999999999999"])
    one, other = (random_formula(dice, depth - 1) for _ in range(2))
    kind = dice.randrange(8)
    if kind < 4:
        return f"({one} {dice.choice('+-*/')} {other})"
    if kind == 4:
        return f"{dice.choice(['min', 'max'])}({one}, {other}, {random_formula(dice, 0)})"
    if kind == 5:
        return f"round({one}, {dice.randrange(4)})"
    if kind == 6:
        return f"{dice.choice(['abs', 'floor', 'ceil', '-'])}({one})"
    return f"({one} if {random_condition(dice, depth - 1)} else {other})"


def random_condition(dice: random.Random, depth: int) -> str:
    one, other = (random_formula(dice, depth) for _ in range(2))
    plain = f"{one} {dice.choice(['<', '<=', '>', '>=', '==', '!='])} {other}"
    return dice.choice([plain, f"not ({plain})", f'rule == "capped" and {plain}', f'rule != "capped" or {plain}'])


def by_python(text: str, rule: str) -> Fraction | str:
    """An oracle that shares no code with the reckoner. It knows no limit; the formulas here stay within them."""
    tokens = "".join(f"N('{t}')" if t[0].isdigit() else t for t in _tokens(text))
    try:
        return Fraction(
            eval(
                tokens,
                {
                    "N": Fraction, "min": min, "max": max, "abs": abs, "floor": math.floor, "ceil": math.ceil,
                    "round": lambda v, n: (abs(v) * 10 ** int(n) + Fraction(1, 2)) // 1 * (1 if v >= 0 else -1) / Fraction(10) ** int(n),
                    **values(rule),
                },
            )
        )  # fmt: skip
    except ZeroDivisionError:
        return "zero"


def _tokens(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?|\"\w+\"|\w+|\W", text)


def by_us(text: str, rule: str) -> tuple[Any, Fraction | str]:
    tree, _ = parse(text, KINDS)
    try:
        return tree, Fraction(reckon(tree, values(rule)))
    except Impossible as problem:
        return tree, problem.why


def formulas() -> list[tuple[str, str]]:
    dice = random.Random(27)
    return [(random_formula(dice, dice.randrange(1, 5)), dice.choice(CHOICE.options)) for _ in range(400)]


def test_reckoning_is_python_s_own_with_limits() -> None:
    seen = set()
    for text, rule in formulas():
        _, ours = by_us(text, rule)
        theirs = by_python(text, rule)
        assert ours == theirs or (ours == "large" and "9" in text) or (isinstance(ours, str) and theirs == "zero"), text
        seen.add(ours if isinstance(ours, str) else "number")
    assert seen == {"number", "zero", "large"}


def test_golden_of_both_reckoners(golden: Golden) -> None:
    """``site/player/test/reckoning.test.ts`` reads the same file."""
    special = [
        "sqrt(2)",
        "sqrt(d)",
        "sqrt(0)",
        "sqrt(b)",
        "sqrt(0.0001)",
        "round(-2.5)",
        "round(0.125, 2)",
        "1 / 3 * 3",
    ]
    reckoned = []
    for text, rule in [*((text, "capped") for text in special), *formulas()]:
        tree, came = by_us(text, rule)
        said = came if isinstance(came, str) else f"{came.numerator}/{came.denominator}"
        money = "" if isinstance(came, str) else shown(came, _unit("£m"), 2)
        reckoned.append({"tree": tree, "rule": rule, "is": said, "shown": money})
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in reckoned)
    golden(GOLDEN, f'{{"values": {json.dumps(NAMES)}, "unit": ["1000000", "£", "m", 2], "reckoned": [\n{lines}\n]}}\n')


def _unit(text: str) -> Any:
    return there(unit(text))


@given(st.fractions(), st.integers(0, 8))
def test_rounding_is_the_nearest_and_half_away_from_zero(value: Fraction, decimals: int) -> None:
    near = rounded(value, decimals)
    off, half = abs(near - value), Fraction(1, 2 * 10**decimals)
    assert off <= half and (near * 10**decimals).denominator == 1
    assert off < half or abs(near) > abs(value)
    assert rounded(-value, decimals) == -near


@pytest.mark.parametrize(
    ("text", "scale", "dimension", "of_1250000"),
    [
        ("£", 1, "£", "£1,250,000"),
        ("£m", 10**6, "£", "£1m"),
        ("£ million", 10**6, "£", "£1 million"),
        ("£k", 1000, "£", "£1,250k"),
        ("%", Fraction(1, 100), "no unit", "125,000,000%"),
        ("", 1, "no unit", "1,250,000"),
        ("contacts", 1, "contact", "1,250,000 contacts"),
        ("people", 1, "person", "1,250,000 people"),
        ("£ per contact", 1, "£ per contact", "£1,250,000 per contact"),
        ("£ a week", 1, "£ per week", "£1,250,000 a week"),
        ("£/hour", 1, "£ per hour", "£1,250,000/hour"),
    ],
)
def test_units(text: str, scale: Fraction, dimension: str, of_1250000: str) -> None:
    of = _unit(text)
    assert (of.scale, named(of.dimension), shown(Fraction(1_250_000), of, 0)) == (scale, dimension, of_1250000)


@pytest.mark.parametrize("text", ["$", "£x", "5", "£ per", "per week", "£ per 5", "%%", "a/b/"])
def test_what_is_no_unit(text: str) -> None:
    assert unit(text) is None


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [("-0.004", 2, "£0"), ("-0.005", 2, "−£0.01"), ("0.995", 2, "£1"), ("12.5", 2, "£12.50"), ("-1234567.5", 0, "−£1,234,568")],
)  # fmt: skip
def test_money_as_shown(value: str, decimals: int, said: str) -> None:
    assert shown(Fraction(value), _unit("£"), decimals) == said


WORDS = {"a": "Plan", "b": "Price", "c": "Rate", "d": "Cap", "rule": "The rule"}


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("a + b * c", "Plan + Price × Rate"),
        ("(a + b) * c", "(Plan + Price) × Rate"),
        ("a - (b - c)", "Plan − (Price − Rate)"),
        ("a / (b * c)", "Plan ÷ (Price × Rate)"),
        ("-(a + 1)", "−(Plan + 1)"),
        ("min(a * b, d)", "the smaller of (Plan × Price) and Cap"),
        ("max(a, b, 0)", "the largest of Plan, Price and 0"),
        ("round(a / b, 2)", "(Plan ÷ Price) rounded to 2 decimals"),
        ("ceil(a / 250)", "(Plan ÷ 250) rounded up"),
        ("sqrt(a)", "the square root of Plan"),
        ('a if rule == "capped" and a > b else 0', "if The rule is “A cap” and Plan is more than Price: Plan; otherwise: 0"),
        ("a if not (a < b or a == 0) else b", "if not (Plan is less than Price or Plan is 0): Plan; otherwise: Price"),
    ],
)  # fmt: skip
def test_formulas_in_words(formula: str, said: str) -> None:
    tree, _ = parse(formula, KINDS)
    assert re.sub(r"</?var>", "", notation(tree, WORDS, {("rule", "capped"): "A cap"})) == said


def test_kinds_of_formulas() -> None:
    money, rate = Quantity(_unit("£").dimension), Quantity(PLAIN)
    known: dict[str, Kind] = {"cost": money, "share": rate, "visits": Quantity(_unit("visits").dimension)}
    kinds = {
        text: str(parse(text, known)[1])
        for text in ("cost * share", "cost / visits", "cost / cost", "sqrt(cost * cost)", "max(0, cost)")
    }
    assert kinds == {
        "cost * share": "£",
        "cost / visits": "£ per visit",
        "cost / cost": "no unit",
        "sqrt(cost * cost)": "£",
        "max(0, cost)": "£",
    }
    assert parse("cost > 0", known)[1] == Truth()


@given(st.text(max_size=60) | st.text("ab()+-*/<>=.,'\"01 ifelsndot", max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        tree, _ = parse(text, KINDS)
    except Wrong:
        return
    try:
        value = reckon(tree, values())
    except Impossible:
        return
    assert isinstance(value, bool) or abs(Fraction(value)) < LARGEST


def made(text: str) -> Calculator:
    record, problems = read(RecordOf(CalculatorRecord, "calculator"), text)
    found = None if record is INVALID else calculator(record, Making("sum", None, Renderer(()), problems))
    assert problems == []
    return there(found)


SUM = """
title: Overtime
inputs:
  - {id: hours, label: Hours, unit: hours, value: 10, min: 0, max: 40, slider: true}
  - {id: pay, label: Pay, unit: £ an hour, value: 12.50}
constants:
  - {id: extra, label: Rate, unit: "%", value: 150}
results:
  - {id: total, label: Total, unit: £, decimals: 2, formula: hours * rate}
  - {id: rate, label: Rate paid, unit: £ an hour, decimals: 2, formula: pay * extra, working: true}
meaning:
  - {when: total > 0, say: "You get **{total}** for {hours} at {rate}."}
  - {say: Nothing.}
chart: {type: line, title: Pay, across: hours, show: [total], to: 20, step: 10}
"""


def test_a_worked_example() -> None:
    found = made(SUM)
    assert [(each.id, each.shown) for each in found.results] == [("total", "£187.50"), ("rate", "£18.75 an hour")]
    assert [(band.holds, words(band.text.html)) for band in found.meaning] == [
        (True, "You get £187.50 for 10 hours at £18.75 an hour ."), (False, "Nothing."),
    ]  # fmt: skip
    assert there(found.chart).points == (
        ("0", "0 hours", ("£0",)), ("10", "10 hours", ("£187.50",)), ("20", "20 hours", ("£375",)),
    )  # fmt: skip
    assert json.loads(found.played) == {
        "inputs": {"hours": {"min": "0", "max": "40"}, "pay": {}},
        "constants": {"extra": "1.5"},
        "results": [["rate", ["*", "pay", "extra"]], ["total", ["*", "hours", "rate"]]],
        "units": {
            "hours": ["1", "", " hours", 0], "pay": ["1", "£", " an hour", 2], "extra": ["0.01", "", "%", 0],
            "total": ["1", "£", "", 2], "rate": ["1", "£", " an hour", 2],
        },
        "meaning": [[">", "total", "0"], None],
        "chart": {"type": "line", "show": ["total"], "across": "hours"},
    }  # fmt: skip


def test_a_choice_stands_for_its_number_and_is_said_in_its_words() -> None:
    found = made("""
title: Ramps
inputs:
  - {id: ramp, label: Ramp, unit: £, value: wood, options: [{id: steel, text: Steel, value: 1250}, {id: wood, text: Wood, value: 840.50}]}
  - {id: way, label: Way, value: half, options: [{id: half, text: By halves}, {id: all_of_it, text: All}]}
  - {id: cap, label: Cap, unit: £, value: 400, when: way == "half"}
  - {id: fee, label: Fee, unit: £, value: 9, when: way != "half"}
results: [{id: pays, label: Pays, unit: £, decimals: 2, formula: 'min(ramp, cap) if way == "half" else ramp + fee'}]
meaning: [{say: "{ramp}, {way}: {pays}."}]
""")
    assert words(found.meaning[0].text.html) == "Wood , By halves : £400 ."
    assert [(one.id, one.shown, one.asked) for one in found.inputs] == [
        ("ramp", "Wood", True), ("way", "By halves", True), ("cap", "£400", True), ("fee", "£9", False),
    ]  # fmt: skip
    assert found.inputs[0].options[1].value == "840.5"


@pytest.mark.parametrize("number", ["0.1", "14250", "-3", "1000000000000", "0.00000001"])
def test_numbers_keep_their_value_on_the_way_to_the_player(number: str) -> None:
    assert Fraction(exact(Fraction(number))) == Fraction(number)
