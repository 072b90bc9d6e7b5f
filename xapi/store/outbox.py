"""What is to be forwarded: a queue for each target, filled by the database itself in the commit that stores a statement."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from . import Database

FIRST_WAIT, LONGEST_WAIT = 1, 600
"""Seconds between tries while a target fails; doubled each time."""


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    endpoint: str
    key: str
    secret: str
    failures: int


@dataclass(frozen=True, slots=True)
class State:
    """How forwarding to a target goes."""

    name: str
    endpoint: str
    sent: int
    waiting: int
    refused: int
    problem: str


@dataclass(frozen=True, slots=True)
class Waiting:
    number: int
    seq: int
    attached: bool
    payload: bytes


def _now() -> int:
    return time.time_ns() // 1000


def add(database: Database, name: str, endpoint: str, key: str, secret: str, history: bool) -> bool:
    """False when there is such a target. With `history`, what is stored already is forwarded first."""
    if database.rows("target", name=name):
        return False
    database.run("add_target", name=name, endpoint=endpoint, key=key, secret=secret, added=_now())
    if history:
        database.run("queue_history", name=name)
    return True


def remove(database: Database, name: str) -> bool:
    if not database.rows("target", name=name):
        return False
    database.run("remove_target", name=name)
    database.run("empty_outbox", name=name)
    return True


def states(database: Database) -> list[State]:
    return [
        State(name, endpoint, sent, waiting, refused, problem)
        for name, endpoint, _, _, sent, _, _, problem, waiting, refused in database.rows("targets")
    ]


def refusals(database: Database, name: str) -> list[tuple[str, str]]:
    """Statements a target will not have, and why."""
    return [(id_, why) for id_, why in database.rows("refusals", name=name)]


def due(database: Database) -> list[Target]:
    """Targets that something waits for, unless they failed a moment ago."""
    return [Target(*row) for row in database.rows("due", now=_now())]


def waiting(database: Database, name: str, limit: int) -> list[Waiting]:
    return [
        Waiting(number, seq, bool(attached), bytes(payload))
        for number, seq, attached, payload in database.rows("waiting", name=name, limit=limit)
    ]


def delivered(database: Database, name: str, numbers: Sequence[int]) -> None:
    database.run("count_delivered", name=name, numbers=list(numbers))
    database.run("delivered", numbers=list(numbers))


def refused(database: Database, number: int, why: str) -> None:
    database.run("refuse", number=number, refused=why)


def failed(database: Database, target: Target, problem: str) -> None:
    """The next try is later each time, and known to whoever goes on after a restart."""
    wait = min(FIRST_WAIT * 2**target.failures, LONGEST_WAIT)
    # Doubling any further changes nothing but the size of a number.
    failures = min(target.failures + 1, 20)
    database.run("failed", name=target.name, failures=failures, next_try=_now() + wait * 1_000_000, problem=problem)
