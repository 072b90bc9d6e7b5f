"""How fast the LRS is: one JSON line, everything measured in one run on one machine.

    .venv/bin/python benchmarks/lrs.py [--sizes 10000,100000,1000000] [--postgres URL]

GETs are measured at each size, and `slope` is what ten times as many statements add to each.

The server is a process of its own under uvicorn; its CPU time and memory are what it says of itself. The ceiling is an
ASGI application that reads the body and answers 200, on the same server with the same client.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import math
import random
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from xapi.validate import STATEMENT

CONNECTIONS = 8
SECONDS = 4
BATCH = 50
GETS = 300
PEOPLE = 1000
ACTIVITIES = 200
FILLED_AT_ONCE = 500


def statement(number: int) -> dict[str, Any]:
    """What the player sends when a question is answered, more or less."""
    page = f"https://example.org/masterclasses/demo/pages/{number % 20}"
    return {
        "id": str(uuid4()),
        "actor": {"objectType": "Agent", "account": {"homePage": "https://people.example", "name": f"p{random.randrange(PEOPLE)}"}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en-GB": "answered"}},
        "object": {
            "objectType": "Activity",
            "id": f"https://example.org/masterclasses/demo/questions/{random.randrange(ACTIVITIES)}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "name": {"en-GB": "Which rung of the ladder is this?"},
                "interactionType": "choice",
                "correctResponsesPattern": ["consult"],
                "choices": [{"id": word, "description": {"en-GB": word.title()}} for word in ("consult", "codesign", "inform")],
            },
        },
        "result": {"success": True, "response": "consult", "duration": "PT12.5S", "score": {"scaled": 1.0}},
        "context": {
            "registration": str(uuid4()),
            "platform": "site",
            "revision": "1.0.0",
            "language": "en-GB",
            "contextActivities": {"parent": [{"id": page}], "grouping": [{"id": "https://example.org/masterclasses/demo"}]},
            "extensions": {"https://example.org/x/attempt": 1, "https://example.org/x/purpose": "practice"},
        },
        "timestamp": "2026-11-23T09:30:00.000Z",
    }  # fmt: skip


async def null(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"{}"})


async def usage(scope: Any, receive: Any, send: Any) -> None:
    """The server's CPU seconds and memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    body = json.dumps({"cpu": time.process_time(), "rss_mb": pages * resource.getpagesize() / 1e6}).encode()
    head = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})


def serve(port: int, data: str) -> None:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.routing import Mount

    from xapi.lrs.app import mounts
    from xapi.store.opening import opened

    routes = [Mount("/usage", app=usage), Mount("/null", app=null), *mounts(opened(data))]
    uvicorn.run(Starlette(routes=routes), port=port, log_level="error", access_log=False)


@dataclass
class Server:
    port: int
    headers: str

    def request(self, method: str, path: str, body: bytes = b"") -> bytes:
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{self.headers}Content-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    def now(self) -> dict[str, float]:
        return asyncio.run(self._now())

    async def _now(self) -> dict[str, float]:
        connection = await Connection.to(self.port)
        found: dict[str, float] = json.loads((await connection.ask(self.request("GET", "/usage/")))[1])
        connection.writer.close()
        return found


@dataclass
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def to(cls, port: int) -> Connection:
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=1 << 22))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        return int(head[9:12]), await self.reader.readexactly(length)


@contextmanager
def server(data: str, key: tuple[str, str]) -> Any:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    auth = base64.b64encode(":".join(key).encode()).decode()
    common = f"Authorization: Basic {auth}\r\nX-Experience-API-Version: 1.0.3\r\nContent-Type: application/json\r\n"
    process = subprocess.Popen([sys.executable, __file__, "--serve", str(port), data])
    try:
        began = time.monotonic()
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if time.monotonic() - began > 30:
                raise SystemExit("the server did not start")
            time.sleep(0.02)
        yield Server(port, common), time.monotonic() - began
    finally:
        process.terminate()
        process.wait()


async def load(target: Server, path: str, made: Callable[[], bytes]) -> tuple[int, int, float]:
    """Requests answered in the time given, errors, seconds; on several connections, each one after the other."""
    done = errors = 0
    began = time.monotonic()

    async def one() -> None:
        nonlocal done, errors
        connection = await Connection.to(target.port)
        while time.monotonic() - began < SECONDS:
            status, _ = await connection.ask(target.request("POST", path, made()))
            done += 1
            errors += status != 200
        connection.writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return done, errors, time.monotonic() - began


def bodies(count: int, batch: int) -> Callable[[], bytes]:
    """Prepared beforehand, for the client must not be what is measured; ids are completed as the bodies go out."""
    texts = []
    for _ in range(count):
        made = [statement(number) for number in range(batch)]
        for one in made:
            one["id"] = "@" + one["id"][-12:]
        texts.append(json.dumps(made if batch > 1 else made[0]))

    def fresh() -> bytes:
        return random.choice(texts).replace("@", str(uuid4())[:24]).encode()

    return fresh


def posts(target: Server) -> dict[str, Any]:
    loads: dict[str, tuple[str, Callable[[], bytes]]] = {
        "null": ("/null/", bodies(50, 1)),
        "single": ("/xapi/statements", bodies(50, 1)),
        "batch50": ("/xapi/statements", bodies(20, BATCH)),
    }
    found: dict[str, Any] = {}
    for name, (path, made) in loads.items():
        before = target.now()["cpu"]
        done, errors, seconds = asyncio.run(load(target, path, made))
        cpu = (target.now()["cpu"] - before) / done * 1000
        found[name] = {"requests_s": round(done / seconds), "cpu_ms": round(cpu, 3), "errors": errors}
    found["single"]["ratio_to_null"] = round(found["single"]["requests_s"] / found["null"]["requests_s"], 3)
    found["batch50"]["statements_s"] = found["batch50"].pop("requests_s") * BATCH
    return found


async def _gets(target: Server, path: str) -> float:
    connection = await Connection.to(target.port)
    request = target.request("GET", path)
    for _ in range(20):
        await connection.ask(request)
    before = (await target._now())["cpu"]
    for _ in range(GETS):
        status, _ = await connection.ask(request)
        assert status == 200
    cpu = (await target._now())["cpu"] - before
    connection.writer.close()
    return round(cpu / GETS * 1000, 3)


def gets(target: Server, middle: str) -> dict[str, float]:
    agent = json.dumps({"account": {"homePage": "https://people.example", "name": "p7"}})
    activity = "https://example.org/masterclasses/demo"
    queries = {
        "agent": {"agent": agent},
        "activity": {"activity": f"{activity}/questions/7"},
        "since": {"since": middle},
        "related": {"activity": activity, "related_activities": "true"},
    }
    return {
        name: asyncio.run(_gets(target, f"/xapi/statements?{urlencode(query | {'limit': '100'})}"))
        for name, query in queries.items()
    }


def slopes(found: dict[int, dict[str, float]]) -> dict[str, float]:
    """How much CPU, in milliseconds, a GET costs more with ten times as many statements: least squares over all sizes."""
    sizes = [math.log10(size) for size in found]
    if len(sizes) < 2:
        return {}
    return {
        name: round(statistics.linear_regression(sizes, [each[name] for each in found.values()]).slope, 4)
        for name in next(iter(found.values()))
    }


def fill(data: str, have: int, size: int) -> str:
    """Statements straight into the store until there are so many; an instant half-way."""
    from xapi.statements.incoming import Authority, read
    from xapi.store import statements
    from xapi.store.opening import opened
    from xapi.timestamps import text

    store = opened(data)
    agent = {"account": {"homePage": "https://lrs.example", "name": "fill"}}
    authority = Authority("fill", agent, json.dumps(agent), True)

    async def filled() -> int:
        halfway = 0
        for done in range(have, size, FILLED_AT_ONCE):
            body = json.dumps([statement(number) for number in range(min(FILLED_AT_ONCE, size - done))]).encode()
            await store.write(partial(statements.record, batch=read(body, "1.0.3", authority), contents={}))
            if done <= (have + size) // 2:
                halfway = await store.consistent_through()
        return halfway

    middle = asyncio.run(filled())
    store.close()
    return text(middle)


def new_key(data: str) -> tuple[str, str]:
    from xapi.store import keys
    from xapi.store.opening import opened

    store = opened(data)
    made: tuple[str, str] = asyncio.run(
        _written(store, lambda database: keys.add(database, "bench", ["all"], "https://lrs.example/"))
    )
    store.close()
    return made


async def _written(store: Any, task: Any) -> Any:
    return await store.write(task)


def validation_ms() -> float:
    """Of one statement, as this file's others are made: the mean of the quickest of five rounds."""
    sent = [statement(number) for number in range(1_000)]
    rounds = []
    for _ in range(5):
        began = time.perf_counter()
        for each in sent:
            STATEMENT["2.0.0"](each)
        rounds.append(time.perf_counter() - began)
    return round(min(rounds) / len(sent) * 1_000, 4)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--postgres", metavar="URL", help="an empty database, to send the same to")
    parser.add_argument("--serve", nargs=2)
    options = parser.parse_args()
    if options.serve:
        serve(int(options.serve[0]), options.serve[1])
        return
    found: dict[str, Any] = {"validation_ms": validation_ms()}
    with tempfile.TemporaryDirectory() as data, server(data, new_key(data)) as (target, seconds):
        found["start_s"] = round(seconds, 2)
        found |= posts(target)
    with tempfile.TemporaryDirectory() as data:
        key, have = new_key(data), 0
        found["get"] = {}
        for size in (int(size) for size in options.sizes.split(",")):
            middle = fill(data, have, size)
            have = size
            with server(data, key) as (target, _):
                found["get"][size] = gets(target, middle)
                found["rss_mb"] = round(target.now()["rss_mb"])
        found["slope"] = slopes(found["get"])
    if options.postgres:
        with server(options.postgres, new_key(options.postgres)) as (target, _):
            found["postgres"] = posts(target)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
