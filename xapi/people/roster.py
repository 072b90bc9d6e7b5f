"""Who the learners of a programme are, kept apart from what they did, so that it can be removed apart.

A roster's row gets a random account, under which everything is recorded. The name and the LMS's id stand in a table of
their own; beside the account there is only an HMAC of that id, by which an LMS's exports can be matched.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from .registers import Register
from .rows import Row


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
    def __init__(self, register: Register) -> None:
        self._register = register

    def bring_in(self, rows: Iterable[Row], alias: Callable[[str], str]) -> tuple[int, int]:
        """`alias` makes an LMS's id what the store's statements have in its place. How many people are new, and how many were there already; those now have what the row says."""
        new = known = 0
        with self._register.opened() as page:
            for row in rows:
                hidden = alias(row.lms_id)
                found = page.rows("by_alias", alias=hidden)
                account = found[0][0] if found else str(uuid4())
                new, known = (new, known + 1) if found else (new + 1, known)
                about = row._asdict()
                identity = {"account": account, "lms_id": about.pop("lms_id"), "name": about.pop("name")}
                page.run("save_person", account=account, alias=hidden, **about)
                page.run("save_identity", **identity)
        return new, known

    def everyone(self) -> list[Person]:
        with self._register.opened() as page:
            return [Person(*row) for row in page.rows("everyone")]

    def person(self, account: str) -> Person | None:
        with self._register.opened() as page:
            found = page.rows("person", account=account)
        return Person(*found[0]) if found else None

    def issue(self, account: str) -> str:
        """The token of a new personal link; earlier ones are no longer good. Only its hash is kept."""
        token = secrets.token_urlsafe(24)
        with self._register.opened() as page:
            page.run("end_links", account=account, ended="reissued")
            page.run("add_link", hash=hashed(token), account=account, made=_now())
        return token

    def holder(self, token: str) -> Person | None:
        """Whose link it is, when it is good."""
        with self._register.opened() as page:
            found = page.rows("holder", hash=hashed(token))
        return self.person(found[0][0]) if found else None

    def end(self, account: str, why: str) -> None:
        """The links are no longer good, and sessions that began before now are over."""
        with self._register.opened() as page:
            page.run("end_links", account=account, ended=why)
            page.run("end_sessions", account=account, now=_now())

    def is_over(self, account: str, began: int) -> bool:
        """Whether a session of an account that began then has been ended since."""
        with self._register.opened() as page:
            if page.rows("is_gone", hash=hashed(account)):
                return True
            found = page.rows("sessions_after", account=account)
        return bool(found) and began <= found[0][0]

    def forget(self, account: str) -> bool:
        with self._register.opened() as page:
            page.run("be_gone", hash=hashed(account))
            gone = page.run("forget_person", account=account)
            page.run("forget_identity", account=account)
            page.run("forget_links", account=account)
            page.run("forget_codes", account=account)
        return gone > 0


def hashed(token: str) -> bytes:
    """Of a token with more than a hundred random bits, which nobody guesses: a hash without a key is enough."""
    return sha256(token.encode()).digest()


def _now() -> int:
    return int(time.time())
