"""All that is about one person, to be shown to them or removed for good."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..statements.incoming import kept
from ..statements.terms import AGENT, RELATED_AGENT, term, terms
from . import Database, Row, tombstones

PAGE = 500


@dataclass(frozen=True, slots=True)
class Removed:
    statements: int
    documents: int
    attachments: int

    def __add__(self, other: Removed) -> Removed:
        return Removed(
            self.statements + other.statements,
            self.documents + other.documents,
            self.attachments + other.attachments,
        )


def home_pages(database: Database, name: str) -> list[str]:
    """Where accounts of this name are someone's."""
    return [home_page for (home_page,) in database.rows("home_pages", name=name)]


def statements(database: Database, identity: str) -> Iterator[tuple[int, bool, bytes]]:
    """By someone, about them, or with them in a group or team: sequence, whether voided, payload."""
    wanted = term(RELATED_AGENT, identity)
    after = 0
    while rows := database.rows("about", term=wanted, after=after, limit=PAGE):
        for after, voided, payload in rows:
            if wanted in terms(_without_authority(bytes(payload))):
                yield after, bool(voided), bytes(payload)


def _without_authority(payload: bytes) -> dict[str, Any]:
    """Who vouches for a statement is not whom it is about."""
    return {name: value for name, value in kept(payload).items() if name != "authority"}


def documents(database: Database, identity: str) -> list[Row]:
    return database.rows("documents_of", agent=term(AGENT, identity))


def forget(database: Database, identity: str) -> Removed:
    """Leaves a tombstone, which keeps them out of the store when an old export is imported."""
    seqs = [seq for seq, _, _ in statements(database, identity)]
    hashes = [sha2 for (sha2,) in database.rows("lone_attachments", seqs=seqs)]
    removed = Removed(len(seqs), len(documents(database, identity)), len(hashes))
    database.run("delete_documents_of", agent=term(AGENT, identity))
    for query in ("delete_terms", "delete_links", "delete_from_outbox", "delete_statements"):
        database.run(query, seqs=seqs)
    database.run("delete_attachments", hashes=hashes)
    now = time.time_ns() // 1000
    tombstones.add(database, identity, now, removed.statements, removed.documents, removed.attachments)
    return removed


def account(home_page: str, name: str) -> dict[str, Any]:
    return {"objectType": "Agent", "account": {"homePage": home_page, "name": name}}


def still_to_act_on(database: Database) -> tuple[list[tuple[str, str]], list[tuple[str, str, int]]]:
    """Targets that something was sent to, and copies that were made: name and address; path, kind and time."""
    targets = [(row[0], row[1]) for row in database.rows("targets") if row[4]]
    return targets, [(path, kind, made) for path, kind, made in database.rows("copies")]


def readable(contents: bytes) -> Any:
    """A document's contents: JSON, or text, or how many bytes."""
    try:
        text = contents.decode()
    except UnicodeDecodeError:
        return f"{len(contents)} bytes"
    try:
        return json.loads(text)
    except ValueError:
        return text
