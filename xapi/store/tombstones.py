"""What is left of those who were forgotten: enough to know them again in an old export, and nothing that says who."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable

from ..statements.terms import AGENT, RELATED_AGENT, term
from . import Database


class Tombstones:
    """The store's, read once for a whole batch. Each names the secret it was made with: it may come from another store."""

    def __init__(self, database: Database) -> None:
        rows = database.rows("forgotten")
        self._secrets = {bytes(row[2]) for row in rows}
        self._by_statement = {bytes(row[0]) for row in rows}
        self._by_document = {bytes(row[1]) for row in rows}

    def secret(self) -> bytes:
        return next(iter(self._secrets), None) or secrets.token_bytes(32)

    def of_statement(self, terms: Iterable[int]) -> bool:
        """Whether one of a statement's terms is of someone who was forgotten."""
        return any(_mark(secret, term) in self._by_statement for secret in self._secrets for term in terms)

    def of_document(self, agent: int | None) -> bool:
        return agent is not None and any(_mark(secret, agent) in self._by_document for secret in self._secrets)


def _mark(secret: bytes, term: int) -> bytes:
    return hmac.digest(secret, term.to_bytes(8, "big", signed=True), "sha256")


def add(database: Database, identity: str, now: int, statements: int, documents: int, attachments: int) -> None:
    secret = Tombstones(database).secret()
    database.run(
        "forget",
        by_statement=_mark(secret, term(RELATED_AGENT, identity)),
        by_document=_mark(secret, term(AGENT, identity)),
        secret=secret,
        forgotten=now,
        statements=statements,
        documents=documents,
        attachments=attachments,
    )
