"""The fake LRS keeps what it should, refuses the rest, and can be reached from another origin."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from fake_lrs import Lrs
from fake_server import Request, Response, html_response, running
from fake_tincan import AUTH, launch_url
from statement_shape import Json, faults

STATEMENT: Json = {
    "id": "5e1cf9b6-2b1e-4a3f-9d0e-0f5a5b1c7d10",
    "actor": {"account": {"homePage": "https://lms.example.org", "name": "learner-1"}},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en": "answered"}},
    "object": {
        "id": "https://example.org/masterclasses/demo/questions/who-decides",
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "interactionType": "choice",
            "correctResponsesPattern": ["consult"],
            "choices": [{"id": "consult"}, {"id": "codesign"}],
        },
    },
    "result": {"success": True, "response": "consult", "duration": "PT5.2S", "score": {"scaled": 1}},
    "context": {
        "registration": "0f5a5b1c-9d0e-4a3f-8b1e-5e1cf9b62b1e",
        "contextActivities": {"parent": [{"id": "https://example.org/masterclasses/demo/pages/start"}]},
        "extensions": {"https://example.org/x": None},
    },
    "timestamp": "2026-01-01T09:05:00.123Z",
}

HEADERS = {"x-experience-api-version": "1.0.3", "authorization": AUTH, "content-type": "application/json"}


@pytest.fixture
def lrs() -> Lrs:
    lrs = Lrs()
    lrs.credentials.add(AUTH)
    return lrs


def ask(
    lrs: Lrs,
    method: str,
    path: str,
    query: Mapping[str, str] | None = None,
    body: Json = None,
    **headers: str,
) -> Response:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    raw = b"" if body is None else json.dumps(body).encode()
    response = lrs.answer(Request(method, path, query or {}, {**HEADERS, **more}, raw))
    assert response
    return response


def changed(path: str, value: Json) -> Json:
    """The statement with one value replaced, or taken away when it is None."""
    statement = copy.deepcopy(STATEMENT)
    *parents, last = path.split("/")
    place = statement
    for name in parents:
        place = place[int(name)] if isinstance(place, list) else place[name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return statement


def test_a_good_statement_has_no_faults() -> None:
    assert faults(STATEMENT) == []


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("id", None, "id: expected a UUID, so that a retry is no second statement"),
        ("timestamp", None, "timestamp: expected an ISO 8601 instant"),
        ("actor", None, "actor: missing"),
        ("actor/mbox", "mailto:a@example.org", "actor: 2 identifiers, expected one"),
        ("actor/account", {"name": "x"}, "actor.account: expected homePage and name"),
        ("verb/id", "answered", "verb.id: expected an IRI"),
        ("object/id", "who-decides", "object.id: expected an IRI"),
        ("object/definition/scale", [], "object.definition.scale: not for choice"),
        (
            "object/definition/choices",
            [{"id": "a"}, {"id": "a"}],
            "object.definition.choices: expected different ids without spaces",
        ),
        ("object/definition/interactionType", "quiz", "object.definition.interactionType: unknown quiz"),
        ("result/score/scaled", 80, "result.score.scaled: expected -1 to 1"),
        ("result/success", "true", "result.success: expected true or false"),
        ("result/response", ["consult"], "result.response: expected a string"),
        ("result/duration", "PT5.123S", "result.duration: expected an ISO 8601 duration with at most two decimals"),
        ("result/answer", 1, "result.answer: unknown"),
        ("context/registration", "1", "context.registration: expected a UUID"),
        (
            "context/contextActivities/parent",
            {"id": "https://example.org/"},
            "context.contextActivities.parent: expected a list",
        ),
        ("context/extensions/attempt", 1, "context.extensions: attempt is no IRI"),
        ("stored", "2026-01-01T09:05:00Z", "statement.stored: unknown"),
    ],
)
def test_faults_of_shape_are_found(path: str, value: Json, fault: str) -> None:
    assert faults(changed(path, value)) == [fault]


def test_a_null_is_a_fault_but_in_extensions() -> None:
    statement = copy.deepcopy(STATEMENT)
    statement["result"]["response"] = None
    assert faults(statement) == ["statement.result.response: null", "result.response: expected a string"]


def test_sending_again_is_no_second_statement_and_no_conflict(lrs: Lrs) -> None:
    query = {"statementId": STATEMENT["id"]}
    assert ask(lrs, "POST", "/statements", body=[STATEMENT]).status == 200
    assert ask(lrs, "PUT", "/statements", query, STATEMENT).status == 204
    assert ask(lrs, "PUT", "/statements", query, changed("timestamp", "2026-01-01T10:05:00.123+01:00")).status == 204
    assert lrs.statements == [STATEMENT]
    assert lrs.violations == []
    assert ask(lrs, "PUT", "/statements", query, changed("result/response", "codesign")).status == 409
    assert len(lrs.violations) == 1


def test_a_batch_is_all_or_nothing(lrs: Lrs) -> None:
    other = {**changed("verb/id", "answered"), "id": "6e1cf9b6-2b1e-4a3f-9d0e-0f5a5b1c7d10"}
    assert ask(lrs, "POST", "/statements", body=[STATEMENT, other]).status == 400
    assert lrs.statements == []


def test_statements_are_found_by_verb_activity_and_registration(lrs: Lrs) -> None:
    ask(lrs, "POST", "/statements", body=STATEMENT)
    found = ask(lrs, "GET", "/statements", {"verb": STATEMENT["verb"]["id"], "agent": json.dumps(STATEMENT["actor"])})
    assert json.loads(found.body)["statements"] == [STATEMENT]
    none = ask(lrs, "GET", "/statements", {"registration": "other"})
    assert json.loads(none.body)["statements"] == []


def test_documents_are_kept_verbatim_under_their_agent(lrs: Lrs) -> None:
    agent = json.dumps(STATEMENT["actor"])
    query = {"activityId": "https://example.org/a", "agent": agent, "stateId": "resume"}
    assert ask(lrs, "GET", "/activities/state", query).status == 404
    assert ask(lrs, "PUT", "/activities/state", query, {"a": 1}).status == 204
    assert ask(lrs, "GET", "/activities/state", {**query, "agent": agent.replace(" ", "")}).body == b'{"a": 1}'
    assert ask(lrs, "PUT", "/activities/state", query, {}, if_none_match="*").status == 412
    assert ask(lrs, "GET", "/activities/state", {**query, "stateId": "other"}).status == 404
    del query["stateId"]
    assert json.loads(ask(lrs, "GET", "/activities/state", query).body) == ["resume"]
    assert ask(lrs, "GET", "/activities/state", {"stateId": "resume"}).status == 400


def test_a_profile_is_not_overwritten_blindly(lrs: Lrs) -> None:
    query = {"agent": json.dumps(STATEMENT["actor"]), "profileId": "cmi5LearnerPreferences"}
    assert ask(lrs, "PUT", "/agents/profile", query, {"a": 1}).status == 204
    assert ask(lrs, "PUT", "/agents/profile", query, {"a": 2}).status == 409
    etag = ask(lrs, "GET", "/agents/profile", query).headers["ETag"]
    assert ask(lrs, "PUT", "/agents/profile", query, {"a": 2}, if_match=etag).status == 204


def test_credentials_versions_and_outages(lrs: Lrs) -> None:
    assert ask(lrs, "GET", "/statements", authorization="Basic other").status == 401
    assert ask(lrs, "GET", "/statements", x_experience_api_version="").status == 400
    lrs.append_only.add("Basic key")
    assert ask(lrs, "POST", "/statements", body=STATEMENT, authorization="Basic key").status == 200
    assert ask(lrs, "GET", "/statements", authorization="Basic key").status == 403
    lrs.outage = "busy"
    assert ask(lrs, "GET", "/statements").status == 503
    lrs.outage = "gone"
    assert lrs.answer(Request("GET", "/statements", {}, HEADERS, b"")) is None


def test_a_page_of_another_origin_may_write_and_read(page: Page, lrs: Lrs) -> None:
    with running() as server:
        server.mounts["/lrs/"] = lrs.answer
        server.mounts["/page/"] = lambda _: html_response("<!doctype html><title>Course</title>")
        page.goto(f"{server.url}/page/")
        send = """async ([url, auth, body]) => {
          const headers = { Authorization: auth, "X-Experience-API-Version": "1.0.3" };
          try {
            const answer = await fetch(url, {
              method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body,
            });
            return answer.status;
          } catch { return "no answer"; }
        }"""
        arguments = [f"{server.other_url}/lrs/statements", AUTH, json.dumps(STATEMENT)]
        assert page.evaluate(send, arguments) == 200
        lrs.outage = "busy"
        assert page.evaluate(send, arguments) == 503
        lrs.outage = "gone"
        assert page.evaluate(send, arguments) == "no answer"
    assert lrs.statements == [STATEMENT]


def test_a_tin_can_launch_says_everything_in_its_query(lrs: Lrs) -> None:
    url = launch_url("http://127.0.0.1/course/index.html", "http://127.0.0.1/lrs/", lrs, registration="r")
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert set(query) == {"endpoint", "auth", "actor", "registration", "activity_id"}
    assert json.loads(query["actor"])["account"]["name"] == "learner-1"
