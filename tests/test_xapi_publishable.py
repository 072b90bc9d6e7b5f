"""Publishable keys: what stands in a package can add statements about its course, and do nothing else."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lrs_fixtures import ACTIVITY, ACTOR, AGENT, Client, Connect, Json, statement
from xapi.cli import lrs as command
from xapi.lrs.rates import BURST, PER_SECOND, Rates, TooOften
from xapi.store import Store, keys
from xapi.validate.statements import VOIDED

COURSE = ACTIVITY["id"]
QUESTION = {"id": f"{COURSE}/questions/one"}


@pytest.fixture
def public(connect: Connect, store: Store) -> Client:
    key = asyncio.run(store.write(lambda database: keys.publish(database, "demo", COURSE, "https://lrs.example/")))
    client = connect()
    return Client(client.http, (key, ""), "1.0.3", "/xapi")


def test_it_adds_statements_under_an_alias(public: Client, lrs: Client) -> None:
    sent = statement(object=QUESTION, actor=ACTOR | {"name": "Ada"}, result={"score": {"raw": 1}})
    public.send(sent)
    public.send(sent)
    (got,) = lrs.found()
    account = got["actor"]["account"]
    assert got["actor"] == {"objectType": "Agent", "account": account}
    assert account["homePage"] == ACTOR["account"]["homePage"] and len(account["name"]) == 64
    assert account["name"] != "ada" and "Ada" not in json.dumps(got["actor"])
    assert got["authority"]["account"] == {"homePage": "https://lrs.example/self-reported", "name": public.key[0]}
    public.send(statement())
    assert {one["actor"]["account"]["name"] for one in lrs.found()} == {account["name"]}


def test_its_definitions_are_not_believed(public: Client, lrs: Client) -> None:
    public.send(statement(object=QUESTION | {"definition": {"name": {"en": "Nonsense"}}}))
    assert "definition" not in lrs.ask("GET", "activities", activityId=QUESTION["id"]).json()


REF = {"objectType": "StatementRef", "id": "12345678-1234-1234-1234-1234567890ab"}
ABUSE: dict[str, Json] = {
    "another course": {"object": {"id": "https://example.org/masterclasses/other"}},
    "a course whose name begins the same": {"object": {"id": f"{COURSE}2"}},
    "voiding": {"verb": {"id": VOIDED}, "object": REF},
    "a reference": {"object": REF},
    "a person": {"object": ACTOR},
    "a SubStatement": {"object": {"objectType": "SubStatement"} | {name: value for name, value in statement().items() if name != "id"}},
    "an address": {"actor": {"mbox": "mailto:ada@example.org"}},
    "a group": {"actor": {"objectType": "Group", "account": ACTOR["account"]}},
    "an instructor": {"context": {"instructor": ACTOR}},
    "attachments": {"attachments": []},
}  # fmt: skip


@pytest.mark.parametrize("what", ABUSE)
def test_abuse_is_refused(public: Client, lrs: Client, what: str) -> None:
    batch = [statement(), statement(**ABUSE[what])]
    assert public.ask("POST", "statements", json=batch).status_code == 403
    assert lrs.found() == []


def test_it_fills_no_disk(public: Client, lrs: Client) -> None:
    answer = public.ask("POST", "statements", json=statement(object=QUESTION, result={"response": "x" * 100_000}))
    assert (answer.status_code, answer.text) == (413, "body: expected at most 100000 bytes\n")
    assert lrs.found() == []


def test_it_neither_reads_nor_overwrites(public: Client, lrs: Client) -> None:
    sent = statement()
    lrs.send(sent)
    assert public.ask("POST", "statements", json=sent | {"result": {"success": True}}).status_code == 409
    state = {"activityId": COURSE, "agent": AGENT, "stateId": "s"}
    for method, resource, parameters in (
        ("GET", "statements", {}),
        ("GET", "statements", {"statementId": sent["id"]}),
        ("HEAD", "statements", {}),
        ("GET", "activities", {"activityId": COURSE}),
        ("GET", "agents", {"agent": AGENT}),
        *((method, "activities/state", state) for method in ("GET", "PUT", "POST", "DELETE")),
        *(
            (method, "agents/profile", {"agent": AGENT, "profileId": "p"})
            for method in ("GET", "PUT", "POST", "DELETE")
        ),
    ):
        assert public.ask(method, resource, **parameters).status_code == 403, (method, resource)
    form = {"content": "{}", "limit": "1"}
    asked = {"X-Experience-API-Version": "1.0.3"}
    assert public.http.post("/xapi/statements?method=GET", data=form, auth=public.key, headers=asked).status_code == 403
    assert [one["id"] for one in lrs.found()] == [sent["id"]]


def test_it_has_no_secret(public: Client, add_key: object) -> None:
    stranger = Client(public.http, (public.key[0], "guess"), "1.0.3", "/xapi")
    assert stranger.ask("POST", "statements", json=statement()).status_code == 401


def test_a_key_with_a_secret_is_nothing_without_it(lrs: Client) -> None:
    assert Client(lrs.http, (lrs.key[0], ""), "1.0.3", "/xapi").ask("GET", "statements").status_code == 401


def test_rates() -> None:
    moment = 0.0
    rates = Rates(lambda: moment)
    for _ in range(int(BURST)):
        rates.take("key", "address")
    with pytest.raises(TooOften):
        rates.take("key", "address")
    rates.take("key", "other address")
    moment += 1
    for _ in range(int(PER_SECOND)):
        rates.take("key", "address")
    with pytest.raises(TooOften):
        rates.take("key", "address")


def test_too_often_is_said(public: Client) -> None:
    answers = [public.ask("GET", "statements") for _ in range(int(BURST) + 50)]
    last = answers[-1]
    assert (last.status_code, last.headers["Retry-After"]) == (429, "10")


def test_on_the_command_line(tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(command, ["key", *arguments, "--data", str(tmp_path)])
        return result.exit_code, result.output

    code, output = run("add", "Demo", "--publishable", "--course", COURSE, "--json")
    assert code == 0 and json.loads(output)["secret"] == ""
    assert f"  Demo  publishable for {COURSE}  made 20" in run("list")[1]
    for wrong in (["--publishable"], ["--course", COURSE], [], ["--publishable", "--course", COURSE, "--scope", "all"]):
        code, output = run("add", "Demo", *wrong)
        assert code == 2 and "expected --scope, or --publishable with --course" in output
    assert "expected an IRI" in run("add", "Demo", "--publishable", "--course", "demo")[1]
