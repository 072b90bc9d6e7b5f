"""Formulas as authors write them → trees, or what is wrong with them. Python's own parser reads them; nothing runs them."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..problems import did_you_mean
from .reckoning import Tree
from .units import PLAIN, Dimension, named, root, times

DEEPEST = 40


@dataclass(frozen=True)
class Quantity:
    dimension: Dimension | None
    """None goes with every unit: a zero."""
    called: str = ""
    """Its unit as the author wrote it, where there is one."""

    def __str__(self) -> str:
        return self.called or named(self.dimension or PLAIN)


@dataclass(frozen=True)
class Truth:
    def __str__(self) -> str:
        return "a condition"


@dataclass(frozen=True)
class Choice:
    options: tuple[str, ...]

    def __str__(self) -> str:
        return "a choice"


Kind = Quantity | Truth | Choice
NUMBER = Quantity(PLAIN)


class Wrong(Exception):
    """A formula that cannot be used: what was found, and what to do."""

    def __init__(self, found: str, hint: str = "", code: str = "bad-formula") -> None:
        super().__init__(found)
        self.found, self.hint, self.code = found, hint, code


_SIGNS = {"×": "*", "÷": "/", "−": "-", "–": "-", "≤": "<=", "≥": ">=", "≠": "!=", "^": "", "“": '"', "”": '"'}
_BINARY: dict[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARED: dict[type, str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
FUNCTIONS = {
    "min": (2, 20), "max": (2, 20), "abs": (1, 1), "round": (1, 2), "floor": (1, 1), "ceil": (1, 1), "sqrt": (1, 1),
}  # fmt: skip
"""And how many values each takes."""
_ALLOWED = (
    f"formulas have + - * /, brackets, comparisons, and, or, not, 'a if condition else b', and {', '.join(FUNCTIONS)}"
)


def parse(text: str, names: Mapping[str, Kind]) -> tuple[Tree, Kind]:
    for sign, instead in _SIGNS.items():
        if sign in text:
            hint = f"write {instead}" if instead else "multiply instead: a * a"
            raise Wrong(f"'{sign}' is not a sign that formulas have", hint)
    try:
        body = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise Wrong(f"this formula cannot be read: {text}", _slip(text)) from None
    return _Reader(text, names).read(body, DEEPEST)


def _slip(text: str) -> str:
    if "£" in text or "%" in text:
        return "write numbers without £ and %; units stand at inputs, constants and results"
    if text.count("(") != text.count(")"):
        return "close every bracket that is opened"
    if re.search(r"(?<![<>=!])=(?!=)", text):
        return "to compare two values, write =="
    return _ALLOWED


class _Reader:
    def __init__(self, text: str, names: Mapping[str, Kind]) -> None:
        self.text, self.names = text, names

    def read(self, node: ast.expr, depth: int) -> tuple[Tree, Kind]:
        if depth == 0:
            raise Wrong("this formula is nested too deeply", "give parts of it names, as results with: working: true")
        one = _NODES.get(type(node))
        if one is None:
            raise Wrong(f"formulas do not have: {self.said(node)}", _instead(node))
        tree: tuple[Tree, Kind] = one(self, node, depth - 1)
        return tree

    def said(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.text, node) or self.text

    def quantity(self, node: ast.expr, depth: int) -> tuple[Tree, Quantity]:
        tree, kind = self.read(node, depth)
        if not isinstance(kind, Quantity):
            raise Wrong(f"'{self.said(node)}' is {kind}, expected a number", _ALLOWED, "wrong-unit")
        return tree, kind

    def truth(self, node: ast.expr, depth: int) -> Tree:
        tree, kind = self.read(node, depth)
        if not isinstance(kind, Truth):
            raise Wrong(f"'{self.said(node)}' is no condition", "compare it with something: x > 0", "wrong-unit")
        return tree

    def same(self, node: ast.expr, parts: list[tuple[ast.expr, Quantity]]) -> Quantity:
        """What goes together must have one unit."""
        sized = [(part, kind) for part, kind in parts if kind.dimension is not None]
        for part, kind in sized[1:]:
            first, expected = sized[0]
            if kind.dimension != expected.dimension:
                found = f"'{self.said(node)}' puts together {expected} ('{self.said(first)}') and {kind} ('{self.said(part)}')"
                bare = [each for each, _ in sized if isinstance(each, ast.Constant)]
                hint = (
                    f"give {self.said(bare[0])} a name and a unit under 'constants'"
                    if bare
                    else "only values of one unit can be added or compared"
                )
                raise Wrong(found, hint, "wrong-unit")
        return sized[0][1] if sized else Quantity(None)

    def number(self, node: ast.Constant, depth: int) -> tuple[Tree, Kind]:
        text = self.said(node)
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            raise Wrong(f"formulas do not have: {text}", _instead(node))
        if not re.fullmatch(r"\d{1,12}(\.\d{1,8})?|\.\d{1,8}", text, re.ASCII):
            raise Wrong(f"'{text}' is no plain number", "write digits, with a point for decimals")
        value = f"{Decimal(text):f}"
        return value, Quantity(None) if Decimal(value) == 0 else NUMBER

    def name(self, node: ast.Name, depth: int) -> tuple[Tree, Kind]:
        kind = self.names.get(node.id)
        if kind is None:
            hint = did_you_mean(node.id, self.names) or "name an input, a constant or a result"
            raise Wrong(f"'{node.id}' is neither an input, a constant nor a result", hint, "unknown-id")
        return node.id, kind

    def binary(self, node: ast.BinOp, depth: int) -> tuple[Tree, Kind]:
        sign = _BINARY.get(type(node.op))
        if sign is None:
            raise Wrong(f"formulas do not have: {self.said(node)}", _instead(node))
        (left, one), (right, other) = self.quantity(node.left, depth), self.quantity(node.right, depth)
        if sign in "+-":
            return [sign, left, right], self.same(node, [(node.left, one), (node.right, other)])
        whole = times(one.dimension or PLAIN, other.dimension or PLAIN, 1 if sign == "*" else -1)
        return [sign, left, right], Quantity(whole)

    def unary(self, node: ast.UnaryOp, depth: int) -> tuple[Tree, Kind]:
        if isinstance(node.op, ast.Not):
            return ["not", self.truth(node.operand, depth)], Truth()
        if isinstance(node.op, ast.Invert):
            raise Wrong(f"formulas do not have: {self.said(node)}", _ALLOWED)
        tree, kind = self.quantity(node.operand, depth)
        return (["neg", tree] if isinstance(node.op, ast.USub) else tree), kind

    def junction(self, node: ast.BoolOp, depth: int) -> tuple[Tree, Kind]:
        word = "and" if isinstance(node.op, ast.And) else "or"
        return [word, *(self.truth(part, depth) for part in node.values)], Truth()

    def condition(self, node: ast.IfExp, depth: int) -> tuple[Tree, Kind]:
        test = self.truth(node.test, depth)
        (then, one), (other, two) = self.quantity(node.body, depth), self.quantity(node.orelse, depth)
        return ["if", test, then, other], self.same(node, [(node.body, one), (node.orelse, two)])

    def comparison(self, node: ast.Compare, depth: int) -> tuple[Tree, Kind]:
        sides = [node.left, *node.comparators]
        pairs = [
            self.compared(node, left, op, right, depth)
            for left, op, right in zip(sides, node.ops, sides[1:], strict=False)
        ]
        return (pairs[0] if len(pairs) == 1 else ["and", *pairs]), Truth()

    def compared(self, node: ast.Compare, left: ast.expr, op: ast.cmpop, right: ast.expr, depth: int) -> Tree:
        sign = _COMPARED.get(type(op))
        if sign is None:
            raise Wrong(f"formulas do not have: {self.said(node)}", _ALLOWED)
        quoted = [side for side in (left, right) if isinstance(side, ast.Constant) and isinstance(side.value, str)]
        if quoted:
            return self.chosen(node, left if quoted[0] is right else right, sign, str(quoted[0].value), depth)
        (one, first), (other, second) = self.quantity(left, depth), self.quantity(right, depth)
        self.same(node, [(left, first), (right, second)])
        return [sign, one, other]

    def chosen(self, node: ast.Compare, of: ast.expr, sign: str, option: str, depth: int) -> Tree:
        tree, kind = self.read(of, depth)
        if not isinstance(kind, Choice) or sign not in ("==", "!="):
            hint = 'a choice is compared so: rule == "capped"; numbers stand without quotes'
            raise Wrong(f"'{self.said(node)}' compares what cannot be compared", hint, "wrong-unit")
        if option not in kind.options:
            hint = did_you_mean(option, kind.options) or f"'{tree}' has: {', '.join(kind.options)}"
            raise Wrong(f"'{tree}' has no option '{option}'", hint, "unknown-id")
        return ["is", tree, option] if sign == "==" else ["not", ["is", tree, option]]

    def call(self, node: ast.Call, depth: int) -> tuple[Tree, Kind]:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if node.keywords or any(isinstance(part, ast.Starred) for part in node.args):
            raise Wrong(f"formulas do not have: {self.said(node)}", _ALLOWED)
        if name not in FUNCTIONS:
            called = name or self.said(node.func)
            raise Wrong(f"formulas cannot call '{called}'", did_you_mean(name, FUNCTIONS) or _ALLOWED)
        least, most = FUNCTIONS[name]
        if not least <= len(node.args) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise Wrong(f"'{self.said(node)}' gives '{name}' {len(node.args)} values, expected {wanted}", "")
        if name == "round":
            return self.round(node, depth)
        parts = [(part, *self.quantity(part, depth)) for part in node.args]
        kind = self.same(node, [(part, kind) for part, _, kind in parts])
        if name == "sqrt" and kind.dimension:
            under = root(kind.dimension)
            if under is None:
                raise Wrong(f"'{self.said(node)}' is the root of {kind}", "a root needs a square", "wrong-unit")
            kind = Quantity(under)
        return [name, *(tree for _, tree, _ in parts)], kind

    def round(self, node: ast.Call, depth: int) -> tuple[Tree, Kind]:
        value, *places = node.args
        tree, kind = self.quantity(value, depth)
        written = self.said(places[0]) if places else "0"
        if not re.fullmatch(r"[0-8]", written):
            raise Wrong(f"'{self.said(node)}' rounds to '{written}' decimals", "write a digit from 0 to 8")
        return ["round", tree, written], kind


def _instead(node: ast.expr) -> str:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return "a value with the unit % counts in parts of one: multiply by it"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        return "multiply instead: a * a"
    if isinstance(node, ast.Tuple):
        return "write thousands without a comma: 14250"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return 'compare a choice with the id of an option: rule == "capped"'
    return _ALLOWED


_NODES: dict[type, Any] = {
    ast.Constant: _Reader.number,
    ast.Name: _Reader.name,
    ast.BinOp: _Reader.binary,
    ast.UnaryOp: _Reader.unary,
    ast.BoolOp: _Reader.junction,
    ast.IfExp: _Reader.condition,
    ast.Compare: _Reader.comparison,
    ast.Call: _Reader.call,
}


def uses(tree: Tree) -> set[str]:
    """The names a tree holds."""
    if isinstance(tree, str):
        return {tree} if tree[0].isalpha() else set()
    what, *parts = tree
    return {parts[0]} if what == "is" else set().union(*(uses(part) for part in parts))
