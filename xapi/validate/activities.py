"""Activities, and what their definitions say about interactions."""

from __future__ import annotations

from typing import Any

from .shapes import Invalid, array, one_of, record
from .values import extensions, iri, language_map, text

# Which lists of components an interaction type has.
COMPONENTS: dict[str, frozenset[str]] = {
    "true-false": frozenset(),
    "choice": frozenset({"choices"}),
    "fill-in": frozenset(),
    "long-fill-in": frozenset(),
    "matching": frozenset({"source", "target"}),
    "performance": frozenset({"steps"}),
    "sequencing": frozenset({"choices"}),
    "likert": frozenset({"scale"}),
    "numeric": frozenset(),
    "other": frozenset(),
}
LISTS = frozenset({"choices", "source", "target", "steps", "scale"})
INTERACTION = LISTS | {"correctResponsesPattern"}

COMPONENT = record({"id": text, "description": language_map}, ("id",))
component_list = array(COMPONENT)


def components(value: Any) -> None:
    component_list(value)
    ids = [component["id"] for component in value]
    if len(set(ids)) != len(ids):
        raise Invalid("expected each id once")


def interaction(definition: dict[str, Any]) -> None:
    kind = definition.get("interactionType")
    if kind is None:
        if not INTERACTION.isdisjoint(definition):
            raise Invalid(f"expected 'interactionType' beside '{min(INTERACTION & definition.keys())}'")
    else:
        stray = (LISTS - COMPONENTS[kind]).intersection(definition)
        if stray:
            raise Invalid(f"'{min(stray)}' does not go with interactionType '{kind}'")


DEFINITION = record(
    {
        "name": language_map,
        "description": language_map,
        "type": iri,
        "moreInfo": iri,
        "extensions": extensions,
        "interactionType": one_of(*COMPONENTS),
        "correctResponsesPattern": array(text),
        **dict.fromkeys(sorted(LISTS), components),
    },
    (),
    interaction,
)
ACTIVITY = record({"objectType": one_of("Activity"), "id": iri, "definition": DEFINITION}, ("id",))
