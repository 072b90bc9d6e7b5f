"""Formulas as trees, reckoned with exact fractions: nothing is rounded but where a formula says ``round``.

The player's ``reckoning.ts`` does the same with the same limits; ``tests/golden/reckoning.json`` is read by both.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isqrt
from typing import Any

from .units import rounded

Tree = Any
"""As in JSON: a name (``"board"``), a number (``"0.5"``), or a list of what to do and with what (``["+", "a", "2"]``)."""
Value = Fraction | bool | str
"""A choice's value is the id of the option taken."""

LARGEST = 10**15
"""In pounds: what the whole world earns in ten years. Beyond it somebody has slipped."""
FINEST = 10**300
ROOT_DECIMALS = 20


class Impossible(Exception):
    """`why` is one of ``zero`` (divided by), ``large``, ``root`` (of a number below zero)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def reckon(tree: Tree, values: Mapping[str, Value]) -> Value:
    if isinstance(tree, str):
        return values[tree] if tree[0].isalpha() else Fraction(tree)
    what, *parts = tree
    if what == "is":
        return bool(values[parts[0]] == parts[1])
    if what == "if":
        return reckon(parts[1] if reckon(parts[0], values) else parts[2], values)
    if what in ("and", "or"):
        return any(reckon(p, values) for p in parts) if what == "or" else all(reckon(p, values) for p in parts)
    value: Value = _DOES[what](*(reckon(part, values) for part in parts))
    return value


def _kept(value: Fraction) -> Fraction:
    if abs(value) >= LARGEST or value.denominator >= FINEST:
        raise Impossible("large")
    return value


def _divided(one: Fraction, other: Fraction) -> Fraction:
    if other == 0:
        raise Impossible("zero")
    return _kept(one / other)


def _root(of: Fraction) -> Fraction:
    if of < 0:
        raise Impossible("root")
    scale: int = 10**ROOT_DECIMALS
    return Fraction(isqrt(of.numerator * scale * scale // of.denominator), scale)


_DOES: dict[str, Any] = {
    "+": lambda a, b: _kept(a + b),
    "-": lambda a, b: _kept(a - b),
    "*": lambda a, b: _kept(a * b),
    "/": _divided,
    "neg": lambda a: -a,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "not": lambda a: not a,
    "min": min,
    "max": max,
    "abs": abs,
    "round": lambda a, places="0": rounded(a, int(places)),
    "floor": lambda a: Fraction(a // 1),
    "ceil": lambda a: Fraction(-(-a // 1)),
    "sqrt": _root,
}
