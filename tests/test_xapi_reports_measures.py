"""Measures over facts that can be counted by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa

from xapi.reports import catalogues, connections, facts
from xapi.reports.connections import Connection
from xapi.reports.filters import Filters
from xapi.reports.measures import MEASURES
from xapi.reports.running import run

START = datetime(2027, 3, 1, 9)  # a Monday


def connection(events: list[tuple[int, int, dict[str, Any]]], roster: list[tuple[int, str, str | None]]) -> Connection:
    """Events are a learner, a minute, and what differs from a bare fact; the roster a learner, sector and due date."""
    rows = [
        {field.name: None for field in facts.FACTS}
        | {
            "statement": number,
            "source": "",
            "stored": START + timedelta(minutes=minute),
            "timestamp": START + timedelta(minutes=minute),
            "at": START + timedelta(minutes=minute),
            "actor": learner,
            "learner": learner,
            "channel": "cmi5",
            "course": "small",
            "version": "1.0.0",
            "self_reported": False,
            "active_seconds": 0.0,
        }
        | differs
        for number, (learner, minute, differs) in enumerate(events)
    ]
    people = [
        {
            "learner": learner,
            "on_roster": True,
            "organisation": "Trust",
            "sector": sector,
            "role": "Lead",
            "cohort": "A",
            "invited": None,
            "due": None if due is None else date.fromisoformat(due),
        }
        for learner, sector, due in roster
    ]
    others = [
        {"learner": learner, "on_roster": False, "invited": None, "due": None}
        | dict.fromkeys(("organisation", "sector", "role", "cohort"), facts.NOT_ON_ROSTER)
        for learner in sorted({learner for learner, _, _ in events} - {learner for learner, _, _ in roster})
    ]
    catalogue = catalogues.made([{"id": "small", "title": "Small", "version": "1.0.0", "pages": [], "questions": []}])
    return connections.in_memory(
        pa.Table.from_pylist(rows, schema=facts.FACTS),
        pa.Table.from_pylist(people + others, schema=facts.LEARNERS),
        catalogue,
    )


def test_progress_counts_people_once_and_keeps_what_nobody_vouches_for_apart() -> None:
    known = connection(
        [
            (1, 0, {"verb": "initialized"}),
            (1, 5, {"verb": "initialized"}),
            (1, 9, {"verb": "completed"}),
            (1, 10, {"verb": "completed", "self_reported": True}),
            (1, 11, {"verb": "passed"}),
            (2, 0, {"verb": "initialized"}),
            (2, 3, {"verb": "completed", "self_reported": True}),
            (9, 0, {"verb": "initialized"}),
        ],
        [(1, "NHS", None), (2, "NHS", None), (3, "Council", None)],
    )
    table = run(MEASURES["progress"], known, Filters(), ("sector",))
    assert [column.id for column in table.columns] == [
        "sector",
        "invited",
        "started",
        "completed",
        "passed",
        "self_reported",
        "started_share",
        "completed_share",
        "passed_share",
    ]
    assert table.rows == (
        ("Council", 1, 0, 0, 0, 0, 0.0, None, None),
        ("NHS", 2, 2, 1, 1, 1, 1.0, 0.5, 0.5),
        ("Not on the roster", 0, 1, 0, 0, 0, None, 0.0, 0.0),
    )
    assert table.sentence == "2 of 3 invited started, 1 completed, 1 passed. 1 more started who are not on the roster."
    assert [(each.channel, each.learners, each.with_answers) for each in table.coverage] == [("cmi5", 3, 0)]
    assert table.versions == (("small", "1.0.0"),)


def test_nothing_is_said_not_to_have_been_collected() -> None:
    table = run(MEASURES["gain"], connection([], []), Filters())
    assert (table.rows, table.collected, table.n) == ((), False, 0)
    assert table.sentence == "Not collected: nobody has answered a question before and its twin after."
