"""What may stand at a key: each shape reads a YAML node into a value, or adds problems, and knows its JSON Schema."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as Table
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, Protocol

from .course import Source
from .located import Node, Scalar, Sequence
from .problems import Problem
from .yaml_advice import seen


class Invalid(Enum):
    """Read in place of a value that has already been complained about."""

    INVALID = "invalid"


INVALID = Invalid.INVALID


class Shape(Protocol):
    def read(self, node: Node, name: str, problems: list[Problem]) -> Any: ...

    def schema(self) -> dict[str, Any]: ...


def key(shape: Shape, about: str, **default: Any) -> Any:
    """A dataclass field that is a YAML key; `about` is shown by editors. Without ``default=`` it is required."""
    return dataclasses.field(metadata={"shape": shape, "about": about}, kw_only=True, **default)


@dataclass(frozen=True)
class Written:
    """Where a record's keys were written, for problems found later."""

    source: Source
    keys: Table[str, Source]

    def at(self, name: str) -> Source:
        return self.keys.get(name, self.source)


@dataclass(frozen=True, kw_only=True)
class Record:
    """Base of everything authors write as ``key: value``."""

    elsewhere: ClassVar[Table[str, str]] = {}
    """Keys that people look for here, and what to write instead."""
    written: Written


def expected(node: Node, name: str, what: str, hint: str = "") -> Problem:
    return Problem(node.source, f"'{name}' must be {what}, found {described(node)}", hint, "wrong-kind")


def described(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"'{short(node.text)}'" if node.text else "nothing"
    return "a list" if isinstance(node, Sequence) else "keys and values"


def short(text: str) -> str:
    """As problems show what was found."""
    text = seen(text)
    return text if len(text) <= 60 else text[:57] + "…"
