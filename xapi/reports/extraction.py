"""Statements into the ledger: from our own store quickly, from any other LRS patiently. Run again, it goes on.

Each step leaves a ledger that is right for what was read so far, and says how far that is.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pyarrow as pa

from ..client import Client
from ..store import Database, Store, tombstones
from ..timestamps import EPOCH
from .events import Reader, micros
from .ledger import Ledger
from .parts import Actors

Tick = Callable[[int], None]
"""Told how many statements more have been read."""

OWN = ""
"""Our own store among the sources."""
ROWS = 20_000
"""Statements read at once."""
STEP = 125_000
"""Statements that one transaction takes in: as many as DuckDB writes in one go."""
OVERLAP = timedelta(minutes=1)
"""Read again from another LRS: not each gives statements away in the order in which it says they were stored."""


def quiet(_: int) -> None:
    pass


async def from_store(ledger: Ledger, store: Store, alias: Callable[[str], str], tick: Tick = quiet) -> int:
    """How many facts are new. What was forgotten, voided or restored since the last time is dealt with first. What is derived
    waits until it is known whose the facts are."""
    restored, removals = await store.read(_marks)
    after, mark = ledger.place(OWN)
    known: list[str] = json.loads(mark) if mark else [restored, ""]
    with ledger.whole():
        if known[0] != restored:
            ledger.start_over(OWN)
            after = 0
        if known[1] != removals:
            await _forget(ledger, store)
        ledger.set_place(OWN, after, json.dumps([restored, removals]))
    reader = Reader(OWN, Actors(alias))
    mark = json.dumps([restored, removals])
    new = read = 0
    taking = asyncio.create_task(_none())
    async for rows in _pages(store, after):
        for after, payload in rows:
            reader.take(bytes(payload), after)
        read += len(rows)
        tick(len(rows))
        if read >= STEP or len(rows) < ROWS:
            # While one step goes to the disk, the next is read.
            step, read = Step(reader), 0
            new += await taking
            taking = asyncio.create_task(asyncio.to_thread(_taken, ledger, step, after, mark))
    return new + await taking


def _taken(ledger: Ledger, step: Step, after: int, mark: str) -> int:
    with ledger.whole():
        new = step.into(ledger, OWN)
        ledger.set_place(OWN, after, mark)
    return new


async def _none() -> int:
    return 0


async def _pages(store: Store, after: int) -> AsyncIterator[list[Any]]:
    """The last of them is not full."""
    while True:
        rows = await store.read(partial(_rows, query="statements_after", after=after, limit=ROWS))
        yield rows
        if len(rows) < ROWS:
            return
        after = rows[-1][0]


class Step:
    """What a reader has gathered, which can then go on reading."""

    def __init__(self, reader: Reader) -> None:
        self._rows = reader.batch()
        self._aliases = reader.actors.taken()
        self._voided, reader.voided = reader.voided, []
        self._unknown, reader.unknown = reader.unknown, Counter()

    def into(self, ledger: Ledger, source: str) -> int:
        new = ledger.arrive(self._rows, source, self._aliases)
        if self._voided:
            ledger.void(self._voided)
        ledger.count_unknown(source, self._unknown)
        return new


def _rows(database: Database, query: str, after: int, limit: int) -> list[Any]:
    return database.rows(query, after=after, limit=limit)


def _marks(database: Database) -> tuple[str, str]:
    """What changes when statements come in before those that were read, and when somebody is forgotten."""
    restored = database.rows("setting", name="restored")
    removals = database.rows("removals")[0]
    return (bytes(restored[0][0]).hex() if restored else "", "-".join(str(int(each)) for each in removals))


async def _forget(ledger: Ledger, store: Store) -> None:
    """Leaves out what the store no longer has, and from wherever else it came what is by someone it has forgotten."""
    there = pa.chunked_array([pa.array(part, pa.int64()) async for part in _sequences(store)], pa.int64())
    with ledger.arriving("there", pa.table({"stored": there})):
        ledger.run("gone")
    ledger.leave()
    actors = [actor for (actor,) in ledger.sql("SELECT actor FROM actors")]
    ledger.forget(await store.read(partial(_forgotten, actors=actors)))


async def _sequences(store: Store) -> Any:
    after = 0
    while rows := await store.read(partial(_rows, query="sequences_after", after=after, limit=10 * ROWS)):
        after = rows[-1][0]
        yield [seq for (seq,) in rows]


def _forgotten(database: Database, actors: list[int]) -> list[int]:
    known = tombstones.Tombstones(database)
    return [actor for actor in actors if known.of_statement([actor])]


def from_lrs(ledger: Ledger, client: Client, alias: Callable[[str], str], tick: Tick = quiet) -> int:
    """From another LRS, through its API. What was read before it fails stays read."""
    source = client.endpoint
    after, _ = ledger.place(source)
    since = EPOCH + timedelta(microseconds=after) - OVERLAP if after else None
    reader = Reader(source, Actors(alias))
    new = 0
    try:
        for some, last in _gathered(client, since, after):
            for text in some:
                reader.take(text)
            with ledger.whole():
                new += Step(reader).into(ledger, source)
                ledger.set_place(source, last, "")
            tick(len(some))
    finally:
        with ledger.whole():
            ledger.derive()
    return new


def _stored(statement: dict[str, Any]) -> int:
    """0 where it does not say: it will be counted among the unreadable."""
    try:
        return micros(statement["stored"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return 0


def _gathered(client: Client, since: datetime | None, after: int) -> Iterator[tuple[list[bytes], int]]:
    """Some thousands at a time, with the instant up to which all has come; also when what follows does not come."""
    some: list[bytes] = []
    last = after
    try:
        for statement in client.statements(since=since):
            some.append(json.dumps(statement).encode())
            last = max(last, _stored(statement))
            if len(some) == ROWS:
                yield some, last
                some = []
    except Exception:
        if some:
            yield some, last
        raise
    if some:
        yield some, last
