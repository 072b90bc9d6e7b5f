"""What a key may do: the scopes of xAPI 1.0.3 (Communication 4.2), for each resource."""

from __future__ import annotations

from ..refused import Refused
from ..store.keys import Key

SCOPES = (
    "statements/write",
    "statements/read/mine",
    "statements/read",
    "state",
    "define",
    "profile",
    "all/read",
    "all",
)

EVERYTHING = frozenset({"all", "all/read"})
# What an activity or agent is called, whoever may see anything at all may see.
ANY_READER = EVERYTHING | {"statements/read", "statements/read/mine", "state", "define", "profile"}

READS: dict[str, frozenset[str]] = {
    "statements": EVERYTHING | {"statements/read", "statements/read/mine"},
    "activities/state": EVERYTHING | {"state"},
    "activities/profile": EVERYTHING | {"profile"},
    "agents/profile": EVERYTHING | {"profile"},
    "activities": ANY_READER,
    "agents": ANY_READER,
}
WRITES: dict[str, frozenset[str]] = {
    "statements": frozenset({"all", "statements/write"}),
    "activities/state": frozenset({"all", "state"}),
    "activities/profile": frozenset({"all", "profile"}),
    "agents/profile": frozenset({"all", "profile"}),
}
READING = frozenset({"GET", "HEAD"})


def check(key: Key, resource: str, method: str) -> None:
    allowed = (READS if method in READING else WRITES)[resource]
    if allowed.isdisjoint(key.scopes):
        raise Refused(403, f"this key may not {method} {resource}: expected scope {' or '.join(sorted(allowed))}")


def only_mine(key: Key) -> bool:
    """Whether a key that may read statements may read only those it sent."""
    return not (READS["statements"] - {"statements/read/mine"}) & key.scopes


def may_define(key: Key) -> bool:
    return bool({"all", "define"} & key.scopes)
