"""What xAPI asks of every statement, as far as learning content can get it wrong: faults in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

Json = Any
"""A decoded JSON value."""

VERSIONS = ("1.0.0", "1.0.1", "1.0.2", "1.0.3")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?", re.ASCII)
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")

TOP = {"id", "actor", "verb", "object", "result", "context", "timestamp", "version"}
RESULT = {"score", "success", "completion", "response", "duration", "extensions"}
CONTEXT = {"registration", "contextActivities", "revision", "platform", "language", "statement", "extensions"}
DEFINITION = {
    "name",
    "description",
    "type",
    "moreInfo",
    "extensions",
    "interactionType",
    "correctResponsesPattern",
    "choices",
    "scale",
    "source",
    "target",
    "steps",
}
COMPONENTS = {
    "choice": {"choices"},
    "sequencing": {"choices"},
    "likert": {"scale"},
    "matching": {"source", "target"},
    "performance": {"steps"},
    "true-false": set[str](),
    "fill-in": set[str](),
    "long-fill-in": set[str](),
    "numeric": set[str](),
    "other": set[str](),
}


def faults(statement: Json) -> list[str]:
    if not isinstance(statement, dict):
        return ["a statement has to be an object"]
    return [
        *_unknown("statement", statement, TOP),
        *_nulls("statement", statement),
        *_identity(statement),
        *actor_faults(statement.get("actor")),
        *_verb(statement.get("verb")),
        *_activity("object", statement.get("object")),
        *_result(statement.get("result", {})),
        *_context(statement.get("context", {})),
    ]


def actor_faults(actor: Json) -> Iterator[str]:
    if not isinstance(actor, dict):
        yield "actor: missing"
        return
    names = [name for name in ("mbox", "mbox_sha1sum", "openid", "account") if name in actor]
    if len(names) != 1:
        yield f"actor: {len(names)} identifiers, expected one"
    if "account" in names:
        account = actor["account"]
        if set(account) != {"homePage", "name"} or not _is_iri(account["homePage"]) or not account["name"]:
            yield "actor.account: expected homePage and name"
    if "mbox" in names and not str(actor["mbox"]).startswith("mailto:"):
        yield "actor.mbox: expected a mailto: IRI"


def _identity(statement: Json) -> Iterator[str]:
    if not _is_uuid(statement.get("id")):
        yield "id: expected a UUID, so that a retry is no second statement"
    if not TIMESTAMP.fullmatch(str(statement.get("timestamp"))):
        yield "timestamp: expected an ISO 8601 instant"
    if statement.get("version", "1.0.3") not in VERSIONS:
        yield "version: expected 1.0.x"


def _verb(verb: Json) -> Iterator[str]:
    if not isinstance(verb, dict) or not _is_iri(verb.get("id")):
        yield "verb.id: expected an IRI"
    elif not isinstance(verb.get("display", {}), dict):
        yield "verb.display: expected a language map"


def _activity(where: str, activity: Json) -> Iterator[str]:
    if not isinstance(activity, dict) or not _is_iri(activity.get("id")):
        yield f"{where}.id: expected an IRI"
        return
    yield from _unknown(where, activity, {"id", "objectType", "definition"})
    definition = activity.get("definition", {})
    yield from _unknown(f"{where}.definition", definition, DEFINITION)
    if "type" in definition and not _is_iri(definition["type"]):
        yield f"{where}.definition.type: expected an IRI"
    for name in ("name", "description"):
        if not isinstance(definition.get(name, {}), dict):
            yield f"{where}.definition.{name}: expected a language map"
    yield from _interaction(f"{where}.definition", definition)
    yield from _extensions(f"{where}.definition", definition)


def _interaction(where: str, definition: Json) -> Iterator[str]:
    given = {name for name in ("choices", "scale", "source", "target", "steps") if name in definition}
    kind = definition.get("interactionType")
    if kind is None:
        if given or "correctResponsesPattern" in definition:
            yield f"{where}: interaction components without interactionType"
        return
    if kind not in COMPONENTS:
        yield f"{where}.interactionType: unknown {kind}"
        return
    for name in sorted(given - COMPONENTS[kind]):
        yield f"{where}.{name}: not for {kind}"
    for name in sorted(given):
        ids = [component.get("id") for component in definition[name]]
        if len(set(ids)) != len(ids) or not all(isinstance(one, str) and " " not in one for one in ids):
            yield f"{where}.{name}: expected different ids without spaces"
    patterns = definition.get("correctResponsesPattern", [])
    if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
        yield f"{where}.correctResponsesPattern: expected a list of strings"


def _result(result: Json) -> Iterator[str]:
    yield from _unknown("result", result, RESULT)
    for name in ("success", "completion"):
        if not isinstance(result.get(name, True), bool):
            yield f"result.{name}: expected true or false"
    if not isinstance(result.get("response", ""), str):
        yield "result.response: expected a string"
    if "duration" in result and not DURATION.fullmatch(str(result["duration"])):
        yield "result.duration: expected an ISO 8601 duration with at most two decimals"
    yield from _score(result.get("score", {}))
    yield from _extensions("result", result)


def _score(score: Json) -> Iterator[str]:
    yield from _unknown("result.score", score, {"scaled", "raw", "min", "max"})
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in score.values()):
        yield "result.score: expected numbers"
    elif not -1 <= score.get("scaled", 0) <= 1:
        yield "result.score.scaled: expected -1 to 1"
    elif "raw" in score and not score.get("min", score["raw"]) <= score["raw"] <= score.get("max", score["raw"]):
        yield "result.score.raw: outside min and max"


def _context(context: Json) -> Iterator[str]:
    yield from _unknown("context", context, CONTEXT)
    if "registration" in context and not _is_uuid(context["registration"]):
        yield "context.registration: expected a UUID"
    lists = context.get("contextActivities", {})
    yield from _unknown("context.contextActivities", lists, {"parent", "grouping", "category", "other"})
    for name, activities in lists.items():
        if not isinstance(activities, list):
            yield f"context.contextActivities.{name}: expected a list"
            continue
        for activity in activities:
            yield from _activity(f"context.contextActivities.{name}", activity)
        ids = [activity.get("id") for activity in activities]
        if len(set(ids)) != len(ids):
            yield f"context.contextActivities.{name}: the same activity twice"
    yield from _extensions("context", context)


def _extensions(where: str, holder: Json) -> Iterator[str]:
    for name in holder.get("extensions", {}):
        if not _is_iri(name):
            yield f"{where}.extensions: {name} is no IRI"


def _nulls(where: str, value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "extensions":
                yield from _nulls(f"{where}.{name}", inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _nulls(where, inner)
    elif value is None:
        yield f"{where}: null"


def _unknown(where: str, value: Json, known: set[str]) -> Iterator[str]:
    for name in sorted(set(value) - known):
        yield f"{where}.{name}: unknown"


def _is_iri(value: Json) -> bool:
    return isinstance(value, str) and bool(IRI.fullmatch(value))


def _is_uuid(value: Json) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value.lower()
    except ValueError:
        return False
