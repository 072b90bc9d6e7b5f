"""Statements in a database: recorded whole batches at a time, found by id, listed by what they can be found by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..refused import Refused
from ..statements.equality import same
from ..statements.incoming import Incoming, kept
from . import Database, activities, references

# The most that one answer holds, asked for or not.
PAGE = 500
# The same in bytes: of statements, and of their attachments. What is more, `more` leads to.
PAGE_BYTES = 16 * 1024 * 1024
# A term that occurs as often as this is not worth counting further.
FREQUENT = 1000
# More than so many statements gain nothing by being recorded as one.
TOGETHER = 1000
# Later than any instant.
NEVER = 1 << 62


@dataclass(frozen=True, slots=True)
class Query:
    """Which statements to list. `mine` limits them to those a key has sent; instants exclude themselves."""

    terms: tuple[int, ...] = ()
    mine: int | None = None
    after: int = 0
    before: int = NEVER
    limit: int = PAGE
    ascending: bool = False


class Found(NamedTuple):
    """As the database gives it: a page has hundreds."""

    seq: int
    attached: bool
    payload: bytes


@dataclass(frozen=True, slots=True)
class Recording:
    """A batch to record. Several that wait for the same commit are recorded as one where they have nothing in common."""

    batch: Sequence[Incoming]
    contents: Mapping[str, bytes]

    def __call__(self, database: Database) -> None:
        record(database, self.batch, self.contents)

    @staticmethod
    def joined(several: Sequence[Recording]) -> Recording | None:
        batch = [each for recording in several for each in recording.batch]
        if len(batch) > TOGETHER or len({each.id for each in batch}) < len(batch):
            return None
        return Recording(batch, {sha2: part for recording in several for sha2, part in recording.contents.items()})


def record(database: Database, batch: Sequence[Incoming], contents: Mapping[str, bytes]) -> None:
    """Stores what is new. One statement that differs from the one with its id refuses the whole batch."""
    fresh = _fresh(database, batch)
    if not fresh:
        return
    first = database.reserve(len(fresh))
    numbered = list(enumerate(fresh, start=first))
    database.many(
        "add_statements",
        [
            (seq, 0, int(each.voiding), int(bool(each.attachments)), each.id, each.target, each.payload(seq))
            for seq, each in numbered
        ],
    )
    database.run("add_terms", terms={str(seq): each.terms for seq, each in numbered})
    references.connect(database, numbered)
    activities.define(database, [item for each in fresh for item in each.definitions])
    _attach(database, numbered, contents)


def _fresh(database: Database, batch: Sequence[Incoming]) -> list[Incoming]:
    known: dict[str, bytes] = dict(database.rows("statements_by_id", ids=[each.id for each in batch]))
    for each in batch:
        if each.id in known and not same(each.statement, kept(known[each.id])):
            raise Refused(409, f"id: another statement has the id {each.id}")
    return [each for each in batch if each.id not in known]


def _attach(database: Database, numbered: Sequence[tuple[int, Incoming]], contents: Mapping[str, bytes]) -> None:
    if contents:
        database.many("add_attachments", list(contents.items()))
        links = [(seq, item["sha2"].lower()) for seq, each in numbered for item in each.attachments]
        database.many("attach", links)


def statement(database: Database, id_: str, voided: bool, mine: int | None) -> Found | None:
    rows = database.rows("statement", id=id_.lower(), voided=int(voided))
    if not rows or (mine is not None and not database.rows("has_term", term=mine, seq=rows[0][0])):
        return None
    return Found(rows[0][0], True, rows[0][1])


def page(database: Database, query: Query) -> tuple[list[Found], bool]:
    """Statements in order, and whether there are more."""
    bounds = {"after": query.after, "before": query.before, "limit": query.limit + 1}
    terms = query.terms
    mine = query.mine
    if not terms and mine is not None:
        terms = (mine,)
    if terms:
        slots = [*_rarest_first(database, terms), None, None, None, None]
        rows, cut = database.rows_up_to(
            PAGE_BYTES,
            "earliest_matching" if query.ascending else "latest_matching",
            first=slots[0],
            second=slots[1],
            third=slots[2],
            fourth=slots[3],
            mine=mine,
            **bounds,
        )
    else:
        rows, cut = database.rows_up_to(PAGE_BYTES, "earliest" if query.ascending else "latest", **bounds)
    return list(map(Found._make, rows[: query.limit])), cut or len(rows) > query.limit


def with_attachments(database: Database, found: list[Found]) -> list[Found]:
    """So many of a page that their attachments are not too much for one answer; at least one."""
    sizes: dict[int, int] = dict(database.rows("attachment_sizes", seqs=[each.seq for each in found if each.attached]))
    total = 0
    for count, each in enumerate(found):
        if total >= PAGE_BYTES:
            return found[:count]
        total += sizes.get(each.seq, 0)
    return found


def _rarest_first(database: Database, terms: tuple[int, ...]) -> list[int]:
    if len(terms) == 1:
        return list(terms)
    return sorted(terms, key=lambda term: database.rows("frequency", term=term, limit=FREQUENT)[0][0])


def attachments(database: Database, seqs: Sequence[int]) -> dict[str, bytes]:
    return dict(database.rows("attachments", seqs=list(seqs)))
