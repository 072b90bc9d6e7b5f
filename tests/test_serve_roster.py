"""A roster, its personal links, and what a learner who came by one finds."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from pipeline.cli import cli
from pipeline.server.app import app
from pipeline.server.kept import Kept
from xapi.people.registers import FILE

HEAD = "lms_id,name,organisation,sector,role,cohort,invited,due\n"
ADA = "a1,Ada Byron,Council,local,leader,2027,2027-01-05,2027-03-01\n"
BEN = "b2,<b>Ben</b>,,,,,,\n"

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, ["roster", *arguments])


@pytest.fixture
def people(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("\ufeff" + HEAD + ADA + BEN, encoding="utf-8")
    assert run("import", "people.csv").output == "2 new, 0 known\n"


@pytest.fixture
def browser_at(tmp_path: Path) -> Iterator[Callable[[], TestClient]]:
    served = app(tmp_path, Kept.at("data"), "https://example.org")
    with TestClient(served):
        yield lambda: TestClient(served, headers={"Origin": "http://testserver"})


def listed(run: Run) -> dict[str, dict[str, str]]:
    return {row["lms_id"]: row for row in csv.DictReader(run("list").stdout.splitlines())}


def link(run: Run, *names: str) -> list[str]:
    made = run("link", "--site", "http://testserver", *names).stdout.splitlines()
    return [row["link"].removeprefix("http://testserver") for row in csv.DictReader(made)]


def account(client: TestClient) -> str | None:
    actor = client.get("/learner/session").json()["actor"]
    return str(actor["account"]["name"]) if actor else None


def test_a_second_import_changes_rows_and_keeps_accounts(run: Run, people: None, tmp_path: Path) -> None:
    before = listed(run)
    assert before["a1"] | {"account": "", "alias": ""} == {
        "lms_id": "a1",
        "name": "Ada Byron",
        "organisation": "Council",
        "sector": "local",
        "role": "leader",
        "cohort": "2027",
        "invited": "2027-01-05",
        "due": "2027-03-01",
        "account": "",
        "alias": "",
        "link": "none",
    }
    (tmp_path / "people.csv").write_text(HEAD + ADA.replace("Byron", "Lovelace") + "c3,Cy,,,,,,\n", encoding="utf-8")
    assert run("import", "people.csv").output == "1 new, 1 known\n"
    after = listed(run)
    assert (after["a1"]["name"], after["a1"]["account"]) == ("Ada Lovelace", before["a1"]["account"])
    assert sorted(after) == ["a1", "b2", "c3"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\nAda\n", "people.csv:1: expected the columns " + HEAD.strip().replace(",", ", ") + "; found name"),
        ("", "people.csv:1: expected the columns " + HEAD.strip().replace(",", ", ") + "; found none"),
        (HEAD + ",Ada,,,,,,\n", "people.csv:2: lms_id is missing"),
        (HEAD + "a1,,,,,,,\n", "people.csv:2: name is missing"),
        (HEAD + "a1,Ada,,,,,,1/3/27\n", "people.csv:2: due: expected a date like 2027-01-31, found '1/3/27'"),
        (HEAD + ADA + ADA, "people.csv:3: lms_id 'a1' stands in line 2 already"),
        (HEAD + "a1,Ada,,,,,,,\n", "people.csv:2: expected 8 values"),
    ],
)
def test_nothing_is_imported_while_a_line_is_wrong(run: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "people.csv").write_text(text, encoding="utf-8")
    done = run("import", "people.csv")
    assert (done.exit_code, done.stderr) == (1, f"{said}\nError: nothing was imported\n")
    assert listed(run) == {}


def test_good_rows_are_imported_where_they_are_asked_for(run: Run, tmp_path: Path) -> None:
    """Of two lines about one person neither is good: which is right, nobody knows."""
    text = HEAD + "b2,Bo,,,,,,\n,Cy,,,,,,\nd4,Di,,,,,,1/3/27\n" + ADA + ADA
    (tmp_path / "people.csv").write_text(text, encoding="utf-8")
    done = run("import", "people.csv", "--good-rows")
    assert (done.exit_code, done.stdout) == (0, "1 new, 0 known\n")
    assert done.stderr.splitlines() == [
        "people.csv:3: lms_id is missing",
        "people.csv:4: due: expected a date like 2027-01-31, found '1/3/27'",
        "people.csv:6: lms_id 'a1' stands in line 5 already",
    ]
    assert sorted(listed(run)) == ["b2"]


def test_a_link_binds_only_when_its_holder_says_so(
    run: Run, people: None, browser_at: Callable[[], TestClient]
) -> None:
    [ada, ben] = sorted(link(run), key=lambda each: "Ben" in browser_at().get(each).text)
    client = browser_at()
    page = client.get(ada)
    assert "Ada Byron" in page.text
    assert "&lt;b&gt;Ben" in client.get(ben).text
    assert (page.headers["Referrer-Policy"], account(client)) == ("no-referrer", None)
    assert client.post(f"{ada}/me", json={}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(f"{ada}/somebody", json={}).status_code == 404
    assert client.post(f"{ada}/me", json={}).json() == {"said": "me", "other": False}
    assert account(client) == listed(run)["a1"]["account"]
    phone = browser_at()
    phone.post(f"{ada}/me", json={})
    assert account(phone) == account(client), "the same link on another device"
    assert link(run) == [], "everyone has one"
    assert listed(run)["a1"]["link"] == "in use"
    shown = client.get("/learner/my-data/").text
    assert "Ada Byron" in shown
    assert client.get("/learner/my-data/my-data.json").json()["roster"]["lms_id"] == "a1"


def test_another_persons_work_in_a_browser_stays_theirs(
    run: Run, people: None, browser_at: Callable[[], TestClient]
) -> None:
    """The page then forgets who was here; without that the player takes their work along."""
    [ada, ben] = [link(run, name)[0] for name in ("a1", "b2")]
    client = browser_at()
    client.post("/learner/session", json={})
    assert client.post(f"{ada}/me", json={}).json() == {"said": "me", "other": False}, "a random account was theirs"
    assert client.post(f"{ada}/me", json={}).json() == {"said": "me", "other": False}
    assert client.post(f"{ben}/me", json={}).json() == {"said": "me", "other": True}
    run("forget", "b2", "--yes")
    assert client.post(f"{ada}/me", json={}).json() == {"said": "me", "other": True}, "one who was forgotten"


def test_not_me_ends_the_link_and_a_new_one_can_be_made(
    run: Run, people: None, browser_at: Callable[[], TestClient]
) -> None:
    [old] = link(run, "a1")
    stranger = browser_at()
    stranger.post(f"{old}/me", json={})
    assert browser_at().post(f"{old}/not-me", json={}).json() == {"said": "not-me"}
    assert listed(run)["a1"]["link"] == "refused"
    assert account(stranger) is None, "and whoever had said so before is out"
    assert stranger.get(old).status_code == 404
    assert stranger.post(f"{old}/me", json={}).status_code == 404
    [new] = link(run, "a1")
    assert browser_at().post(f"{new}/me", json={}).status_code == 200


def test_revoked_is_revoked_and_reissued_is_another(
    run: Run, people: None, browser_at: Callable[[], TestClient]
) -> None:
    [first] = link(run, "a1")
    client = browser_at()
    client.post(f"{first}/me", json={})
    [second] = link(run, "a1")
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    assert account(client), "a new link ends no session"
    assert run("revoke", "a1").output == "The link of a1 is revoked.\n"
    assert (client.get(second).status_code, account(client)) == (404, None)
    assert run("revoke", "nobody").output == "Error: there is no nobody on the roster\n"


def test_forgotten_by_either_side(run: Run, people: None, browser_at: Callable[[], TestClient], tmp_path: Path) -> None:
    links = {name: link(run, name)[0] for name in ("a1", "b2")}
    clients = {name: browser_at() for name in links}
    for name, client in clients.items():
        client.post(f"{links[name]}/me", json={})
        verb = {"id": "http://adlnet.gov/expapi/verbs/answered"}
        sent = [{"actor": {}, "verb": verb, "object": {"id": "https://example.org/masterclasses/demo"}}]
        assert client.post("/learner/statements", json=sent).status_code == 200
    assert clients["a1"].post("/learner/forget", json={}).json() == {"actor": None}
    assert list(listed(run)) == ["b2"]
    CliRunner().invoke(cli, ["lrs", "export", "all.jsonl"])
    gone = run("forget", "b2", "--yes").output.splitlines()
    assert gone[0] == "Removed: b2, 1 statements."
    assert [re.sub(r" of [\d-]+$", "", line) for line in gone[1:]] == [
        f"Still to act on: {tmp_path / 'all.jsonl'}, export"
    ]
    assert listed(run) == {}
    assert [account(client) for client in clients.values()] == [None, None]
    assert not re.search(rb"Ada|Ben|a1,", (tmp_path / "data" / FILE).read_bytes())


def test_a_wish_to_be_forgotten_is_for_every_name(run: Run, people: None, browser_at: Callable[[], TestClient]) -> None:
    """What an LMS's launch or a package with a publishable key recorded goes too, and other people's stays."""
    course = "https://example.org/masterclasses/demo"
    keys = [
        json.loads(CliRunner().invoke(cli, ["lrs", "key", "add", *options, "--json"]).stdout)
        for options in (["packages", "--publishable", "--course", course], ["lms", "--scope", "all"])
    ]
    client = browser_at()
    version = {"X-Experience-API-Version": "1.0.3"}
    for name in ("a1", "b2"):
        actor = {"account": {"homePage": "https://lms.example", "name": name}}
        sent = {"actor": actor, "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"}, "object": {"id": course}}
        for key in keys:
            auth = (key["key"], key.get("secret", ""))
            assert client.post("/xapi/statements", json=sent, auth=auth, headers=version).status_code == 200
    ada = browser_at()
    ada.post(f"{link(run, 'a1')[0]}/me", json={})
    verb = {"id": "http://adlnet.gov/expapi/verbs/answered"}
    assert (
        ada.post("/learner/statements", json=[{"actor": {}, "verb": verb, "object": {"id": course}}]).status_code == 200
    )
    assert ada.post("/learner/forget", json={}).json() == {"actor": None}
    auth = (keys[1]["key"], keys[1]["secret"])
    left = client.get("/xapi/statements", auth=auth, headers=version).json()["statements"]
    ben = next(row for name, row in listed(run).items() if name == "b2")
    assert sorted(one["actor"]["account"]["name"] for one in left) == sorted(["b2", ben["alias"]])


def test_the_alias_is_what_a_publishable_key_puts_in_place_of_an_id(
    run: Run, people: None, browser_at: Callable[[], TestClient]
) -> None:
    course = "https://example.org/masterclasses/demo"
    options = ["--publishable", "--course", course, "--json"]
    key = json.loads(CliRunner().invoke(cli, ["lrs", "key", "add", "packages", *options]).stdout)["key"]
    actor = {"account": {"homePage": "https://lms.example", "name": "a1"}}
    sent = {"actor": actor, "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"}, "object": {"id": course}}
    client = browser_at()
    headers = {"X-Experience-API-Version": "1.0.3"}
    assert client.post("/xapi/statements", json=sent, auth=(key, ""), headers=headers).status_code == 200
    reader = json.loads(CliRunner().invoke(cli, ["lrs", "key", "add", "r", "--scope", "all/read", "--json"]).stdout)
    auth = (reader["key"], reader["secret"])
    [found] = client.get("/xapi/statements", auth=auth, headers=headers).json()["statements"]
    assert found["actor"]["account"]["name"] == listed(run)["a1"]["alias"]


def test_tokens_and_ids_are_kept_as_hashes(run: Run, people: None, tmp_path: Path) -> None:
    [made] = link(run, "a1")
    assert made.rpartition("/")[2].encode() not in (tmp_path / "data" / FILE).read_bytes()
