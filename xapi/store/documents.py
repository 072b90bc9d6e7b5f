"""Documents: State, Activity Profile and Agent Profile. Checking and writing are one step."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b, sha1

from ..statements.terms import AGENT, term
from . import Database


@dataclass(frozen=True, slots=True)
class Context:
    """What documents are about: `kind` is state, activity or agent."""

    kind: str
    activity: str = ""
    agent: str = ""
    registration: str | None = None

    def hash(self) -> bytes:
        return _hash(self.kind, self.activity, self.agent)

    def key(self, name: str) -> bytes:
        return _hash(self.kind, self.activity, self.agent, self.registration or "", name)


@dataclass(frozen=True, slots=True)
class Document:
    content_type: str
    contents: bytes
    etag: str
    updated: int = 0


Change = Callable[[Document | None], Document | None]


def _hash(*parts: str) -> bytes:
    return blake2b(json.dumps(parts).encode(), digest_size=16).digest()


def document_of(content_type: str, contents: bytes) -> Document:
    """xAPI 1.0.3 wants the quoted SHA-1 of the bytes as the ETag."""
    return Document(content_type, contents, f'"{sha1(contents, usedforsecurity=False).hexdigest()}"')


def document(database: Database, context: Context, name: str) -> Document | None:
    rows = database.rows("document", key=context.key(name))
    if not rows:
        return None
    content_type, etag, updated, contents = rows[0]
    return Document(content_type, contents, etag, updated)


def change(database: Database, context: Context, name: str, to: Change) -> None:
    """Puts what `to` makes of the document in its place; None deletes it. Refused when `to` raises."""
    known = document(database, context, name)
    fresh = to(known)
    if fresh is None:
        if known is not None:
            database.run("delete_document", key=context.key(name))
        return
    database.run(
        "save_document",
        key=context.key(name),
        context=context.hash(),
        agent=term(AGENT, context.agent) if context.agent else None,
        registration=context.registration or "",
        name=name,
        content_type=fresh.content_type,
        etag=fresh.etag,
        updated=database.reserve(1),
        contents=fresh.contents,
    )


def names(database: Database, context: Context, since: int) -> tuple[list[str], int | None]:
    """The documents changed after an instant, and when the last of them was."""
    limits = {"context": context.hash(), "registration": context.registration, "since": since}
    return [name for (name,) in database.rows("document_names", **limits)], database.rows("last_updated", **limits)[0][
        0
    ]


def delete_all(database: Database, context: Context) -> None:
    database.run("delete_documents", context=context.hash(), registration=context.registration)
