"""The Statements resource and its neighbours: storing, comparing, formats, headers."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from lrs_fixtures import ACTIVITY, ACTOR, Client, Connect, Json, statement

MEMBERS = [{"mbox": "mailto:a@example.org"}, {"mbox": "mailto:b@example.org"}]


@pytest.mark.parametrize(
    ("header", "spoken"),
    [("1.0", "1.0.3"), ("1.0.0", "1.0.3"), ("1.0.3", "1.0.3"), ("1.0.9", "1.0.3"), ("2.0", "2.0.0"), ("2.0.0", "2.0.0"), ("2.0.4", "2.0.0")],
)  # fmt: skip
@pytest.mark.parametrize("root", ["/xapi", "/xapi/2"])
def test_both_mounts_speak_both_versions(connect: Connect, header: str, spoken: str, root: str) -> None:
    answer = connect(version=header, root=root).ask("GET", "statements")
    assert (answer.status_code, answer.headers["X-Experience-API-Version"]) == (200, spoken)


@pytest.mark.parametrize("header", ["", "0.9", "0.95", "1.1.0", "2.1", "3.0", "1.0.x", "one"])
def test_other_versions_are_refused(connect: Connect, header: str) -> None:
    for root, default in (("/xapi", "1.0.3"), ("/xapi/2", "2.0.0")):
        for client in (connect(version=header, root=root), connect(root=root)):
            named = {"X-Experience-API-Version": header} if client.version == header else {}
            answer = client.http.get(f"{root}/statements", auth=client.key, headers=named)
            assert (answer.status_code, answer.headers["X-Experience-API-Version"]) == (400, default)


def test_about_asks_for_nothing(connect: Connect) -> None:
    client = connect()
    answer = client.http.get("/xapi/2/about")
    assert (answer.status_code, answer.json()) == (200, {"version": ["1.0.3", "2.0.0"], "extensions": {}})
    assert client.http.get("/xapi/about?x=1").status_code == 400


def test_every_statements_answer_says_what_it_knows(either: Client) -> None:
    either.send(statement())
    for answer in (
        either.ask("GET", "statements"),
        either.ask("POST", "statements", json=statement()),
        either.ask("POST", "statements", json={}),
        either.ask("HEAD", "statements"),
        either.ask("GET", "statements", nonsense="1"),
        either.ask("PATCH", "statements"),
    ):
        assert answer.headers["X-Experience-API-Consistent-Through"].endswith("Z")
        assert answer.headers["X-Experience-API-Version"] == either.version


def test_consistent_through_is_not_behind_what_is_stored(either: Client) -> None:
    answer = either.ask("POST", "statements", json=statement())
    (got,) = either.found()
    assert got["stored"] <= answer.headers["X-Experience-API-Consistent-Through"]


def test_put(either: Client) -> None:
    id_ = str(uuid4())
    assert either.ask("PUT", "statements", json=statement(id=None), statementId=id_).status_code == 204
    assert either.ids() == [id_]
    assert either.ask("PUT", "statements", json=statement(), statementId=str(uuid4())).status_code == 400
    assert either.ask("PUT", "statements", json=[statement(id=None)], statementId=str(uuid4())).status_code == 400
    assert either.ask("PUT", "statements", json=statement()).status_code == 400
    assert either.ask("PUT", "statements", json=statement(id=None), statementId="x").status_code == 400


def test_a_batch_is_all_or_nothing(either: Client) -> None:
    assert either.ask("POST", "statements", json=[statement(), statement(verb={})]).status_code == 400
    known = statement()
    either.send(known)
    other = known | {"verb": {"id": "https://example.org/other"}}
    assert either.ask("POST", "statements", json=[statement(), other]).status_code == 409
    assert either.ids() == [known["id"]]


def test_the_same_id_twice_in_a_batch(either: Client) -> None:
    twice = statement()
    assert either.refused([twice, twice]) == "[1].id: expected each id once in a batch"


def test_an_empty_batch_is_nothing(either: Client) -> None:
    assert either.send() == []


SAME: dict[str, tuple[Json, Json]] = {
    "verb.display": ({}, {"verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"en": "did"}}}),
    "time zone": ({"timestamp": "2026-11-23T09:30:00Z"}, {"timestamp": "2026-11-23T10:30:00.000+01:00"}),
    "server-set": ({}, {"stored": "2001-01-01T00:00:00Z", "authority": {"mbox": "mailto:x@example.org"}, "version": "1.0.1"}),
    "definition": ({}, {"object": ACTIVITY | {"definition": {"name": {"en": "Demo"}}}}),
    "name of an agent": ({}, {"actor": {"name": "Ada"} | ACTOR}),
    "members": (
        {"actor": {"objectType": "Group", "member": MEMBERS}},
        {"actor": {"objectType": "Group", "member": MEMBERS[::-1]}},
    ),
    "hundredths": ({"result": {"duration": "PT1.234S"}}, {"result": {"duration": "PT1.239S"}}),
    "case of a registration": (
        {"context": {"registration": "12345678-1234-1234-1234-1234567890ab"}},
        {"context": {"registration": "12345678-1234-1234-1234-1234567890AB"}},
    ),
    "one activity or a list": (
        {"context": {"contextActivities": {"parent": {"id": "https://example.org/p"}}}},
        {"context": {"contextActivities": {"parent": [{"id": "https://example.org/p"}]}}},
    ),
}  # fmt: skip
DIFFERENT: dict[str, tuple[Json, Json]] = {
    "verb": ({}, {"verb": {"id": "https://example.org/v"}}),
    "timestamp": ({"timestamp": "2026-11-23T09:30:00Z"}, {"timestamp": "2026-11-23T09:30:01Z"}),
    "members": ({"actor": {"objectType": "Group", "member": MEMBERS}}, {"actor": {"objectType": "Group", "member": MEMBERS[:1]}}),
    "tenths": ({"result": {"duration": "PT1.2S"}}, {"result": {"duration": "PT1.3S"}}),
    "result": ({}, {"result": {"success": True}}),
    "score": ({"result": {"score": {"raw": 1}}}, {"result": {"score": {"raw": 2}}}),
    "extension": ({}, {"context": {"extensions": {"https://example.org/e": 1}}}),
}  # fmt: skip


@pytest.mark.parametrize("what", SAME)
def test_a_retry_is_no_conflict(either: Client, what: str) -> None:
    before, after = SAME[what]
    sent = statement(**before)
    either.send(sent)
    (stored,) = either.found()
    either.send(sent | after)
    assert either.found() == [stored]


@pytest.mark.parametrize("what", DIFFERENT)
def test_another_statement_with_an_id_is_a_conflict(either: Client, what: str) -> None:
    before, after = DIFFERENT[what]
    sent = statement(**before)
    either.send(sent)
    (stored,) = either.found()
    answer = either.ask("POST", "statements", json=sent | after)
    assert (answer.status_code, answer.text) == (409, f"id: another statement has the id {sent['id']}\n")
    assert either.ask("PUT", "statements", json=sent | after, statementId=sent["id"]).status_code == 409
    assert either.found() == [stored]


def test_ids_do_not_differ_by_case(either: Client) -> None:
    sent = statement(id="ABCDEF12-1234-1234-1234-1234567890AB")
    assert either.send(sent) == [sent["id"]]
    either.send(sent | {"id": sent["id"].lower()})
    assert either.ask("GET", "statements", statementId=sent["id"].lower()).json()["id"] == sent["id"]


def test_ids_format(either: Client) -> None:
    sent = statement(
        actor={"objectType": "Group", "name": "All", "member": [{"name": "Ada"} | MEMBERS[0]]},
        verb={"id": "https://example.org/v", "display": {"en": "did"}},
        object=ACTIVITY | {"definition": {"name": {"en": "Demo"}}},
        context={
            "instructor": {"name": "T", "mbox": "mailto:t@example.org"},
            "contextActivities": {"parent": [{"id": "https://example.org/p", "definition": {"name": {"en": "P"}}}]},
        },
        result={"score": {"raw": 1}},
    )
    either.send(sent)
    (got,) = either.found(format="ids")
    assert {name: got[name] for name in sent} == sent | {
        "actor": {"objectType": "Group", "member": MEMBERS[:1]},
        "verb": {"id": "https://example.org/v"},
        "object": ACTIVITY,
        "context": {
            "instructor": {"mbox": "mailto:t@example.org"},
            "contextActivities": {"parent": [{"id": "https://example.org/p"}]},
        },
    }


def test_canonical_format_merges_and_speaks(either: Client) -> None:
    def named(language: str, name: str) -> Json:
        return statement(object=ACTIVITY | {"definition": {"name": {language: name}}}, timestamp="2026-11-23T09:30:00Z")

    either.send(named("en-GB", "Colour"), named("de", "Farbe"), named("en-GB", "Colours"))
    for accepted, expected in (
        ("de", {"de": "Farbe"}),
        ("en", {"en-GB": "Colours"}),
        ("fr, de;q=0.2, en;q=0.8", {"en-GB": "Colours"}),
        ("en-GB;q=0, *", {"de": "Farbe"}),
        ("fr-CH, de-CH-1996;q=0.5", {"de": "Farbe"}),
        ("", {"en-GB": "Colours"}),
    ):
        answer = either.ask("GET", "statements", headers={"Accept-Language": accepted}, format="canonical")
        assert [one["object"]["definition"] for one in answer.json()["statements"]] == [{"name": expected}] * 3
    activity = either.ask("GET", "activities", activityId=ACTIVITY["id"]).json()
    assert activity["definition"] == {"name": {"en-GB": "Colours", "de": "Farbe"}}


def test_exact_is_untouched_by_canonical_definitions(either: Client) -> None:
    sent = statement(object=ACTIVITY | {"definition": {"name": {"en": "Demo"}}})
    either.send(sent, statement(object=ACTIVITY | {"definition": {"name": {"en": "Other"}}}))
    assert either.ask("GET", "statements", statementId=sent["id"]).json()["object"] == sent["object"]


def test_agents(either: Client) -> None:
    person = either.ask("GET", "agents", agent=json.dumps(ACTOR | {"name": "Ada"})).json()
    assert person == {"objectType": "Person", "name": ["Ada"], "account": [ACTOR["account"]]}
    assert either.ask("GET", "agents").status_code == 400
    assert either.ask("GET", "agents", agent='{"objectType":"Group","mbox":"mailto:g@example.org"}').status_code == 400


def test_an_unknown_activity_is_its_id(either: Client) -> None:
    answer = either.ask("GET", "activities", activityId="https://example.org/unknown")
    assert answer.json() == {"objectType": "Activity", "id": "https://example.org/unknown"}
    assert either.ask("GET", "activities", activityId="unknown").status_code == 400


def test_alternate_request_syntax(lrs: Client, lrs2: Client) -> None:
    id_ = str(uuid4())
    form = {"statementId": id_, "content": json.dumps(statement(id=None)), "Content-Type": "application/json"}
    put = lrs.http.post(
        "/xapi/statements?method=PUT", data=form, auth=lrs.key, headers={"X-Experience-API-Version": "1.0.3"}
    )
    assert put.status_code == 204
    got = lrs.http.post(
        "/xapi/statements?method=GET",
        data={"statementId": id_, "X-Experience-API-Version": "1.0.3"},
        auth=lrs.key,
    )
    assert got.json()["id"] == id_
    extra = lrs.http.post(
        f"/xapi/statements?method=GET&statementId={id_}",
        data={},
        auth=lrs.key,
        headers={"X-Experience-API-Version": "1.0.3"},
    )
    assert extra.status_code == 400
    for url in ("/xapi/statements?method=GET", "/xapi/2/statements?method=GET"):
        new = lrs2.http.post(url, data={"limit": "1"}, auth=lrs2.key, headers={"X-Experience-API-Version": "2.0.0"})
        assert new.status_code == 400


def test_unknown_resources_and_methods(either: Client) -> None:
    assert either.ask("GET", "nothing").status_code == 404
    assert either.ask("DELETE", "statements").status_code == 405
    assert either.ask("POST", "activities", json={}).status_code == 405


def test_limits_of_a_request(either: Client) -> None:
    large = {"Content-Length": str(17 * 1024 * 1024)}
    assert either.ask("POST", "statements", content=b"{}", headers=large).status_code == 413
    packed = {"Content-Encoding": "gzip"}
    assert either.ask("POST", "statements", content=b"{}", headers=packed).status_code == 415
    assert either.ask("POST", "statements", content="{}", headers={"Content-Type": "text/plain"}).status_code == 400


def test_a_page_on_any_origin_may_ask(connect: Connect) -> None:
    answer = connect().http.options("/xapi/statements", headers={"Origin": "https://lms.example"})
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
