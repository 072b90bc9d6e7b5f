"""Tens of thousands of malformed requests: none is answered with a server error, none leaves a trace."""

from __future__ import annotations

import asyncio
import base64
import json
import random
from typing import Any

import pytest

from lrs_fixtures import AGENT, Connect, Json, statement
from xapi.lrs import Lrs
from xapi.store import Store

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


@pytest.mark.slow
def test_no_request_breaks_the_server(store: Store, connect: Connect) -> None:
    key, secret = connect().key
    auth = f"Basic {base64.b64encode(f'{key}:{secret}'.encode()).decode()}".encode()
    app = Lrs(store, "1.0.3")
    rng = random.Random(7)

    async def ask(method: str, path: str, query: str, content: bytes, headers: list[tuple[bytes, bytes]]) -> int:
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": f"/{path}",
            "query_string": query.encode(),
            "headers": headers,
        }
        await app(scope, receive, send)
        status: int = sent[0]["status"]
        return status

    async def run() -> set[int]:
        found = set()
        for _ in range(REQUESTS):
            resource = rng.choice(RESOURCES) if rng.random() < 0.5 else "statements"
            method = rng.choice(METHODS) if resource != "statements" else rng.choice(["POST", "PUT", "GET"])
            if method in ("PUT", "POST") and "/" in resource:
                query = "nonsense=1"  # documents may hold anything; these must not be stored
            else:
                query = "&".join(f"{rng.choice(PARAMETERS)}={rng.choice(TEXTS)}" for _ in range(rng.randrange(4)))
            version = rng.choice([b"1.0.3", b"2.0.0", b"\xff"])
            headers = [(b"authorization", auth), (b"x-experience-api-version", version), (b"content-type", rng.choice(TYPES).encode())]  # fmt: skip
            found.add(await ask(method, resource, query, body(rng), headers))
        return found

    statuses = asyncio.run(run())
    assert max(statuses) < 500
    assert statuses >= {200, 400, 404, 405}
    counts = asyncio.run(
        store.read(lambda database: [database.rows("last_seq"), database.rows("definitions", iris=[])])
    )
    assert counts == [[(0,)], []]
