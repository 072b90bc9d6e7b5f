"""What is seldom sent, and must do no harm: odd headers, large pages, connections that say nothing."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette

from lrs_fixtures import ACTIVITY, AGENT, Client, Json, statement
from xapi.lrs import call, connections
from xapi.lrs.app import mounts
from xapi.refused import Refused
from xapi.store import Store, statements

STATE = {"activityId": ACTIVITY["id"], "agent": AGENT, "stateId": "one"}
VERSION = {"X-Experience-API-Version": "1.0.3"}


@contextmanager
def served(store: Store) -> Iterator[int]:
    """On a real port, for what no test client sends."""
    config = uvicorn.Config(Starlette(routes=mounts(store)), http=connections.Connection, log_level="critical")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def said(port: int, request: bytes, patience: float = 10) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        connection.sendall(request)
        answer = b""
        while more := connection.recv(65536):
            answer += more
        return answer


def test_a_connection_that_never_ends_its_request_is_closed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD", 0.3)
    monkeypatch.setattr(connections, "BODY", 0.3)
    whole = b"GET /xapi/about HTTP/1.1\r\nHost: localhost\r\n"
    with served(store) as port:
        assert said(port, b"") == said(port, whole) == b""
        # Something that reads no body at all: the answer is there, and the rest of the request not waited for.
        refused = said(port, whole.replace(b"about", b"nothing") + b"Content-Length: 9\r\n\r\n")
        assert refused.startswith(b"HTTP/1.1 404 ")
        began = time.monotonic()
        kept = said(port, whole + b"\r\n" + whole)
    assert kept.startswith(b"HTTP/1.1 200 ") and kept.count(b"HTTP/1.1") == 1
    assert time.monotonic() - began < 5


def test_a_body_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call, "PATIENCE", 0.05)
    parts = [{"type": "http.request", "body": b"[", "more_body": True}]

    async def receive() -> Any:
        if not parts:
            await asyncio.sleep(60)
        return parts.pop()

    with pytest.raises(Refused) as refused:
        asyncio.run(call.read_body(receive, {"content-length": "2"}))
    assert refused.value.status == 408


def test_a_head_asked_for_by_a_form_is_as_long_as_it_says(store: Store, lrs: Client) -> None:
    basic = b64encode(":".join(lrs.key).encode()).decode()
    request = (
        "POST /xapi/statements?method=HEAD HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Authorization: Basic {basic}\r\nX-Experience-API-Version: 1.0.3\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\nlimit=1"
    )
    with served(store) as port:
        head, _, body = said(port, request.encode()).partition(b"\r\n\r\n")
    assert (head[:12], body) == (b"HTTP/1.1 200", b"")
    assert b"content-length: 0" in head.lower()


@pytest.mark.parametrize("sent", ["text/plain\r\nX-Evil: 1", "text/plain\0", "text/plain; name=€"])
def test_a_form_brings_no_header_that_a_request_could_not(lrs: Client, sent: str) -> None:
    """A document's type would make the answer unreadable, each time the document is asked for."""
    form = STATE | {"Content-Type": sent, "content": "hello"}
    answer = lrs.http.post("/xapi/activities/state?method=PUT", data=form, auth=lrs.key, headers=VERSION)
    assert (answer.status_code, answer.text) == (400, "Content-Type: expected a header's value\n")
    assert lrs.ask("GET", "activities/state", **STATE).status_code == 404


@pytest.mark.parametrize("sent", ["text/plain\r\n\r\n", "text/plain\n; a=b", "text/plain; a\rb"])
def test_an_attachments_type_stays_on_its_line(lrs: Client, sent: str) -> None:
    named = {"usageType": "https://x.y/z", "display": {}, "contentType": sent, "length": 1, "sha2": "0" * 64}
    broken = statement(attachments=[named | {"fileUrl": "https://x.y/file"}])
    assert lrs.refused(broken) == "attachments[0].contentType: expected an internet media type"


def test_a_header_in_several_lines_is_one_list(lrs: Client) -> None:
    assert lrs.ask("PUT", "activities/state", content="one", **STATE).status_code == 204
    etag = lrs.ask("GET", "activities/state", **STATE).headers["ETag"]
    several = [*VERSION.items(), ("If-Match", etag), ("If-Match", '"another"'), ("Content-Type", "text/plain")]
    answer = lrs.http.put("/xapi/activities/state", params=STATE, content="two", auth=lrs.key, headers=several)
    assert answer.status_code == 204


def test_whoever_asks_in_a_wrong_way_is_told_the_right_ones(either: Client) -> None:
    refused = either.ask("DELETE", "statements")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, PUT, POST, HEAD, OPTIONS")
    options = either.http.request("OPTIONS", f"{either.root}/statements")
    assert options.headers["X-Experience-API-Version"] == ("1.0.3" if either.root == "/xapi" else "2.0.0")


def test_ids_are_all_that_is_left_of_a_contexts_agents_and_groups(lrs2: Client) -> None:
    named: Json = {"objectType": "Agent", "name": "Ada", "mbox": "mailto:ada@example.org"}
    group: Json = {"objectType": "Group", "name": "All", "member": [named]}
    agents = [{"objectType": "contextAgent", "agent": named, "relevantTypes": ["https://x.y/tutor"]}]
    groups = [{"objectType": "contextGroup", "group": group}]
    lrs2.send(statement(context={"contextAgents": agents, "contextGroups": groups}))
    only = {"objectType": "Agent", "mbox": "mailto:ada@example.org"}
    (found,) = lrs2.found(format="ids")
    assert found["context"] == {
        "contextAgents": [agents[0] | {"agent": only}],
        "contextGroups": [groups[0] | {"group": {"objectType": "Group", "member": [only]}}],
    }


def test_a_page_ends_where_it_would_be_too_large(lrs: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "PAGE_BYTES", 10_000)
    ids = [lrs.send(statement(result={"response": "x" * 4_000}))[0] for _ in range(7)]
    pages, more = [], "/xapi/statements?ascending=true"
    while more:
        page = lrs.ask("GET", more).json()
        more = page["more"]
        pages.append([each["id"] for each in page["statements"]])
    assert pages == [ids[:3], ids[3:6], ids[6:]]


def test_a_page_ends_where_its_attachments_would_be_too_large(lrs: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "PAGE_BYTES", 10_000)
    ids = [_sent_with(lrs, bytes([number]) * 6_000) for number in range(3)]
    answer = lrs.ask("GET", "statements", attachments="true", ascending="true")
    first = json.loads(answer.content.split(b"\r\n\r\n")[1].partition(b"\r\n--")[0])
    assert ([each["id"] for each in first["statements"]], bool(first["more"])) == (ids[:2], True)
    assert answer.content.count(b"X-Experience-API-Hash") == 2


def _sent_with(lrs: Client, contents: bytes) -> str:
    sha2 = hashlib.sha256(contents).hexdigest()
    named = {"usageType": "https://x.y/z", "display": {}, "contentType": "text/plain", "length": 6_000, "sha2": sha2}
    one = statement(attachments=[named])
    parts = [
        b"Content-Type: application/json\r\n\r\n" + json.dumps(one).encode(),
        f"Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\n".encode() + contents,
    ]
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"
    answer = lrs.ask("POST", "statements", content=body, headers={"Content-Type": "multipart/mixed; boundary=b"})
    assert answer.status_code == 200, answer.text
    id_: str = one["id"]
    return id_


def test_nobody_unknown_is_read_to_the_end(store: Store, lrs: Client) -> None:
    """An answer comes before the body does: nobody without a key, or with one that may send less, fills the memory."""
    head = "POST /xapi/statements{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{}X-Experience-API-Version: 1.0.3\r\n"
    body = "Content-Type: application/json\r\nContent-Length: 16000000\r\n\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1048577\r\n\r\n"
    wrong = f"Authorization: Basic {b64encode(b'nobody:nothing').decode()}\r\n"
    with served(store) as port:
        answers = [
            said(port, (head.format("", "") + body).encode()),
            said(port, (head.format("", wrong) + body).encode()),
            said(port, (head.format("?method=POST", "") + form).encode()),
        ]
    assert [answer[9:12] for answer in answers] == [b"401", b"401", b"413"]


def test_long_definitions_are_known_and_not_kept_at_hand(store: Store, lrs: Client) -> None:
    long = ACTIVITY | {"definition": {"description": {"en": "x" * 100_000}}}
    lrs.send(statement(object=long), statement(object=ACTIVITY | {"definition": {"name": {"en": "Short"}}}))
    lrs.send(statement(object=ACTIVITY | {"definition": {"name": {"de": "Kurz"}}}))
    definition = lrs.ask("GET", "activities", activityId=ACTIVITY["id"]).json()["definition"]
    assert definition == long["definition"] | {"name": {"en": "Short", "de": "Kurz"}}
    assert asyncio.run(store.write(lambda database: list(database.definitions))) == []
