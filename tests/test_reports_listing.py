"""A page of a table with a row for each person shows what is shown of the whole table: found and sorted elsewhere, and alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.reports.reader import Reader
from pipeline.reports.view import LONGEST, View, searched, view
from pipeline.reports.wanted import Wanted
from report_programme import programme
from xapi.reports.connections import Connection
from xapi.reports.listing import Page
from xapi.reports.measures import MEASURES

TODAY = date(2027, 4, 20)
READER = Reader(today=TODAY)


@pytest.fixture(scope="module")
def facts() -> Connection:
    """With two people who are on no roster."""
    made = programme()
    return replace(made, people={number: person for number, person in made.people.items() if number not in (3, 40)})


def page(facts: Connection, name: str, wanted: Wanted, longest: int = LONGEST) -> View:
    asked = Page(longest, wanted.sort, wanted.find, searched(MEASURES[name]))
    table = READER.page(facts, name, wanted.filters, asked)
    return view(table, wanted, facts.catalogue.titles())


def rows(shown: View) -> list[tuple[str, ...]]:
    return [tuple(cell.text + " ".join(word for _, word in cell.flags) for cell in row) for row in shown.rows]


@pytest.mark.parametrize(
    "find", ["", "person", "COUNTY 21", "small", "mar 2027", "stuck trust", "on the roster", "nothing"]
)
@pytest.mark.parametrize("name", ["learners", "overdue"])
def test_rows_are_found_as_in_the_whole_table(facts: Connection, name: str, find: str) -> None:
    wanted = Wanted.read({"find": find})
    whole = view(READER.table(facts, name, wanted.filters), wanted, facts.catalogue.titles())
    shown = page(facts, name, wanted)
    assert (rows(shown), shown.found, shown.heads) == (rows(whole), whole.found, whole.heads)
    assert shown.table.sentence == whole.table.sentence


@pytest.mark.parametrize(
    "sort",
    ["name", "-name", "organisation", "-completed", "completed", "score", "-active_seconds", "is_stuck", "-due", "?"],
)
@pytest.mark.parametrize("name", ["learners", "overdue"])
def test_rows_are_sorted_as_in_the_whole_table(facts: Connection, name: str, sort: str) -> None:
    wanted = Wanted.read({"sort": sort})
    whole = view(READER.table(facts, name, wanted.filters), wanted, facts.catalogue.titles())
    assert rows(page(facts, name, wanted)) == rows(whole)


def test_a_page_has_the_first_rows_and_says_how_many_there_are(facts: Connection) -> None:
    shown = page(facts, "learners", Wanted.read({"find": "person"}), longest=2)
    assert [row[0] for row in rows(shown)] == ["Person 01 spring", "Person 02 spring"]
    assert (shown.found, shown.table.totals) == (53, (("learners", 53), ("started", 53)))


def test_of_nobody_nothing_is_collected(facts: Connection) -> None:
    shown = page(facts, "learners", Wanted.read({"cohort": "winter"}))
    assert (shown.table.collected, shown.table.sentence) == (False, "Not collected: nobody has started.")
