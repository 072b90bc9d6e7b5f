"""Plans: two if-then actions, a date and a witness. What a learner writes never comes here; that they did, does."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..content import Example, Plan, Prose
from ..lists import ListOf
from ..mappings import RecordOf
from ..problems import Problem
from ..scalars import Ident, Text
from ..shapes import Record, key
from .making import Making

MADE = "made"
"""The one thing a learner can do in it that is kept outside the browser."""
_NAME = Text(markdown=False, max=255)


@dataclass(frozen=True, kw_only=True)
class ExampleRecord(Record):
    if_: str = key(_NAME, "The situation, read after “If”")
    then: str = key(_NAME, "The action, read after “then I will”")


@dataclass(frozen=True, kw_only=True)
class PlanRecord(Record):
    id: str = key(Ident(), "Stable id of the plan; made from the page's id when left out", default="")
    title: str = key(_NAME, "Heading of the plan", default="My plan")
    intro: str = key(Text(), "What the plan is for", default="")
    examples: tuple[ExampleRecord, ...] = key(
        ListOf(RecordOf(ExampleRecord, "example", named=False), least=1, most=3, what="a list of examples"),
        "One to three plans that somebody could make",
    )


def names(record: PlanRecord) -> tuple[str, ...]:
    return (MADE,)


def plan(record: PlanRecord, making: Making) -> Plan:
    assert making.locked is not None, "blocks that keep work are locked"
    return Plan(
        slot=making.locked.slot,
        title=record.title,
        intro=making.prose(record, "intro"),
        examples=tuple(_example(example, making) for example in record.examples),
    )


def _example(record: ExampleRecord, making: Making) -> Example:
    return Example(_clause(record, "if_", "If", making), _clause(record, "then", "then I will", making))


def _clause(record: ExampleRecord, name: str, before: str, making: Making) -> Prose:
    """What the learner reads after `before`, without a full stop: the sentence goes on."""
    text: str = getattr(record, name)
    source = record.written.at(name.rstrip("_"))
    if text.lower().startswith(f"{before.lower()} "):
        hint = f"write the rest only: {text[len(before) + 1 :]}"
        making.problems.append(Problem(source, f"“{before}” is put before this text already", hint, "bad-text"))
    return Prose(Markup("{}").format(text.rstrip(".")), source)
