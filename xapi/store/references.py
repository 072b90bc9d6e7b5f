"""Statements that refer to statements: voiding, and filters that follow references.

Either may come first. Each new statement is joined with what it leads to and with what already leads to it, so that in
any order of arrival a statement ends up findable by the terms of every statement down its chain of references.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..statements.incoming import Incoming, kept
from ..statements.terms import terms
from . import Database, Row


def connect(database: Database, numbered: Sequence[tuple[int, Incoming]]) -> None:
    """After the statements and their own terms are in."""
    waiting = _referrers(database, [each.id for _, each in numbered])
    for seq, each in numbered:
        if each.target is not None or each.id in waiting:
            _connect_one(database, seq, each, waiting.get(each.id, []))


def _connect_one(database: Database, seq: int, each: Incoming, waiting: list[Row]) -> None:
    if each.voiding and each.target is not None:
        database.run("void", id=each.target)
    if any(voiding for _, _, _, voiding in waiting):
        database.run("void", id=each.id)
    # Without the key it came with, which only its own row has: the same rows in every order of arrival.
    below = [(seq, list(terms(each.statement))), *_chain(database, each)]
    above = [seq, *_all_referrers(database, each.id, waiting)]
    for upper in above:
        for lower, found in below:
            if upper != lower:
                database.run("add_terms_via", seq=upper, via=lower, terms=found)


def _chain(database: Database, each: Incoming) -> list[tuple[int, list[int]]]:
    """The statements a reference leads to, one after the other, with their terms."""
    found = []
    seen = {each.id}
    target = each.target
    while target is not None and target not in seen:
        seen.add(target)
        rows = database.rows("links", id=target)
        if not rows:
            break
        seq, _, target, _, payload = rows[0]
        found.append((seq, list(terms(kept(payload)))))
    return found


def _referrers(database: Database, ids: list[str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in database.rows("referrers", ids=ids):
        found.setdefault(row[2], []).append(row)
    return found


def _all_referrers(database: Database, id_: str, waiting: list[Row]) -> list[int]:
    """Everything that leads to a statement, however long the chain."""
    found = []
    seen = {id_}
    level = waiting
    while level:
        fresh = [row for row in level if row[1] not in seen]
        seen.update(row[1] for row in fresh)
        found += [row[0] for row in fresh]
        level = database.rows("referrers", ids=[row[1] for row in fresh]) if fresh else []
    return found
