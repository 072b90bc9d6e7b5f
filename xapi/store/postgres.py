"""The store for more than one server: PostgreSQL, through psycopg.

Writers take turns by a lock in the database, so that sequence, order of commit and `stored` agree whichever process
wrote; what gathers while one waits goes in one commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from . import Database, Row, migrations, queries, up_to
from .threads import ThreadedStore

QUERIES = {name: query.encode() for name, query in queries.read("postgres").items()}
# Rows that come over the wire together, where not all may be wanted.
AT_ONCE = 10
MIGRATIONS = migrations.scripts("postgres")


class PostgresDatabase:
    def __init__(self, address: str, committed: Callable[[int], None]) -> None:
        self._address = address
        self._committed = committed
        self._connection = psycopg.connect(address, autocommit=True)
        self._next = 0
        self.definitions: dict[str, Any] = {}

    def rows(self, query: str, **values: Any) -> list[Row]:
        return self._open().execute(QUERIES[query], _plain(values)).fetchall()

    def rows_up_to(self, most: int, query: str, **values: Any) -> tuple[list[Row], bool]:
        with self._open().cursor() as cursor:
            return up_to(most, cursor.stream(QUERIES[query], _plain(values), size=AT_ONCE))

    def run(self, query: str, **values: Any) -> None:
        self._open().execute(QUERIES[query], _plain(values))

    def many(self, query: str, rows: Iterable[Row]) -> None:
        several = list(rows)
        if len(several) == 1:
            self._open().execute(QUERIES[query], several[0])
        else:
            self._open().cursor().executemany(QUERIES[query], several)

    def reserve(self, count: int) -> int:
        first = self._next
        self._next += count
        return first

    def _open(self) -> psycopg.Connection[Row]:
        """The connection, made anew when the server has closed it; never in the middle of a transaction."""
        if self._connection.closed:
            self._connection = psycopg.connect(self._address, autocommit=True)
        return self._connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        # Other processes write too: what this one remembers is good for one turn.
        self.definitions.clear()
        with self._open().transaction():
            self.run("begin_writing")
            self._next = self.rows("next_seq")[0][0]
            yield
        self._committed(self._next)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        try:
            with self._connection.transaction():
                yield
        except BaseException:
            self.definitions.clear()
            raise

    def migrate(self) -> None:
        with self._connection.transaction():
            self.run("begin_writing")
            for number, script in migrations.missing(self, MIGRATIONS):
                self._connection.execute(script.encode())
                migrations.record(self, number)

    def close(self) -> None:
        self._connection.close()


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: Jsonb(value) if type(value) is dict else value for name, value in values.items()}


class PostgresStore(ThreadedStore):
    def __init__(self, address: str) -> None:
        self._through = 0
        with closing(PostgresDatabase(address, self._has_committed)) as first:
            first.migrate()
        super().__init__(lambda: PostgresDatabase(address, self._has_committed))

    def _has_committed(self, following: int) -> None:
        """Whoever had the lock saw all that was stored, and whatever is stored later has a later instant."""
        self._through = following

    async def consistent_through(self, *, writing: bool = False) -> int:
        """Of all servers, so the database is asked; but by its last commit this one knows enough to have written."""
        if writing and self._through:
            return self._through

        def look(database: Database) -> int:
            through: int = database.rows("consistent_through")[0][0]
            return through

        return await self.read(look)
