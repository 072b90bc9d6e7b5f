"""What is known on each level, whom to ask for their story, and the picture of self-checks: counted by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import report_cases
from pipeline.reports.reader import Reader
from report_facts import connection, question
from xapi.people.self_checks import Counts
from xapi.reports.connections import Connection, opened
from xapi.reports.filters import Filters
from xapi.reports.measures import MEASURES
from xapi.reports.rule import HIDDEN, Refused
from xapi.reports.running import run

DAY = 24 * 60
APRIL = date(2027, 4, 5)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("worth")
    report_cases.fill(made)
    report_cases.catalogue(made)
    return made


def test_each_level_is_of_those_who_are_known_at_it(folder: Path) -> None:
    """Ann liked it; of Ann and Bob one did better after and one worse; Ann acted partly, which is not the first option."""
    with opened(str(folder), catalogue=folder / "catalogue.json") as known:
        table = run(MEASURES["worth"], known, Filters())
        assert [(row[1], *row[4:]) for row in table.rows] == [
            (1, 1, 1, 1.0),
            (2, 2, 1, 0.5),
            (3, 1, 0, 0.0),
            (4, None, None, None),
            (5, None, None, None),
        ]
        assert table.sentence == (
            "1 of 1 rated it well; 1 of 2 did better after than before. That is no proof of what caused it."
        )
        assert run(MEASURES["success-cases"], known, Filters()).sentence.startswith(
            "Not collected: fewer than 5 people"
        )


def came_back(many: int, response: str, first: int) -> list[tuple[int, int, dict[str, Any]]]:
    said = {
        "verb": "answered",
        "page": "later",
        "attempt": 1,
        "revision": 1,
        "purpose": "follow-up",
        "response": response,
    }
    people = range(first, first + many)
    begun: list[tuple[int, int, dict[str, Any]]] = [(who, 0, {"verb": "initialized"}) for who in people]
    return begun + [(who, 31 * DAY, {**said, "question": name}) for who in people for name in ("occurred", "acted")]


def plans(*groups: tuple[int, str]) -> Connection:
    events, first = [], 1
    for many, response in groups:
        events += came_back(many, response, first)
        first += many
    asked = [
        question(name)
        | {"type": "rating", "block_type": "plan-check", "purpose": "follow-up", "page": "later", "key": []}
        for name in ("occurred", "acted")
    ]
    return connection(events, [(who, "NHS", None) for who in range(1, first)], asked, after={"later": 30})


def test_interviews_are_with_as_many_of_either_end_and_nobody_is_told_by_a_list_of_one() -> None:
    found = run(MEASURES["success-cases"], plans((9, "right"), (6, "wrong")), Filters()).values("learner")
    assert (len(found), sum(who <= 9 for who in found if isinstance(who, int))) == (10, 5)
    assert run(MEASURES["success-cases"], plans((9, "right"), (4, "wrong")), Filters()).rows == ()


def test_names_for_interviews_stay_within_the_programme() -> None:
    with pytest.raises(Refused, match="a row for each person"):
        Reader("shared").table(plans((9, "right"), (6, "wrong")), "success-cases", Filters())


def give(folder: Path, month: str, bands: dict[str, int], times: int) -> None:
    counts = Counts.at(str(folder))
    try:
        for _ in range(times):
            counts.add(month, bands)
    finally:
        counts.close()


def test_small_numbers_of_self_checks_are_hidden_even_from_the_programme(folder: Path) -> None:
    give(folder, "2027-02", {"learning": 0}, 12)
    give(folder, "2027-03", {"learning": 1}, 21)
    give(folder, "2027-03", {"learning": 2}, 3)
    with opened(str(folder), catalogue=folder / "catalogue.json") as known:
        exact = run(MEASURES["self-checks"], known, Filters(today=APRIL))
        assert [row[2:] for row in exact.rows] == [
            ("0 to 24", 36, 12, 12 / 36),
            ("25 to 49", 36, 21, 21 / 36),
            ("50 to 74", 36, 3, 3 / 36),
            ("75 to 100", 36, 0, 0.0),
        ]
        assert (exact.n, exact.coverage) == (36, ())
        shown = Reader("own", today=APRIL).table(known, "self-checks", Filters())
        assert [row[3:5] for row in shown.rows] == [(35, HIDDEN), (35, 20), (35, HIDDEN), (35, 0)]
        assert shown.sentence == "35 results of the self-check were given. Scores lie lowest in “Learning”."
        february = run(
            MEASURES["self-checks"], known, Filters(since=date(2027, 1, 15), until=date(2027, 3, 30), today=APRIL)
        )
        assert [row[4] for row in february.rows] == [12, 0, 0, 0], "March is not whole"
        march = run(MEASURES["self-checks"], known, Filters(today=date(2027, 3, 31)))
        assert [row[4] for row in march.rows] == [12, 0, 0, 0], "March is not over"
        nobodys = run(MEASURES["self-checks"], known, Filters(cohort="A", today=APRIL))
        assert nobodys.sentence.startswith("Not collected: nobody has given the result of a self-check, or a part")


def test_few_self_checks_are_shown_to_nobody(tmp_path: Path) -> None:
    report_cases.fill(tmp_path)
    give(tmp_path, "2027-02", {"learning": 0}, 7)
    with (
        opened(str(tmp_path), catalogue=report_cases.catalogue(tmp_path)) as known,
        pytest.raises(Refused, match="fewer than 8 results: too few for anybody to see"),
    ):
        Reader("own", today=APRIL).table(known, "self-checks", Filters())
