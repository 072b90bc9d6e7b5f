"""What a learner enters in a calculator: a number, or one of several options."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ..content import Prose
from ..located import Scalar
from ..problems import Problem, did_you_mean
from ..scalars import Number
from .calculator import InputRecord
from .formula import Choice
from .instruments import Input, InputOption
from .names import Names, quantity
from .units import exact, places


def entered(record: InputRecord, label: Prose, names: Names, problems: list[Problem]) -> Input | None:
    found = list(_input_problems(record))
    problems += found
    if found:
        return None
    of = names.units[record.id]
    names.decimals[record.id] = 0
    chosen = next((option for option in record.options if option.id == record.value), None)
    number = chosen.value if chosen else Decimal(record.value)
    if number is None:
        names.kinds[record.id] = Choice(tuple(option.id for option in record.options))
        names.example[record.id] = record.value
    else:
        names.kinds[record.id] = quantity(of)
        values = [option.value for option in record.options if option.value is not None] or [number]
        names.decimals[record.id] = max(places(value) for value in values)
        names.example[record.id] = Fraction(number) * of.scale
    if chosen:
        names.chosen[record.id] = chosen.text
    names.options |= {(record.id, option.id): option.text for option in record.options}
    return Input(
        id=record.id,
        label=label,
        unit=of,
        typed=record.value,
        shown=names.shown(record.id),
        least="" if record.min is None else f"{record.min:f}",
        most="" if record.max is None else f"{record.max:f}",
        step=f"{record.step:f}" if record.step is not None else "1",
        slider=record.slider,
        hint=record.hint,
        options=tuple(
            InputOption(o.id, o.text, "" if o.value is None else exact(Fraction(o.value) * of.scale))
            for o in record.options
        ),
        when=None,
        asked=True,
    )


def _input_problems(record: InputRecord) -> Iterator[Problem]:
    at = record.written.at("value")
    if record.options:
        yield from _option_problems(record)
        return
    slips: list[Problem] = []
    number = Number().read(Scalar(record.value, True, at), "value", slips)
    if not isinstance(number, Decimal):
        yield from slips
        return
    if (record.min is not None and number < record.min) or (record.max is not None and number > record.max):
        message = f"the worked example's {number} for '{record.id}' is not between its min and its max"
        yield Problem(at, message, "change one of the three", "wrong-kind")
    if record.slider and (record.min is None or record.max is None or record.min >= record.max):
        message = f"'{record.id}' has a slider without two ends"
        yield Problem(record.written.at("slider"), message, "add: min and max", "missing-key")


def _option_problems(record: InputRecord) -> Iterator[Problem]:
    ids = [option.id for option in record.options]
    for twice in sorted({ident for ident in ids if ids.count(ident) > 1}):
        last = [option for option in record.options if option.id == twice][-1]
        message = f"'{record.id}' has the option '{twice}' twice"
        yield Problem(last.written.at("id"), message, "change one of them", "duplicate-id")
    if record.value not in ids:
        message = f"'value' of '{record.id}' must be the id of an option, found '{record.value}'"
        yield Problem(record.written.at("value"), message, did_you_mean(record.value, ids), "unknown-id")
    if len({option.value is None for option in record.options}) > 1:
        message = f"some options of '{record.id}' have a value and some have none"
        yield Problem(record.written.at("options"), message, "give each a value, or none", "wrong-kind")
