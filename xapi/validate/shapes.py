"""The few shapes every xAPI object is made of, each a function that makes a check.

A check is called with a value and raises `Invalid`. Paths are put together only when something is wrong, so a valid
statement pays nothing for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Check = Callable[[Any], None]

# A key or value that is quoted back to its sender is cut off here.
QUOTED = 60


class Invalid(Exception):
    """A rule that a value breaks, and the path to the value."""

    def __init__(self, rule: str, *path: str | int) -> None:
        super().__init__(rule)
        self.rule = rule
        self.path = list(path)

    def __str__(self) -> str:
        where = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:QUOTED]}" for step in self.path)
        return f"{where.removeprefix('.') or 'statement'}: {self.rule}"


def quoted(value: str) -> str:
    return f"'{value[:QUOTED]}…'" if len(value) > QUOTED else f"'{value}'"


def record(properties: Mapping[str, Check], required: Iterable[str] = (), *also: Check) -> Check:
    """An object with these properties and no others; `also` are rules about several of them."""
    needed = frozenset(required)

    def check(value: Any) -> None:
        if type(value) is not dict:
            raise Invalid("expected an object")
        for key, item in value.items():
            rule = properties.get(key)
            if rule is None:
                raise Invalid(f"unknown property {quoted(key)}")
            try:
                rule(item)
            except Invalid as invalid:
                invalid.path.insert(0, key)
                raise
        if not needed <= value.keys():
            raise Invalid(f"expected '{min(needed - value.keys())}'")
        for rule in also:
            rule(value)

    return check


def mapping(key_rule: Check, value_rule: Check | None = None) -> Check:
    """An object whose keys follow a rule, as language maps and extensions do."""

    def check(value: Any) -> None:
        if type(value) is not dict:
            raise Invalid("expected an object")
        for key, item in value.items():
            try:
                key_rule(key)
                if value_rule is not None:
                    value_rule(item)
            except Invalid as invalid:
                invalid.path.insert(0, key)
                raise

    return check


def array(rule: Check, least: int = 0) -> Check:
    def check(value: Any) -> None:
        if type(value) is not list:
            raise Invalid("expected an array")
        if len(value) < least:
            raise Invalid("expected at least one item")
        for position, item in enumerate(value):
            try:
                rule(item)
            except Invalid as invalid:
                invalid.path.insert(0, position)
                raise

    return check


def one_of(*words: str) -> Check:
    known = frozenset(words)
    listed = " or ".join(f"'{word}'" for word in words)

    def check(value: Any) -> None:
        if type(value) is not str or value not in known:
            raise Invalid(f"expected {listed}")

    return check


def by_type(kinds: Mapping[str, Check], default: str | None) -> Check:
    """The check that an object's `objectType` names."""
    listed = ", ".join(kinds)

    def check(value: Any) -> None:
        if type(value) is not dict:
            raise Invalid("expected an object")
        kind = value.get("objectType", default)
        rule = kinds.get(kind) if type(kind) is str else None
        if rule is None:
            raise Invalid(f"expected one of {listed}", "objectType")
        rule(value)

    return check
