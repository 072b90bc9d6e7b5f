"""What may stand at a key as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .located import Mapping, Node, Scalar, Sequence
from .mappings import ByType, RecordOf
from .problems import Problem
from .shapes import INVALID, Invalid, Shape, expected


@dataclass(frozen=True)
class ListOf:
    item: Shape
    least: int = 0
    most: int = 10_000
    what: str = "a list"
    keep_valid: bool = False
    """Hand on the items that can be read when others cannot, so that everything wrong with them is said at once."""

    def read(self, node: Node, name: str, problems: list[Problem]) -> tuple[Any, ...] | Invalid:
        if not isinstance(node, Sequence):
            problems.append(expected(node, name, self.what, _as_list(node, name, self.item)))
            return INVALID
        if not self.least <= len(node.items) <= self.most:
            limits = f"at least {self.least}" if len(node.items) < self.least else f"at most {self.most}"
            message = f"'{name}' has {_entries(len(node.items))}, expected {limits}"
            hint = "write more of them" if len(node.items) < self.least else "split it, or leave some out"
            problems.append(Problem(node.source, message, hint, "count"))
        if len(node.items) > self.most:
            return INVALID
        items = [self.item.read(item, name, problems) for item in node.items]
        if self.keep_valid:
            return tuple(item for item in items if item is not INVALID)
        if any(item is INVALID for item in items):
            return INVALID
        return tuple(items)

    def schema(self) -> dict[str, Any]:
        said = f"Expected {self.what}: items on lines that begin with a dash, or in brackets."
        schema: dict[str, Any] = {"type": "array", "items": self.item.schema(), "errorMessage": said}
        return schema | ({"minItems": self.least} if self.least else {})


def _as_list(node: Scalar | Mapping, name: str, item: Shape) -> str:
    if isinstance(item, RecordOf | ByType):
        first, value = node.entries[0] if isinstance(node, Mapping) and node.entries else (None, None)
        if first and isinstance(value, Scalar) and first.text in ("id", "key"):
            return f"start each item with a dash, write: - {first.text}: {value.text}"
        return f"start each item with a dash, write: - {item.example()}"
    if isinstance(node, Scalar) and node.text:
        return f"write: {name}: [{node.text}]"
    return "start each item with a dash"


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"
