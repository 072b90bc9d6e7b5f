"""Voiding, and filters that follow references, in every order of arrival."""

from __future__ import annotations

from itertools import permutations
from uuid import uuid4

from lrs_fixtures import Client, Json, statement
from xapi.validate.statements import VOIDED


def about(target: Json, **properties: Json) -> Json:
    return statement(object={"objectType": "StatementRef", "id": target["id"]}, **properties)


def voider(target: Json) -> Json:
    return about(target, verb={"id": VOIDED}, actor={"mbox": "mailto:admin@example.org"})


def test_a_voider_voids_in_either_order(either: Client) -> None:
    for later in (False, True):
        target = statement()
        void = voider(target)
        either.send(*([void, target] if later else [target, void]))
        assert target["id"] not in either.ids()
        assert void["id"] in either.ids()
        assert either.ask("GET", "statements", statementId=target["id"]).status_code == 404
        assert either.ask("GET", "statements", voidedStatementId=target["id"]).json()["id"] == target["id"]
        assert either.ask("GET", "statements", voidedStatementId=void["id"]).status_code == 404


def test_a_voider_is_not_voided_in_any_order(either: Client) -> None:
    for order in permutations(range(3)):
        target = statement()
        void = voider(target)
        against = voider(void)
        for position in order:
            either.send([target, void, against][position])
        ids = either.ids()
        assert (target["id"] in ids, void["id"] in ids, against["id"] in ids) == (False, True, True), order


def test_a_filter_finds_the_whole_chain_in_every_order(either: Client) -> None:
    for number, order in enumerate(permutations(range(4))):
        activity = f"https://example.org/chain/{number}"
        first = statement(object={"id": activity}, context={"registration": str(uuid4())})
        chain = [first]
        for step in range(3):
            chain.append(about(chain[-1], actor={"mbox": f"mailto:step{step}@example.org"}))
        for position in order:
            either.send(chain[position])
        arrived = [chain[position]["id"] for position in reversed(order)]
        assert either.ids(activity=activity) == arrived, order
        assert either.ids(activity=activity, ascending="true") == arrived[::-1]
        assert either.ids(registration=first["context"]["registration"]) == arrived
        # All filters must hold of one statement: nobody at the end of these chains is step 0.
        assert either.ids(activity=activity, agent='{"mbox":"mailto:step0@example.org"}') == []


def test_a_voided_statement_still_leads_to_those_about_it(either: Client) -> None:
    target = statement(object={"id": "https://example.org/gone"})
    remark = about(target)
    void = voider(target)
    either.send(target, remark, void)
    assert either.ids(activity="https://example.org/gone") == [void["id"], remark["id"]]


def test_a_circle_of_references_ends(either: Client) -> None:
    ids = [str(uuid4()) for _ in range(3)]
    for position, id_ in enumerate(ids):
        either.send(
            statement(
                id=id_,
                object={"objectType": "StatementRef", "id": ids[(position + 1) % 3]},
                verb={"id": f"https://example.org/circle/{position}"},
            )
        )
    for position in range(3):
        assert sorted(either.ids(verb=f"https://example.org/circle/{position}")) == sorted(ids)


def test_time_limits_are_those_of_the_one_that_refers(either: Client) -> None:
    target = statement(object={"id": "https://example.org/early"})
    either.send(target)
    (stored,) = (one["stored"] for one in either.found(activity="https://example.org/early"))
    remark = about(target)
    either.send(remark)
    assert either.ids(activity="https://example.org/early", since=stored) == [remark["id"]]
    assert either.ids(activity="https://example.org/early", until=stored) == [target["id"]]
