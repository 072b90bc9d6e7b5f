"""A store of its own for tests of what is done with it: filled as a server would fill it, and read whole."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from there import there
from xapi.cli import lrs
from xapi.statements.identity import identity
from xapi.statements.incoming import Authority, read
from xapi.store import Database, documents, keys, statements
from xapi.store.documents import Context
from xapi.store.opening import FILE
from xapi.store.sqlite import SqliteStore

Json = Any

HOME = "https://people.example"
VERB = {"id": "http://adlnet.gov/expapi/verbs/answered"}
COURSE = "https://example.org/masterclasses/demo"

WHOLE = (
    "SELECT seq, voided, voiding, attached, id, target, payload FROM statements ORDER BY seq",
    "SELECT term, seq, via FROM terms ORDER BY term, seq, via",
    "SELECT sha2, contents FROM attachments ORDER BY sha2",
    "SELECT seq, sha2 FROM statement_attachments JOIN attachments USING (sha2) ORDER BY seq, sha2",
    "SELECT * FROM documents ORDER BY key",
    "SELECT * FROM activities ORDER BY iri",
    "SELECT * FROM forgotten ORDER BY by_statement",
)


def person(name: str) -> Json:
    return {"objectType": "Agent", "account": {"homePage": HOME, "name": name}}


def statement(number: int, who: str = "ada", **properties: Json) -> Json:
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "actor": person(who),
        "verb": VERB,
        "object": {"id": f"{COURSE}/questions/q{number}"},
    } | properties


def attached(contents: bytes) -> Json:
    return {
        "usageType": "https://example.org/attachments/plan",
        "display": {"en-GB": "Plan"},
        "contentType": "text/plain",
        "length": len(contents),
        "sha2": hashlib.sha256(contents).hexdigest(),
    }


class Filled:
    """A store in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE
        self.store = SqliteStore(self.path)
        self.key = asyncio.run(
            self.store.write(lambda database: keys.add(database, "t", ["all"], "https://lrs.example/"))
        )
        found = there(asyncio.run(self.store.read(lambda database: keys.key(database, self.key[0]))))
        self.authority = Authority(found.key, json.loads(found.authority), found.authority, True)

    def send(self, *batch: Json | str, contents: Sequence[bytes] = (), authority: Authority | None = None) -> None:
        texts = [each if isinstance(each, str) else json.dumps(each) for each in batch]
        incoming = read(f"[{','.join(texts)}]".encode(), "1.0.3", authority or self.authority)
        sent: Mapping[str, bytes] = {hashlib.sha256(each).hexdigest(): each for each in contents}
        asyncio.run(self.store.write(partial(statements.record, batch=incoming, contents=sent)))

    def document(self, who: str, name: str, contents: bytes, content_type: str = "application/json") -> None:
        context = Context("state", COURSE, identity(person(who)) or "")
        fresh = documents.document_of(content_type, contents)

        def changed(database: Database) -> None:
            documents.change(database, context, name, lambda _: fresh)

        asyncio.run(self.store.write(changed))

    def ids(self) -> list[str]:
        return [row[4] for row in whole(self.path)[0]]

    def close(self) -> None:
        self.store.close()


def whole(path: Path) -> list[list[Any]]:
    """Everything that was recorded."""
    with closing(sqlite3.connect(path)) as database:
        return [database.execute(query).fetchall() for query in WHOLE]


def ran(*arguments: object, code: int = 0, stdin: str | bytes | None = None) -> str:
    """What a command printed."""
    answer = CliRunner().invoke(lrs, [str(argument) for argument in arguments], input=stdin)
    assert answer.exit_code == code and isinstance(answer.exception, SystemExit | None), repr(answer)
    return answer.output
