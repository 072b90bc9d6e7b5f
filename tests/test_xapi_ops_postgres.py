"""The same on PostgreSQL: what leaves one kind of store comes back from the other."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from lrs_fixtures import emptied
from xapi import forwarding
from xapi.store import outbox
from xapi.store.opening import FILE, opened
from xapi_ops import COURSE, Filled, attached, person, ran, statement, whole
from xapi_servers import Answer, fake, said

PLAN = b"what I will do \x00\xff"


def test_between_the_kinds_of_store(postgres: str, tmp_path: Path) -> None:
    emptied(postgres)
    filled = Filled(tmp_path / "data")
    voided = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    filled.send(statement(9, verb=voided, object={"objectType": "StatementRef", "id": statement(3)["id"]}))
    filled.send(json.dumps(statement(1), indent=1).removesuffix("}") + ',"result":{"score":{"raw":1.10}}}')
    filled.send(statement(2, "bob", attachments=[attached(PLAN)]), contents=[PLAN])
    filled.send(statement(3, result={"response": "\0 is no text there"}))
    filled.send(statement(4, actor={"objectType": "Group", "member": [person("ada"), person("bob")]}))
    filled.send(statement(6, object={"id": COURSE, "definition": {"name": {"en-GB": "Demo"}}}))
    filled.document("ada", "masterclass", b'{"resume": "1"}')
    filled.document("bob", "photo", bytes(range(256)), "image/png")
    filled.close()

    stored: list[str] = []

    def lrs(method: str, path: str, body: bytes) -> Answer:
        if method == "GET":
            return said(200, {"version": ["1.0.3"]})
        fresh = [each["id"] for each in json.loads(body)] if body.startswith(b"[") else [statement(2)["id"]]
        stored.extend(fresh)
        return said(200, fresh)

    with fake(lrs) as server:
        arguments = ["there", server.endpoint, "--key", "us", "--secret", "there"]
        ran("forward", "add", *arguments, "--data", postgres)
        ran("export", tmp_path / "old.jsonl", "--data", filled.folder)
        for count in (6, 0):
            outcome = ran("import", tmp_path / "old.jsonl", "--data", postgres)
            assert outcome.startswith(f"{count} statements stored, {6 - count} were there already, 0 left out")
        asyncio.run(forwarded(postgres))
        assert stored == filled.ids()
        assert json.loads(ran("forward", "list", "--json", "--data", postgres))[0]["sent"] == 6
        ran("forward", "remove", "there", "--data", postgres)

    ran("export", tmp_path / "new.jsonl", "--data", postgres)
    assert (tmp_path / "new.jsonl").read_bytes() == (tmp_path / "old.jsonl").read_bytes()
    assert ran("access", "bob", "--data", postgres) == ran("access", "bob", "--data", filled.folder)
    for data in (postgres, filled.folder):
        told = json.loads(ran("forget", "bob", "--yes", "--json", "--data", data))
        assert (told["statements"], told["documents"], told["attachments"]) == (2, 1, 1)
        outcome = ran("import", tmp_path / "old.jsonl", "--data", data)
        assert outcome.startswith("0 statements stored, 4 were there already, 2 left out")
    ran("export", tmp_path / "left.jsonl", "--data", postgres)
    ran("import", tmp_path / "left.jsonl", "--data", tmp_path / "back")
    assert whole(tmp_path / "back" / FILE)[:6] == whole(filled.path)[:6]
    refused = ran("backup", tmp_path / "x", "--data", postgres, code=1)
    assert refused == "Error: this copies an SQLite database; PostgreSQL has pg_dump\n"


async def forwarded(data: str) -> None:
    store = opened(data)
    for target in await store.read(outbox.due):
        await forwarding.forward(store, target)
    store.close()
