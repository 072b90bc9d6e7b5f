"""What was stored before, stored again: payloads, instants and order as they were."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..refused import Refused
from ..statements.equality import same
from ..statements.incoming import Incoming, kept
from . import Database, references
from .tombstones import Tombstones


@dataclass(frozen=True, slots=True)
class Past:
    """A statement with the instant it has in the sequence, and what cannot be told from its text."""

    seq: int
    voided: bool
    incoming: Incoming
    payload: bytes
    about: frozenset[int]
    """The terms of everyone in it, but for who vouches for it."""


@dataclass(slots=True)
class Outcome:
    restored: int = 0
    known: int = 0
    forgotten: int = 0

    def add(self, other: Outcome) -> None:
        self.restored += other.restored
        self.known += other.known
        self.forgotten += other.forgotten


def statements(database: Database, batch: Sequence[Past], contents: Mapping[str, bytes]) -> Outcome:
    """Stores what is new, and nobody's who was forgotten. A different statement with the same id refuses the batch."""
    # An export has each once: what the first statement with it leaves may be another's. Whoever restores tidies up after.
    database.many("add_attachments", sorted(contents.items()))
    tombstones = Tombstones(database)
    allowed = [past for past in batch if not tombstones.of_statement(past.about)]
    known: dict[str, bytes] = dict(database.rows("statements_by_id", ids=[past.incoming.id for past in allowed]))
    for past in allowed:
        if past.incoming.id in known and not same(past.incoming.statement, kept(known[past.incoming.id])):
            raise Refused(409, f"the store has another statement with the id {past.incoming.id}")
    fresh = [past for past in allowed if past.incoming.id not in known]
    _add(database, fresh)
    if fresh:
        database.run("note_restored", value=time.time_ns().to_bytes(8, "big"))
    for past in allowed:
        if past.voided:
            database.run("void", id=past.incoming.id)
    return Outcome(len(fresh), len(allowed) - len(fresh), len(batch) - len(allowed))


def _add(database: Database, fresh: Sequence[Past]) -> None:
    numbered = list(_numbered(database, fresh))
    database.many(
        "add_statements",
        [
            (seq, 0, int(each.voiding), int(bool(each.attachments)), each.id, each.target, past.payload)
            for seq, past in numbered
            for each in [past.incoming]
        ],
    )
    database.run("add_terms", terms={str(seq): past.incoming.terms for seq, past in numbered})
    references.connect(database, [(seq, past.incoming) for seq, past in numbered])
    wanted = {seq: {item["sha2"].lower() for item in past.incoming.attachments} for seq, past in numbered}
    hashes = sorted(set[str]().union(*wanted.values()))
    there = {sha2 for (sha2,) in database.rows("known_attachments", hashes=hashes)}
    database.many("attach", [(seq, sha2) for seq, mine in wanted.items() for sha2 in sorted(mine & there)])


def _numbered(database: Database, fresh: Sequence[Past]) -> Iterator[tuple[int, Past]]:
    """Each at its own instant; where another statement has that, at the next free one."""
    given: set[int] = set()
    taken = {seq for (seq,) in database.rows("taken", seqs=[past.seq for past in fresh])}
    for past in fresh:
        seq = past.seq
        while seq in given or (seq in taken if seq == past.seq else database.rows("taken", seqs=[seq])):
            seq += 1
        given.add(seq)
        yield seq, past
