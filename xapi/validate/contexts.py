"""A statement's context; 2.0 adds the agents and groups that matter beside the actor."""

from __future__ import annotations

from typing import Any

from .activities import ACTIVITY
from .actors import AGENT, GROUP, actor
from .shapes import Check, array, one_of, record
from .values import extensions, iri, language, text, uuid

REFERENCE = record({"objectType": one_of("StatementRef"), "id": uuid}, ("objectType", "id"))
activity_array = array(ACTIVITY)


def activities(value: Any) -> None:
    """One activity alone is accepted for the sake of older statements; it is stored as an array."""
    if type(value) is dict:
        ACTIVITY(value)
    else:
        activity_array(value)


CONTEXT_ACTIVITIES = record(dict.fromkeys(("parent", "grouping", "category", "other"), activities))
RELEVANT = array(iri, least=1)


def context_of(word: str, key: str, who: Check) -> Check:
    return array(record({"objectType": one_of(word), key: who, "relevantTypes": RELEVANT}, ("objectType", key)))


PROPERTIES: dict[str, Check] = {
    "registration": uuid,
    "instructor": actor,
    "team": GROUP,
    "contextActivities": CONTEXT_ACTIVITIES,
    "revision": text,
    "platform": text,
    "language": language,
    "statement": REFERENCE,
    "extensions": extensions,
}
CONTEXT = {
    "1.0.3": record(PROPERTIES),
    "2.0.0": record(
        PROPERTIES
        | {
            "contextAgents": context_of("contextAgent", "agent", AGENT),
            "contextGroups": context_of("contextGroup", "group", GROUP),
        }
    ),
}
