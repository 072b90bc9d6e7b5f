"""Removing a person from the record, under every name that they are recorded by."""

from __future__ import annotations

from collections.abc import Iterator

from ..statements.identity import identity
from ..store import Database, forgetting
from ..store.forgetting import Removed
from .roster import Person


def erase(database: Database, person: Person) -> Removed:
    """By a personal link, by an LMS's launch, or by a package with a publishable key."""
    return sum((forgetting.forget(database, each) for each in _identities(database, person)), Removed(0, 0, 0))


def _identities(database: Database, person: Person) -> Iterator[str]:
    for name in (person.account, person.lms_id, person.alias):
        for home_page in forgetting.home_pages(database, name):
            yield identity(forgetting.account(home_page, name)) or ""
    yield identity({"mbox": f"mailto:{person.lms_id}"}) or ""
