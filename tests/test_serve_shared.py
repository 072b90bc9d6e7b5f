"""Several servers over one database: what one is told the other knows, and a restart forgets nothing."""

from __future__ import annotations

import csv
import json
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from lrs_fixtures import emptied
from pipeline.cli import cli
from pipeline.server.app import app
from pipeline.server.kept import Kept
from xapi.people.postgres import NAME
from xapi.people.registers import Register, register, secret

BASE = "https://example.org"
ORIGIN = {"Origin": "http://testserver"}
ROSTER = "lms_id,name,organisation,sector,role,cohort,invited,due\na1,Ada Byron,Council,,,,,\nb2,Ben,,,,,,\n"

Start = Callable[[], Callable[[], TestClient]]


@pytest.fixture(params=["sqlite", "postgres"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "data")
    address: str = request.getfixturevalue("postgres")
    emptied(address)
    return address


@pytest.fixture
def start(data: str, tmp_path: Path) -> Iterator[Start]:
    """Starts a server, and gives what makes browsers at it."""
    with ExitStack() as servers:

        def started() -> Callable[[], TestClient]:
            served = app(tmp_path, Kept.at(data), BASE)
            servers.enter_context(TestClient(served))
            return lambda: TestClient(served, headers=ORIGIN)

        yield started


def ran(*arguments: str) -> str:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def account(client: TestClient) -> str | None:
    actor = client.get("/learner/session").json()["actor"]
    return str(actor["account"]["name"]) if actor else None


def test_a_session_and_a_code_are_good_at_every_server(start: Start) -> None:
    one = start()
    laptop, phone = one(), None
    laptop.post("/learner/session", json={})
    code = laptop.post("/learner/code", json={}).json()["code"]
    other = start()
    phone = other()
    assert phone.post("/learner/session", json={"code": code}).json()["actor"]["account"]["name"] == account(laptop)
    assert one().post("/learner/session", json={"code": code}).status_code == 404, "used, there"
    moved = other()
    moved.cookies = laptop.cookies
    assert account(moved) == account(laptop)
    assert moved.post("/learner/forget", json={}).json() == {"actor": None}
    assert [account(each) for each in (laptop, phone)] == [None, None]


def test_people_and_staff_live_where_the_records_do(start: Start, data: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(ROSTER, encoding="utf-8")
    one, other = start(), start()
    assert ran("roster", "import", str(tmp_path / "people.csv"), "--data", data) == "2 new, 0 known\n"
    [link] = csv.DictReader(ran("roster", "link", "a1", "--site", "", "--data", data).splitlines())
    client = one()
    assert client.post(f"{link['link']}/me", json={}).status_code == 200
    [ada, _] = csv.DictReader(ran("roster", "list", "--data", data).splitlines())
    assert (account(client), ada["link"]) == (ada["account"], "in use")
    ran("roster", "revoke", "a1", "--data", data)
    assert (account(client), other().get(link["link"]).status_code) == (None, 404)
    staff_link = ran("access", "grant", "Cy", "--role", "manager", "--site", "", "--data", data).strip()
    manager = other()
    assert manager.post(staff_link, follow_redirects=False).status_code == 303
    assert manager.get("/staff/").status_code == 200
    ran("access", "revoke", "Cy", "--data", data)
    assert manager.get("/staff/").status_code == 401
    assert [row["what"] for row in csv.DictReader(ran("access", "log", "--data", data).splitlines())] == ["came in"]
    assert ran("roster", "forget", "a1", "--yes", "--data", data).startswith("Removed: a1, 0 statements.\n")
    assert [row["lms_id"] for row in csv.DictReader(ran("roster", "list", "--data", data).splitlines())] == ["b2"]


def test_two_that_read_before_they_write_take_turns(tmp_path: Path) -> None:
    """A command beside a server: neither is refused because the other was about to write."""
    met = threading.Barrier(2)

    def add(register: Register, name: str) -> None:
        with register.opened() as page:
            page.rows("all_people")
            with suppress(threading.BrokenBarrierError):
                met.wait(0.5)
            page.run("keep_secret", name=name, value=name.encode())

    with closing(register(str(tmp_path))) as server, closing(register(str(tmp_path))) as command:
        with ThreadPoolExecutor() as both:
            for done in [both.submit(add, server, "server"), both.submit(add, command, "command")]:
                done.result()
        with server.opened() as page:
            assert page.rows("all_secrets") == [("command", b"command"), ("server", b"server")]


def test_a_register_that_lost_its_connection_finds_another(postgres: str) -> None:
    emptied(postgres)
    with closing(register(postgres)) as people:
        first = secret(people, "sessions")
        with psycopg.connect(postgres, autocommit=True) as connection:
            ended = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s", (NAME,)
            ).fetchall()
        assert ended == [(True,)]
        assert secret(people, "sessions") == first


def test_who_people_are_can_be_moved_to_postgresql(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    emptied(postgres)
    (tmp_path / "people.csv").write_text(ROSTER, encoding="utf-8")
    ran("roster", "import", "people.csv")
    [link] = csv.DictReader(ran("roster", "link", "a1", "--site", "").splitlines())
    staff_link = ran("access", "grant", "Cy", "--role", "manager", "--site", "").strip()
    kept = Kept.at("data")
    with TestClient(app(tmp_path, kept, BASE)) as before:
        before.headers.update(ORIGIN)
        before.post(f"{link['link']}/me", json={})
        before.post(staff_link)
    said = ran("roster", "move", postgres)
    assert said.startswith("2 people are in ") and "postgres:" not in said
    assert [ran(*words) for words in (("roster", "list"), ("access", "list"), ("access", "log"))] == [
        ran(*words, "--data", postgres) for words in (("roster", "list"), ("access", "list"), ("access", "log"))
    ]
    with TestClient(app(tmp_path, Kept.at(postgres), BASE), cookies=dict(before.cookies)) as after:
        [ada, _] = csv.DictReader(ran("roster", "list").splitlines())
        assert (account(after), after.get("/staff/").status_code) == (ada["account"], 200)
        assert after.get(link["link"]).status_code == 200
    ran("roster", "import", "people.csv", "--data", postgres)
    assert ran("roster", "list") == ran("roster", "list", "--data", postgres), "aliases are the same there"
    again = CliRunner().invoke(cli, ["roster", "move", postgres])
    assert again.stderr == "Error: there are people already: a roster is moved to where there is none\n"


def test_the_key_of_earlier_sessions_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "session.key").write_bytes(b"k" * 32)
    kept = Kept.at(str(tmp_path))
    assert kept.key == b"k" * 32
    (tmp_path / "session.key").unlink()
    assert Kept.at(str(tmp_path)).key == kept.key


def test_what_is_left_to_act_on_is_told_whoever_runs_it(
    data: str, start: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "masterclass")
    client, other = start()(), start()()
    for each in (client, other):
        each.post("/learner/session", json={})
    assert client.post("/learner/forget", json={}).json() == {"actor": None}
    assert [record.getMessage() for record in caplog.records if record.name == "masterclass"][-2:] == [
        "a learner was forgotten at their own wish",
        "request",
    ]
    caplog.clear()
    who = account(other)
    copy, gone = tmp_path / "all.jsonl", tmp_path / "old.jsonl"
    for path in (copy, gone):
        ran("lrs", "export", str(path), "--data", data)
    gone.unlink()
    assert other.post("/learner/forget", json={}).json() == {"actor": None}
    [told] = [record for record in caplog.records if "still to act on" in record.getMessage()]
    fields = told.__dict__["fields"]
    assert (told.levelname, fields["account"], fields["home_page"], fields["targets"]) == (
        "WARNING",
        who,
        f"{BASE}/",
        [],
    )
    assert [(each["path"], each["kind"]) for each in fields["copies"]] == [(str(copy), "export")]
    assert "all.jsonl" not in json.dumps(client.get("/learner/session").json())
