"""Every measure over a programme of five people, worked out by hand from `cases/reports/statements.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import report_cases
from xapi.reports.connections import Connection, opened
from xapi.reports.filters import Filters
from xapi.reports.measures import MEASURES
from xapi.reports.running import run

TODAY = date(2024, 4, 30)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    folder = tmp_path_factory.mktemp("small")
    report_cases.fill(folder)
    with opened(str(folder), catalogue=report_cases.catalogue(folder)) as connection:
        yield connection


def rows(known: Connection, measure: str, by: tuple[str, ...] = (), **filters: Any) -> list[tuple[Any, ...]]:
    return list(run(MEASURES[measure], known, Filters(**{"today": TODAY} | filters), by).rows)


def test_progress(known: Connection) -> None:
    assert rows(known, "progress") == [
        ("Not on the roster", 0, 1, 0, 0, 0, None, 0.0, 0.0),
        ("On the roster", 4, 3, 1, 1, 1, 0.75, 1 / 3, 1 / 3),
    ]


def test_progress_by_masterclass_and_cohort(known: Connection) -> None:
    assert rows(known, "progress", ("cohort", "course")) == [
        ("A", "small", 2, 2, 1, 1, 1, 1.0, 0.5, 0.5),
        ("B", "small", 2, 1, 0, 0, 0, 0.5, 0.0, 0.0),
        ("Not on the roster", "small", 0, 1, 0, 0, 0, None, 0.0, 0.0),
    ]


def test_progress_in_a_period_counts_what_happened_in_it(known: Connection) -> None:
    assert rows(known, "progress", since=date(2024, 3, 5), cohort="A") == [
        ("On the roster", 2, 0, 0, 0, 0, 0.0, None, None)
    ]


def test_learners(known: Connection) -> None:
    day = date(2024, 3, 4)
    who = {number: person.lms_id for number, person in known.names().items()}
    found = [(who.get(row[0], "dan"), *row[1:]) for row in rows(known, "learners")]
    assert sorted(found) == [
        ("ann", "small", "Trust", "NHS", "Lead", "A", day, day, day, False, None, 1620.0, date(2024, 4, 3)),
        ("bob", "small", "Borough", "Council", "Lead", "A", day, None, None, True, None, 660.0, day),
        ("cat", "small", "Trust", "NHS", "Nurse", "B", day, None, None, False, None, 600.0, day),
        ("dan", "small", *["Not on the roster"] * 4, day, None, None, False, None, 180.0, day),
    ]


def test_overdue(known: Connection) -> None:
    who = {number: person.lms_id for number, person in known.names().items()}
    found = sorted((who.get(row[0], "dan"), *row[1:2], *row[6:]) for row in rows(known, "overdue"))
    assert found == [
        ("cat", "small", None, True, False, date(2024, 3, 4)),
        ("dan", "small", None, True, False, date(2024, 3, 4)),
        ("eve", "", date(2024, 3, 31), False, True, None),
    ]


def test_reach(known: Connection) -> None:
    assert rows(known, "reach") == [
        ("Council", 1, 1, 0, 0.25, 1 / 3, 0.0, 4 / 3),
        ("NHS", 2, 2, 1, 0.5, 2 / 3, 1.0, 4 / 3),
        ("VCSE", 1, 0, 0, 0.25, 0.0, 0.0, 0.0),
    ]


def test_weeks(known: Connection) -> None:
    assert rows(known, "weeks") == [(date(2024, 3, 4), 4, 1, 1, 4)]


def test_dropoff(known: Connection) -> None:
    assert rows(known, "dropoff") == [
        ("small", 0, "", "Before the end of the first page", 4, 0, 0.0, False),
        ("small", 1, "one", "Page one", 4, 1, 0.25, False),
        ("small", 2, "two", "Page two", 3, 0, 0.0, False),
        ("small", 3, "check", "Page check", 3, 1, 1 / 3, True),
    ]


def test_time(known: Connection) -> None:
    assert rows(known, "time") == [
        ("small", "Completed", 2, 900.0, 1140.0, 1380.0),
        ("small", "Not completed", 2, 285.0, 390.0, 495.0),
    ]
    assert rows(known, "time", since=date(2024, 4, 1)) == [("small", "Completed", 1, 300.0, 300.0, 300.0)]


def test_time_on_pages(known: Connection) -> None:
    assert rows(known, "time-pages") == [
        ("small", 1, "one", "Page one", 4, 150.0, 180.0, 225.0),
        ("small", 2, "two", "Page two", 2, 255.0, 330.0, 405.0),
        ("small", 3, "check", "Page check", 3, 330.0, 420.0, 450.0),
    ]


def test_questions_by_key(known: Connection) -> None:
    found = [(*row[1:4], *row[9:]) for row in rows(known, "questions")]
    unflagged = (None, None, None, None, None, True)
    assert found == [
        ("p-a", 1, 1, 3, 2 / 3, None, *unflagged),
        ("q-a", 1, 2, 2, 0.5, None, *unflagged),
        ("f-a", 1, 3, 2, 0.5, pytest.approx(1.0, abs=1e-12), *unflagged),
        ("f-a", 2, 3, 1, 0.0, None, *unflagged),
        ("f-b", 1, 4, 3, 1 / 3, pytest.approx(3**0.5 / 2, abs=1e-12), *unflagged),
        ("f-c", 1, 5, 3, 2 / 3, pytest.approx(0.5, abs=1e-12), *unflagged),
    ]


def test_options(known: Connection) -> None:
    found = [(row[1], row[2], row[5], *row[7:11]) for row in rows(known, "options") if row[1] in ("q-a", "f-b", "f-c")]
    assert found == [
        ("q-a", 1, "right", True, 2, 1, 0.5),
        ("q-a", 1, "wrong", False, 2, 0, 0.0),
        ("q-a", 1, "odd", False, 2, 1, 0.5),
        ("f-b", 1, "x", True, 3, 2, 2 / 3),
        ("f-b", 1, "y", True, 3, 2, 2 / 3),
        ("f-b", 1, "z", False, 3, 1, 1 / 3),
        ("f-c", 1, "true", True, 3, 2, 2 / 3),
        ("f-c", 1, "false", False, 3, 1, 1 / 3),
    ]


def test_checks(known: Connection) -> None:
    close = pytest.approx
    assert rows(known, "checks") == [("small", "Final check", 3, 3.0, close(4 / 9), close(5 / 7, abs=1e-12), True)]


def test_gain(known: Connection) -> None:
    assert rows(known, "gain") == [
        ("small", "all", 2, 0.5, 0.5, 1, 1, 0.0, 0.0),
        ("small", "tell", 2, 0.5, 0.5, 1, 1, 0.0, 0.0),
    ]


def test_then_test(known: Connection) -> None:
    assert rows(known, "then-test") == [("small", "tell", 1, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0)]


def test_confidence(known: Connection) -> None:
    assert rows(known, "confidence") == [
        ("small", 1, "Guessing", 1, 1, 1, 1.0),
        ("small", 3, "Certain", 1, 1, 0, 0.0),
    ]


def test_ratings(known: Connection) -> None:
    assert rows(known, "ratings") == [
        ("small", "liked", 8, 0, "no", "What of liked?", "No", 1, 0, 0.0, 2, 0.5),
        ("small", "liked", 8, 1, "yes", "What of liked?", "Yes", 1, 1, 1.0, 2, 0.5),
    ]


def test_plans(known: Connection) -> None:
    assert rows(known, "plans") == [("small", 4, 1, 0.25)]
    assert rows(known, "plans-kept") == [
        ("small", 30, "acted", 9, at, option, "What of acted?", option.title(), 1, chosen, float(chosen), 1, 1.0)
        for at, (option, chosen) in enumerate([("no", 0), ("partly", 1), ("yes", 0)])
    ]


def test_what_figures_are_worth_is_said_with_them(known: Connection) -> None:
    table = run(MEASURES["progress"], known, Filters(today=TODAY))
    assert [(each.channel, each.learners, each.with_answers) for each in table.coverage] == [
        ("cmi5", 2, 2),
        ("scorm12", 1, 1),
        ("site", 1, 1),
    ]
    assert (table.n, table.versions) == (4, (("small", "1.1.0"),))
    assert table.sentence == "3 of 4 invited started, 1 completed, 1 passed. 1 more started who are not on the roster."
    assert table.notes == (
        "Statements that are not in our vocabulary, or not about a masterclass, were left out and counted.",
    )
