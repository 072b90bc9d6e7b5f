"""Branching stories: scenes, choices, what each choice brings, and what it does to the gauges."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..content import Change, Choice, Gauge, Scenario, Scene
from ..lists import ListOf
from ..mappings import RecordOf, TableOf
from ..problems import Problem
from ..scalars import Flag, Ident, Number, Text
from ..shapes import Record, key
from .making import Making

_NAME = Text(markdown=False, max=255)
_ID = Ident(hyphen=False, max=32)
_NUMBERS = 64
"""As many choices as six bits of a resume string tell apart."""
_LITTLE, _MUCH = 10, 25


@dataclass(frozen=True, kw_only=True)
class GaugeRecord(Record):
    id: str = key(_ID, "Stable id of the gauge")
    text: str = key(_NAME, "Its name, like Trust")
    start: Decimal = key(Number("0", "100", whole=True), "Where it stands at first, of 100")


@dataclass(frozen=True, kw_only=True)
class ChoiceRecord(Record):
    id: str = key(_ID, "Stable id of the choice")
    text: str = key(Text(), "What the learner may do, as a full sentence")
    consequence: str = key(Text(), "What happens then")
    effects: tuple[tuple[str, Decimal], ...] = key(
        TableOf(_ID, Number("-100", "100", whole=True), "pairs of gauge and change"),
        "What it does to the gauges, like trust: -10",
        default=(),
    )
    to: str = key(_ID, "Id of the scene that follows")
    recovery: bool = key(Flag(), "True for a way back from an earlier mistake", default=False)


@dataclass(frozen=True, kw_only=True)
class NodeRecord(Record):
    id: str = key(_ID, "Stable id of the scene")
    title: str = key(_NAME, "Heading of the scene")
    when: str = key(_NAME, "When it happens, like March", default="")
    text: str = key(Text(), "The scene")
    choices: tuple[ChoiceRecord, ...] = key(
        ListOf(RecordOf(ChoiceRecord, "choice"), least=1, most=6, what="a list of choices"),
        "What the learner can do; an ending has none",
        default=(),
    )
    debrief: str = key(Text(), "At an ending: what the learner can take from this way through", default="")


@dataclass(frozen=True, kw_only=True)
class ScenarioRecord(Record):
    id: str = key(Ident(), "Stable id of the scenario; made from the page's id when left out", default="")
    title: str = key(_NAME, "Heading of the scenario")
    intro: str = key(Text(), "Who the learner is, and what this is about", default="")
    gauges: tuple[GaugeRecord, ...] = key(
        ListOf(RecordOf(GaugeRecord, "gauge"), least=1, most=6, what="a list of gauges"), "What the choices move"
    )
    nodes: tuple[NodeRecord, ...] = key(
        ListOf(RecordOf(NodeRecord, "node"), least=2, most=26, what="a list of nodes"),
        "The scenes; the story begins with the first",
    )


def names(record: ScenarioRecord) -> tuple[str, ...]:
    """The choices as the lock names them."""
    return tuple(f"{node.id}.{choice.id}" for node in record.nodes for choice in node.choices)


def scenario(record: ScenarioRecord, making: Making) -> Scenario:
    assert making.locked is not None, "blocks that keep work are locked"
    numbers = making.locked.names
    if max(numbers.values(), default=0) >= _NUMBERS:
        hint = "give the scenario a new id"
        message = f"scenario '{making.block}' has used up its {_NUMBERS} numbers for choices"
        making.problems.append(Problem(record.written.source, message, hint, "lock"))
    return Scenario(
        slot=making.locked.slot,
        title=record.title,
        intro=making.prose(record, "intro"),
        gauges=tuple(Gauge(g.id, g.text, int(g.start), g.written.at("id")) for g in record.gauges),
        scenes=tuple(_scene(node, n, record, numbers, making) for n, node in enumerate(record.nodes, start=1)),
    )


def _scene(node: NodeRecord, number: int, record: ScenarioRecord, numbers: dict[str, int], making: Making) -> Scene:
    places = {other.id: place for place, other in enumerate(record.nodes, start=1)}
    # Letters follow the numbers, which are only ever added to.
    ever = sorted((at, name) for name, at in numbers.items() if name.startswith(f"{node.id}."))
    letters = {name: chr(ord("a") + place) for place, (_, name) in enumerate(ever)}
    gauges = {gauge.id: gauge.text for gauge in record.gauges}
    return Scene(
        id=node.id,
        number=number,
        title=node.title,
        when=node.when,
        text=making.prose(node, "text"),
        choices=tuple(
            Choice(
                id=choice.id,
                number=numbers[f"{node.id}.{choice.id}"],
                letter=letters[f"{node.id}.{choice.id}"],
                text=making.line(choice, "text", f"choice '{choice.id}'"),
                consequence=making.prose(choice, "consequence"),
                changes=tuple(
                    Change(gauge, int(by), changed(gauges.get(gauge, gauge), int(by)), choice.written.at("effects"))
                    for gauge, by in choice.effects
                    if by
                ),
                to=choice.to,
                to_number=places.get(choice.to, 0),
                to_source=choice.written.at("to"),
                recovery=choice.recovery,
                source=choice.written.at("id"),
            )
            for choice in node.choices
        ),
        debrief=making.prose(node, "debrief"),
        source=node.written.at("id"),
    )


def changed(gauge: str, by: int) -> str:
    """A change in words, so that nobody has to see a bar: "Trust fell a little"."""
    much = " a little" if abs(by) <= _LITTLE else "" if abs(by) <= _MUCH else " a lot"
    return f"{gauge} {'rose' if by > 0 else 'fell'}{much}"
