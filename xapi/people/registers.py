"""Where it is written who people are: a file beside the store's, or a schema of its own in the store's database."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from ..store import Row
from ..store.opening import POSTGRES
from ..store.queries import NAME

FILE = "people.sqlite"


class Page(Protocol):
    """A register that is open: what is run on it is kept when it closes without an error, and else nothing of it."""

    def rows(self, query: str, **values: Any) -> list[Row]: ...

    def run(self, query: str, **values: Any) -> int:
        """How many rows it changed."""
        ...


class Register(Protocol):
    def opened(self) -> AbstractContextManager[Page]:
        """For one thread after the other."""
        ...

    def close(self) -> None: ...


def register(data: str) -> Register:
    """Of the store at this address; made when there is none."""
    if data.startswith(POSTGRES):
        from .postgres import PostgresRegister

        return PostgresRegister(data)
    return SqliteRegister(Path(data) / FILE)


def secret(register: Register, name: str, first: bytes | None = None) -> bytes:
    """What this server alone knows; made when it is first asked for, or what it is to begin with."""
    with register.opened() as page:
        page.run("keep_secret", name=name, value=first or secrets.token_bytes(32))
        return bytes(page.rows("secret", name=name)[0][0])


def _read() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in ("people.sql", "grants.sql", "codes.sql", "moving.sql"):
        _, *parts = NAME.split(files(__package__).joinpath(name).read_text(encoding="utf-8"))
        found.update(zip(parts[::2], parts[1::2], strict=True))
    return found


QUERIES = _read()


class SqliteRegister:
    """`queries` are others for a register of other things, in a file of its own."""

    def __init__(self, path: Path, queries: dict[str, str] = QUERIES) -> None:
        self._queries = queries
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o600)
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        # What is removed is overwritten, not only unlinked.
        self._connection.execute("PRAGMA secure_delete = ON")
        self._connection.executescript(queries["make"])

    @contextmanager
    def opened(self) -> Iterator[Page]:
        with self._lock:
            # Not one that only reads at first: two such would wait for each other, and one be refused.
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def rows(self, query: str, **values: Any) -> list[Row]:
        return self._connection.execute(self._queries[query], values).fetchall()

    def run(self, query: str, **values: Any) -> int:
        return self._connection.execute(self._queries[query], values).rowcount

    def close(self) -> None:
        with self._lock:
            self._connection.close()
