"""Forwarding: everything arrives in order and once, whatever happens to the target or to the server."""

from __future__ import annotations

import asyncio
import hashlib
import json
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from xapi import forwarding
from xapi.client import Client
from xapi.lrs.multipart import Part
from xapi.store import Store, outbox
from xapi.store.opening import FILE
from xapi_ops import Filled, attached, ran, statement, whole
from xapi_servers import Answer, Fake, Server, fake, ids, said

Json = Any
PLAN = b"what I will do \x00\xff"


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTERCLASS_FORWARD_SECRET", "there")


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    filled = Filled(tmp_path / "data")
    yield filled
    filled.close()


def forwarded(store: Store) -> None:
    """One turn of the worker: each target that is due gets what waits for it."""

    async def turn() -> None:
        for target in await store.read(outbox.due):
            await forwarding.forward(store, target)

    asyncio.run(turn())


def states(filled: Filled) -> list[tuple[str, int, int, int, str]]:
    found = json.loads(ran("forward", "list", "--json", "--data", filled.folder))
    return [tuple(state[name] for name in ("name", "sent", "waiting", "refused", "problem")) for state in found]


class Target:
    """Keeps statements as an LRS does; fails as often as a test wants."""

    def __init__(self) -> None:
        self.stored: list[str] = []
        self.failing: Answer | None = None
        self.conflicts = False
        self.refused: set[str] = set()

    def __call__(self, method: str, path: str, body: bytes) -> Answer:
        if path.endswith("about"):
            return said(200, {"version": ["1.0.3"]})
        if self.failing:
            return self.failing
        if method == "GET":
            return said(200 if path.partition("=")[2] in self.stored else 404, {})
        fresh = ids(body)
        if self.refused & set(fresh):
            return 400, {}, b"not that one"
        if self.conflicts and set(fresh) & set(self.stored):
            return 409, {}, b"is there"
        self.stored += [id_ for id_ in fresh if id_ not in self.stored]
        return said(200, fresh)


@pytest.fixture
def target() -> Target:
    return Target()


@pytest.fixture
def other(target: Target) -> Iterator[Fake]:
    with fake(target) as server:
        yield server


def add(filled: Filled, server: Fake, *options: str) -> None:
    said = ran("forward", "add", "there", server.endpoint, "--key", "us", *options, "--data", filled.folder)
    assert said == f"there: statements go to {server.endpoint}, which speaks xAPI 1.0.3.\n"


def retried(filled: Filled) -> None:
    """As if the time until the next try were over."""
    with closing(sqlite3.connect(filled.path)) as database, database:
        database.execute("UPDATE targets SET next_try = 0")


def test_what_comes_is_sent_in_order_and_once(filled: Filled, other: Fake, target: Target) -> None:
    filled.send(statement(1))
    add(filled, other)
    for number in range(2, 200):
        filled.send(statement(number))
    forwarded(filled.store)
    forwarded(filled.store)
    assert target.stored == filled.ids()[1:]
    assert states(filled) == [("there", 198, 0, 0, "")]
    posts = [body for method, _, body in other.asked if method == "POST"]
    assert sorted(id_ for body in posts for id_ in ids(body)) == sorted(target.stored)
    assert json.loads(posts[0])[0] == json.loads(whole(filled.path)[0][1][6])


def test_what_was_there_goes_too_when_it_is_wanted(filled: Filled, other: Fake, target: Target) -> None:
    filled.send(statement(1), statement(2))
    add(filled, other, "--history")
    filled.send(statement(3))
    forwarded(filled.store)
    assert target.stored == filled.ids()


def test_an_import_is_forwarded(filled: Filled, other: Fake, target: Target, tmp_path: Path) -> None:
    source = Filled(tmp_path / "source")
    source.send(statement(1), statement(2))
    ran("export", tmp_path / "out.jsonl", "--data", source.folder)
    source.close()
    add(filled, other)
    for _ in range(2):
        ran("import", tmp_path / "out.jsonl", "--data", filled.folder)
    forwarded(filled.store)
    assert target.stored == source.ids()
    assert states(filled) == [("there", 2, 0, 0, "")]


def test_a_target_that_is_down_gets_everything_later(
    filled: Filled, other: Fake, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(filled, other)
    filled.send(statement(1), statement(2))
    now = [1_000_000_000_000_000]
    monkeypatch.setattr(outbox, "_now", lambda: now[0])
    target.failing = (503, {}, b"down")
    waits = []
    for _ in range(12):
        forwarded(filled.store)
        before = now[0]
        asked = len(other.asked)
        while not asyncio.run(filled.store.read(outbox.due)):
            now[0] += 1_000_000
        assert len(other.asked) == asked
        waits.append((now[0] - before) // 1_000_000)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]
    assert states(filled) == [("there", 0, 2, 0, f"{other.endpoint} answered 503: down")]
    filled.send(statement(3))
    target.failing = None
    forwarded(filled.store)
    assert target.stored == filled.ids()
    assert states(filled) == [("there", 3, 0, 0, "")]


@pytest.mark.parametrize(
    "failing", [(401, {}, b"who?"), (404, {}, b"where?"), (301, {"Location": "x"}, b""), (200, {}, b"<html>")]
)
def test_nothing_is_lost_while_the_address_or_key_is_wrong(
    filled: Filled, other: Fake, target: Target, failing: Answer
) -> None:
    add(filled, other)
    filled.send(statement(1), statement(2))
    target.failing = failing
    forwarded(filled.store)
    assert [state[:4] for state in states(filled)] == [("there", 0, 2, 0)]
    target.failing = None
    retried(filled)
    forwarded(filled.store)
    assert target.stored == filled.ids()


def test_what_the_target_has_already_is_no_failure(filled: Filled, other: Fake, target: Target) -> None:
    """Sent, but killed before it was crossed out; and a target that calls the second time a conflict."""
    add(filled, other)
    filled.send(*(statement(number) for number in range(1, 6)))
    target.conflicts = True
    target.stored = filled.ids()[:3]
    forwarded(filled.store)
    assert target.stored == filled.ids()
    assert states(filled) == [("there", 5, 0, 0, "")]


def test_one_that_is_refused_does_not_hold_up_the_others(filled: Filled, other: Fake, target: Target) -> None:
    add(filled, other)
    filled.send(*(statement(number) for number in range(1, 6)))
    target.refused = {statement(3)["id"]}
    forwarded(filled.store)
    assert target.stored == [id_ for id_ in filled.ids() if id_ != statement(3)["id"]]
    assert ran("forward", "list", "--data", filled.folder) == (
        f"there  {other.endpoint}  4 sent, 0 waiting, 1 refused\n"
        f"  {statement(3)['id']}: {other.endpoint} answered 400: not that one\n"
    )


def test_who_is_forgotten_is_not_forwarded_any_more(filled: Filled, other: Fake, target: Target) -> None:
    add(filled, other)
    filled.send(statement(1))
    forwarded(filled.store)
    filled.send(statement(2), statement(3, "bob"))
    told = json.loads(ran("forget", "ada", "--yes", "--json", "--data", filled.folder))
    assert told["targets"] == [{"name": "there", "endpoint": other.endpoint}]
    forwarded(filled.store)
    assert target.stored == [statement(1)["id"], statement(3)["id"]]


def test_two_targets_and_none(filled: Filled, other: Fake, target: Target) -> None:
    assert ran("forward", "list", "--data", filled.folder) == "Nothing is forwarded.\n"
    add(filled, other)
    again = ran("forward", "add", "there", other.endpoint, "--key", "us", "--data", filled.folder, code=1)
    assert again == "Error: there is a target called there; remove it first\n"
    second = Target()
    with fake(second) as slower:
        ran("forward", "add", "second", slower.endpoint, "--key", "us", "--data", filled.folder)
        second.failing = (500, {}, b"")
        filled.send(statement(1))
        forwarded(filled.store)
        assert [state[:3] for state in states(filled)] == [("there", 1, 0), ("second", 0, 1)]
        assert ran("forward", "remove", "second", "--data", filled.folder) == "Nothing more goes to second.\n"
        filled.send(statement(2))
        forwarded(filled.store)
    assert target.stored == filled.ids()
    assert second.stored == []
    assert (
        ran("forward", "remove", "second", "--data", filled.folder, code=1)
        == "Error: there is no target called second\n"
    )


def test_an_address_that_is_no_lrs_is_not_added(filled: Filled) -> None:
    with fake(lambda *_: (200, {}, b"<html>")) as server:
        said = ran("forward", "add", "there", server.endpoint, "--key", "us", "--data", filled.folder, code=1)
    assert said == f"Error: {server.endpoint} answered 200 and something that is no LRS's: <html>\n"
    assert states(filled) == []


def until(met: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not met():
        assert time.monotonic() < ends
        time.sleep(0.05)


def more_than(count: int, server: Server) -> bool:
    return len(whole(server.data / FILE)[0]) > count


def test_between_two_servers_that_are_killed(tmp_path: Path) -> None:
    """Our LRS forwards to our LRS; first the one is killed, then the other, while statements come."""
    here, there = Server(tmp_path / "here"), Server(tmp_path / "there")
    keys = {}
    for server in (here, there):
        made = ran("key", "add", "t", "--scope", "all", "--json", "--data", server.data)
        keys[server.port] = json.loads(made)
        server.start()
    client = Client(here.endpoint, keys[here.port]["key"], keys[here.port]["secret"])
    try:
        ran(
            "forward", "add", "there", there.endpoint, "--key", keys[there.port]["key"], "--secret",
            keys[there.port]["secret"], "--data", here.data,
        )  # fmt: skip
        sha2 = hashlib.sha256(PLAN).hexdigest()
        headers = {"Content-Type": "text/plain", "Content-Transfer-Encoding": "binary", "X-Experience-API-Hash": sha2}
        client.send([json.dumps(statement(1, attachments=[attached(PLAN)]))], [Part(headers, PLAN)])
        number = 2
        for killed in (there, here, there, here):
            client.send([json.dumps(statement(n)) for n in range(number, number + 300)])
            number += 300
            until(partial(more_than, len(whole(there.data / FILE)[0]), there))
            killed.stop(signal.SIGKILL)
            killed.start()
        sent = whole(here.data / FILE)
        until(lambda: len(whole(there.data / FILE)[0]) == len(sent[0]))
        arrived = whole(there.data / FILE)
        assert [row[4] for row in arrived[0]] == [row[4] for row in sent[0]]
        assert len(sent[0]) == number - 1
        assert arrived[2:4] == [[(sha2, PLAN)], [(arrived[0][0][0], sha2)]]
        until(lambda: json.loads(ran("forward", "list", "--json", "--data", here.data))[0]["waiting"] == 0)
    finally:
        here.stop(signal.SIGKILL)
        there.stop(signal.SIGKILL)
