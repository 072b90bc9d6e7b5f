"""Keys and scopes: who may do what, each scope against each resource."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from lrs_fixtures import ACTIVITY, AGENT, Client, Connect, statement
from xapi.cli import lrs as command
from xapi.lrs.scopes import SCOPES
from xapi.store import Store, keys

STATE = {"activityId": ACTIVITY["id"], "agent": AGENT, "stateId": "s"}
ACTIVITY_PROFILE = {"activityId": ACTIVITY["id"], "profileId": "p"}
AGENT_PROFILE = {"agent": AGENT, "profileId": "p"}
NEW = {"If-None-Match": '"x"'}

DOCUMENTS = [("activities/state", STATE, "state"), ("activities/profile", ACTIVITY_PROFILE, "profile"), ("agents/profile", AGENT_PROFILE, "profile")]  # fmt: skip
ANY = {"statements/read", "statements/read/mine", "state", "define", "profile", "all/read", "all"}
READ_STATEMENTS = {"statements/read", "statements/read/mine", "all/read", "all"}

Ask = Callable[[Client], int]


def matrix() -> list[tuple[str, Ask, set[str]]]:
    """What is asked, how, and the scopes that allow it."""
    put_id = "12345678-1234-1234-1234-1234567890ab"
    rows: list[tuple[str, Ask, set[str]]] = [
        ("POST statements", lambda c: c.ask("POST", "statements", json=statement()).status_code, {"statements/write", "all"}),
        ("PUT statements", lambda c: c.ask("PUT", "statements", json=statement(id=None), statementId=put_id).status_code, {"statements/write", "all"}),
        ("GET statements", lambda c: c.ask("GET", "statements").status_code, READ_STATEMENTS),
        ("HEAD statements", lambda c: c.ask("HEAD", "statements").status_code, READ_STATEMENTS),
        ("GET activities", lambda c: c.ask("GET", "activities", activityId=ACTIVITY["id"]).status_code, ANY),
        ("GET agents", lambda c: c.ask("GET", "agents", agent=AGENT).status_code, ANY),
        ("GET about", lambda c: c.ask("GET", "about").status_code, set(SCOPES)),
    ]  # fmt: skip
    for resource, named, scope in DOCUMENTS:
        for method in ("PUT", "POST", "GET", "HEAD", "DELETE"):
            allowed = {scope, "all"} | ({"all/read"} if method in ("GET", "HEAD") else set())

            def ask(
                client: Client, method: str = method, resource: str = resource, named: dict[str, str] = named
            ) -> int:
                content = "{}" if method in ("PUT", "POST") else None
                return client.ask(
                    method, resource, content=content, headers=NEW if method == "PUT" else {}, **named
                ).status_code

            rows.append((f"{method} {resource}", ask, allowed))
    return rows


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_matrix(connect: Connect, scope: str, version: str) -> None:
    everything, client = connect(version=version), connect(scope, version=version)
    for resource, named, _ in DOCUMENTS:
        assert everything.ask("POST", resource, content="{}", **named).status_code == 204
    for what, ask, allowed in matrix():
        assert (ask(client) != 403) == (scope in allowed), what
        assert ask(client) in ({200, 204, 404} if scope in allowed else {403}), what


def test_read_mine_shows_only_what_the_key_sent(connect: Connect) -> None:
    mine, other, everything = (
        connect("statements/read/mine", "statements/write"),
        connect("statements/write"),
        connect(),
    )
    sent = statement()
    mine.send(sent)
    (others,) = other.send(statement())
    remark = statement(object={"objectType": "StatementRef", "id": sent["id"]})
    other.send(remark)
    assert everything.ids() == [remark["id"], others, sent["id"]]
    for parameters in ({}, {"agent": AGENT}, {"activity": ACTIVITY["id"]}, {"ascending": "true"}, {"limit": "1"}):
        assert mine.ids(**parameters) == [sent["id"]]
    assert mine.ask("GET", "statements", statementId=sent["id"]).status_code == 200
    assert mine.ask("GET", "statements", statementId=others).status_code == 404
    assert other.ask("GET", "statements").status_code == 403


def test_a_page_of_mine_cannot_be_made_to_show_others(connect: Connect) -> None:
    everything, mine = connect(), connect("statements/read/mine")
    everything.send(statement(), statement())
    more = everything.ask("GET", "statements", limit="1").json()["more"]
    assert mine.ask("GET", more).json()["statements"] == []


def test_only_define_defines(connect: Connect) -> None:
    named = statement(object=ACTIVITY | {"definition": {"name": {"en": "Demo"}}})
    connect("statements/write").send(named)
    reader = connect("all/read")
    assert "definition" not in reader.ask("GET", "activities", activityId=ACTIVITY["id"]).json()
    connect("statements/write", "define").send(named | {"id": statement()["id"]})
    assert reader.ask("GET", "activities", activityId=ACTIVITY["id"]).json()["definition"] == {"name": {"en": "Demo"}}


def _basic(text: str) -> str:
    return f"Basic {base64.b64encode(text.encode()).decode()}"


def test_who_is_not_known_is_asked_for_a_key(connect: Connect) -> None:
    client = connect()
    key, secret = client.key
    for wrong in ("", "Basic", "Basic !", _basic(key), _basic(f"{key}:"), _basic(f"{key}:{secret}x"), _basic(f"x:{secret}"), _basic(f"\0:{secret}"), f"Bearer {secret}"):  # fmt: skip
        headers = {"X-Experience-API-Version": "1.0.3"} | ({"Authorization": wrong} if wrong else {})
        answer = client.http.get("/xapi/statements", headers=headers)
        assert answer.status_code == 401, wrong
        assert answer.headers["WWW-Authenticate"] == 'Basic realm="xAPI", charset="UTF-8"'


def test_keys_on_the_command_line(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(command, ["key", *arguments, "--data", str(tmp_path)], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    made = json.loads(run("add", "Reports", "--scope", "all/read", "--scope", "state", "--json"))
    assert set(made) == {"key", "secret"} and len(made["secret"]) == 43
    listed = run("list")
    assert f"{made['key']}  Reports  all/read state  made 20" in listed and listed.endswith("in use\n")
    assert made["secret"] not in listed
    assert all(made["secret"].encode() not in path.read_bytes() for path in tmp_path.iterdir())
    run("revoke", made["key"])
    assert "revoked 20" in run("list")
    again = CliRunner().invoke(command, ["key", "revoke", made["key"], "--data", str(tmp_path)])
    assert (again.exit_code, again.output) == (1, f"Error: there is no key {made['key']} in use\n")


def test_neither_key_nor_secret_looks_like_an_option(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    words = iter(["-secret", "secret", "-V-key", "key"])
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _: next(words))
    made = asyncio.run(store.write(lambda database: keys.add(database, "n", ["all"], "https://lrs.example/")))
    assert made == ("key", "secret")
