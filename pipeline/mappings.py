"""What may stand at a key as keys and values: records, records of several types, and tables."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .located import Mapping, Node, Scalar
from .problems import Problem, did_you_mean, nearest
from .shapes import INVALID, Invalid, Record, Shape, Written, described, expected, short
from .yaml_repairs import quoted

Field = dataclasses.Field[Any]


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
        return {
            "title": self.what,
            "type": "object",
            "additionalProperties": self.value.schema(),
            "propertyNames": names,
        }


@dataclass(frozen=True)
class RecordOf:
    """``key: value`` lines that make one record of a dataclass derived from Record."""

    record: Callable[..., Record]
    called: str
    """The author's word for it, used in problems."""
    named: bool = True
    """There are several, told apart by their ids."""

    def example(self) -> str:
        keys = self.keys()
        required = [word for word, field in keys.items() if _is_required(field)]
        return "{" + ", ".join(f"{_shown_key(word)}: …" for word in required or keys) + "}"

    def keys(self) -> dict[str, Field]:
        return {f.name.rstrip("_"): f for f in dataclasses.fields(self.record) if "shape" in f.metadata}  # type: ignore[arg-type]

    def read(self, node: Node, name: str, problems: list[Problem]) -> Any:
        if not isinstance(node, Mapping):
            what = _article(self.called) if self.named else self.called
            problems.append(_not_a_record(node, what, self.example()))
            return INVALID
        called = _called(node, self.called, ("id", "key")) if self.named else self.called
        values, meant = self._values(node, called, problems)
        for word, field in self.keys().items():
            if _is_required(field) and field.name not in values:
                values[field.name] = INVALID
                if word not in meant:
                    message, hint = f"'{word}' is missing from {called}", f"add: {_shown_key(word)}: …"
                    problems.append(Problem(node.source, message, hint, "missing-key"))
        if any(value is INVALID for value in values.values()):
            return INVALID
        return self.record(written=Written(node.source, {k.text: k.source for k, _ in node.entries}), **values)

    def _values(self, node: Mapping, called: str, problems: list[Problem]) -> tuple[dict[str, Any], set[str]]:
        """What is written, by field, and the keys that misspelt ones were meant to be."""
        keys = self.keys()
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
                elsewhere = getattr(self.record, "elsewhere", {}).get(entry.text, "")
                problem, word = _unknown_key(entry, called, keys, elsewhere)
                problems.append(problem)
                meant.add(word)
                if word in keys and not any(other.text == word for other, _ in node.entries):
                    # Read as what was meant, so that nothing else is said about the same slip.
                    slips: list[Problem] = []
                    read = keys[word].metadata["shape"].read(value, word, slips)
                    values[keys[word].name] = INVALID if slips else read
        if cut:
            problems.append(_cut_at_comma(cut, node))
        return values, meant

    def schema(self) -> dict[str, Any]:
        keys = self.keys()
        return {
            "title": self.called,
            "type": "object",
            "additionalProperties": False,
            "required": [word for word, field in keys.items() if _is_required(field)],
            "properties": {word: _key_schema(field) for word, field in keys.items()},
        }


@dataclass(frozen=True)
class ByType:
    """Records told apart by their ``type`` key, such as questions."""

    types: Table[str, RecordOf]
    called: str
    about: Table[str, str] = dataclasses.field(default_factory=dict)
    """What each type is for, shown by editors, where its own key ``type`` does not say so."""

    def example(self) -> str:
        return "{id: …, type: …}"

    def read(self, node: Node, name: str, problems: list[Problem]) -> Any:
        if not isinstance(node, Mapping):
            problems.append(_not_a_record(node, _article(self.called), self.example()))
            return INVALID
        called = _called(node, self.called, ("id",))
        chosen = _type_of(node)
        if chosen is None:
            hint = "add: type: " + " | ".join(self.types)
            problems.append(Problem(node.source, f"'type' is missing from {called}", hint, "missing-key"))
            return INVALID
        shape = self.types.get(chosen.text) if isinstance(chosen, Scalar) else None
        if shape is None:
            found = chosen.text if isinstance(chosen, Scalar) else "a list"
            message, hint = f"unknown type '{short(found)}' in {called}", did_you_mean(found, self.types)
            problems.append(Problem(chosen.source, message, hint, "unknown-type"))
            return INVALID
        return shape.read(node, name, problems)

    def schema(self) -> dict[str, Any]:
        branches = [
            {"if": {"properties": {"type": {"const": name}}}, "then": shape.schema()}
            for name, shape in self.types.items()
        ]
        types = {"enum": list(self.types), "enumDescriptions": [self._about(name) for name in self.types]}
        return {
            "title": self.called,
            "type": "object",
            "required": ["id", "type"],
            "properties": {"type": types},
            "allOf": branches,
        }

    def _about(self, name: str) -> str:
        return self.about.get(name) or str(self.types[name].keys()["type"].metadata["about"])


def _key_schema(field: Field) -> dict[str, Any]:
    """Without the default of a key that is true or false: who writes it wants the other."""
    default = field.default
    if isinstance(default, Decimal):
        default = int(default) if default == int(default) else float(default)
    shown = {"default": default} if default and type(default) in (str, int, float) else {}
    return {"description": field.metadata["about"], **field.metadata["shape"].schema(), **shown}


def _is_required(field: Field) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _article(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _not_a_record(node: Node, what: str, example: str) -> Problem:
    message = f"expected {what} as keys and values, found {described(node)}"
    return Problem(node.source, message, f"write: {example}", "wrong-kind")


def _called(node: Mapping, called: str, names: tuple[str, ...]) -> str:
    """The author's word for a record, with its id where it has one."""
    for entry, value in node.entries:
        if entry.text in names and isinstance(value, Scalar):
            return f"{called} '{short(value.text)}'"
    return called


def _shown_key(word: str) -> str:
    return f'"{word}"' if word in ("true", "false") else word


def _unknown_key(entry: Scalar, called: str, keys: Table[str, Field], elsewhere: str) -> tuple[Problem, str]:
    """The problem, and the key that was meant (or nothing): nobody should hear that it is missing, too."""
    word = entry.text.strip("“”„‘’\"'* ")
    message = f"unknown key '{short(entry.text)}' in {called}"
    if elsewhere:
        return Problem(entry.source, message, elsewhere, "unknown-key"), ""
    for known in keys:
        if word.lower().replace("-", "_").replace(" ", "_") == known and known != entry.text:
            return Problem(entry.source, message, f"write: {_shown_key(known)}: …", "unknown-key"), known
    problem = Problem(entry.source, message, did_you_mean(entry.text, keys), "unknown-key")
    return problem, nearest(entry.text, keys) or ""


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
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+", ",".join(parts)):
        hint = f"numbers have no thousands comma, write: {key_.text}: {''.join(parts)}"
        return Problem(cut[0].source, message, hint, "unknown-key")
    return Problem(
        cut[0].source,
        message,
        f"put the whole text in quotes, write: {key_.text}: {quoted(', '.join(parts))}",
        "unknown-key",
    )


def _type_of(node: Mapping) -> Node | None:
    """A misspelt key is complained about when the record is read as the type it names."""
    entries = {entry.text: value for entry, value in node.entries}
    meant = (value for word, value in entries.items() if did_you_mean(word.lower(), ["type"]).startswith("did"))
    return entries.get("type") or next(meant, None)
