"""What may stand at a key as one value: texts, ids, numbers, dates, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from . import yaml_advice
from .located import Mapping, Node, Scalar, Sequence
from .problems import WARNING, Problem, nearest
from .shapes import INVALID, Invalid, expected, short
from .yaml_repairs import quoted


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."


def _as_one_text(node: Mapping | Sequence) -> str:
    """What a text was that YAML has taken apart at a colon or at brackets."""
    if isinstance(node, Mapping) and len(node.entries) == 1:
        ((word, rest),) = node.entries
        if isinstance(rest, Scalar) and not node.flow:
            return f"a text with a colon needs quotes, write: {quoted(f'{word.text}: {rest.text}'.rstrip())}"
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
        words = ", ".join(item.text for item in node.items if isinstance(item, Scalar))
        return f"a text with brackets needs quotes, write: {quoted(f'[{words}]')}" if node.flow else "write one text"
    return "put the text in quotes: it holds a colon or begins with a bracket"


@dataclass(frozen=True)
class Text:
    """Any text, taken as written: ``no``, ``1.10`` and dates stay words. Markdown when `markdown`."""

    markdown: bool = True
    max: int = 20_000

    def read(self, node: Node, name: str, problems: list[Problem]) -> str | Invalid:
        if not isinstance(node, Scalar):
            problems.append(expected(node, name, "a text", _as_one_text(node)))
            return INVALID
        if not node.text.strip():
            problems.append(
                Problem(
                    node.source,
                    f"'{name}' is empty",
                    "write the text after the colon, in quotes if it begins with #",
                    "empty",
                )
            )
            return INVALID
        if len(node.text) > self.max:
            problems.append(
                Problem(
                    node.source,
                    f"'{name}' has {len(node.text):,} characters; at most {self.max:,} fit",
                    "",
                    "too-large",
                )
            )
            return INVALID
        hidden = yaml_advice.hidden(node.text)
        if hidden is not None:
            problems.append(Problem(node.source, f"'{name}' holds {hidden}", "write the text anew", "bad-text"))
            return INVALID
        meant = yaml_advice.curly_quotes(node.text) if node.plain else None
        if meant is not None:
            problems.append(
                Problem(
                    node.source,
                    f"'{name}' stands in Word's curly quotes; YAML keeps them as part of the text",
                    f'write: {name}: "{meant if len(meant) <= 60 else meant[:57] + "…"}"',
                    "curly-quotes",
                    WARNING,
                )
            )
        return node.text.strip()

    def schema(self) -> dict[str, Any]:
        return {
            "type": ["string", "number", "boolean"],
            "maxLength": self.max,
            "errorMessage": "A text: put it in quotes when it holds a colon or begins with a bracket.",
        }


_READ_AS_SOMETHING_ELSE = re.compile(r"^(?:yes|no|on|off|true|false|null|y|n|~)$", re.IGNORECASE)


@dataclass(frozen=True)
class Ident:
    """A stable id. Option ids take no hyphen because SCORM 2004 responses do not."""

    hyphen: bool = True
    max: int = 64
    of: str = ""
    """What has this id, where it names something else."""

    @property
    def pattern(self) -> str:
        return f"^[a-z][a-z0-9{'-' if self.hyphen else '_'}]{{0,{self.max - 1}}}$"

    def read(self, node: Node, name: str, problems: list[Problem]) -> str | Invalid:
        if not isinstance(node, Scalar):
            problems.append(expected(node, name, "an id"))
            return INVALID
        if node.plain and _READ_AS_SOMETHING_ELSE.match(node.text):
            problems.append(
                Problem(
                    node.source,
                    f"YAML does not take the id '{node.text}' for a word but for true, false or nothing",
                    f"choose a word that says what it is, for example: {name}: answer{'-' if self.hyphen else '_'}{node.text.lower()}",
                    "bad-id",
                )
            )
            return INVALID
        if not re.fullmatch(self.pattern, node.text):
            problems.append(
                Problem(node.source, f"'{short(node.text)}' cannot be an id", self._hint(name, node.text), "bad-id")
            )
            return INVALID
        return node.text

    def _hint(self, name: str, text: str) -> str:
        if self.of:
            return f"write what stands after the 'id:' of {self.of}"
        joint = "-" if self.hyphen else "_"
        better = re.sub(r"[^a-z0-9]+", joint, text.lower()).strip(joint)
        better = (better if better[:1].isalpha() else f"id{joint}{better}")[: self.max].rstrip(joint)
        return f"{self._rule()}; write: {name}: {better}"

    def _rule(self) -> str:
        mark = "hyphens" if self.hyphen else "underscores (SCORM takes no hyphen in an answer)"
        return f"ids have small letters, digits and {mark}, and start with a letter"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": self.pattern, "patternErrorMessage": _sentence(self._rule())}


@dataclass(frozen=True)
class FactKey:
    def read(self, node: Node, name: str, problems: list[Problem]) -> str | Invalid:
        if isinstance(node, Scalar) and re.fullmatch(r"[A-Z][A-Z0-9-]{0,31}", node.text):
            return node.text
        meant = node.text.strip("@[]“”‘’ ").upper() if isinstance(node, Scalar) else ""
        hint = f"write: {meant}" if re.match(r"^[A-Z]+-?\d[A-Z0-9-]*$", meant) else "keys have capitals and digits"
        problems.append(expected(node, name, "a fact's key like COP9", hint))
        return INVALID

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": "^[A-Z][A-Z0-9-]{0,31}$",
            "patternErrorMessage": "A fact's key has capitals and digits, like COP9.",
        }


@dataclass(frozen=True)
class Number:
    """A decimal number between `low` and `high`; read as text so that ``0.10`` stays ``0.10``."""

    low: str | None = None
    high: str | None = None
    whole: bool = False

    def read(self, node: Node, name: str, problems: list[Problem]) -> Decimal | Invalid:
        value = _decimal(node.text) if isinstance(node, Scalar) else None
        if value is None or (self.whole and value != value.to_integral_value()):
            problems.append(
                expected(node, name, "a whole number" if self.whole else "a number", _as_number(node, name, self))
            )
            return INVALID
        if (self.low is not None and value < Decimal(self.low)) or (
            self.high is not None and value > Decimal(self.high)
        ):
            limits = f"between {self.low} and {self.high}" if self.high is not None else f"at least {self.low}"
            share = self.high == "1" and 1 < value <= 100
            hint = f"write: {name}: {(value / 100).normalize():f}" if share else ""
            problems.append(expected(node, name, limits, hint))
            return INVALID
        return value

    def schema(self) -> dict[str, Any]:
        limits = {"minimum": self.low, "maximum": self.high}
        found = {
            word: float(limit) if "." in limit else int(limit) for word, limit in limits.items() if limit is not None
        }
        said = "A whole number, in digits." if self.whole else "A number in digits, with a point for decimals."
        return {"type": "integer" if self.whole else "number", **found, "errorMessage": said}


def _as_number(node: Node, name: str, number: Number) -> str:
    if not isinstance(node, Scalar):
        return ""
    digits = re.sub(r"[^\d.-]", "", node.text.replace("−", "-").replace("–", "-"))
    value = _decimal(digits)
    if value is None or (number.whole and value != value.to_integral_value()):
        return "write digits" if number.whole else "write digits, with a point for decimals"
    if number.high == "1" and value > 1:
        digits = f"{(value / 100).normalize():f}"
    return f"digits only, with a point for decimals and no thousands comma; write: {name}: {digits}"


def _decimal(text: str) -> Decimal | None:
    if not re.fullmatch(r"-?\d{1,12}(\.\d{1,8})?|-?\.\d{1,8}", text, re.ASCII):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


@dataclass(frozen=True)
class Flag:
    def read(self, node: Node, name: str, problems: list[Problem]) -> bool | Invalid:
        if isinstance(node, Scalar) and node.text in ("true", "false"):
            return node.text == "true"
        word = node.text.lower() if isinstance(node, Scalar) else ""
        meant = {
            "yes": "true",
            "y": "true",
            "on": "true",
            "true": "true",
            "1": "true",
            "no": "false",
            "n": "false",
            "off": "false",
            "false": "false",
            "0": "false",
        }
        hint = f"write: {name}: {meant[word]}" if word in meant else ""
        problems.append(expected(node, name, "true or false", hint))
        return INVALID

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean", "errorMessage": "Write true or false."}


@dataclass(frozen=True)
class OneOf:
    values: tuple[str, ...]

    def read(self, node: Node, name: str, problems: list[Problem]) -> str | Invalid:
        if isinstance(node, Scalar) and node.text in self.values:
            return node.text
        found = node.text if isinstance(node, Scalar) else ""
        near = nearest(found, self.values)
        what = "one of " + ", ".join(self.values) if len(self.values) > 1 else f"'{self.values[0]}'"
        one = f"write: {name}: {self.values[0]}" if len(self.values) == 1 else ""
        problems.append(expected(node, name, what, f"did you mean '{near}'?" if near else one))
        return INVALID

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.values)}


@dataclass(frozen=True)
class Matching:
    """A text of a fixed form, such as a version or an address."""

    pattern: str
    what: str
    example: str
    year: bool = False
    """A year alone is one of them, which YAML takes for a number."""

    def read(self, node: Node, name: str, problems: list[Problem]) -> str | Invalid:
        if isinstance(node, Scalar) and re.fullmatch(self.pattern, node.text, re.ASCII):
            return node.text
        problems.append(expected(node, name, self.what, f"write: {name}: {self.example}"))
        return INVALID

    def schema(self) -> dict[str, Any]:
        said = f"Expected {self.what}. Write: {self.example}"
        shown = {"examples": [self.example]} if re.fullmatch(self.pattern, self.example, re.ASCII) else {}
        kinds = {"type": ["string", "integer"], "minimum": 1000, "maximum": 9999} if self.year else {"type": "string"}
        return {**kinds, "pattern": self.pattern, "patternErrorMessage": said, "errorMessage": said, **shown}


@dataclass(frozen=True)
class Day:
    def read(self, node: Node, name: str, problems: list[Problem]) -> str | Invalid:
        if isinstance(node, Scalar):
            try:
                if re.fullmatch(r"\d{4}-\d\d-\d\d", node.text, re.ASCII):
                    return date.fromisoformat(node.text).isoformat()
            except ValueError:
                pass
        british = re.match(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$", node.text) if isinstance(node, Scalar) else None
        hint = (
            f"write: {name}: {british[3]}-{british[2]:0>2}-{british[1]:0>2}" if british else "year-month-day, in digits"
        )
        problems.append(expected(node, name, "a date like 2027-06-30", hint))
        return INVALID

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date", "patternErrorMessage": "A date is written like 2027-06-30."}
