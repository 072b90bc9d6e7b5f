"""What a block holds besides questions: frozen facts, like those of ``course.py``, one record per type of block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from markupsafe import Markup

from .course import Source


@dataclass(frozen=True)
class Prose:
    """An author's text as HTML, and where it was written."""

    html: Markup
    source: Source

    def __html__(self) -> str:
        return self.html

    def __bool__(self) -> bool:
        return bool(self.html)


@dataclass(frozen=True)
class Dated:
    """``when`` is in words: "November 2018"."""

    when: str
    text: Prose


@dataclass(frozen=True)
class ThenNow:
    topic: str
    then: Dated
    now: Dated


@dataclass(frozen=True)
class Case:
    title: str
    where: str
    when: str
    text: Prose
    now: Prose
    """What has become of it, or that nobody knows."""


@dataclass(frozen=True)
class Quote:
    text: Prose
    name: str
    role: str
    year: str
    cites: Prose


@dataclass(frozen=True)
class Term:
    term: str
    text: Prose


@dataclass(frozen=True)
class Glossary:
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Lens:
    name: str
    """As readers see it: "Housing"."""
    text: Prose


@dataclass(frozen=True)
class Sector:
    point: Prose
    lenses: tuple[Lens, ...]


@dataclass(frozen=True)
class Gauge:
    """Something a scenario's choices move, from 0 to 100."""

    id: str
    name: str
    start: int
    source: Source


@dataclass(frozen=True)
class Change:
    gauge: str
    by: int
    words: str
    """ "Trust fell a little". """
    source: Source


@dataclass(frozen=True)
class Choice:
    id: str
    number: int
    """In resume strings; of the whole scenario, and never another choice's."""
    letter: str
    """In SCORM 1.2's responses; of its scene."""
    text: Prose
    consequence: Prose
    changes: tuple[Change, ...]
    to: str
    to_number: int
    to_source: Source
    recovery: bool
    source: Source


@dataclass(frozen=True)
class Scene:
    """One without choices is an ending."""

    id: str
    number: int
    """As readers see it, from 1."""
    title: str
    when: str
    text: Prose
    choices: tuple[Choice, ...]
    debrief: Prose
    source: Source


@dataclass(frozen=True)
class Scenario:
    slot: int
    title: str
    intro: Prose
    gauges: tuple[Gauge, ...]
    scenes: tuple[Scene, ...]


@dataclass(frozen=True)
class Example:
    """A plan somebody could make: two clauses, to be read after "If" and "then I will"."""

    situation: Prose
    action: Prose


@dataclass(frozen=True)
class Plan:
    slot: int
    title: str
    intro: Prose
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Item:
    """Something to choose or to tick, or a row of a worksheet's table."""

    id: str
    text: str


@dataclass(frozen=True)
class Column:
    id: str
    type: str
    label: str
    options: tuple[Item, ...]


@dataclass(frozen=True)
class Table:
    heading: str
    rows: tuple[Item, ...]
    blank: int
    """Empty rows after them."""
    most: int
    """Rows with those that learners add."""
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Field:
    id: str
    type: str
    label: str
    hint: str
    needed: bool
    lines: int
    options: tuple[Item, ...]
    table: Table | None


@dataclass(frozen=True)
class Section:
    title: str
    text: Prose
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Worksheet:
    file: str
    """Where its blank Word copy is, among the course's files."""
    title: str
    intro: Prose
    sections: tuple[Section, ...]
    source: Source


@dataclass(frozen=True)
class Certificate:
    title: str
    intro: Prose


def prose(content: Any) -> Iterator[Prose]:
    """Every text inside a block's content, for checks."""
    if isinstance(content, Prose):
        yield content
    elif isinstance(content, tuple):
        for item in content:
            yield from prose(item)
    elif is_dataclass(content):
        for field in fields(content):
            yield from prose(getattr(content, field.name))
