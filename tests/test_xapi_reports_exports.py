"""What an LMS exported: read whatever wrote it, matched with the roster, and never guessed at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import report_cases
from xapi.reports.connections import opened
from xapi.reports.exports import dates
from xapi.reports.exports.command import import_
from xapi.reports.exports.mapping import PRESETS, Mapping
from xapi.reports.exports.matching import match
from xapi.reports.exports.reading import Sheet, read
from xapi.reports.filters import Filters
from xapi.reports.measures import MEASURES
from xapi.reports.running import run

PLAIN = ("--preset", "plain")


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programme")
    report_cases.fill(folder)
    report_cases.catalogue(folder)
    return folder


def take_in(programme: Path, file: Path, *options: str) -> Result:
    arguments = [str(file), "--data", str(programme), "--catalogue", str(programme / "catalogue.json"), *options]
    return CliRunner().invoke(import_, arguments)


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def problems(result: Result, file: Path) -> list[str]:
    return [line.removeprefix(f"{file}:") for line in result.stderr.splitlines() if line.startswith(str(file))]


def progress(programme: Path) -> tuple[object, ...]:
    with opened(str(programme), catalogue=programme / "catalogue.json") as connection:
        table = run(MEASURES["progress"], connection, Filters(cohort="A"))
        return table.rows[0][:6]


def test_an_lms_confirms_what_was_self_reported_and_nobody_counts_twice(programme: Path, tmp_path: Path) -> None:
    """Ann's LMS reports over xAPI already; Bob's completion was only self-reported; Eve left no statement at all."""
    assert progress(programme) == ("On the roster", 2, 2, 1, 1, 1)
    file = written(
        tmp_path / "lms.csv",
        "lms_id,course,completed,passed\n"
        "ann,small,2024-03-04,2024-03-04\n"
        "bob,A small masterclass,5 March 2024,\n"
        "eve,small,-,\n"
        "zoe,small,2024-03-04,\n"
        "ANN,small,2024-03-04,\n",
    )
    result = take_in(programme, file, *PLAIN)
    assert (result.exit_code, result.stdout) == (0, "2 results of 2 people; 3 of their dates are new.\n")
    assert problems(result, file) == [
        "5: left out: 'zoe' is not on the roster",
        "6: left out: 'ANN' is not on the roster; the roster has 'ann': if they are one, correct one of them",
        " 1 people are listed with no date",
    ]
    assert progress(programme) == ("On the roster", 2, 2, 2, 1, 0)
    again = take_in(programme, file, *PLAIN)
    assert again.stdout == "2 results of 2 people; 0 of their dates are new.\n"
    assert progress(programme) == ("On the roster", 2, 2, 2, 1, 0)


def test_nothing_is_taken_in_while_a_row_is_wrong(programme: Path, tmp_path: Path) -> None:
    file = written(
        tmp_path / "lms.csv",
        "lms_id,course,completed,score\n"
        "ann,small,2024-03-04,90\n"
        ",small,2024-03-04,90\n"
        "bob,large,2024-03-04,90\n"
        "cat,small,soon,lots\n"
        "ann,small,2024-03-09,90\n",
    )
    result = take_in(programme, file, *PLAIN)
    assert result.exit_code == 1
    assert problems(result, file) == [
        "3: lms_id: nobody is named",
        "4: there is no masterclass 'large'",
        "5: completed: expected a date like 2027-01-31, found 'soon'",
        "5: score: expected a score, found 'lots'",
        "6: 'ann' stands in line 2 already, with other dates: which is right?",
    ]
    assert "nothing was taken in" in result.stderr
    good = take_in(programme, file, *PLAIN, "--good-rows")
    assert (good.exit_code, good.stdout[:10]) == (0, "1 results ")


@pytest.mark.parametrize(
    ("value", "options", "problem"),
    [
        ("03/25/2024", (), "completed: '03/25/2024' is in the American order; expected days first, or 2027-01-31"),
        (
            "03/04/2024",
            (),
            "completed: '03/04/2024' may be two days; when days come first in this file, say --day-first",
        ),
        ("03/04/2024", ("--day-first",), None),
        ("25/03/24, 09:05", (), None),
        ("Monday, 4 March 2024, 9:05 AM", (), None),
        ("31/02/2024", (), "completed: expected a date like 2027-01-31, found '31/02/2024'"),
    ],
)
def test_dates_are_not_guessed(
    programme: Path, tmp_path: Path, value: str, options: tuple[str, ...], problem: str | None
) -> None:
    file = written(tmp_path / "lms.csv", f'lms_id,course,completed\ncat,small,"{value}"\n')
    result = take_in(programme, file, *PLAIN, "--preview", *options)
    assert result.exit_code == 0, result.output
    assert problems(result, file) == ([f"2: {problem}"] if problem else [])


def test_dates_are_read() -> None:
    shown = ("2024-03-04T09:05:00Z", "4/3/24", "04.03.2024", "4 Mar 2024", date(2024, 3, 4))
    assert {dates.day(each, is_day_first=True) for each in shown} == {date(2024, 3, 4)}


TEXT = "lms_id;course;completed\ncat;small;2024-03-06\nbjörn;small;2024-03-06\n"


@pytest.mark.parametrize(
    ("encoding", "options", "problem"),
    [
        ("utf-8", (), None),
        ("utf-8-sig", (), None),
        ("utf-16", (), None),
        ("cp1252", ("--encoding", "cp1252"), None),
        ("cp1252", (), "the text is not UTF-8; say which it is: --encoding cp1252 for Excel's older CSV"),
        ("utf-8", ("--encoding", "cp9999"), "there is no encoding 'cp9999'"),
    ],
)
def test_encodings(
    programme: Path, tmp_path: Path, encoding: str, options: tuple[str, ...], problem: str | None
) -> None:
    file = written(tmp_path / "lms.csv", TEXT, encoding)
    result = take_in(programme, file, *PLAIN, "--preview", *options)
    if problem is None:
        assert problems(result, file) == ["3: left out: 'björn' is not on the roster"]
    else:
        assert result.exit_code != 0
        assert problem in result.stderr


def test_workbooks_have_dates_and_numbers_of_their_own(programme: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Payroll", "Done", "Mark"])
    sheet.append(["cat", datetime(2024, 3, 6, 14, 5), 0.8])
    sheet.append([12345.0, datetime(2024, 3, 6), 80])
    file = tmp_path / "lms.xlsx"
    book.save(file)
    options = ("--map", "learner=Payroll", "--map", "completed=Done", "--map", "score=Mark", "--course", "small")
    result = take_in(programme, file, *options, "--save", "payroll", "--preview")
    assert problems(result, file) == ["3: left out: '12345' is not on the roster"]
    assert result.stdout.splitlines() == [
        f"{file}: 2 rows",
        "  Payroll → learner: cat, 12345",
        "  Done → completed: 2024-03-06, 2024-03-06",
        "  Mark → score: 0.8, 80",
    ]
    kept = take_in(programme, file, "--preset", "payroll", "--course", "small", "--preview")
    assert kept.stdout == result.stdout
    broken = written(tmp_path / "broken.xlsx", "no workbook")
    assert "this is no Excel workbook" in take_in(programme, broken, "--preset", "payroll").stderr


def test_a_completion_export_as_moodle_writes_it(programme: Path, tmp_path: Path) -> None:
    """By report/completion/index.php of Moodle 5.1+: an activity has two columns, days are in digits, and nothing is empty
    but what is not complete."""
    file = written(
        tmp_path / "completion.csv",
        'ID,Name,"ID number","A small masterclass","A small masterclass - Completion date","Self completion","Course complete"\n'
        '7,"Cat Clark",cat,Completed,"2024-03-06 09:05:12",,"2024-03-06 09:05:12"\n'
        '8,"Eve Evans",eve,"Not completed",,,\n',
    )
    result = take_in(programme, file, "--preset", "moodle-completion", "--course", "small", "--preview")
    assert result.stderr.startswith("preset moodle-completion: unverified: ")
    assert result.stdout.splitlines() == [
        f"{file}: 2 rows",
        "  ID → left out: 7, 8",
        "  Name → left out: Cat Clark, Eve Evans",
        "  ID number → learner: cat, eve",
        "  A small masterclass → left out: Completed, Not completed",
        "  A small masterclass - Completion date → left out: 2024-03-06 09:05:12",
        "  Self completion → left out: nothing",
        "  Course complete → completed: 2024-03-06 09:05:12",
    ]
    assert problems(result, file) == [" 1 people are listed with no date"]


def test_a_scorm_report_as_moodle_writes_it(tmp_path: Path) -> None:
    """By mod/scorm/report/basic of Moodle 5.1+: tabs, a row for each attempt, and dashes for whoever made none."""
    file = written(
        tmp_path / "scorm.txt",
        'Name\t"ID number"\tAttempt\t"Started on"\t"Last accessed on"\tScore\n'
        '"Cat Clark"\tcat\t1\t"Wednesday, 6 March 2024, 9:05 AM"\t"Wednesday, 6 March 2024, 9:45 AM"\t40\n'
        '"Cat Clark"\tcat\t2\t"Monday, 11 March 2024, 1:15 PM"\t"Monday, 11 March 2024, 1:45 PM"\t85\n'
        '"Eve Evans"\teve\t-\t-\t-\t-\n',
    )
    preset = PRESETS["moodle-scorm"].mapping
    found = match(read(file, None), preset, {"cat", "eve"}, lambda _: "small", False)
    assert (found.problems, found.empty) == ([], 1)
    assert [(each.lms_id, each.days, each.score) for each in found.results] == [
        ("cat", {"started": date(2024, 3, 6)}, 0.85)
    ]


def refusals() -> Iterator[tuple[str, tuple[str, ...], str]]:
    yield "", PLAIN, "the file is empty"
    yield "who,when\n", PLAIN, "there is no column 'lms_id', which says who it is; found: who, when"
    yield "lms_id,course\nann,small\n", PLAIN, "no column says when somebody started, completed or passed"
    yield "lms_id,lms_id\n", PLAIN, "two columns are called lms_id; rename one"
    yield "lms_id\n", ("--preset", "totara"), "there is no preset 'totara'"
    yield "lms_id\n", (), "expected --preset, or --map"
    yield "lms_id\n", ("--map", "when=Day"), "expected one of learner, course,"
    yield "lms_id\n", ("--map", "completed=Day"), "expected learner=COLUMN"
    yield "lms_id\n", (*PLAIN, "--course", "large"), "there is no masterclass 'large'; there are: small"


@pytest.mark.parametrize(("text", "options", "said"), [*refusals()])
def test_what_cannot_be_read_is_said(
    programme: Path, tmp_path: Path, text: str, options: tuple[str, ...], said: str
) -> None:
    result = take_in(programme, written(tmp_path / "lms.csv", text), *options)
    assert result.exit_code != 0
    assert said in result.stderr


def test_who_leaves_the_roster_leaves_what_an_lms_said(tmp_path: Path) -> None:
    from xapi.people.registers import register
    from xapi.people.roster import People

    report_cases.fill(tmp_path)
    report_cases.catalogue(tmp_path)
    file = written(tmp_path / "lms.csv", "lms_id,course,completed\neve,small,2024-03-06\n")
    assert take_in(tmp_path, file, *PLAIN).exit_code == 0
    with opened(str(tmp_path), catalogue=tmp_path / "catalogue.json") as connection:
        assert len(connection.fetch(connection.tables.facts.filter(connection.tables.facts.channel == "lms"))) == 1
    people = People(register(str(tmp_path)))
    people.forget(next(each.account for each in people.everyone() if each.lms_id == "eve"))
    with opened(str(tmp_path), catalogue=tmp_path / "catalogue.json") as connection:
        assert len(connection.fetch(connection.tables.facts.filter(connection.tables.facts.channel == "lms"))) == 0


@pytest.mark.parametrize(
    ("marks", "scores"),
    [
        (("1", "80"), [0.01, 0.8]),  # of a hundred: another row says so
        (("1%", "80%"), [0.01, 0.8]),
        (("1", "0.8"), [1.0, 0.8]),
    ],
)
def test_one_in_a_hundred_is_not_everything(marks: tuple[str, str], scores: list[float]) -> None:
    rows = tuple(
        (line, (who, "2024-03-04", mark)) for line, who, mark in zip((2, 3), ("ann", "cat"), marks, strict=True)
    )
    sheet = Sheet(("who", "passed", "mark"), rows)
    found = match(sheet, Mapping("who", passed="passed", score="mark"), {"ann", "cat"}, lambda _: "small", False)
    assert [each.score for each in found.results] == scores
