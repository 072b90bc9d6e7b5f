"""`masterclass report`: what each command writes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.reports import commands
from pipeline.reports.asked import period
from pipeline.reports.board import board
from pipeline.reports.pages import Hall, overview, weekly
from pipeline.reports.places import PLACES
from pipeline.reports.reader import Reader
from pipeline.reports.wanted import Wanted
from report_site import facts
from there import there
from xapi.reports import connections, measures
from xapi.reports.change import earlier
from xapi.reports.connections import MADE_UP, Connection
from xapi.reports.filters import Filters
from xapi.reports.tables import NOTHING_YET

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    @contextmanager
    def opened(data: str, **_: Any) -> Iterator[Connection]:
        yield facts()

    monkeypatch.setattr(connections, "opened", opened)
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, ["report", *arguments])


def test_the_server_starts_without_what_reports_need() -> None:
    """Until somebody looks at one."""
    asked = (
        "import sys, pipeline.server.app\n"
        "print({'ibis', 'duckdb', 'pyarrow', 'docx', 'xlsxwriter', 'vl_convert'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_every_measure_has_its_command_and_its_page() -> None:
    assert sorted(commands.MEASURES) == sorted(measures.MEASURES)
    shown = {name for place in PLACES.values() for name in place.measures}
    assert set(measures.MEASURES) - shown == {"options"}, "which stands on each question's page"


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2027-03-31", date(2027, 3, 31), date(2027, 3, 31)),
        ("2027-01..2027-03", date(2027, 1, 1), date(2027, 3, 31)),
        ("..2027-03-05", None, date(2027, 3, 5)),
        ("2027..", date(2027, 1, 1), None),
        ("", None, None),
    ],
)
def test_periods(text: str, since: date | None, until: date | None) -> None:
    assert period(text) == (since, until)


@pytest.mark.parametrize("text", ["spring", "2027-13", "03/2027", "2027-02-30", "27", "2027-03..2027-01"])
def test_what_is_no_period_is_said(run: Run, text: str) -> None:
    done = run("progress", "--period", text)
    assert done.exit_code == 2
    assert "expected one like 2027, 2027-03, 2027-03-31, or 2027-01..2027-03" in done.stderr.replace("\n", " ")


@pytest.mark.parametrize(
    ("this", "before"),
    [
        ("2027-03", "2027-02"),
        ("2027-01..2027-03", "2026-10..2026-12"),
        ("2027", "2026"),
        ("2027-03-08..2027-03-14", "2027-03-01..2027-03-07"),
    ],
)
def test_the_period_before_is_as_long(this: str, before: str) -> None:
    since, until = period(this)
    found = there(earlier(Filters(since=since, until=until)))
    assert (found.since, found.until) == period(before)


def test_a_table_to_read(run: Run) -> None:
    done = run("progress", "--by", "cohort")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[:5] == [
        "53 of 62 invited started, 34 completed, 34 passed.",
        "",
        "Cohort  Invited  Started  Completed  Passed  Self-reported  Started, of invited  Completed, of started  Passed, of started",
        "------  -------  -------  ---------  ------  -------------  -------------------  ---------------------  ------------------",
        "autumn       24       21         14      14              0                  88%                    67%                 67%",
    ]


def test_files(run: Run, tmp_path: Path) -> None:
    assert run("reach", "--format", "csv", "--bom", "--out", "reach.csv").exit_code == 0
    assert (tmp_path / "reach.csv").read_bytes().startswith(b"\xef\xbb\xbfsector,invited,started")
    assert json.loads(run("reach", "--format", "json").stdout)[0]["id"] == "reach"
    assert run("learners", "--format", "xlsx", "--out", "learners.xlsx").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "learners.xlsx")
    assert "Person 01 spring" in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert run("gain", "--format", "xlsx").exit_code == 2
    assert run("progress", "--format", "parquet", "--by", "role", "--out", "star").exit_code == 0
    assert pq.read_table(tmp_path / "star/dim_role.parquet").num_rows == 5
    assert run("overdue", "--format", "parquet", "--out", "nameless").exit_code == 0
    assert not any(b"Person" in path.read_bytes() for path in (tmp_path / "nameless").iterdir())
    assert run("dropoff", "--format", "html", "--out", "page").exit_code == 0
    page = (tmp_path / "page/index.html").read_text("utf-8")
    assert ("Where do people leave?" in page, "http://" in page.replace("http://www.w3.org/", "")) == (True, False)


def test_broken_questions_beside_their_lines(run: Run) -> None:
    assert run("questions", "--format", "github").stdout.splitlines() == [
        "::warning file=masterclasses/small/bank.quiz.yml,line=2,col=1,title=is-weak::question 'rung-one': 62%25 right of "
        "34 answers, discrimination 0.03%0AIt hardly tells those who know from those who do not: is an option ambiguous, or the wording?",
        "::warning file=masterclasses/small/bank.quiz.yml,line=14,col=1,title=is-weak::question 'rung-two': 56%25 right of "
        "34 answers, discrimination 0.03%0AIt hardly tells those who know from those who do not: is an option ambiguous, or the wording?",
    ]


def test_what_goes_outside_is_rounded_and_written_down(run: Run, tmp_path: Path) -> None:
    done = run("progress", "--by", "cohort", "--audience", "shared")
    assert done.stdout.startswith("55 of 60 invited started, 35 completed, 35 passed.")
    assert (tmp_path / "data/released.jsonl").read_text("utf-8").count("\n") > 5
    refused = run("learners", "--audience", "public")
    assert refused.exit_code == 1
    assert "has a row for each person: it stays within the programme" in refused.stderr
    assert run("progress", "--audience", "shared", "--k", "4").exit_code == 2


def test_a_folder_for_a_disk(run: Run, tmp_path: Path) -> None:
    done = run("export", "--out", "out", "--cohort", "spring")
    assert done.exit_code == 0, done.output
    made = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert {"index.html", "weekly.html", "learners.html", "question-small-rung-one.html", "reports.xlsx"} <= made
    assert {"csv/progress.csv", "parquet/fact_progress.parquet", "reports.css", "reports.js"} <= made
    learners = pq.read_table(tmp_path / "out/parquet/fact_learners.parquet").to_pylist()
    assert (len(learners), learners[0]["learner"], "name" in learners[0]) == (32, 1, False), "Power BI gets numbers"
    links = set()
    for path in (tmp_path / "out").glob("*.html"):
        text = path.read_text("utf-8")
        assert "autumn" not in text
        links |= {part.split('"')[0] for part in text.split('href="')[1:]} - {"#main", "data:,"}
    assert {link for link in links if link not in made} == set(), "every link leads somewhere"


@pytest.mark.slow
def test_a_shared_folder_has_no_names(run: Run, tmp_path: Path) -> None:
    assert run("export", "--out", "out", "--audience", "shared").exit_code == 0
    made = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not any("Person " in path.read_text("utf-8") for path in made if path.suffix in (".html", ".csv"))
    assert "learners.html" not in {path.name for path in made}


def test_the_week_s_page(run: Run, tmp_path: Path) -> None:
    assert run("weekly", "--out", "week.html", "--period", "..2027-03-14").exit_code == 0
    page = (tmp_path / "week.html").read_text("utf-8")
    assert "<h1>The week to 14 Mar 2027</h1>" in page
    assert "1 Mar 2027 to 7 Mar 2027" in page


def test_two_pages_for_a_board(run: Run, tmp_path: Path) -> None:
    done = run("board", "--cohort", "spring", "--period", "2027-03")
    assert done.exit_code == 0, done.output
    made = docx.Document(str(tmp_path / "board.docx"))
    text = "\n".join(line.text for line in made.paragraphs)
    assert "32 of 38 invited started, 20 completed, 20 passed." in text
    assert "They do not show that it changed a service, or that taking part caused anything" in text
    who, changed = made.tables
    assert [cell.text for cell in who.rows[1].cells] == ["County Council", "12", "10", "6", "6"]
    assert [cell.text for cell in changed.rows[0].cells] == [
        "What",
        "1 Feb 2027 to 28 Feb 2027",
        "1 Mar 2027 to 31 Mar 2027",
        "Change",
    ]
    assert [cell.text for cell in changed.rows[1].cells] == ["Started", "0", "32", "+32"]
    [picture] = made.inline_shapes
    assert "County Council: 6 of 12 completed" in picture._inline.docPr.get("descr")


def test_made_up_people_are_said_to_be_before_any_figure() -> None:
    made_up = replace(facts(), notes=(MADE_UP,))
    first = docx.Document(BytesIO(board(Reader(), made_up, Filters()))).paragraphs[1].text
    page = overview(Hall(Reader(), served=False), made_up, Wanted(Filters()))
    assert first == MADE_UP
    assert page.index(f'<p class="made-up">{MADE_UP}</p>') < page.index('class="answer"')


def test_before_anything_is_recorded_no_page_names_a_day_for_it() -> None:
    hall = Hall(Reader(today=date(2027, 3, 31)), served=False)
    before = replace(facts(), as_of=NOTHING_YET)
    for page in (overview(hall, before, Wanted(Filters())), weekly(hall, before, Wanted(Filters()))):
        assert "<p>Nothing is recorded yet. Exact figures" in page
        assert "1970" not in page
        assert "1969" not in page
    assert "<h1>The week to 31 Mar 2027</h1>" in weekly(hall, before, Wanted(Filters()))


@pytest.mark.slow
def test_the_same_facts_make_the_same_document() -> None:
    filters = Filters(cohort="spring", since=date(2027, 3, 1), until=date(2027, 3, 31))
    one, other = (board(Reader(), facts(), filters) for _ in range(2))
    assert one == other
    assert b"word/document.xml" in b" ".join(name.encode() for name in ZipFile(BytesIO(one)).namelist())


def test_after_a_corrected_key(run: Run) -> None:
    done = run("rekey", "rung-one", "--format", "csv")
    assert done.exit_code == 0
    columns = "name,lms_id,channel,attempt,revision,was,would_be,paper_was,paper_would_be,changes,needs"
    assert done.stdout.splitlines() == [columns], "no key has been corrected"


def test_another_lrs_is_read_with_its_key_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    @contextmanager
    def opened(data: str, **more: Any) -> Iterator[Connection]:
        seen.update(more, data=data)
        yield facts()

    monkeypatch.setattr(connections, "opened", opened)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MASTERCLASS_LRS_KEY", "key")
    monkeypatch.setenv("MASTERCLASS_LRS_SECRET", "secret")
    asked = [
        "report",
        "gain",
        "--lrs",
        "https://lrs.example.org/xapi/",
        "--engine",
        "postgresql://x",
        "--data",
        "there",
    ]
    assert CliRunner().invoke(cli, asked).exit_code == 0
    assert (seen["lrs"].endpoint, seen["engine"], seen["data"]) == (
        "https://lrs.example.org/xapi/",
        "postgresql://x",
        "there",
    )
