"""Whom of the staff a programme has let in, as what, until when; and who opened what."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from ..store import Row
from .registers import Register
from .roster import hashed

ROLES = ("manager", "tutor", "evaluator")
DAYS = 90
DAY = 24 * 3600
# So long it can be asked who opened what; then it is removed, and whose access ended before that too.
LOG_DAYS = 400
LOCAL = "this-computer"


@dataclass(frozen=True, slots=True)
class Grant:
    id: str
    name: str
    role: str
    cohort: str
    local: bool
    made: int
    expires: int
    ended: int
    last: int
    """When something was opened with it last, where that was asked for; 0 when nothing was."""

    def stands(self, now: float) -> bool:
        return not self.ended and now < self.expires


@dataclass(frozen=True, slots=True)
class Visit:
    at: int
    name: str
    role: str
    cohort: str
    what: str


class Grants:
    def __init__(self, register: Register, clock: Callable[[], float] = time.time) -> None:
        self._register = register
        self._clock = clock

    def add(self, name: str, role: str, cohort: str, days: int) -> str | None:
        """The token of a personal link, which is not kept; None when there is access by this name already."""
        if any(grant.name == name and grant.stands(self._clock()) for grant in self.all()):
            return None
        self._end_local()
        return self._added(Grant(str(uuid4()), name, role, cohort, False, self._now(), self._in(days), 0, 0))

    def add_local(self) -> str | None:
        """A manager's link for a browser on this computer, good for a day or until the next; None when somebody has been given access."""
        if any(grant.stands(self._clock()) and not grant.local for grant in self.all()):
            return None
        return self._added(
            Grant(LOCAL, "the manager on this computer", "manager", "", True, self._now(), self._in(1), 0, 0)
        )

    def holder(self, token: str) -> Grant | None:
        """Whose link it is, while it stands."""
        return self._standing("grant_by_hash", hash=hashed(token))

    def standing(self, grant: str) -> Grant | None:
        return self._standing("grant", id=grant)

    def all(self) -> list[Grant]:
        with self._register.opened() as page:
            return [_grant(row) for row in page.rows("grants")]

    def end(self, name: str) -> bool:
        """The link is no longer good, and what it began is over. False when nobody of this name has access."""
        with self._register.opened() as page:
            return page.run("end_grant", name=name, now=self._now()) > 0

    def note(self, grant: str, what: str) -> None:
        oldest = self._now() - LOG_DAYS * DAY
        with self._register.opened() as page:
            page.run("note_visit", at=self._now(), grant_id=grant, what=what)
            page.run("drop_visits", before=oldest)
            page.run("drop_grants", before=oldest)

    def log(self, days: int = LOG_DAYS) -> list[Visit]:
        with self._register.opened() as page:
            return [Visit(*row) for row in page.rows("visits", since=self._now() - days * DAY)]

    def _added(self, grant: Grant) -> str:
        token = secrets.token_urlsafe(24)
        with self._register.opened() as page:
            page.run(
                "add_grant",
                id=grant.id,
                hash=hashed(token),
                name=grant.name,
                role=grant.role,
                cohort=grant.cohort,
                local=int(grant.local),
                made=grant.made,
                expires=grant.expires,
            )
        return token

    def _standing(self, query: str, **values: object) -> Grant | None:
        with self._register.opened() as page:
            found = [_grant(row) for row in page.rows(query, **values)]
        return found[0] if found and found[0].stands(self._clock()) else None

    def _end_local(self) -> None:
        with self._register.opened() as page:
            page.run("end_local", now=self._now())

    def _now(self) -> int:
        return int(self._clock())

    def _in(self, days: int) -> int:
        return self._now() + days * DAY


def _grant(row: Row) -> Grant:
    return Grant(*row)
