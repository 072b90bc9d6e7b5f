"""Who people are, in a schema of its own beside the store's tables: several servers share it as they share those."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from ..store import Row
from .registers import QUERIES, Page

SCHEMA = "people"
# What the database calls its connections.
NAME = "masterclass people"
# A lock no other program has in the same database.
MAKING = 0x6D63_7065

_VALUE = re.compile(r"(?<!:):(\w+)")


class PostgresRegister:
    """`queries` are others for a register of other things, in a schema of its own."""

    def __init__(self, address: str, queries: dict[str, str] = QUERIES, schema: str = SCHEMA) -> None:
        self._address = address
        self._schema = schema
        self._queries = {name: _VALUE.sub(r"%(\1)s", query).encode() for name, query in queries.items()}
        self._lock = threading.Lock()
        self._connection = self._connected()
        with self.opened():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (MAKING,))
            self._connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}".encode())
            self._connection.execute(queries["make"].replace(" BLOB", " BYTEA").encode())

    def _connected(self) -> psycopg.Connection[Row]:
        return psycopg.connect(
            self._address, autocommit=True, options=f"-c search_path={self._schema}", application_name=NAME
        )

    @contextmanager
    def opened(self) -> Iterator[Page]:
        with self._lock:
            self._revive()
            with self._connection.transaction():
                yield self

    def _revive(self) -> None:
        """A database that was restarted has closed its connections, and says so only when it is asked something."""
        try:
            self._connection.execute("")
        except psycopg.OperationalError:
            self._connection = self._connected()

    def rows(self, query: str, **values: Any) -> list[Row]:
        return self._connection.execute(self._queries[query], values).fetchall()

    def run(self, query: str, **values: Any) -> int:
        return self._connection.execute(self._queries[query], values).rowcount

    def close(self) -> None:
        with self._lock:
            self._connection.close()
