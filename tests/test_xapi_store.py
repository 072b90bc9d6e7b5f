"""The store: racing statements, upgrades, a clock that goes back, and a server that is killed."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from lrs_fixtures import Json, statement
from xapi.refused import Refused
from xapi.statements.incoming import Authority, read
from xapi.store import Database, Store, keys, statements
from xapi.store.clock import Clock
from xapi.store.migrations import NewerDatabase
from xapi.store.opening import opened
from xapi.store.postgres import PostgresStore
from xapi.store.sqlite import SqliteStore

AUTHORITY = Authority("key", {"mbox": "mailto:lrs@example.org"}, '{"mbox":"mailto:lrs@example.org"}', True)


def record(*sent: Json) -> Callable[[Database], None]:
    return statements.Recording(read(json.dumps(sent).encode(), "1.0.3", AUTHORITY), {})


def stored(store: Store) -> list[Json]:
    found, _ = asyncio.run(store.read(partial(statements.page, query=statements.Query())))
    return [json.loads(each.payload) for each in found]


def test_of_racing_statements_with_one_id_one_wins(store: Store) -> None:
    rivals = [statement(id="12345678-1234-1234-1234-1234567890ab", result={"response": str(n)}) for n in range(50)]

    async def race() -> list[BaseException | None]:
        batches = [store.write(record(statement(), rival, statement())) for rival in rivals]
        return await asyncio.gather(*batches, return_exceptions=True)

    answers = asyncio.run(race())
    won = [rival for rival, answer in zip(rivals, answers, strict=True) if answer is None]
    lost = [answer for answer in answers if answer is not None]
    assert len(won) == 1
    assert {(type(answer), getattr(answer, "status", 0)) for answer in lost} == {(Refused, 409)}
    kept = stored(store)
    assert len(kept) == 3 and [one["result"] for one in kept if "result" in one] == [won[0]["result"]]


def test_batches_recorded_as_one_stand_and_fall_alone(store: Store) -> None:
    """What waits for the same commit is recorded in one go; one that is wrong takes none of the others with it."""
    taken = statement()
    asyncio.run(store.write(record(taken)))
    batches = [[statement(), statement()] for _ in range(40)]
    wrong = {
        7: [statement(), taken | {"result": {"response": "another"}}],
        23: [taken | {"verb": {"id": "https://x.y/z"}}],
    }
    noted: list[int] = []

    async def run() -> list[BaseException | None]:
        writes = [store.write(record(*wrong.get(n, batch))) for n, batch in enumerate(batches)]
        writes.insert(20, store.write(lambda _: noted.append(len(noted))))
        return await asyncio.gather(*writes, return_exceptions=True)

    answers = asyncio.run(run())
    refused = [n for n, answer in enumerate(answers) if answer is not None]
    assert (refused, noted) == ([7, 24], [0])
    good = [one["id"] for n, batch in enumerate(batches) if n not in wrong for one in batch]
    assert sorted(one["id"] for one in stored(store)) == sorted([taken["id"], *good])


def test_what_joins_a_commit_late_stands_and_falls_alone(store: Store) -> None:
    taken, early = statement(), statement()
    asyncio.run(store.write(record(taken)))
    begun, go_on = threading.Event(), threading.Event()

    def slow(database: Database) -> None:
        record(early)(database)
        begun.set()
        assert go_on.wait(10)

    late = [statement(), taken | {"verb": {"id": "https://x.y/z"}}, statement()]

    async def run() -> list[BaseException | None]:
        writes = [asyncio.ensure_future(store.write(slow))]
        await asyncio.to_thread(begun.wait, 10)
        writes += [asyncio.ensure_future(store.write(record(each))) for each in late]
        await asyncio.sleep(0.01)
        go_on.set()
        return await asyncio.gather(*writes, return_exceptions=True)

    assert [getattr(answer, "status", None) for answer in asyncio.run(run())] == [None, None, 409, None]
    assert sorted(one["id"] for one in stored(store)) == sorted(each["id"] for each in (taken, early, late[0], late[2]))


def test_two_servers_share_a_database(store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    other = opened(request.getfixturevalue("postgres") if isinstance(store, PostgresStore) else str(tmp_path))
    batches = [[statement() for _ in range(10)] for _ in range(20)]
    rivals = [statement(id="12345678-1234-1234-1234-1234567890ab", result={"response": str(n)}) for n in range(20)]

    async def run() -> list[BaseException | None]:
        tasks = [(store, other)[n % 2].write(record(*batch)) for n, batch in enumerate(batches)]
        tasks += [(store, other)[n % 2].write(record(rival)) for n, rival in enumerate(rivals)]
        return await asyncio.gather(*tasks, return_exceptions=True)

    answers = asyncio.run(run())
    other.close()
    assert answers[:20] == [None] * 20
    assert sorted(getattr(answer, "status", 200) for answer in answers[20:]) == [200] + [409] * 19
    kept = stored(store)
    assert len({one["stored"] for one in kept}) == len({one["id"] for one in kept}) == len(kept) == 201


def test_stored_goes_up_when_the_clock_goes_back() -> None:
    times = iter([100, 50, 60, 200])
    clock = Clock(0, lambda: next(times))
    assert [clock.reserve(3), clock.reserve(1), clock.now(), clock.reserve(1)] == [100, 103, 103, 200]


def test_what_a_task_breaks_is_its_own(store: Store) -> None:
    def broken(database: Database) -> None:
        record(statement())(database)
        raise ZeroDivisionError

    async def run() -> list[BaseException | None]:
        tasks = [store.write(task) for task in (record(statement()), broken, record(statement()))]
        return await asyncio.gather(*tasks, return_exceptions=True)

    assert [type(answer) for answer in asyncio.run(run())] == [type(None), ZeroDivisionError, type(None)]
    assert len(stored(store)) == 2


def test_a_store_is_there_after_it_was_closed(tmp_path: Path) -> None:
    for count in (1, 2):
        store = SqliteStore(tmp_path / "lrs.sqlite")
        asyncio.run(store.write(record(statement())))
        assert len(stored(store)) == count
        store.close()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    opened(str(tmp_path)).close()
    with sqlite3.connect(tmp_path / "lrs.sqlite") as connection:
        connection.execute("INSERT INTO migrations VALUES (999, 0)")
    connection.close()
    with pytest.raises(
        NewerDatabase, match=r"the database has schema 999, this program knows up to \d+: use the newer program"
    ):
        opened(str(tmp_path))


def test_consistent_through_waits_for_writes_in_flight(store: Store) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(database: Database) -> None:
        record(statement())(database)
        begun.set()
        go_on.wait(10)

    async def run() -> tuple[int, int]:
        writing = asyncio.create_task(store.write(slow))
        await asyncio.to_thread(begun.wait, 10)
        await asyncio.sleep(0.05)
        during = await store.consistent_through()
        go_on.set()
        await writing
        return during, await store.consistent_through()

    during, after = asyncio.run(run())
    (seq,) = asyncio.run(store.read(lambda database: database.rows("last_seq")[0]))
    assert during <= seq < after


class Sender(threading.Thread):
    """Sends batches, each twice when the first answer did not come, and remembers what was acknowledged."""

    def __init__(self, port: int, auth: str, batch: int) -> None:
        super().__init__()
        self.url, self.auth, self.batch = f"http://127.0.0.1:{port}/xapi/statements", auth, batch
        self.acknowledged: list[list[str]] = []
        self.tried: list[list[str]] = []

    def run(self) -> None:
        while True:
            sent = [statement() for _ in range(self.batch)]
            self.tried.append([one["id"] for one in sent])
            headers = {
                "Authorization": self.auth,
                "X-Experience-API-Version": "1.0.3",
                "Content-Type": "application/json",
            }
            request = urllib.request.Request(self.url, json.dumps(sent).encode(), headers)
            try:
                with urllib.request.urlopen(request, timeout=10) as answer:
                    answer.read()
            except (http.client.HTTPException, OSError):
                return
            self.acknowledged.append(self.tried[-1])


@pytest.mark.slow
def test_killed_under_load_nothing_acknowledged_is_lost(
    store: Store, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data: str = request.getfixturevalue("postgres") if isinstance(store, PostgresStore) else str(tmp_path)
    key = asyncio.run(store.write(lambda database: keys.add(database, "kill", ["all"], "https://lrs.example/")))
    auth = f"Basic {b64encode(':'.join(key).encode()).decode()}"
    acknowledged: list[list[str]] = []
    tried: list[list[str]] = []
    for _ in range(50):
        process, port = serve(data)
        senders = [Sender(port, auth, batch) for batch in (1, 1, 20, 50)]
        for sender in senders:
            sender.start()
        time.sleep(random.uniform(0.05, 0.6))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        for sender in senders:
            sender.join()
            acknowledged += sender.acknowledged
            tried += sender.tried
    # As a writer: whatever the killed server's last connection was still committing is done by then.
    ids = asyncio.run(store.write(all_ids))
    kept = set(ids)
    assert len(kept) == len(ids)
    assert len(acknowledged) > 100
    assert all(kept.issuperset(batch) for batch in acknowledged)
    assert all(kept.issuperset(batch) or kept.isdisjoint(batch) for batch in tried)


def all_ids(database: Database) -> list[str]:
    found: list[str] = []
    query = statements.Query(ascending=True)
    while True:
        page, more = statements.page(database, query)
        found += [json.loads(each.payload)["id"] for each in page]
        if not more:
            return found
        query = replace(query, after=page[-1].seq)


def serve(data: str) -> tuple[subprocess.Popen[bytes], int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    program = "from xapi.cli import lrs; lrs()"
    command = [sys.executable, "-c", program, "serve", "--port", str(port), "--data", data]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).resolve().parent.parent)
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process, port
        time.sleep(0.05)
    raise AssertionError("the server did not start")
