"""Measures over facts that can be counted by hand."""

from __future__ import annotations

from report_facts import connection
from xapi.reports.filters import Filters
from xapi.reports.measures import MEASURES
from xapi.reports.running import run


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
