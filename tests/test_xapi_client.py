"""The client: against our LRS on a real port, and against one that fails in every way."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from xapi.client import MOST, Client, KeyRefused, LrsFailed, Rejected, Unreachable
from xapi.lrs.multipart import Part
from xapi_ops import attached, ran, statement, whole
from xapi_servers import Answer, Server, fake, free_port, ids, said

Json = Any
EXACT = '{"score":{"raw":1.10,"max":12345678901234567890}}'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Client]]:
    server = Server(tmp_path_factory.mktemp("served"))
    key = json.loads(ran("key", "add", "test", "--scope", "all", "--json", "--data", server.data))
    server.start()
    yield server, Client(server.endpoint, key["key"], key["secret"])
    server.stop()


def test_sends_and_reads_statements_as_they_are(served: tuple[Server, Client]) -> None:
    server, client = served
    before = datetime.now(UTC)
    exact = json.dumps(statement(1)).removesuffix("}") + f',"result":{EXACT}}}'
    unnamed = json.dumps({name: value for name, value in statement(2).items() if name != "id"})
    sent = [exact, unnamed, *(json.dumps(statement(number)) for number in range(3, 2 * MOST))]
    named = client.send(sent)
    assert client.send(sent[:1]) == named[:1]
    found = list(client.statements(since=before, limit="7"))
    assert [each["id"] for each in found] == named
    assert EXACT.encode() in whole(server.data / "lrs.sqlite")[0][0][6]
    until = datetime.fromisoformat(found[9]["stored"])
    assert [each["id"] for each in client.statements(until=until)] == named[:10]
    assert [each["id"] for each in client.statements(since=until)] == named[10:]
    assert list(client.statements(since=datetime.now(UTC) + timedelta(days=1))) == []
    assert (client.holds(named[1]), client.holds("00000000-0000-4000-8000-999999999999")) == (True, False)
    assert client.versions() == ["1.0.3", "2.0.0"]


def test_sends_attachments(served: tuple[Server, Client]) -> None:
    server, client = served
    plan = bytes(range(256))
    sha2 = hashlib.sha256(plan).hexdigest()
    headers = {"Content-Type": "text/plain", "Content-Transfer-Encoding": "binary", "X-Experience-API-Hash": sha2}
    client.send([json.dumps(statement(900, attachments=[attached(plan)]))], [Part(headers, plan)])
    assert whole(server.data / "lrs.sqlite")[2] == [(sha2, plan)]


def test_a_key_that_is_not_known(served: tuple[Server, Client]) -> None:
    server, _ = served
    with pytest.raises(KeyRefused) as refused:
        Client(server.endpoint, "nobody", "gehéim").send([json.dumps(statement(1))])
    assert refused.value.message == (
        f"{server.endpoint} refuses the key (401): expected the key and secret of an API key (HTTP Basic)"
    )


def patient(endpoint: str, waits: list[float] | None = None, **settings: Any) -> Client:
    """Notes how long it would wait, and does not."""
    kept = waits if waits is not None else []
    return Client(endpoint, "key", "secret", pause=kept.append, **settings)


FAILURES: dict[str, tuple[Answer | None, str]] = {
    "hangs up": (None, "does not answer: Remote end closed connection without response"),
    "busy": ((503, {}, b"busy"), "answered 503: busy"),
    "too many": ((429, {}, b"slowly"), "answered 429: slowly"),
    "cut off": ((200, {"Content-Length": "99"}, b"[]"), "does not answer: IncompleteRead(0 bytes read, 97 more expected)"),
    "not HTTP": ((99999, {}, b""), "does not answer: HTTP/1.0 99999"),
}  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES)
def test_tries_again_with_the_same_ids(failure: str) -> None:
    failed, message = FAILURES[failure]
    left = [3]

    def answer(method: str, path: str, body: bytes) -> Answer | None:
        left[0] -= 1
        return failed if left[0] >= 0 else said(200, ids(body))

    waits: list[float] = []
    unnamed = json.dumps({name: value for name, value in statement(2).items() if name != "id"})
    with fake(answer) as server:
        named = patient(server.endpoint, waits).send([json.dumps(statement(1)), unnamed])
        assert [ids(body) for _, _, body in server.asked] == [named] * 4
        assert waits == [0.5, 1, 2]
        left[0] = 9
        with pytest.raises(Unreachable) as gone:
            patient(server.endpoint, tries=2).send([unnamed])
    assert " ".join(gone.value.message.split()).startswith(f"{server.endpoint} {message}")
    assert left[0] == 7


def test_waits_as_long_as_it_is_told_within_reason() -> None:
    waits: list[float] = []
    answers = iter(["7", "99999", "soon"])

    def answer(method: str, path: str, body: bytes) -> Answer:
        try:
            return said(503, None, **{"Retry-After": next(answers)})
        except StopIteration:
            return said(200, ids(body))

    with fake(answer) as server:
        patient(server.endpoint, waits).send([json.dumps(statement(1))])
    assert waits == [7, 30, 2]


def test_nobody_there_and_nobody_answering() -> None:
    with pytest.raises(Unreachable, match="Connection refused"):
        patient(f"http://127.0.0.1:{free_port()}/xapi", tries=2).versions()

    def slow(method: str, path: str, body: bytes) -> Answer:
        time.sleep(1)
        return said(200, [])

    with fake(slow) as server, pytest.raises(Unreachable, match="timed out"):
        patient(server.endpoint, tries=1, timeout=0.2).versions()


def test_a_batch_that_is_too_large_is_split() -> None:
    def answer(method: str, path: str, body: bytes) -> Answer:
        return said(413) if len(ids(body)) > 3 else said(200, ids(body))

    with fake(answer) as server:
        named = patient(server.endpoint).send([json.dumps(statement(number)) for number in range(10)])
        stored = [ids(body) for _, _, body in server.asked if len(ids(body)) <= 3]
    assert stored == [named[:2], named[2:5], named[5:7], named[7:]]


def test_a_statement_that_is_too_large_alone() -> None:
    with fake(lambda *_: (413, {}, b"too large")) as server, pytest.raises(Rejected) as refused:
        patient(server.endpoint).send([json.dumps(statement(1)), json.dumps(statement(2))])
    assert (refused.value.status, [len(ids(body)) for _, _, body in server.asked]) == (413, [2, 1])


LASTING: dict[str, tuple[Answer, type[LrsFailed], str]] = {
    "invalid": ((400, {}, b"actor.mbox: \x1b[2Jexpected"), Rejected, "answered 400: actor.mbox:  [2Jexpected"),
    "conflict": ((409, {}, b"another"), Rejected, "answered 409: another"),
    "forbidden": ((403, {}, b"no"), KeyRefused, "refuses the key (403): no"),
    "moved": ((301, {"Location": "https://other.example/"}, b""), Rejected, "has moved to https://other.example/"),
    "other ids": (said(200, ["x"]), Rejected, "answered with other ids than those of the statements it was sent"),
    "a portal": ((200, {}, b"<html>Sign in"), Unreachable, "answered 200 and something that is no LRS's: <html>Sign in"),
    "no list": ((200, {}, b"{}"), Unreachable, "answered 200 and something that is no LRS's: {}"),
}  # fmt: skip


@pytest.mark.parametrize("case", LASTING)
def test_what_another_try_would_not_help(case: str) -> None:
    answer, kind, message = LASTING[case]
    with fake(lambda *_: answer) as server, pytest.raises(LrsFailed) as failed:
        patient(server.endpoint).send([json.dumps(statement(1))])
    assert (type(failed.value), failed.value.message) == (kind, f"{server.endpoint} {message}")
    assert len(server.asked) == 1
    assert "secret" not in failed.value.message


def page(more: str, *numbers: int) -> Answer:
    return said(200, {"statements": [statement(number) for number in numbers], "more": more})


LOOPS = {
    "the same address": lambda path: page("/xapi/more", len(path)),
    "the same statements": lambda path: page(f"{path}x", 1),
    "nothing": lambda path: page(f"{path}x"),
}


@pytest.mark.parametrize("case", LOOPS)
def test_pages_that_never_end(case: str) -> None:
    with fake(lambda _, path, __: LOOPS[case](path)) as server, pytest.raises(Rejected, match="again and again"):
        list(patient(server.endpoint).statements())
    assert len(server.asked) < 5


def test_pages_of_another_server_do_not_get_the_key() -> None:
    with (
        fake(lambda *_: page("", 2)) as other,
        fake(lambda *_: page(f"{other.endpoint}more", 1)) as server,
        pytest.raises(Rejected, match="not followed with this key"),
    ):
        list(patient(server.endpoint).statements())
    assert other.asked == []


@pytest.mark.parametrize("answer", [b"[]", b'{"statements":{}}', b'{"statements":[],"more":1}', b"\xff"])
def test_a_page_that_is_none(answer: bytes) -> None:
    with fake(lambda *_: (200, {}, answer)) as server, pytest.raises(Unreachable, match="something that is no LRS's"):
        list(patient(server.endpoint).statements())


@pytest.mark.parametrize("endpoint", ["lrs.example.org", "ftp://lrs.example.org/", "https://", "http://a:b/"])
def test_what_is_no_address(endpoint: str) -> None:
    with pytest.raises(Rejected, match="expected the address of an LRS"):
        Client(endpoint, "key", "secret")
