"""GET statements: which parameters it takes, what filters find, and in which pages."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from lrs_fixtures import ACTIVITY, AGENT, Client, Json, statement
from xapi.statements import identity, terms

MEMBERS = [{"mbox": "mailto:a@example.org"}, {"mbox": "mailto:b@example.org"}]


SOME_ID = "12345678-1234-1234-1234-1234567890ab"
WRONG = [
    {"statementId": "x"},
    {"statementId": SOME_ID, "voidedStatementId": SOME_ID},
    {"statementId": SOME_ID, "verb": "https://example.org/v"},
    {"voidedStatementId": SOME_ID, "limit": "1"},
    {"StatementId": SOME_ID},
    {"Agent": AGENT},
    {"agent": "ada"},
    {"agent": '{"mbox": "ada"}'},
    {"agent": '{"objectType": "Group", "member": []}'},
    {"agent": json.dumps({"objectType": "Group", "member": MEMBERS})},
    {"verb": "did"},
    {"activity": "demo"},
    {"registration": "r"},
    {"related_agents": "True"},
    {"related_activities": "1"},
    {"ascending": "yes"},
    {"attachments": "TRUE"},
    {"format": "Exact"},
    {"limit": "-1"},
    {"limit": "1.5"},
    {"limit": "٣"},
    {"since": "yesterday"},
    {"until": "2026-11-23T09:30:00-00:00"},
    {"more": "x"},
    {"nonsense": "1"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_wrong_parameters_are_refused(either: Client, wrong: dict[str, str]) -> None:
    assert either.ask("GET", "statements", **wrong).status_code == 400
    assert either.ask("HEAD", "statements", **wrong).status_code == 400


def test_a_parameter_twice_is_refused(either: Client) -> None:
    assert either.ask("GET", f"{either.root}/statements?limit=1&limit=2").status_code == 400
    assert either.ask("GET", f"{either.root}/statements?verb=%ff").status_code == 400


def test_parameters_of_other_methods_are_refused(either: Client) -> None:
    assert either.ask("POST", "statements", json=statement(), statementId=str(uuid4())).status_code == 400
    assert (
        either.ask("PUT", "statements", json=statement(id=None), statementId=str(uuid4()), limit="1").status_code == 400
    )


def agents(*names: str) -> list[Json]:
    return [{"mbox": f"mailto:{name}@example.org"} for name in names]


@pytest.fixture
def library(lrs2: Client) -> dict[str, str]:
    """Statements that have one person and one activity in every place they can stand."""
    ada, other = agents("ada", "other")
    place, elsewhere = {"id": "https://example.org/place"}, {"id": "https://example.org/elsewhere"}
    base = {"actor": other, "object": elsewhere}
    group = {"objectType": "Group", "member": [ada]}
    inner = {"objectType": "SubStatement", "verb": {"id": "https://example.org/v"}}
    parts: dict[str, Json] = {
        "actor": {"actor": ada},
        "member": {"actor": group},
        "object": {"object": {"objectType": "Agent"} | ada},
        "object member": {"object": group},
        "instructor": {"context": {"instructor": ada}},
        "team": {"context": {"team": group}},
        "context agent": {"context": {"contextAgents": [{"objectType": "contextAgent", "agent": ada}]}},
        "context group": {"context": {"contextGroups": [{"objectType": "contextGroup", "group": group}]}},
        "inner actor": {"object": inner | {"actor": ada, "object": elsewhere}},
        "inner instructor": {"object": inner | {"actor": other, "object": elsewhere, "context": {"instructor": ada}}},
        "activity": {"object": place},
        "parent": {"context": {"contextActivities": {"parent": [place]}}},
        "category": {"context": {"contextActivities": {"category": [elsewhere, place]}}},
        "inner activity": {"object": inner | {"actor": other, "object": place}},
        "inner grouping": {
            "object": inner
            | {"actor": other, "object": elsewhere, "context": {"contextActivities": {"grouping": [place]}}}
        },
        "none": {},
    }
    names = {}
    for name, changed in parts.items():
        (id_,) = lrs2.send(statement(**(base | changed)))
        names[id_] = name
    return names


def test_the_agent_filter(lrs2: Client, library: dict[str, str]) -> None:
    (ada,) = agents("ada")
    narrow = {"actor", "member", "object", "object member"}
    assert {library[id_] for id_ in lrs2.ids(agent=json.dumps(ada))} == narrow
    assert {library[id_] for id_ in lrs2.ids(agent=json.dumps(ada), related_agents="true")} == narrow | {
        "instructor",
        "team",
        "context agent",
        "context group",
        "inner actor",
        "inner instructor",
    }


def test_the_activity_filter(lrs2: Client, library: dict[str, str]) -> None:
    place = "https://example.org/place"
    assert [library[id_] for id_ in lrs2.ids(activity=place)] == ["activity"]
    assert {library[id_] for id_ in lrs2.ids(activity=place, related_activities="true")} == {
        "activity",
        "parent",
        "category",
        "inner activity",
        "inner grouping",
    }


def test_names_without_end_are_found_and_not_kept_at_hand(lrs: Client) -> None:
    """What is remembered of identifiers has a size: a learner's name may be as long as a request."""
    remembered = terms._remembered.cache_info().currsize, identity._remembered.cache_info().currsize
    long = {"objectType": "Agent", "account": {"homePage": "https://people.example", "name": "a" * 10_000}}
    assert terms.term(terms.AGENT, identity.identity(long) or "") == terms.term(
        terms.AGENT, identity.identity(long) or ""
    )
    assert (terms._remembered.cache_info().currsize, identity._remembered.cache_info().currsize) == remembered
    (sent,) = lrs.send(statement(actor=long))
    assert [found["id"] for found in lrs.found(agent=json.dumps(long))] == [sent]


def test_the_authority_is_a_related_agent(lrs: Client) -> None:
    (id_,) = lrs.send(statement())
    (got,) = lrs.found()
    assert lrs.ids(agent=json.dumps(got["authority"])) == []
    assert lrs.ids(agent=json.dumps(got["authority"]), related_agents="true") == [id_]


def test_filters_together(either: Client) -> None:
    registration = str(uuid4())
    verb = {"id": "https://example.org/v"}
    (wanted,) = either.send(statement(verb=verb, context={"registration": registration}))
    either.send(
        statement(verb=verb), statement(context={"registration": registration}), statement(actor=agents("bob")[0])
    )
    together = {"agent": AGENT, "verb": verb["id"], "activity": ACTIVITY["id"], "registration": registration.upper()}
    assert either.ids(**together) == [wanted]
    assert either.ids(verb=verb["id"], registration=registration) == [wanted]
    assert either.ids(verb=verb["id"], agent=json.dumps(agents("bob")[0])) == []


def test_since_is_exclusive_and_until_inclusive(either: Client) -> None:
    ids = either.send(*(statement() for _ in range(5)))
    stored = {one["id"]: one["stored"] for one in either.found()}
    middle = stored[ids[2]]
    assert either.ids(since=middle) == [ids[4], ids[3]]
    assert either.ids(until=middle) == [ids[2], ids[1], ids[0]]
    # The same instant in another zone and finer than the clock.
    abroad = (datetime.fromisoformat(middle) + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S.%f") + "999+02:00"
    assert either.ids(since=abroad) == [ids[4], ids[3]]
    assert either.ids(since=middle, until=stored[ids[3]], ascending="true") == [ids[3]]


@pytest.mark.parametrize("ascending", ["false", "true"])
@pytest.mark.parametrize("narrowed", [{}, {"agent": AGENT}])
def test_pages(either: Client, ascending: str, narrowed: dict[str, str]) -> None:
    ids = either.send(*(statement() for _ in range(7)))
    expected = ids if ascending == "true" else ids[::-1]
    page = either.ask("GET", "statements", limit="3", ascending=ascending, **narrowed).json()
    found = [one["id"] for one in page["statements"]]
    while page["more"]:
        assert page["more"].startswith(f"{either.root}/statements?")
        if ascending == "false":
            either.send(statement(actor=agents("late")[0]))
        page = either.ask("GET", page["more"]).json()
        found += [one["id"] for one in page["statements"]]
    assert found == expected


def test_head_is_get_without_the_body(either: Client) -> None:
    (id_,) = either.send(statement())
    for parameters in ({"statementId": id_}, {}, {"statementId": str(uuid4())}):
        got, head = (either.ask(method, "statements", **parameters) for method in ("GET", "HEAD"))
        assert (head.status_code, head.content) == (got.status_code, b"")
        for name in ("Content-Type", "Content-Length", "X-Experience-API-Version"):
            assert head.headers[name] == got.headers[name]
