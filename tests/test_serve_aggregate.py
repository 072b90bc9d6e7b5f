"""What the server takes of a self-check: quarters of the scale, from its own pages, and nothing else of anybody."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import Result
from starlette.testclient import TestClient

from pipeline.selfcheck.commands import disclosed
from pipeline.server.aggregate import BURST, HEADER, MIDDLE
from pipeline.server.app import app
from pipeline.server.kept import Kept
from xapi.people.self_checks import FILE, Counts, middles
from xapi.reports.rule import Rule

Json = Any
ORIGIN = {"Origin": "http://testserver"}
BANDS = {"innovation": 3, "learning": 0}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def client(tmp_path: Path, data: Path) -> TestClient:
    site = tmp_path / "site" / "masterclass"
    site.mkdir(parents=True)
    domains = [{"id": "innovation", "title": "Innovation"}, {"id": "learning", "title": "Learning"}]
    (site / "self-check.json").write_text(json.dumps({"domains": domains}))
    return TestClient(app(tmp_path, Kept.at(str(data)), "https://example.org"), headers=ORIGIN)


def kept(data: Path) -> list[tuple[Json, ...]]:
    with sqlite3.connect(data / FILE) as file:
        return file.execute("SELECT domain, band, number FROM self_checks ORDER BY domain").fetchall()


def test_only_counts_are_kept_and_of_the_time_the_month(client: TestClient, data: Path) -> None:
    for _ in range(2):
        response = client.post("/aggregate", json={"bands": BANDS})
        assert (response.status_code, response.content) == (204, b"")
    assert "set-cookie" not in response.headers
    assert kept(data) == [("innovation", 3, 2), ("learning", 0, 2)]
    with sqlite3.connect(data / FILE) as file:
        assert [row[1] for row in file.execute("PRAGMA table_info(self_checks)")] == [
            "month",
            "domain",
            "band",
            "number",
        ]
        [month] = file.execute("SELECT DISTINCT month FROM self_checks").fetchone()
    assert len(month) == len("2026-11")
    names = {file.name for file in data.iterdir()}
    with sqlite3.connect(data / "lrs.sqlite") as lrs:
        assert lrs.execute("SELECT count(*) FROM statements").fetchone() == (0,)
    assert FILE in names


def test_the_page_learns_where_to_give_it(client: TestClient) -> None:
    assert client.get("/masterclass/self-check.json").headers[HEADER] == "/aggregate"


def test_others_are_shown_once_a_month_is_over_and_eight_have_given(client: TestClient, data: Path) -> None:
    counts = Counts.at(str(data))
    for band in (3, 0, 1, 1, 2, 2, 2):
        counts.add("2001-01", {"innovation": band, "learning": 1})
    counts.add("2001-02", {"innovation": 2})
    client.post("/aggregate", json={"bands": {"learning": 0}})
    said = client.get("/masterclass/self-check.json").headers
    assert (said[HEADER], said[MIDDLE]) == ("/aggregate", "innovation=2"), "seven of learning, and one this month"
    counts.close()


MONTHS = [
    ("2026-01", "homes", 0, 4),
    ("2026-02", "homes", 3, 4),
    ("2026-02", "money", 1, 7),
    ("2026-03", "money", 1, 9),
]


@pytest.mark.parametrize(
    ("before", "least", "found"),
    [
        ("2026-03", 8, {"homes": 0}),
        ("2026-04", 8, {"homes": 0, "money": 1}),
        ("2026-02", 4, {"homes": 0}),
        ("2026-02", 5, {}),
        ("2026-01", 1, {}),
    ],
)
def test_the_middle_of_the_months_that_are_over(before: str, least: int, found: dict[str, int]) -> None:
    assert middles(MONTHS, before, least) == found


REFUSED: list[tuple[Json, int, str]] = [
    ({}, 400, "body: expected {bands: {…}} and nothing else"),
    ([], 400, "body: expected {bands: {…}} and nothing else"),
    ({"bands": {}}, 400, "body: expected {bands: {…}} and nothing else"),
    ({"bands": BANDS, "actor": "me"}, 400, "body: expected {bands: {…}} and nothing else"),
    ({"bands": {"innovation": 4}}, 400, "bands.innovation: expected a whole number from 0 to 3"),
    ({"bands": {"innovation": True}}, 400, "bands.innovation: expected a whole number from 0 to 3"),
    ({"bands": {"innovation": 1.5}}, 400, "bands.innovation: expected a whole number from 0 to 3"),
    ({"bands": {"my name is": 1}}, 400, "bands: expected this site's domains and nothing else"),
    ({"bands": {"x" * 2_000: 1}}, 413, "body: expected at most 1000 bytes"),
]


@pytest.mark.parametrize(("sent", "status", "said"), REFUSED)
def test_nothing_else_is_taken(client: TestClient, data: Path, sent: Json, status: int, said: str) -> None:
    response = client.post("/aggregate", json=sent)
    assert (response.status_code, response.text) == (status, f"{said}\n")
    assert kept(data) == []


def test_from_our_own_pages_as_json_and_not_too_often(client: TestClient, data: Path) -> None:
    elsewhere = client.post("/aggregate", json={"bands": BANDS}, headers={"Origin": "https://elsewhere.example"})
    form = client.post("/aggregate", content=json.dumps({"bands": BANDS}), headers={"Content-Type": "text/plain"})
    bad = client.post("/aggregate", content=b"{", headers={"Content-Type": "application/json"})
    assert [one.status_code for one in (elsewhere, form, bad)] == [403, 415, 400]
    assert client.get("/aggregate").status_code == 404
    statuses = [client.post("/aggregate", json={"bands": BANDS}).status_code for _ in range(int(BURST) + 1)]
    assert statuses.count(429) == 2  # one use had gone with the body that was no JSON
    assert kept(data) == [("innovation", 3, BURST - 1), ("learning", 0, BURST - 1)]


def test_a_site_without_a_self_check_takes_none(tmp_path: Path, data: Path) -> None:
    client = TestClient(app(tmp_path, Kept.at(str(data)), "https://example.org"), headers=ORIGIN)
    assert client.post("/aggregate", json={"bands": BANDS}).status_code == 404


def test_several_servers_count_together(postgres: str) -> None:
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS self_checks CASCADE")
    one, other = Counts.at(postgres), Counts.at(postgres)
    one.add("2026-11", BANDS)
    other.add("2026-12", BANDS)
    assert one.all() == other.all() == {("innovation", 3): 2, ("learning", 0): 2}
    one.close()
    other.close()


def test_small_numbers_are_not_shown_and_others_only_roughly() -> None:
    counts = {("learning", 0): 7, ("learning", 1): 8, ("learning", 3): 52}
    assert disclosed(counts, Rule()) == {"learning": ("*", "*", 0, 50)}
    assert disclosed(counts, Rule(5)) == {"learning": (5, 10, 0, 50)}


def test_the_command(masterclass: Callable[..., Result], data: Path, tmp_path: Path) -> None:
    assert masterclass("self-checks", "--data", data).output == "Nobody has given the result of a self-check yet.\n"
    counts = Counts.at(str(data))
    for _ in range(11):
        counts.add("2026-11", {"learning": 1})
    counts.add("2026-12", {"learning": 2})
    counts.close()
    table = masterclass("self-checks", "--data", data).output.splitlines()
    assert table[:2] == ["Domain    0 to 24  25 to 49  50 to 74  75 to 100", "learning  0        *         *         0"]
    assert masterclass("self-checks", "--data", data, "--format", "csv").output.splitlines() == [
        "domain,score,learners", "learning,0 to 24,0", "learning,25 to 49,*", "learning,50 to 74,*", "learning,75 to 100,0",
    ]  # fmt: skip
    told = json.loads(masterclass("self-checks", "--data", data, "--format", "json").output)
    assert told[2] == {"domain": "learning", "score": "50 to 74", "learners": None}
    refused = masterclass("self-checks", "--data", data, "--k", "4")
    assert refused.exit_code == 2 and "4 is not in the range x>=5" in refused.output
