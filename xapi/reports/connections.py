"""What measures are asked through: facts, roster and catalogue on one engine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis import _

from ..client import Client
from ..operations.running import existing
from ..people.registers import register
from ..people.roster import People, Person
from ..people.self_checks import Counts
from ..store import Store
from ..store.keys import ALIAS_SECRET, alias, server_secret
from ..store.opening import opened as opened_store
from . import CATALOGUE, catalogues, extraction
from .catalogues import Catalogue
from .derived import DERIVED
from .extraction import Tick, quiet
from .facts import NOT_ON_ROSTER
from .ledger import ACTORS, QUERIES, Ledger
from .ledger_file import attached, connected, path_of, rewrite
from .measures import Tables
from .measures.scope import PEOPLE
from .roster import Roster, roster
from .tables import NOTHING_YET

MADE_UP = "Demonstration data: none of these learners ever lived."
WORDS = ("courses", "pages", "questions", "options", "self_checks")
"""The tables of a catalogue."""


@dataclass(frozen=True, slots=True)
class Connection:
    backend: Any
    """An Ibis backend."""
    tables: Tables
    catalogue: Catalogue
    as_of: datetime
    people: Mapping[int, Person] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def fetch(self, expression: ibis.Table) -> list[dict[str, Any]]:
        found = self.backend.to_pyarrow(expression)
        columns = [column.to_pylist() for column in found.columns]
        return [dict(zip(found.column_names, row, strict=True)) for row in zip(*columns, strict=True)]

    def names(self) -> Mapping[int, Person]:
        """Who the learners of the roster are: for their own manager only."""
        return self.people

    def population(self) -> dict[tuple[str, ...], int]:
        """How many people of the roster there are of each organisation, sector, role and cohort; whoever turned up without
        being on it is a combination of their own, in which there is nobody of the roster."""
        learners = self.tables.learners
        counted = learners.filter(learners.on_roster).group_by([*PEOPLE]).aggregate(n=_.learner.count())
        strangers = {(NOT_ON_ROSTER,) * len(PEOPLE): 0}
        return strangers | {tuple(row[name] for name in PEOPLE): row["n"] for row in self.fetch(counted)}


@contextmanager
def opened(
    data: str,
    *,
    engine: str = "",
    catalogue: Path | None = None,
    refresh: bool = True,
    progress: Tick = quiet,
    lrs: Client | None = None,
) -> Iterator[Connection]:
    """Over the statements of a store, and of another LRS when one is given, as they are now."""
    existing(data)
    words = catalogues.read(catalogue or (CATALOGUE if CATALOGUE.is_file() else None))
    path = path_of(data)
    with _store(data) as (store, secret):
        marks = asyncio.run(store.read(lambda database: database.rows("setting", name="demo")))
        people = _roster(data, secret)
        words = replace(words, self_checks=catalogues.self_checks(_self_checks(data)))
        if refresh or not path.exists():
            with Ledger.opened(path) as facts:
                _refresh(facts, store, secret, people, progress, lrs)
    made_up = (MADE_UP,) if marks else ()
    if engine:
        from .engines import opened as elsewhere

        with elsewhere(engine, path, words, people.people, made_up) as other:
            yield other
        return
    database = connected(":memory:", path.parent)
    try:
        attached(database, path)
        yield on(database, words, people.people, made_up)
    finally:
        database.close()


def _self_checks(data: str) -> list[tuple[str, str, int, int]]:
    counts = Counts.at(data)
    try:
        return counts.by_month()
    finally:
        counts.close()


def refreshed(data: str, progress: Tick = quiet, lrs: Client | None = None) -> None:
    """Brings the facts up to date, for whoever opens them next."""
    with _store(data) as (store, secret), Ledger.opened(path_of(data)) as facts:
        _refresh(facts, store, secret, _roster(data, secret), progress, lrs)


def tidy(data: str) -> None:
    """After somebody was forgotten: their facts go too, and are not left in the file's free space."""
    path = path_of(data)
    if path.exists():
        refreshed(data)
        rewrite(path)


@contextmanager
def _store(data: str) -> Iterator[tuple[Store, Callable[[str], str]]]:
    store = opened_store(data)
    try:
        secret = asyncio.run(_secret(store))
        yield store, partial(_alias, secret=secret)
    finally:
        store.close()


@contextmanager
def roster_of(data: str) -> Iterator[tuple[Roster, Callable[[str], str]]]:
    """The people of a store's roster, and what stands for an LMS's id."""
    with _store(data) as (_store_of, secret):
        yield _roster(data, secret), secret


async def _secret(store: Store) -> bytes:
    return await store.write(lambda database: server_secret(database, ALIAS_SECRET))


def _alias(name: str, secret: bytes) -> str:
    return alias(name, secret)


def _roster(data: str, secret: Callable[[str], str]) -> Roster:
    people = register(data)
    try:
        return roster(People(people).everyone(), secret)
    finally:
        people.close()


def _refresh(
    facts: Ledger, store: Store, secret: Callable[[str], str], people: Roster, progress: Tick, lrs: Client | None
) -> None:
    facts.expect(people.aliases)
    asyncio.run(extraction.from_store(facts, store, secret, progress))
    if lrs is not None:
        extraction.from_lrs(facts, lrs, secret, progress)
    settle(facts, people)


def settle(facts: Ledger, people: Roster) -> None:
    """Whose the facts are, by the roster of now."""
    actors = facts.sql("SELECT actor, alias FROM actors")
    mine = [(actor, people.aliases[name]) for actor, name in actors if name in people.aliases]
    # What an export says is by the people of the roster themselves.
    mine += [(number, number) for number in people.people]
    rows = pa.table(
        [pa.array(column, pa.int64()) for column in zip(*mine, strict=True)] if mine else [[], []], schema=ACTORS
    )
    with facts.whole():
        facts.move(rows)
        facts.derive()
        facts.learners(people.table())


def on(
    database: duckdb.DuckDBPyConnection, words: Catalogue, people: Mapping[int, Person], notes: tuple[str, ...] = ()
) -> Connection:
    """Over tables that a DuckDB connection has already: all but those of the catalogue."""
    put(database, {name: getattr(words, name) for name in WORDS})
    backend = ibis.duckdb.from_connection(database)
    known = replace(tables(backend, frozenset(DERIVED)), once=_once(backend))
    return Connection(backend, known, words, newest(backend), people, (*notes, *notes_of(database)))


def _once(backend: Any) -> Callable[[ibis.Table], ibis.Table]:
    """For as long as the connection is open."""
    made: dict[Any, ibis.Table] = {}

    def once(rows: ibis.Table) -> ibis.Table:
        asked = rows.op()
        if asked not in made:
            made[asked] = backend.create_table(f"once_{len(made)}", rows, temp=True)
        return made[asked]

    return once


def put(database: duckdb.DuckDBPyConnection, contents: Mapping[str, pa.Table]) -> None:
    """Arrow's tables as tables of DuckDB."""
    for name, rows in contents.items():
        database.register("arriving", rows)
        database.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM arriving')
        database.unregister("arriving")


def tables(backend: Any, kept: frozenset[str] = frozenset()) -> Tables:
    """Expressions over the tables of a backend; of what is derived, `kept` is there as a table."""
    facts = backend.table("facts")
    derived = {name: backend.table(name) if name in kept else derive(facts) for name, derive in DERIVED.items()}
    plain = {name: backend.table(name) for name in ("learners", *WORDS)}
    return Tables(facts=facts, **derived, **plain)


def newest(backend: Any) -> datetime:
    """When the last of all statements was stored."""
    found = backend.to_pyarrow(backend.table("facts").aggregate(stored=_.stored.max())).to_pylist()[0]["stored"]
    return found or NOTHING_YET


def notes_of(database: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """What a reader should know of the facts as a whole."""
    notes = []
    unknown = database.execute("SELECT coalesce(sum(times), 0) FROM kept.unknown").fetchall()[0][0]
    if unknown:
        notes.append(
            "Statements that are not in our vocabulary, or not about a masterclass, were left out and counted."
        )
    if database.execute(QUERIES["flagged"]).fetchall()[0][0]:
        notes.append("Some statements have impossible times; they count at the moment they were stored.")
    if database.execute(QUERIES["several_homes"]).fetchall()[0][0]:
        notes.append("Some people of the roster were met in more than one system under the same id; each counts once.")
    return tuple(notes)
