"""Made-up learners of whom everything is known: measures say of them what is true, on every engine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

import report_cases
import report_truth
from conftest import Masterclass
from xapi.reports import catalogues
from xapi.reports.connections import Connection, opened
from xapi.reports.demo.making import decided
from xapi.reports.demo.truth import truth
from xapi.reports.filters import Filters
from xapi.reports.measures import MEASURES
from xapi.reports.running import run
from xapi.reports.tables import Table

TODAY = date(2024, 6, 30)


def made(masterclass: Masterclass, folder: Path, catalogue: Path, learners: int) -> dict[str, list[dict[str, Any]]]:
    told = folder / "truth.json"
    arguments = ("--learners", str(learners), "--until", TODAY.isoformat(), "--catalogue", catalogue, "--truth", told)
    result = masterclass("demo", *arguments, "--data", folder / "store")
    assert result.exit_code == 0, result.output
    entries = [entry for entry in catalogues.read(catalogue).entries if entry["questions"]]
    expected = truth(decided(learners, 1, entries, TODAY), TODAY)
    # What is written is what was decided, and the same seed decides the same.
    assert json.loads(told.read_text())["measures"] == json.loads(json.dumps(expected, default=str))
    return expected


def wrong(connection: Connection, expected: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    types = {(e["id"], q["id"]): q["type"] for e in connection.catalogue.entries for q in e["questions"]}
    found = {name: run(MEASURES[name], connection, Filters(today=TODAY)) for name in expected}
    compared = {name: report_truth.comparable(name, table, types) for name, table in found.items()}
    return {name: bad for name, rows in expected.items() if (bad := report_truth.differences(compared[name], rows))}


def test_measures_say_what_is_true_of_sixty(masterclass: Masterclass, tmp_path: Path) -> None:
    catalogue = report_cases.catalogue(tmp_path)
    expected = made(masterclass, tmp_path, catalogue, 60)
    assert [name for name, rows in expected.items() if not rows] == []
    with opened(str(tmp_path / "store"), catalogue=catalogue) as connection:
        assert wrong(connection, expected) == {}
        assert connection.notes[0] == "Demonstration data: none of these learners ever lived."
    again = masterclass("demo", "--catalogue", catalogue, "--data", tmp_path / "store")
    assert (again.exit_code, "holds statements already" in again.output) == (1, True)


@pytest.fixture(scope="module")
def national(
    masterclass: Masterclass, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, dict[str, list[dict[str, Any]]]]]:
    """500 learners of all our masterclasses."""
    folder = tmp_path_factory.mktemp("national")
    yield folder / "store", made(masterclass, folder, built / "catalogue.json", 500)


def every(connection: Connection) -> dict[tuple[str, tuple[str, ...]], Table]:
    """Each measure as it is, and by everything it can be broken down by at once."""
    wanted = [(name, by) for name, each in MEASURES.items() for by in {(), each.dimensions}]
    return {(name, by): run(MEASURES[name], connection, Filters(today=TODAY), by) for name, by in wanted}


def same_on(engine: str, store: Path, catalogue: Path, expected: dict[str, list[dict[str, Any]]]) -> None:
    with opened(str(store), catalogue=catalogue) as here:
        tables = every(here)
    with opened(str(store), catalogue=catalogue, engine=engine, refresh=False) as there:
        assert wrong(there, expected) == {}
        others = every(there)
    assert {
        name: bad for name, one in tables.items() if (bad := list(report_truth.tables_differ(one, others[name])))
    } == {}


@pytest.mark.slow
def test_measures_say_what_is_true_of_500(national: tuple[Path, Any], built: Path) -> None:
    store, expected = national
    with opened(str(store), catalogue=built / "catalogue.json") as connection:
        assert wrong(connection, expected) == {}


@pytest.mark.slow
def test_postgresql_gives_the_same_tables(national: tuple[Path, Any], built: Path, postgres: str) -> None:
    store, expected = national
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS masterclass_reports CASCADE")
    same_on(postgres, store, built / "catalogue.json", expected)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
@pytest.mark.filterwarnings("ignore")  # Spark's own: it is written for an older pandas, and leaves its sockets open
def test_spark_gives_the_same_tables(national: tuple[Path, Any], built: Path) -> None:
    store, expected = national
    same_on("spark:local", store, built / "catalogue.json", expected)
