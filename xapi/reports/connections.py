"""What measures are asked through: facts, roster and catalogue on one engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis import _

from ..people.roster import Person
from .catalogues import Catalogue
from .derived import DERIVED
from .measures import Tables

NOTHING_YET = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Connection:
    backend: Any
    """An Ibis backend."""
    tables: Tables
    catalogue: Catalogue
    as_of: datetime
    people: dict[int, Person] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def fetch(self, expression: ibis.Table) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.backend.to_pyarrow(expression).to_pylist()
        return rows

    def names(self) -> dict[int, Person]:
        """Who the learners of the roster are: for their own manager only."""
        return self.people


def tables(backend: Any, kept: frozenset[str] = frozenset()) -> Tables:
    """Expressions over the tables `facts` and `learners` of a backend; of what is derived, `kept` is there as a table."""
    facts = backend.table("facts")
    derived = {
        name: backend.table(name) if name in kept else derive(facts) for name, (derive, _keys) in DERIVED.items()
    }
    plain = {name: backend.table(name) for name in ("learners", *WORDS)}
    return Tables(facts=facts, **derived, **plain)


WORDS = ("courses", "pages", "questions", "options")
"""The tables of a catalogue."""


def put(database: duckdb.DuckDBPyConnection, contents: Mapping[str, pa.Table]) -> None:
    """Arrow's tables as tables of DuckDB."""
    for name, rows in contents.items():
        database.register("arriving", rows)
        database.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM arriving')
        database.unregister("arriving")


def words(catalogue: Catalogue) -> dict[str, pa.Table]:
    return {name: getattr(catalogue, name) for name in WORDS}


def in_memory(facts: pa.Table, learners: pa.Table, catalogue: Catalogue) -> Connection:
    """Facts that are nowhere else."""
    database = duckdb.connect()
    put(database, {"facts": facts, "learners": learners, **words(catalogue)})
    backend = ibis.duckdb.from_connection(database)
    return Connection(backend, tables(backend), catalogue, newest(backend))


def newest(backend: Any) -> datetime:
    """When the last of all statements was stored."""
    found = backend.to_pyarrow(backend.table("facts").aggregate(stored=_.stored.max())).to_pylist()[0]["stored"]
    return found or NOTHING_YET
