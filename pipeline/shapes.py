"""What may stand at a key: each shape reads a YAML node into a value, or adds problems, and knows its JSON Schema."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from .course import Source
from .located import Mapping, Node, Scalar, Sequence
from .problems import Problem, did_you_mean, nearest
from .yaml_repairs import quoted


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

    written: Written


def expected(node: Node, name: str, what: str, hint: str = "") -> Problem:
    return Problem(node.source, f"'{name}' must be {what}, found {described(node)}", hint, "wrong-kind")


def _article(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def described(node: Node) -> str:
    if isinstance(node, Scalar):
        return f"'{short(node.text)}'" if node.text else "nothing"
    return "a list" if isinstance(node, Sequence) else "keys and values"


def short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


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
        schema: dict[str, Any] = {"type": "array", "items": self.item.schema()}
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


@dataclass(frozen=True)
class TableOf:
    """``name: value`` pairs, returned in the order written."""

    name: Shape
    value: Shape
    what: str = "pairs of name and value"

    def read(self, node: Node, name: str, problems: list[Problem]) -> tuple[tuple[Any, Any], ...] | Invalid:
        if not isinstance(node, Mapping):
            problems.append(expected(node, name, self.what, f"write: {name}: {{…: …, …: …}}"))
            return INVALID
        pairs = [(self.name.read(k, name, problems), self.value.read(v, k.text, problems)) for k, v in node.entries]
        return INVALID if any(INVALID in pair for pair in pairs) else tuple(pairs)

    def schema(self) -> dict[str, Any]:
        names = self.name.schema()
        return {"type": "object", "additionalProperties": self.value.schema(), "propertyNames": names}


@dataclass(frozen=True)
class RecordOf:
    """``key: value`` lines that make one record of a dataclass derived from Record."""

    record: Callable[..., Record]
    called: str
    """The author's word for it, used in problems."""
    named: bool = True
    """There are several, told apart by their ids."""

    def example(self) -> str:
        required = [word for word, field in self.keys().items() if field.default is dataclasses.MISSING]
        return "{" + ", ".join(f"{_shown_key(word)}: …" for word in required or self.keys()) + "}"

    def keys(self) -> dict[str, dataclasses.Field[Any]]:
        return {f.name.rstrip("_"): f for f in dataclasses.fields(self.record) if "shape" in f.metadata}  # type: ignore[arg-type]

    def read(self, node: Node, name: str, problems: list[Problem]) -> Any:
        if not isinstance(node, Mapping):
            problems.append(
                Problem(
                    node.source,
                    f"expected {_article(self.called) if self.named else self.called} as keys and values, "
                    f"found {described(node)}",
                    f"write: {self.example()}",
                    "wrong-kind",
                )
            )
            return INVALID
        keys = self.keys()
        called = self._called(node)
        values: dict[str, Any] = {}
        meant: set[str] = set()
        cut: list[Scalar] = []
        for entry, value in node.entries:
            known = keys.get(entry.text)
            if known is not None:
                values[known.name] = known.metadata["shape"].read(value, entry.text, problems)
            elif node.flow and isinstance(value, Scalar) and not value.text:
                cut.append(entry)
            else:
                problem, word = _unknown_key(entry, called, keys)
                problems.append(problem)
                meant.add(word)
                if word in keys and not any(other.text == word for other, _ in node.entries):
                    # Read as what was meant, so that nothing else is said about the same slip.
                    slips: list[Problem] = []
                    read = keys[word].metadata["shape"].read(value, word, slips)
                    values[keys[word].name] = INVALID if slips else read
        if cut:
            problems.append(_cut_at_comma(cut, node))
        for word, known in keys.items():
            if (
                known.name not in values
                and known.default is dataclasses.MISSING
                and known.default_factory is dataclasses.MISSING
            ):
                if word not in meant:
                    problems.append(
                        Problem(
                            node.source,
                            f"'{word}' is missing from {called}",
                            f"add: {_shown_key(word)}: …",
                            "missing-key",
                        )
                    )
                values[known.name] = INVALID
        if any(value is INVALID for value in values.values()):
            return INVALID
        return self.record(written=Written(node.source, {k.text: k.source for k, _ in node.entries}), **values)

    def _called(self, node: Mapping) -> str:
        for entry, value in node.entries:
            if self.named and entry.text in ("id", "key") and isinstance(value, Scalar):
                return f"{self.called} '{short(value.text)}'"
        return self.called

    def schema(self) -> dict[str, Any]:
        keys = self.keys()
        required = [
            w for w, f in keys.items() if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
        ]
        return {
            "type": "object",
            "additionalProperties": False,
            "required": required,
            "properties": {
                w: {"description": f.metadata["about"], **f.metadata["shape"].schema()} for w, f in keys.items()
            },
        }


def _shown_key(word: str) -> str:
    return f'"{word}"' if word in ("true", "false") else word


def _unknown_key(entry: Scalar, called: str, keys: Table[str, Any]) -> tuple[Problem, str]:
    """The problem, and the key that was meant (or nothing): nobody should hear that it is missing, too."""
    word = entry.text.strip("“”„‘’\"'* ")
    message = f"unknown key '{short(entry.text)}' in {called}"
    for known in keys:
        if word.lower().replace("-", "_").replace(" ", "_") == known and known != entry.text:
            return Problem(entry.source, message, f"write: {_shown_key(known)}: …", "unknown-key"), known
    return Problem(entry.source, message, did_you_mean(entry.text, keys), "unknown-key"), nearest(
        entry.text, keys
    ) or ""


def _cut_at_comma(cut: list[Scalar], node: Mapping) -> Problem:
    """``{feedback: Yes, this is it}``: inside braces YAML takes what follows a comma for a new key."""
    entries = list(node.entries)
    at = next(n for n, (entry, _) in enumerate(entries) if entry is cut[0])
    key_, value = entries[at - 1] if at else (None, None)
    message = f"'{short(cut[0].text)}' stands after a comma, so YAML takes it for a new key"
    if key_ is None or not isinstance(value, Scalar):
        return Problem(cut[0].source, message, "put a text with a comma in double quotes", "unknown-key")
    parts = [value.text]
    for entry, nothing in entries[at:]:
        if entry not in cut:
            break
        parts.append(entry.text)
        assert isinstance(nothing, Scalar)
    return Problem(
        cut[0].source,
        message,
        f"put the whole text in quotes, write: {key_.text}: {quoted(', '.join(parts))}",
        "unknown-key",
    )


@dataclass(frozen=True)
class ByType:
    """Records told apart by their ``type`` key, such as questions."""

    types: Table[str, Shape]
    called: str

    def example(self) -> str:
        return "{id: …, type: …}"

    def read(self, node: Node, name: str, problems: list[Problem]) -> Any:
        if not isinstance(node, Mapping):
            problems.append(
                Problem(
                    node.source,
                    f"expected {_article(self.called)} as keys and values, found {described(node)}",
                    f"write: {self.example()}",
                    "wrong-kind",
                )
            )
            return INVALID
        written = {k.text: v for k, v in node.entries}
        chosen = written.get("type")
        ident = written.get("id")
        called = f"{self.called} '{short(ident.text)}'" if isinstance(ident, Scalar) else self.called
        if chosen is None:
            # A misspelt key is complained about when the record is read as the type it names.
            chosen = next(
                (v for k, v in node.entries if did_you_mean(k.text.lower(), ["type"]).startswith("did")), None
            )
        if chosen is None:
            hint = "add: type: " + " | ".join(self.types)
            problems.append(Problem(node.source, f"'type' is missing from {called}", hint, "missing-key"))
            return INVALID
        shape = self.types.get(chosen.text) if isinstance(chosen, Scalar) else None
        if shape is None:
            found = chosen.text if isinstance(chosen, Scalar) else "a list"
            problems.append(
                Problem(
                    chosen.source,
                    f"unknown type '{short(found)}' in {called}",
                    did_you_mean(found, self.types),
                    "unknown-type",
                )
            )
            return INVALID
        return shape.read(node, name, problems)

    def schema(self) -> dict[str, Any]:
        branches = [
            {"if": {"properties": {"type": {"const": name}}}, "then": shape.schema()}
            for name, shape in self.types.items()
        ]
        return {
            "type": "object",
            "required": ["id", "type"],
            "properties": {"type": {"enum": list(self.types)}},
            "allOf": branches,
        }
