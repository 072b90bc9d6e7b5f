"""An export stored again. What is there already is passed over, so an import that was cut short is simply run again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from ..refused import Refused
from ..store import Database, Store, restoring
from ..store.restoring import Outcome, Past
from ..store.tombstones import Tombstones
from . import lines
from .lines import Line, NotAnExport

# As much as one commit takes, in statements and in bytes.
MOST, MOST_BYTES = 500, 16 * 1024 * 1024
DOCUMENT = ("context", "agent", "registration", "name", "content_type", "etag", "updated")
HASHES = {64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}


@dataclass(slots=True)
class Batch:
    statements: list[Past] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    others: list[Callable[[Database], None]] = field(default_factory=list)
    size: int = 0

    def full(self) -> bool:
        return len(self.statements) + len(self.others) >= MOST or self.size >= MOST_BYTES


async def restore(store: Store, file: Iterable[bytes], tick: Callable[[int], None]) -> Outcome:
    """Takes as much memory as a batch, whatever the file's size."""
    outcome, batch, ended = Outcome(), Batch(), False
    for number, raw in enumerate(file, start=1):
        parts = lines.read(raw, number)
        kind = next(iter(parts), "")
        if number == 1:
            lines.check_header(parts)
        if kind not in KINDS:
            raise NotAnExport(f"line {number}: expected one of {', '.join(KINDS)}")
        ended = kind == "end"
        try:
            KINDS[kind](batch, parts, number)
        except (KeyError, ValueError):
            raise NotAnExport(f"line {number}: not what an export says of one {kind}") from None
        batch.size += len(raw)
        # Not between an attachment and the statement it goes with.
        if batch.full() and kind != "attachment":
            outcome.add(await _written(store, batch))
            batch = Batch()
        tick(len(raw))
    outcome.add(await _written(store, batch))
    await store.write(lambda database: database.run("delete_lone_attachments"))
    if not ended:
        raise NotAnExport("the export has no end: it was cut off. What it has is stored; export again with --resume.")
    return outcome


async def _written(store: Store, batch: Batch) -> Outcome:
    try:
        return await store.write(partial(_write, batch=batch))
    except Refused as refused:
        raise NotAnExport(f"{refused.message}; what stands before it is stored, up to {MOST} lines less") from None


def _write(database: Database, batch: Batch) -> Outcome:
    for other in batch.others:
        other(database)
    return restoring.statements(database, batch.statements, batch.contents)


def _statement(batch: Batch, parts: Line, number: int) -> None:
    batch.statements.append(lines.past(parts, number))


def _attachment(batch: Batch, parts: Line, number: int) -> None:
    sha2, contents = json.loads(parts["attachment"]), lines.in_bytes(parts["contents"])
    if HASHES[len(sha2)](contents).hexdigest() != sha2:
        raise NotAnExport(f"line {number}: the attachment is not the one its hash is of")
    batch.contents[sha2] = contents


def _document(batch: Batch, parts: Line, number: int) -> None:
    values = {name: json.loads(parts[name]) for name in DOCUMENT}
    row = values | {
        "key": bytes.fromhex(json.loads(parts["document"])),
        "context": bytes.fromhex(values["context"]),
        "contents": lines.in_bytes(parts["contents"]),
    }

    def restored(database: Database) -> None:
        if not Tombstones(database).of_document(values["agent"]):
            database.run("restore_document", **row)

    batch.others.append(restored)


def _activity(batch: Batch, parts: Line, number: int) -> None:
    iri, definition = json.loads(parts["activity"]), json.loads(parts["definition"])
    batch.others.append(lambda database: database.run("define_if_missing", iri=iri, definition=definition))


def _forgotten(batch: Batch, parts: Line, number: int) -> None:
    by_statement, by_document, secret, forgotten, statements, documents, attachments = json.loads(parts["forgotten"])
    row = {
        "by_statement": bytes.fromhex(by_statement),
        "by_document": bytes.fromhex(by_document),
        "secret": bytes.fromhex(secret),
        "forgotten": forgotten,
        "statements": statements,
        "documents": documents,
        "attachments": attachments,
    }
    batch.others.append(lambda database: database.run("restore_forgotten", **row))


def _nothing(batch: Batch, parts: Line, number: int) -> None:
    """The first and the last line."""


KINDS: dict[str, Callable[[Batch, Line, int], None]] = {
    "export": _nothing,
    "statement": _statement,
    "attachment": _attachment,
    "document": _document,
    "activity": _activity,
    "forgotten": _forgotten,
    "end": _nothing,
}
