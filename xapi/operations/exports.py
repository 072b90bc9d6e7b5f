"""An export: everything that was recorded, in lines, page by page while the store goes on."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from ..statements.terms import KEY, term
from ..store import Database, Row, Store
from . import lines

PAGE = 500
# Of documents, which may be large.
FEW = 20


@dataclass(slots=True)
class Begun:
    """How far an export had come."""

    after: int = 0
    written: set[str] = field(default_factory=set)
    end: int = 0
    statements: int = 0


def begun(file: BinaryIO) -> Begun:
    """What of a file is good to go on from: up to the last whole statement, for later ones may change what follows."""
    found = Begun()
    hashes: set[str] = set()
    at = 0
    for number, raw in enumerate(file, start=1):
        if not raw.endswith(b"\n"):
            break
        at += len(raw)
        parts = lines.read(raw, number)
        if number == 1:
            lines.check_header(parts)
            found.end = at
        elif "statement" in parts:
            found.after, found.end = int(parts["seq"]), at
            found.statements += 1
            found.written |= hashes
            hashes = set()
        elif "attachment" in parts:
            hashes.add(json.loads(parts["attachment"]))
        else:
            break
    return found


async def export(store: Store, so_far: Begun, tick: Callable[[int], None]) -> AsyncIterator[bytes]:
    if so_far.end == 0:
        yield lines.line(**lines.HEADER)
    while page := await store.read(partial(_page, after=so_far.after)):
        for seq, voided, key, payload, hashes in page:
            for sha2 in hashes:
                if sha2 not in so_far.written:
                    contents = await store.read(partial(_contents, sha2=sha2))
                    so_far.written.add(sha2)
                    yield lines.line(attachment=sha2, contents=lines.in_text(contents))
            yield lines.statement_line(seq, voided, key, payload)
            so_far.after = seq
        so_far.statements += len(page)
        tick(len(page))
    documents = 0
    after = b""
    while rows := await store.read(partial(_rows, query="export_documents", after=after, limit=FEW)):
        for key, context, agent, registration, name, content_type, etag, updated, contents in rows:
            after = bytes(key)
            yield lines.line(
                document=after.hex(),
                context=bytes(context).hex(),
                agent=agent,
                registration=registration,
                name=name,
                content_type=content_type,
                etag=etag,
                updated=updated,
                contents=lines.in_text(contents),
            )
        documents += len(rows)
    iri = ""
    while rows := await store.read(partial(_rows, query="export_activities", after=iri, limit=PAGE)):
        for iri, definition in rows:
            yield lines.line(activity=iri, definition=definition)
    for row in await store.read(lambda database: database.rows("forgotten")):
        yield lines.line(forgotten=[bytes(part).hex() for part in row[:3]] + list(row[3:]))
    yield lines.line(end=True, statements=so_far.statements, documents=documents)


def _rows(database: Database, query: str, after: object, limit: int) -> list[Row]:
    return database.rows(query, after=after, limit=limit)


def _page(database: Database, after: int) -> list[tuple[int, bool, str | None, bytes, list[str]]]:
    return [
        (
            seq,
            bool(voided),
            _key(database, seq, bytes(payload)),
            bytes(payload),
            [sha2 for (sha2,) in database.rows("attached_to", seq=seq)] if attached else [],
        )
        for seq, voided, attached, payload in database.rows("export_statements", after=after, limit=PAGE)
    ]


def _key(database: Database, seq: int, payload: bytes) -> str | None:
    known = (name for name in lines.possible_keys(payload) if database.rows("has_term", term=term(KEY, name), seq=seq))
    return next(known, None)


def _contents(database: Database, sha2: str) -> bytes:
    return bytes(database.rows("attachment", sha2=sha2)[0][0])
