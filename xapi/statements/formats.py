"""The formats `ids` and `canonical`: statements with only identifiers, or with what the LRS knows of activities.

Both work on the text of a statement's members, so that everything they do not touch stays as it was sent.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from .. import exact
from .incoming import kept
from .languages import Languages

Definitions = Mapping[str, dict[str, Any]]
Change = Callable[[dict[str, Any]], Any]

IDENTIFIERS = ("objectType", "mbox", "mbox_sha1sum", "openid", "account")


def _changed(text: str, activity: Change, verb: Change, actor: Change) -> str:
    """A statement's text with these three kinds of thing in it changed, wherever they stand."""
    parts = exact.members(text)
    _replace(parts, "actor", actor)
    _replace(parts, "authority", actor)
    _replace(parts, "verb", verb)
    kind = json.loads(parts["object"]).get("objectType", "Activity")
    if kind == "SubStatement":
        parts["object"] = _changed(parts["object"], activity, verb, actor)
    elif kind != "StatementRef":
        _replace(parts, "object", activity if kind == "Activity" else actor)
    if "context" in parts:
        context = exact.members(parts["context"])
        _replace(context, "instructor", actor)
        _replace(context, "team", actor)
        for name, who in (("contextAgents", "agent"), ("contextGroups", "group")):
            _replace(context, name, partial(_relevant, who, actor))
        _replace(context, "contextActivities", lambda listed: _listed(listed, activity))
        parts["context"] = exact.join(context)
    return exact.join(parts)


def _replace(parts: exact.Members, name: str, change: Change) -> None:
    if name in parts:
        parts[name] = exact.dumps(change(json.loads(parts[name])))


def _relevant(who: str, change: Change, listed: Any) -> list[dict[str, Any]]:
    """Agents or groups of a context, each in an object that says in what way they matter."""
    return [item | {who: change(item[who])} for item in listed]


def _listed(activities: dict[str, Any], change: Change) -> dict[str, Any]:
    return {name: [change(item) for item in listed] for name, listed in activities.items()}


def _only_identity(actor: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in actor.items() if key in IDENTIFIERS}
    if "member" in actor and not any(key in plain for key in IDENTIFIERS[1:]):
        plain["member"] = [_only_identity(member) for member in actor["member"]]
    return plain


def _only_id(thing: dict[str, Any]) -> dict[str, Any]:
    """Of a verb or an activity; an object without a type is an activity."""
    return {"id": thing["id"]}


def all_ids(payloads: Sequence[bytes]) -> list[bytes]:
    return [ids(payload) for payload in payloads]


def all_activities(payloads: Sequence[bytes]) -> set[str]:
    return {iri for payload in payloads for iri in activity_ids(payload)}


def all_canonical(payloads: Sequence[bytes], known: Definitions, languages: Languages) -> list[bytes]:
    return [canonical(payload, known, languages) for payload in payloads]


def ids(payload: bytes) -> bytes:
    return _changed(payload.decode(), _only_id, _only_id, _only_identity).encode()


def activity_ids(payload: bytes) -> Iterator[str]:
    """The activities whose definitions `canonical` wants to know."""
    yield from _activity_ids(kept(payload))


def _activity_ids(statement: dict[str, Any]) -> Iterator[str]:
    target = statement["object"]
    if target.get("objectType") == "SubStatement":
        yield from _activity_ids(target)
    elif target.get("objectType", "Activity") == "Activity":
        yield target["id"]
    for listed in statement.get("context", {}).get("contextActivities", {}).values():
        for item in listed:
            yield item["id"]


def canonical(payload: bytes, known: Definitions, languages: Languages) -> bytes:
    def activity(thing: dict[str, Any]) -> dict[str, Any]:
        definition = known.get(thing["id"]) or thing.get("definition")
        if definition is None:
            return thing
        return thing | {"definition": spoken(definition, languages)}

    def verb(thing: dict[str, Any]) -> dict[str, Any]:
        return thing | {"display": languages.choose(thing["display"])} if "display" in thing else thing

    return _changed(payload.decode(), activity, verb, lambda actor: actor).encode()


def spoken(definition: dict[str, Any], languages: Languages) -> dict[str, Any]:
    """A definition with one language in each of its language maps."""
    plain = dict(definition)
    for name in ("name", "description"):
        if name in plain:
            plain[name] = languages.choose(plain[name])
    for name in ("choices", "scale", "source", "target", "steps"):
        if name in plain:
            plain[name] = [
                item | {"description": languages.choose(item["description"])} if "description" in item else item
                for item in plain[name]
            ]
    return plain
