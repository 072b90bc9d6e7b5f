"""What each of the staff gets to see of a programme, at every address there is."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from pipeline.reports.dashboard import Dashboard
from pipeline.reports.downloads import FORMS
from pipeline.reports.places import PLACES
from pipeline.reports.sources import HERE, Sources
from pipeline.server.app import app
from pipeline.server.kept import Kept
from pipeline.server.staff import Staff
from report_cases import catalogue, fill
from report_programme import EVIL, GROUPS, QUESTIONS
from report_site import Known, facts, site
from xapi.people.grants import Grants
from xapi.reports.connections import Connection

PAGES = [
    "/reports/",
    "/reports/weekly/",
    *(f"/reports/{place}/" for place in PLACES),
    *(f"/reports/questions/small/{question['id']}/" for question in QUESTIONS),
]
FILES = [f"/reports/learners.{form}" for form in FORMS]
ADDRESSES = [*PAGES, *FILES, *(f"/reports/{place}.csv" for place in PLACES)]


def words(content: bytes) -> str:
    if content[:2] == b"PK":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return content.decode()


def read(client: TestClient, address: str) -> tuple[int, str]:
    answer = client.get(address)
    return answer.status_code, words(answer.content)


OTHERS = ("Person 39", "Person 62", "id39", "Tenants' Voice", "Tenants&#39; Voice", "Housing")
"""Whom only the other cohort has."""


def strangers(client: TestClient, addresses: list[str], query: str) -> dict[str, str]:
    """Where somebody of another cohort is named, or cannot be looked for."""
    seen = {address: read(client, address + query) for address in addresses}
    assert {status for status, _ in seen.values()} == {200}
    return {address: name for address, (_, text) in seen.items() for name in OTHERS if name in text}


@pytest.mark.slow
@pytest.mark.parametrize("query", ["", "?cohort=autumn&by=cohort", "?sector=Housing", "?role=Tenant"])
def test_a_tutor_sees_nobody_else_at_any_address(tmp_path: Path, query: str) -> None:
    told = "Housing" if "Housing" in query else ""
    found = strangers(site("tutor", tmp_path, "spring"), ADDRESSES, query)
    assert {address: name for address, name in found.items() if name != told} == {}


def test_a_tutor_who_asks_for_another_cohort_gets_their_own(tmp_path: Path) -> None:
    client = site("tutor", tmp_path, "spring")
    query = "?cohort=autumn&by=cohort"
    question = "/reports/questions/small/rung-one/"
    assert strangers(client, ["/reports/", "/reports/learners/", "/reports/overdue/", question, *FILES], query) == {}
    assert "Person 01 spring" in client.get(f"/reports/learners/{query}").text
    invited = sum(group[-1] for group in GROUPS if group[3] == "spring")
    assert f"of {invited} invited started" in client.get(f"/reports/{query}").text
    whom = client.get("/reports/learners.csv?organisation=Tenants%27+Voice").text
    assert whom.strip().count("\n") == 0, "the head alone"


def test_an_evaluator_sees_no_names_and_no_small_counts(tmp_path: Path) -> None:
    client = site("evaluator", tmp_path)
    for address in [
        "/reports/",
        "/reports/questions/",
        "/reports/learners/",
        "/reports/overdue/",
        "/reports/learners.csv",
    ]:
        status, text = read(client, address)
        assert "Person " not in text
        assert status == (403 if "learners" in address or "overdue" in address else 200), address
    progress = client.get("/reports/progress.json").json()[0]
    assert [(row["organisation"], row["invited"], row["completed"]) for row in progress["rows"]] == [
        ("County Council", 10, "*"),
        ("Hospice", "*", "*"),
        ("Northern Trust", 35, 20),
        ("Tenants' Voice", "*", "*"),
    ]


def test_what_would_tell_an_evaluator_of_a_few_is_refused_in_words(tmp_path: Path) -> None:
    client = site("evaluator", tmp_path)
    assert client.get("/reports/progress.json").status_code == 200
    refused = client.get("/reports/progress.csv?organisation=Hospice")
    assert (refused.status_code, "is about fewer than 8 people" in refused.text) == (403, True)
    page = client.get("/reports/progress/?organisation=Hospice")
    assert (page.status_code, "is about fewer than 8 people" in page.text) == (200, True)


def test_malicious_text_is_text(tmp_path: Path) -> None:
    client = site("manager", tmp_path)
    for address in ("/reports/questions/", "/reports/questions/small/rung-two/"):
        answer = client.get(address)
        assert EVIL not in answer.text
        assert "&lt;script&gt;document.title" in answer.text


@pytest.mark.parametrize("address", ["/reports/nothing/", "/reports/progress.exe", "/reports/questions/small/nothing/"])
def test_what_is_not_there_is_not_found(tmp_path: Path, address: str) -> None:
    assert site("manager", tmp_path).get(address).status_code == 404


def test_a_page_without_its_last_stroke_is_the_page(tmp_path: Path) -> None:
    answer = site("manager", tmp_path).get("/reports/progress", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (308, "/reports/progress/")


def test_a_wrong_date_is_said(tmp_path: Path) -> None:
    page = site("manager", tmp_path).get("/reports/progress/?since=01/02/2027").text
    assert "“01/02/2027” is no date: expected one like 2027-01-31. It was left out." in page


def test_rows_are_sorted_and_found_without_a_script(tmp_path: Path) -> None:
    client = site("manager", tmp_path)
    page = client.get("/reports/progress/?sort=-invited").text
    places = [page.index(f">{name}</th>") for name in ("Northern Trust", "County Council", "Hospice")]
    assert places == sorted(places)
    found = client.get("/reports/progress/?find=council").text
    assert (">County Council</th>" in found, ">Hospice</th>" in found) == (True, False)
    assert "Showing 1 of 4 rows" in found


def test_a_report_that_takes_long_keeps_nobody_waiting(tmp_path: Path) -> None:
    answered = threading.Event()

    @contextmanager
    def slow(refresh: bool) -> Iterator[Connection]:
        assert answered.wait(20), "nobody was answered meanwhile"
        yield facts()

    async def quick(request: Request) -> Response:
        return PlainTextResponse("here")

    dashboard = Dashboard(slow, tmp_path, HERE)
    served = Starlette(routes=[Mount("/reports", dashboard.app()), Route("/", quick)])
    served.add_middleware(Known, who=Staff("Ada Byron", "manager", "", "grant"))
    with TestClient(served) as client, ThreadPoolExecutor(1) as another:
        report = another.submit(client.get, "/reports/weekly/")
        assert client.get("/").text == "here"
        assert not report.done()
        answered.set()
        assert report.result().status_code == 200


def test_facts_are_brought_up_to_date_on_opening_and_not_on_every_page(tmp_path: Path) -> None:
    asked: list[bool] = []
    now = 100.0

    @contextmanager
    def opened(refresh: bool) -> Iterator[Connection]:
        asked.append(refresh)
        yield facts()

    dashboard = Dashboard(opened, tmp_path, HERE, clock=lambda: now)
    served = Starlette(routes=[Mount("/reports", dashboard.app())])
    served.add_middleware(Known, who=Staff("Ada Byron", "manager", "", "grant"))
    client = TestClient(served)
    for later in (0.0, 1.0, 10.0):
        now += later
        assert client.get("/reports/gain.csv").status_code == 200
    assert asked == [True, False, True]


def test_from_a_store_and_a_personal_link_to_a_tutors_own_cohort(tmp_path: Path) -> None:
    """Everything there is between a statement and a page."""
    data, out = tmp_path / "data", tmp_path / "build"
    out.mkdir()
    fill(data)
    catalogue(out)
    kept = Kept.at(str(data))
    token = Grants(kept.register).add("Tess Tutor", "tutor", "A", 1)
    with TestClient(app(out, kept), headers={"Origin": "http://testserver"}) as client:
        assert client.get("/reports/").status_code == 401
        client.post(f"/staff/me/{token}")
        page = client.get("/reports/").text
        assert "2 of 2 invited started" in page
        learners = client.get("/reports/learners/").text
        assert ("Ann Adams" in learners, "Bob Brown" in learners) == (True, True)
        assert not any(name in learners for name in ("Cat Clark", "Eve Evans"))


def test_before_anybody_has_come_the_page_says_how_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # not where a build of ours may lie about
    kept = Kept.at(str(tmp_path / "data"))
    token = Grants(kept.register).add("Ada Byron", "manager", "", 1)
    with TestClient(app(tmp_path, kept), headers={"Origin": "http://testserver"}) as client:
        client.post(f"/staff/me/{token}")
        assert "masterclass roster import people.csv" in client.get("/reports/").text
        gain = client.get("/reports/gain/").text
        assert "Not collected: " in gain
        assert "Exact figures" in gain
        assert "Small numbers are hidden and others rounded." in client.get("/reports/self-checks/").text


def test_a_question_leads_to_its_lines(tmp_path: Path) -> None:
    page = site("manager", tmp_path).get("/reports/questions/small/rung-two/").text
    assert 'href="https://example.org/repository/blob/HEAD/masterclasses/small/bank.quiz.yml#L14"' in page
    (tmp_path / "bank.quiz.yml").write_text(
        "- id: one\n  type: single\n\n- id: two\n  options:\n    - id: a\n\n- id: three\n"
    )
    assert Sources(tmp_path).lines("bank.quiz.yml", 4) == [(4, "- id: two"), (5, "  options:"), (6, "    - id: a")]
    assert Sources(tmp_path).lines("gone.yml", 1) == []


@pytest.mark.parametrize(
    ("role", "address", "status", "title"),
    [
        ("manager", "/reports/nonsense/", 404, "There is no such report"),
        ("manager", "/reports/no/such/page/", 404, "There is no such report"),
        ("manager", "/reports/progress.exe", 404, "There is no such report"),
        ("manager", "/reports/questions/small/nonsense/", 404, "There is no such report"),
        ("evaluator", "/reports/learners/", 403, "This report is not for you"),
        ("evaluator", "/reports/learners.csv", 403, "This report is not for you"),
    ],
)
def test_instead_of_a_report_there_is_a_page_with_a_way_back(
    role: str, address: str, status: int, title: str, tmp_path: Path
) -> None:
    answer = site(role, tmp_path).get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"<h1>{title}</h1>" in answer.text
    assert '<a class="way-next" href="/reports/./">All reports</a>' in answer.text
