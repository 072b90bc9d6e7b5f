"""*Follow my progress*: sessions, codes, and what a learner's page may send and see."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from pipeline.server import channel
from pipeline.server.app import app
from pipeline.server.codes import GUESSES, MINUTES, Codes
from pipeline.server.kept import Kept
from pipeline.server.learners import TRIES
from pipeline.server.sessions import learner_sessions
from xapi.lrs.rates import Rates
from xapi.people.registers import FILE, register
from xapi.store import Database, keys

BASE = "https://example.org"
COOKIE = learner_sessions(b"").cookie
COURSE = f"{BASE}/masterclasses/demo"
ORIGIN = {"Origin": "http://testserver"}

Json = Any
T = TypeVar("T")


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept.at(str(tmp_path / "data"))


@pytest.fixture
def browser_at(tmp_path: Path, kept: Kept) -> Iterator[Callable[[], TestClient]]:
    """Makes browsers, each with cookies of its own."""
    served = app(tmp_path, kept, BASE)
    with TestClient(served):
        yield lambda: TestClient(served, headers=ORIGIN)


@pytest.fixture
def learner(browser_at: Callable[[], TestClient]) -> TestClient:
    return following(browser_at())


def following(client: TestClient) -> TestClient:
    assert client.post("/learner/session", json={}).status_code == 200
    return client


def account(client: TestClient) -> str:
    name: str = client.get("/learner/session").json()["actor"]["account"]["name"]
    return name


def statement(**properties: Json) -> Json:
    somebody = {"account": {"homePage": "https://elsewhere.example", "name": "somebody else"}}
    verb = {"id": "http://adlnet.gov/expapi/verbs/answered"}
    return {"id": str(uuid4()), "actor": somebody, "verb": verb, "object": {"id": COURSE}} | properties


def send(client: TestClient, *statements: Json) -> Response:
    return client.post("/learner/statements", json=list(statements))


def state(client: TestClient, method: str, document: Json = None, activity: str = COURSE) -> Response:
    asked = {"stateId": "masterclass", "activityId": activity, "agent": '{"mbox": "mailto:somebody@else.example"}'}
    return client.request(method, "/learner/activities/state", params=asked, json=document)


def test_nobody_is_followed_without_asking(browser_at: Callable[[], TestClient]) -> None:
    client = browser_at()
    asked = client.get("/learner/session")
    assert (asked.json(), asked.headers.get("set-cookie")) == ({"actor": None}, None)
    assert send(client, statement()).status_code == 401
    assert state(client, "GET").status_code == 401
    assert client.post("/learner/code", json={}).status_code == 401
    assert client.get("/learner/my-data/my-data.json").status_code == 401
    assert client.get("/learner/my-data/", follow_redirects=False).headers["location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser_at: Callable[[], TestClient]) -> None:
    cookie = browser_at().post("/learner/session", json={}).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=34560000"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    secure = (
        browser_at()
        .post("https://testserver/learner/session", json={}, headers={"Origin": "https://testserver"})
        .headers["set-cookie"]
    )
    assert "Secure" in secure


def test_a_forged_cookie_is_nobody(learner: TestClient) -> None:
    good = learner.cookies[COOKIE]
    learner.cookies.clear()
    name, expires, signature = good.split(".")
    for value in (good[:-1], f"{uuid4()}.{expires}.{signature}", f"{name}.9{expires}.{signature}", "", "é", "a.b.c"):
        answer = learner.get("/learner/session", headers=[(b"cookie", f"{COOKIE}={value}".encode("latin-1"))])
        assert answer.json() == {"actor": None}, value
    good_again = learner.get("/learner/session", headers={"Cookie": f"{COOKIE}={good}"})
    assert good_again.json()["actor"]["account"]["name"] == name


def test_the_key_outlives_the_server_and_is_its_own(tmp_path: Path, learner: TestClient) -> None:
    again = TestClient(
        app(tmp_path, Kept.at(str(tmp_path / "data")), BASE), headers=ORIGIN, cookies=dict(learner.cookies)
    )
    assert account(again) == account(learner)
    assert (tmp_path / "data" / FILE).stat().st_mode & 0o777 == 0o600


def test_the_server_says_whose_statement_it_is(learner: TestClient, kept: Kept) -> None:
    sent = statement(result={"score": {"scaled": 0.10}})
    assert send(learner, sent).json() == [sent["id"]]
    stored = learner.get("/learner/statements", params={"statementId": sent["id"]}).json()
    assert stored["actor"] == {"objectType": "Agent", "account": {"homePage": f"{BASE}/", "name": account(learner)}}
    assert stored["authority"]["account"] == {"homePage": f"{BASE}/", "name": "site"}
    assert send(learner, sent).status_code == 200, "sent again it is the same statement"
    assert send(learner, sent | {"verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}}).status_code == 409
    assert len(everything(kept)) == 1


def finished(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: a browser of another test may have a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def everything(kept: Kept) -> list[Json]:
    def read(database: Database) -> list[Json]:
        return [json.loads(payload) for _, _, payload in database.rows("earliest", after=0, before=1 << 62, limit=100)]

    return finished(kept.store.read(read))


def test_a_learner_speaks_of_masterclasses_only(learner: TestClient, kept: Kept) -> None:
    refused = [
        statement(object={"id": "https://example.org/elsewhere"}),
        statement(object={"objectType": "Agent", "mbox": "mailto:ada@example.org"}),
        statement(object={"objectType": "StatementRef", "id": str(uuid4())}),
        statement(
            verb={"id": "http://adlnet.gov/expapi/verbs/voided"},
            object={"objectType": "StatementRef", "id": str(uuid4())},
        ),
        statement(object={"objectType": "SubStatement", "id": COURSE}),
        statement(object=COURSE),
        statement(object=None),
    ]
    assert [send(learner, each).status_code for each in refused] == [403] * len(refused)
    assert [send(learner, statement(), each).status_code for each in refused] == [403] * len(refused)
    assert send(learner, statement(verb=None)).status_code == 400
    for body in (b"", b"[", b"null", b"[" * 100_000, b"\xff", b'{"object": 1e999}'):
        answer = learner.post("/learner/statements", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400, body
    assert send(learner, statement(result={"response": "x" * 200_000})).status_code == 413
    assert state(learner, "PUT", {"resume": "1"}, "https://example.org/elsewhere").status_code == 403
    assert everything(kept) == []


def test_nobody_reads_or_voids_what_is_another_learners(
    browser_at: Callable[[], TestClient], learner: TestClient
) -> None:
    other = following(browser_at())
    sent = statement()
    send(learner, sent)
    state(learner, "PUT", {"resume": "1abc"})
    assert other.get("/learner/statements", params={"statementId": sent["id"]}).status_code == 404
    assert other.get("/learner/statements").status_code == 400
    assert state(other, "GET").json() == {}
    assert state(learner, "GET").json() == {"resume": "1abc"}
    assert sent["id"] not in other.get("/learner/my-data/my-data.json").text
    assert account(other) != account(learner)


@pytest.fixture
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is asked at the same time, however slow the machine is."""
    monkeypatch.setattr(channel, "Rates", lambda: Rates(now=lambda: 0.0))


def test_one_address_cannot_fill_the_disk(one_moment: None, browser_at: Callable[[], TestClient], kept: Kept) -> None:
    learners = [following(browser_at()) for _ in range(3)]
    answers = [state(learners[turn % 3], "PUT", {"resume": "1"}).status_code for turn in range(400)]
    assert (answers[0], answers[-1]) == (204, 429)
    assert send(learners[0], statement()).status_code == 429
    for what in ("code", "forget"):
        assert learners[1].post(f"/learner/{what}", json={}).status_code == 429, what
    assert state(learners[0], "GET").json() == {"resume": "1"}


CHANGES = [
    ("POST", "/learner/session"), ("DELETE", "/learner/session"), ("POST", "/learner/code"), ("POST", "/learner/forget"), ("POST", "/learner/statements"),
    ("PUT", f"/learner/activities/state?stateId=masterclass&activityId={COURSE}"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_another_sites_page_changes_nothing(learner: TestClient, method: str, path: str) -> None:
    foreign: list[dict[str, str]] = [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
        {"Origin": ""},
        {"Origin": "http://["},
    ]
    for headers in foreign:
        assert learner.request(method, path, json={}, headers=headers).status_code == 403, headers
    if method != "DELETE":
        form = learner.request(method, path, content=b"{}", headers={"Content-Type": "text/plain"})
        assert form.status_code == 415


def test_a_body_nested_without_end_is_no_object(learner: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    assert learner.post("/learner/session", content=b"[" * 1000, headers=headers).status_code == 400
    assert learner.post("/learner/session", content=b'{"a":' * 199, headers=headers).status_code == 400


def test_a_learner_names_nobody_else(learner: TestClient, kept: Kept) -> None:
    """Else it would be among what is deleted with that person, and what they are given of themselves."""
    other = {"account": {"homePage": f"{BASE}/", "name": "another"}}
    for context in ({"instructor": other}, {"team": {"objectType": "Group", "member": [other]}}):
        response = send(learner, statement(context=context))
        assert (response.status_code, response.text) == (403, f"context.{next(iter(context))}: expected nobody\n")
    assert everything(kept) == []
    assert send(learner, statement(context={"platform": "site"})).status_code == 200


def test_one_address_cannot_use_up_the_guesses_of_all(
    browser_at: Callable[[], TestClient], learner: TestClient
) -> None:
    guesser = browser_at()
    said = [guesser.post("/learner/session", json={"code": "AAAA-AAAA"}).status_code for _ in range(GUESSES)]
    assert said == [404] * TRIES + [429] * (GUESSES - TRIES)
    assert guesser.post("/learner/session", json={}).status_code == 200, "to be followed needs no code"


def test_a_code_moves_progress_to_another_device_once(
    browser_at: Callable[[], TestClient], learner: TestClient
) -> None:
    code = learner.post("/learner/code", json={}).json()
    assert code["minutes"] == MINUTES
    phone, thief = browser_at(), browser_at()
    typed = f" {code['code'].lower()} "
    assert phone.post("/learner/session", json={"code": typed}).json() == learner.get("/learner/session").json()
    assert thief.post("/learner/session", json={"code": typed}).status_code == 404
    assert thief.get("/learner/session").json() == {"actor": None}
    state(learner, "PUT", {"resume": "1abc"})
    assert state(phone, "GET").json() == {"resume": "1abc"}


def test_codes_end(tmp_path: Path) -> None:
    now = 0.0
    codes = Codes(register(str(tmp_path)), b"key", lambda: now)
    first = codes.issue("ada")
    second = codes.issue("ada")
    assert (codes.redeem(first), codes.redeem(second), codes.redeem(second)) == (None, "ada", None)
    late = codes.issue("ada")
    now = MINUTES * 60
    assert codes.redeem(late) is None
    good = codes.issue("ada")
    assert [codes.redeem("AAAA-AAAA") for _ in range(GUESSES)] == [None] * GUESSES
    assert codes.redeem(good) is None, "too much guessing"
    now += 61
    assert codes.redeem(good) == "ada"


def test_leaving_ends_the_session_on_this_device(learner: TestClient) -> None:
    assert learner.delete("/learner/session").json() == {"actor": None}
    assert learner.get("/learner/session").json() == {"actor": None}


def test_my_data_shows_and_gives_everything(learner: TestClient) -> None:
    named = {"id": f"{COURSE}/questions/q", "definition": {"name": {"en": "<script>alert(1)</script>"}}}
    sent = [
        statement(object=named, result={"response": "a", "success": False}),
        statement(result={"score": {"scaled": 0.8}}),
    ]
    send(learner, *sent)
    state(learner, "PUT", {"resume": "1abc"})
    page = learner.get("/learner/my-data/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert page.text.count("<script") == 1, "its own"
    assert account(learner) in page.text
    assert "a · not right" in page.text
    assert "80%" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    whole = learner.get("/learner/my-data/my-data.json").json()
    assert whole["agent"]["account"]["name"] == account(learner)
    assert [each["statement"]["id"] for each in whole["statements"]] == [each["id"] for each in sent]
    assert [each["contents"] for each in whole["documents"]] == [{"resume": "1abc"}]


def test_deleted_is_deleted_on_every_device(
    browser_at: Callable[[], TestClient], learner: TestClient, kept: Kept
) -> None:
    other, phone = following(browser_at()), browser_at()
    phone.post("/learner/session", json={"code": learner.post("/learner/code", json={}).json()["code"]})
    mine, theirs = statement(), statement()
    send(learner, mine)
    send(other, theirs)
    state(learner, "PUT", {"resume": "1abc"})
    assert learner.post("/learner/forget", json={}).json() == {"actor": None}
    assert [each["id"] for each in everything(kept)] == [theirs["id"]]
    for client in (learner, phone):
        assert client.get("/learner/session").json() == {"actor": None}
        assert send(client, statement()).status_code == 401
        assert state(client, "PUT", {"resume": "1abc"}).status_code == 401
        assert client.post("/learner/forget", json={}).status_code == 401
    assert following(phone).get("/learner/my-data/my-data.json").json()["statements"] == []
    assert account(other)


def test_the_lrs_shows_a_followed_learner_to_whoever_has_a_key(
    browser_at: Callable[[], TestClient], learner: TestClient, kept: Kept
) -> None:
    sent = statement()
    send(learner, sent)
    key = finished(kept.store.write(lambda database: keys.add(database, "reports", ["statements/read"], BASE)))
    agent = json.dumps(learner.get("/learner/session").json()["actor"])
    found = browser_at().get(
        "/xapi/statements", params={"agent": agent}, auth=key, headers={"X-Experience-API-Version": "1.0.3"}
    )
    assert [each["id"] for each in found.json()["statements"]] == [sent["id"]]
