"""Tables written down: whole results, and what a spreadsheet makes of them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_tables import EVERY_KIND, PROGRESS
from xapi.people.roster import Person
from xapi.reports.disclosure import disclosed
from xapi.reports.naming import named
from xapi.reports.rule import Rule
from xapi.reports.tables import Column, Kind
from xapi.reports.wording import as_sentence, said
from xapi.reports.writers.plain import plain
from xapi.reports.writers.star import star
from xapi.reports.writers.structured import as_json
from xapi.reports.writers.tidy import BOM, harmless, tidy
from xapi.reports.writers.workbook import workbook


def test_plain_says_the_answer_first_and_what_it_is_worth() -> None:
    assert plain([PROGRESS]) == (
        "43 of 74 have completed.\n"
        "\n"
        "Organisation  Invited  Completed  Completed, of invited      Median\n"
        "------------  -------  ---------  ---------------------  ----------\n"
        "Council            62         41                    66%  1 h 14 min\n"
        "=Hospice           12          2                    17%           –\n"
        "\n"
        "Learners: 70\n"
        "Period: 1 Jan 2027 to 31 Mar 2027\n"
        "Filter: cohort spring\n"
        "As of: 1 Apr 2027\n"
        "Versions: co-production 1.0.0\n"
        "Coverage: SCORM 1.2 packages: answers known for 0 of 40; the site: answers known for 28 of 30\n"
        "Definition: Completed: an LMS says so.\n"
    )


def test_plain_shows_the_first_rows_of_many_to_somebody_at_a_terminal() -> None:
    many = replace(PROGRESS, rows=tuple((f"Trust {n:03}", 10, 5, 0.5, 60.0) for n in range(61)))
    shown = plain([many], width=90).splitlines()
    assert [line.split("  ")[0] for line in shown if line.startswith("Trust")] == [f"Trust {n:03}" for n in range(20)]
    assert "These are the first 20 of 61 rows. A file has them all: --format xlsx --out progress.xlsx" in shown
    assert plain([many]).count("Trust") == 61


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("'Reach' is about fewer than 8 people: it stays here", "“Reach” is about fewer than 8 people: it stays here."),
        ("completed of Tenants' Voice differ. Wait.", "completed of Tenants' Voice differ. Wait."),
    ],
)
def test_a_page_says_in_a_sentence_what_a_terminal_says_in_a_line(text: str, sentence: str) -> None:
    assert as_sentence(text) == sentence


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (-0.4, "number", "−0.40"),
        (-0.001, "number", "0.00"),
        (0.4, "number", "0.40"),
        (-1200, "count", "−1,200"),
        (0, "count", "0"),
    ],
)
def test_what_is_less_than_nothing_has_a_minus_sign(value: float, kind: Kind, words: str) -> None:
    assert said(value, Column("figure", "Figure", kind, "Any.")) == words


def test_plain_turns_titles_and_breaks_what_is_too_wide_for_a_terminal() -> None:
    assert plain([PROGRESS], width=40) == (
        "43 of 74 have completed.\n"
        "\n"
        "Organisation  Invited  Completed\n"
        "------------  -------  ---------\n"
        "Council            62         41\n"
        "=Hospice           12          2\n"
        "\n"
        "              Completed,\n"
        "Organisation  of invited      Median\n"
        "------------  ----------  ----------\n"
        "Council              66%  1 h 14 min\n"
        "=Hospice             17%           –\n"
        "\n"
        "Learners: 70\n"
        "Period: 1 Jan 2027 to 31 Mar 2027\n"
        "Filter: cohort spring\n"
        "As of: 1 Apr 2027\n"
        "Versions: co-production 1.0.0\n"
        "Coverage: SCORM 1.2 packages: answers\n"
        "  known for 0 of 40; the site: answers\n"
        "  known for 28 of 30\n"
        "Definition: Completed: an LMS says so.\n"
    )


def test_plain_says_once_what_every_row_of_a_wide_table_has() -> None:
    long = ("A trust that has a name longer than a line", 9, *PROGRESS.rows[0][2:])
    assert plain([replace(PROGRESS, rows=(PROGRESS.rows[0], long))], width=40).splitlines()[2:10] == [
        "In each row below: Completed: 41;",
        "  Completed, of invited: 66%; Median: 1",
        "  h 14 min",
        "",
        "Organisation                     Invited",
        "-------------------------------  -------",
        "Council                               62",
        "A trust that has a name longer…        9",
    ]


def test_an_empty_table_says_why() -> None:
    empty = replace(PROGRESS, rows=(), totals=(), answer="Not collected: nobody has started.", coverage=(), versions=())
    assert plain([empty]).splitlines()[:3] == ["Not collected: nobody has started.", "", "Learners: 70"]


def test_tidy_is_for_programs() -> None:
    assert tidy(EVERY_KIND) == (
        "learner,note,n,share,number,seconds,day,flag\r\n"
        "7,'@SUM(A1),1234,0.5,-0.25,3600,2027-01-05,true\r\n"
        "8,plain,0,,,,,false\r\n"
    )
    assert tidy(EVERY_KIND, bom=True) == BOM + tidy(EVERY_KIND)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


@given(st.text())
def test_a_cell_of_text_never_begins_like_a_formula_and_loses_nothing(text: str) -> None:
    table = replace(EVERY_KIND, rows=((1, text, 1, None, None, None, None, None),))
    [_, found] = csv.reader(io.StringIO(tidy(table), newline=""))
    assert not found[1].lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert found[1] in (text, f"'{text}")


def test_json_holds_everything() -> None:
    [found] = json.loads(as_json([EVERY_KIND]))
    assert found.pop("columns")[3] == {
        "id": "share",
        "title": "Share",
        "kind": "share",
        "of": "n",
        "description": "Of answers.",
    }
    assert found == {
        "id": "every-kind",
        "title": "Every kind: of [value]",
        "question": "Who has started, completed and passed?",
        "answer": "43 of 74 have completed.",
        "definition": "Completed: an LMS says so.",
        "n": 70,
        "since": "2027-01-01",
        "until": "2027-03-31",
        "as_of": "2027-04-01T09:30:00+00:00",
        "filters": {"cohort": "spring"},
        "versions": {"co-production": "1.0.0"},
        "coverage": [
            {"channel": "scorm12", "learners": 40, "with_answers": 0},
            {"channel": "site", "learners": 30, "with_answers": 28},
        ],
        "notes": [],
        "rows": [
            {
                "learner": 7,
                "note": "@SUM(A1)",
                "n": 1234,
                "share": 0.5,
                "number": -0.25,
                "seconds": 3600,
                "day": "2027-01-05",
                "flag": True,
            },
            {
                "learner": 8,
                "note": "plain",
                "n": 0,
                "share": None,
                "number": None,
                "seconds": None,
                "day": None,
                "flag": False,
            },
        ],
    }


def test_a_workbook_has_typed_columns_and_a_dictionary() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook([EVERY_KIND, PROGRESS, EVERY_KIND])))
    assert book.sheetnames == [
        "Every kind of value",
        "Who started, completed and pass",
        "Every kind of value 2",
        "Data dictionary",
    ]
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows())
    assert [rows[0][0].value, rows[1][0].value] == [
        "Who has started, completed and passed?",
        "43 of 74 have completed.",
    ]
    head = next(place for place, row in enumerate(rows) if row[0].value == "Learner")
    assert head == 3, "the question, the answer, a gap, and the table"
    below = [row[0].value for row in rows[head + 4 :]]
    assert (below[0], below[-1]) == ("Learners: 70", "Definition: Completed: an LMS says so.")
    first = rows[head + 1]
    assert [cell.value for cell in first] == [
        7,
        "@SUM(A1)",
        1234,
        0.5,
        -0.25,
        timedelta(hours=1),
        datetime(2027, 1, 5),
        True,
    ]
    assert [cell.data_type for cell in first] == ["n", "s", "n", "n", "n", "d", "d", "b"]
    assert [cell.value for cell in rows[head + 2]] == [8, "plain", 0, None, None, None, None, False]
    assert sheet.freeze_panes == f"B{head + 2}"
    words = [[cell.value for cell in row] for row in book["Data dictionary"].iter_rows(max_row=5)]
    assert words[0] == ["Sheet", "Column", "Kind", "Share of", "Meaning"]
    assert words[4] == ["Every kind: of [value]", "Share", "share", "Answers", "Of answers."]


def test_the_same_tables_make_the_same_workbook() -> None:
    assert workbook([PROGRESS]) == workbook([PROGRESS])


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it_with_the_right_types(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").write_bytes(workbook([EVERY_KIND]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "fods",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "report.xlsx"),
    ]
    subprocess.run(asked, check=True, timeout=180, capture_output=True)
    text = (tmp_path / "report.fods").read_text(encoding="utf-8")
    for value in (
        'office:value-type="float" office:value="1234"',
        'office:value-type="percentage" office:value="0.5"',
        'office:value-type="time" office:time-value="PT01H00M00S"',
        'office:value-type="date" office:date-value="2027-01-05"',
        "@SUM(A1)",
    ):
        assert value in text
    # LibreOffice writes the truth itself as a formula; nothing else is one.
    assert re.findall(r'table:formula="([^"]*)"', text) == ["of:=TRUE()", "of:=FALSE()"]


def test_a_star_has_keys_figures_and_no_names(tmp_path: Path) -> None:
    paths = star([disclosed(PROGRESS, Rule())], tmp_path)
    assert sorted(path.name for path in paths) == [
        "dictionary.parquet",
        "dim_organisation.parquet",
        "fact_progress.parquet",
        "tables.parquet",
    ]
    read = {path.stem: pq.read_table(path).to_pylist() for path in paths}
    assert read["dim_organisation"] == [
        {"organisation_key": 1, "organisation": "Council"},
        {"organisation_key": 2, "organisation": "=Hospice"},
    ]
    assert read["fact_progress"] == [
        {
            "organisation_key": 1,
            "invited": 60,
            "completed": None,
            "completed_hidden": True,
            "completed_share": None,
            "completed_share_hidden": True,
            "median": 4440.0,
        },
        {
            "organisation_key": 2,
            "invited": 10,
            "completed": None,
            "completed_hidden": True,
            "completed_share": None,
            "completed_share_hidden": True,
            "median": None,
        },
    ]
    assert read["tables"][0]["answer"] == "45 of 75 have completed."
    assert read["dictionary"][1]["meaning"] == "People on the roster."


def test_learners_have_names_where_the_roster_knows_them() -> None:
    ada = Person("account", "alias", "a1", "Ada Byron", "Council", "", "", "", "", "", "none")
    table = named(EVERY_KIND, {7: ada})
    assert [column.id for column in table.columns][:3] == ["name", "lms_id", "note"]
    assert [row[:2] for row in table.rows] == [("Ada Byron", "a1"), ("not on the roster (8)", None)]


def test_whom_the_roster_does_not_know_is_told_apart_by_a_short_number() -> None:
    at = [column.id for column in EVERY_KIND.columns].index("learner")
    rows = tuple((*row[:at], 10**18 + place, *row[at + 1 :]) for place, row in enumerate(EVERY_KIND.rows))
    assert {row[at] for row in named(replace(EVERY_KIND, rows=rows), {}).rows} == {
        f"not on the roster ({place})" for place in range(len(rows))
    }
