"""Tens of thousands of malformed requests: none is answered with a server error, none leaves a trace."""

from __future__ import annotations

import asyncio
import base64
import json
import random
import re
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from lrs_fixtures import AGENT, Connect, Json, emptied, statement
from xapi.lrs.app import Lrs
from xapi.store import Database, Row, Store
from xapi_ops import ran
from xapi_servers import Server

REQUESTS = 50_000
ODD: list[Json] = [None, True, -1, 1.5, 10**30, "", "x", "\x00", "é" * 300, [], {}, [[]], {"a": {"b": [None]}}, "P1D", "mailto:", "http://", "2026-13-01T00:00:00Z"]  # fmt: skip
RESOURCES = ["statements", "activities/state", "activities/profile", "agents/profile", "activities", "agents", "about", "nothing"]  # fmt: skip
METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"]
TYPES = ["application/json", "multipart/mixed; boundary=b", "multipart/mixed", "text/plain", "application/x-www-form-urlencoded", ""]  # fmt: skip
PARAMETERS = ["statementId", "voidedStatementId", "agent", "verb", "activity", "registration", "since", "until", "limit", "format", "attachments", "more", "activityId", "stateId", "profileId", "method", "%00"]  # fmt: skip
TEXTS = ["", "x", "%ff", "%00", "-1", "9" * 30, "true", "http%3A%2F%2Fx.y", "%7B%7D", "%5B%5D", AGENT, "2026-11-23T09:30:00-00:00", "GET"]  # fmt: skip


def mutated(rng: random.Random, value: Json) -> Json:
    """The value with one thing in it made odd."""
    if isinstance(value, dict) and value and rng.random() < 0.8:
        key = rng.choice(list(value))
        changed = dict(value)
        if rng.random() < 0.1:
            changed[rng.choice(["", "x", "ID", "\x00", "é"])] = changed.pop(key)
        else:
            changed[key] = mutated(rng, value[key])
        return changed
    if isinstance(value, list) and value and rng.random() < 0.8:
        changed_list = list(value)
        position = rng.randrange(len(value))
        changed_list[position] = mutated(rng, value[position])
        return changed_list
    return rng.choice(ODD)


def body(rng: random.Random) -> bytes:
    whole = statement(
        context={"contextActivities": {"parent": [{"id": "https://example.org/p"}]}, "team": {"objectType": "Group"}},
        result={"score": {"raw": 1, "min": 0, "max": 2}, "duration": "PT1S"},
        object={"objectType": "SubStatement", **{k: v for k, v in statement().items() if k != "id"}},
    )
    whole["context"]["team"]["member"] = None  # wrong whatever else is changed: nothing may be stored
    text = json.dumps(mutated(rng, whole) if rng.random() < 0.7 else [whole, mutated(rng, whole)]).encode()
    kind = rng.random()
    if kind < 0.2:
        cut = rng.randrange(len(text))
        return text[:cut] + rng.choice([b"", b"\xff", b"\x00", b"{", b'"', b"\\ud800", b"NaN"]) + text[cut + 1 :]
    if kind < 0.3:
        return (
            b"--b\r\nContent-Type: application/json\r\n\r\n"
            + text
            + rng.choice([b"", b"\r\n--b--", b"\r\n--b\r\n\r\n--b--"])
        )
    return text


class Odd(NamedTuple):
    method: str
    path: str
    query: str
    body: bytes
    headers: list[tuple[bytes, bytes]]


def odd(rng: random.Random, authorization: bytes) -> Odd:
    """A request that nothing may come of."""
    resource = rng.choice(RESOURCES) if rng.random() < 0.5 else "statements"
    method = rng.choice(METHODS) if resource != "statements" else rng.choice(["POST", "PUT", "GET"])
    if method in ("PUT", "POST") and "/" in resource:
        query = "nonsense=1"  # documents may hold anything; these must not be stored
    else:
        query = "&".join(f"{rng.choice(PARAMETERS)}={rng.choice(TEXTS)}" for _ in range(rng.randrange(4)))
    version = rng.choice([b"1.0.3", b"2.0.0", b"\xff"])
    headers = [(b"authorization", authorization), (b"x-experience-api-version", version), (b"content-type", rng.choice(TYPES).encode())]  # fmt: skip
    return Odd(method, resource, query, body(rng), headers)


def basic(key: str, secret: str) -> bytes:
    return f"Basic {base64.b64encode(f'{key}:{secret}'.encode()).decode()}".encode()


@pytest.mark.slow
def test_no_request_breaks_the_server(store: Store, connect: Connect) -> None:
    authorization = basic(*connect().key)
    app = Lrs(store, "1.0.3")
    rng = random.Random(7)

    async def ask(request: Odd) -> int:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": request.body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": request.method,
            "path": f"/{request.path}",
            "query_string": request.query.encode(),
            "headers": request.headers,
        }
        await app(scope, receive, send)
        status: int = sent[0]["status"]
        return status

    async def run() -> set[int]:
        return {await ask(odd(rng, authorization)) for _ in range(REQUESTS)}

    statuses = asyncio.run(run())
    assert max(statuses) < 500
    assert statuses >= {200, 400, 404, 405}
    assert asyncio.run(store.read(contents)) == ([(0,)], [])


def contents(database: Database) -> tuple[list[Row], list[Row]]:
    return database.rows("last_seq"), database.rows("export_activities", after="", limit=1)


WARMING = 10_000
# Mebibytes that 50,000 requests may add once the server is warm: 200 bytes for each would be ten.
GROWTH = 6
CONNECTIONS = 8


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_no_request_leaves_anything_in_memory(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A server of its own, over the network: what it holds after tens of thousands of refusals is what it held before."""
    data = request.getfixturevalue("postgres") if kind == "postgres" else str(tmp_path / "data")
    if kind == "postgres":
        emptied(data)
    key = json.loads(ran("key", "add", "fuzz", "--scope", "all", "--json", "--data", data))
    server = Server(tmp_path, data)
    server.start()
    try:
        authorization = basic(key["key"], key["secret"])
        statuses = asyncio.run(sent(server.port, authorization, WARMING, 1))
        before = server.rss_mb()
        statuses |= asyncio.run(sent(server.port, authorization, REQUESTS, 2))
        growth = server.rss_mb() - before
    finally:
        server.stop()
    print(f"{kind}: {before:.1f} MiB, and {growth:.1f} more after {REQUESTS} requests")
    assert max(statuses) < 500
    assert growth < GROWTH


def on_the_wire(request: Odd) -> bytes:
    head = f"{request.method} /xapi/{request.path}?{quote(request.query, safe='%&=')} HTTP/1.1\r\nHost: localhost\r\n"
    headers = [*request.headers, (b"content-length", str(len(request.body)).encode())]
    return head.encode() + b"".join(name + b": " + value + b"\r\n" for name, value in headers) + b"\r\n" + request.body


async def sent(port: int, authorization: bytes, count: int, seed: int) -> set[int]:
    async def some(number: int) -> set[int]:
        rng = random.Random(seed * 100 + number)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        found = set()
        for _ in range(count // CONNECTIONS):
            request = odd(rng, authorization)
            writer.write(on_the_wire(request))
            head = await reader.readuntil(b"\r\n\r\n")
            found.add(int(head[9:12]))
            length = re.search(rb"(?i)content-length: (\d+)", head)
            await reader.readexactly(int(length[1]) if length and request.method != "HEAD" else 0)
        writer.close()
        return found

    return set().union(*await asyncio.gather(*(some(number) for number in range(CONNECTIONS))))
