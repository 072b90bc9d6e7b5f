"""The embedded store: one SQLite file in WAL mode, fully synced, read by many while one writes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from . import Row, migrations, queries, up_to
from .clock import Clock
from .threads import ThreadedStore

# Pages kept in memory by each connection, in KiB; the operating system caches the rest.
CACHE = -8192
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",  # who is forgotten is not left in free pages
    "temp_store = MEMORY",  # or what a single INSERT may have to undo goes through a file
    f"cache_size = {CACHE}",
)


class SqliteDatabase:
    def __init__(self, path: Path, clock: Clock) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        self._clock = clock
        self._caught_up = False
        self.definitions: dict[str, Any] = {}
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}")

    def rows(self, query: str, **values: Any) -> list[Row]:
        return self._connection.execute(QUERIES[query], _plain(values)).fetchall()

    def rows_up_to(self, most: int, query: str, **values: Any) -> tuple[list[Row], bool]:
        with closing(self._connection.execute(QUERIES[query], _plain(values))) as cursor:
            return up_to(most, cursor)

    def run(self, query: str, **values: Any) -> None:
        self._connection.execute(QUERIES[query], _plain(values))

    def many(self, query: str, rows: Iterable[Row]) -> None:
        self._connection.executemany(QUERIES[query], rows)

    def reserve(self, count: int) -> int:
        if not self._caught_up:  # another process may have written since the last transaction
            self._clock.catch_up(self.rows("last_seq")[0][0])
            self._caught_up = True
        return self._clock.reserve(count)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        self._caught_up = False
        with self._clock.writing():
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self.definitions.clear()
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        self._connection.execute("SAVEPOINT task")
        try:
            yield
        except BaseException:
            self.definitions.clear()
            self._connection.execute("ROLLBACK TO task")
            raise
        finally:
            self._connection.execute("RELEASE task")

    def migrate(self) -> None:
        with self.transaction():
            for number, script in migrations.missing(self, MIGRATIONS):
                for command in _commands(script):
                    self._connection.execute(command)
                migrations.record(self, number)

    def close(self) -> None:
        self._connection.close()


QUERIES = queries.read("sqlite")
MIGRATIONS = migrations.scripts("sqlite")


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """SQLite has no arrays: lists and objects travel as JSON."""
    return {name: json.dumps(value) if type(value) in (list, dict) else value for name, value in values.items()}


def _commands(script: str) -> Iterator[str]:
    command = ""
    for line in script.splitlines(keepends=True):
        command += line
        if sqlite3.complete_statement(command):
            yield command
            command = ""


class SqliteStore(ThreadedStore):
    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._clock = Clock(0)
        with closing(SqliteDatabase(path, self._clock)) as first:
            first.migrate()
            self._clock.catch_up(first.rows("last_seq")[0][0])
        super().__init__(lambda: SqliteDatabase(path, self._clock))

    async def consistent_through(self, *, writing: bool = False) -> int:
        return self._clock.consistent_through()
