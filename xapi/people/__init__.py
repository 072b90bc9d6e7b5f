"""Who the learners of a programme are, kept apart from what they did, so that it can be removed apart.

A roster's row gets a random account, under which everything is recorded. The name and the LMS's id stand in a table of
their own; beside the account there is only an HMAC of that id, by which an LMS's exports can be matched.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import uuid4

from ..store.queries import NAME
from .rows import Row

FILE = "people.sqlite"

_, *_parts = NAME.split(files(__package__).joinpath("people.sql").read_text(encoding="utf-8"))
QUERIES = dict(zip(_parts[::2], _parts[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class Person:
    account: str
    alias: str
    lms_id: str
    name: str
    organisation: str
    sector: str
    role: str
    cohort: str
    invited: str
    due: str
    link: str
    """none, in use, revoked, or refused by someone who said "not me"."""


class People:
    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._path, timeout=30)) as connection, connection:
            # What is removed is overwritten, not only unlinked.
            connection.execute("PRAGMA secure_delete = ON")
            connection.executescript(QUERIES["make"])
            yield connection

    def bring_in(self, rows: Iterable[Row], alias: Callable[[str], str]) -> tuple[int, int]:
        """`alias` makes an LMS's id what the store's statements have in its place. How many people are new, and how many were there already; those now have what the row says."""
        new = known = 0
        with self._database() as database:
            for row in rows:
                hidden = alias(row.lms_id)
                found = database.execute(QUERIES["by_alias"], {"alias": hidden}).fetchone()
                account = found[0] if found else str(uuid4())
                new, known = (new, known + 1) if found else (new + 1, known)
                values = row._asdict() | {"account": account, "alias": hidden}
                database.execute(QUERIES["save_person"], values)
                database.execute(QUERIES["save_identity"], values)
        return new, known

    def everyone(self) -> list[Person]:
        with self._database() as database:
            return [Person(*row) for row in database.execute(QUERIES["everyone"])]

    def person(self, account: str) -> Person | None:
        with self._database() as database:
            row = database.execute(QUERIES["person"], {"account": account}).fetchone()
        return Person(*row) if row else None

    def issue(self, account: str) -> str:
        """The token of a new personal link; earlier ones are no longer good. Only its hash is kept."""
        token = secrets.token_urlsafe(24)
        with self._database() as database:
            database.execute(QUERIES["end_links"], {"account": account, "ended": "reissued"})
            database.execute(QUERIES["add_link"], {"hash": _hashed(token), "account": account, "made": _now()})
        return token

    def holder(self, token: str) -> Person | None:
        """Whose link it is, when it is good."""
        with self._database() as database:
            row = database.execute(QUERIES["holder"], {"hash": _hashed(token)}).fetchone()
        return self.person(row[0]) if row else None

    def end(self, account: str, why: str) -> None:
        """The links are no longer good, and sessions that began before now are over."""
        with self._database() as database:
            database.execute(QUERIES["end_links"], {"account": account, "ended": why})
            database.execute(QUERIES["end_sessions"], {"account": account, "now": _now()})

    def is_over(self, account: str, began: int) -> bool:
        """Whether a session of an account that began then has been ended since."""
        with self._database() as database:
            if database.execute(QUERIES["is_gone"], {"hash": _hashed(account)}).fetchone():
                return True
            row = database.execute(QUERIES["sessions_after"], {"account": account}).fetchone()
        return bool(row) and began <= row[0]

    def forget(self, account: str) -> bool:
        with self._database() as database:
            values: dict[str, Any] = {"account": account}
            database.execute(QUERIES["be_gone"], {"hash": _hashed(account)})
            gone = database.execute(QUERIES["forget_person"], values).rowcount
            database.execute(QUERIES["forget_identity"], values)
            database.execute(QUERIES["forget_links"], values)
        return gone > 0


def _hashed(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _now() -> int:
    return int(time.time())
