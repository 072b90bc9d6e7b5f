"""What a statement can be found by, as 64-bit numbers.

A term is a hash, so the index needs no table of words, and writers never meet over one. Two among ten million terms
share a number with a chance of 3 in a million; a filter would then show a few statements too many.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from .identity import LONGEST_REMEMBERED, identity

AGENT, RELATED_AGENT = "agent", "related agent"
ACTIVITY, RELATED_ACTIVITY = "activity", "related activity"
VERB, REGISTRATION = "verb", "registration"
KEY = "key"


def term(kind: str, value: str) -> int:
    return _remembered(kind, value) if len(value) <= LONGEST_REMEMBERED else _hash(kind, value)


def _hash(kind: str, value: str) -> int:
    digest = blake2b(value.encode(), digest_size=8, person=kind.encode())
    return int.from_bytes(digest.digest(), "big", signed=True)


_remembered = lru_cache(maxsize=20_000)(_hash)


def people(actor: dict[str, Any]) -> Iterator[str]:
    """An agent, or a group and its members."""
    own = identity(actor)
    if own is not None:
        yield own
    for member in actor.get("member", ()):
        yield from people(member)


def _context_people(context: dict[str, Any]) -> Iterator[str]:
    for name in ("instructor", "team"):
        if name in context:
            yield from people(context[name])
    for name, who in (("contextAgents", "agent"), ("contextGroups", "group")):
        for item in context.get(name, ()):
            yield from people(item[who])


def _context_activities(context: dict[str, Any]) -> Iterator[str]:
    for listed in context.get("contextActivities", {}).values():
        for activity in listed if type(listed) is list else [listed]:
            yield activity["id"]


def terms(statement: dict[str, Any]) -> set[int]:
    """The terms of a valid statement, without those it has through statements it refers to."""
    found = {term(VERB, statement["verb"]["id"])}
    _add_body(found, statement, narrow=True)
    context = statement.get("context")
    if context and "registration" in context:
        found.add(term(REGISTRATION, context["registration"].lower()))
    if "authority" in statement:
        found.update(term(RELATED_AGENT, who) for who in people(statement["authority"]))
    return found


def _add_body(found: set[int], statement: dict[str, Any], narrow: bool) -> None:
    target = statement["object"]
    kind = target.get("objectType", "Activity")
    who = list(people(statement["actor"]))
    if kind == "Activity":
        if narrow:
            found.add(term(ACTIVITY, target["id"]))
        found.add(term(RELATED_ACTIVITY, target["id"]))
    elif kind in ("Agent", "Group"):
        who += people(target)
    elif kind == "SubStatement":
        _add_body(found, target, narrow=False)
    for person in who:
        if narrow:
            found.add(term(AGENT, person))
        found.add(term(RELATED_AGENT, person))
    context = statement.get("context")
    if context:
        found.update(term(RELATED_AGENT, person) for person in _context_people(context))
        found.update(term(RELATED_ACTIVITY, iri) for iri in _context_activities(context))
