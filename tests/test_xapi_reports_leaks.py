"""What a patient reader of one table could work out beside its hidden counts: from sums, steps, sentences and channels.

In each, 7 are hidden; 32 are shown as 30 and 39 as 40, so that their difference would leave only 6 or 7.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from xapi.reports.disclosure import disclosed
from xapi.reports.measures import MEASURES
from xapi.reports.rule import HIDDEN, Rule
from xapi.reports.tables import Coverage, Table, Value


def table(
    measure: str, names: tuple[str, ...], *rows: tuple[Value, ...], coverage: tuple[Coverage, ...] = (), n: int = 39
) -> Table:
    """Of the columns that are named, with the sentence that the measure itself would say."""
    columns = {column.id: column for column in MEASURES[measure].columns}
    found = [dict(zip(names, row, strict=True)) for row in rows]
    said = MEASURES[measure].answer(found)
    return Table(
        id=measure,
        title="",
        question="",
        answer=said.text,
        totals=said.totals,
        definition="",
        columns=tuple(columns[name] for name in names),
        rows=rows,
        n=n,
        n_column=MEASURES[measure].n_column,
        period=(None, None),
        filters=(),
        versions=(),
        coverage=coverage,
        as_of=datetime(2027, 3, 1, tzinfo=UTC),
    )


def shown(exact: Table) -> tuple[list[tuple[Value, ...]], str]:
    seen = disclosed(exact, Rule())
    return [row[1:] for row in seen.rows], seen.sentence


def test_a_sum_over_masterclasses_does_not_give_one_of_them_away() -> None:
    plans = table("plans", ("course", "started", "made"), ("a", 60, 32), ("b", 50, 7))
    assert shown(plans) == ([(60, HIDDEN), (50, HIDDEN)], "40 plans were made, in 110 masterclasses that were started.")


def test_of_many_masterclasses_only_a_second_one_is_hidden() -> None:
    plans = table("plans", ("course", "started", "made"), ("a", 60, 32), ("b", 50, 7), ("c", 90, 80))
    rows, sentence = shown(plans)
    assert rows == [(60, HIDDEN), (50, HIDDEN), (90, 80)]
    assert sentence == "120 plans were made, in 200 masterclasses that were started."


def test_weeks_do_not_give_each_other_away_beside_the_number_of_all_who_started() -> None:
    weeks = table(
        "weeks",
        ("week", "started", "completed", "learners"),
        (date(2027, 3, 1), 32, 0, 32),
        (date(2027, 3, 8), 7, 9, 12),
    )
    assert shown(weeks)[0] == [(HIDDEN, 0, 30), (HIDDEN, 10, 10)]


def test_the_next_page_does_not_say_how_many_left() -> None:
    pages = table(
        "dropoff",
        ("page_title", "course", "page_at", "reached", "left_here", "is_last"),
        ("Start", "a", 1, 39, 7, False),
        ("Why", "a", 2, 32, 0, False),
        ("Check", "a", 3, 32, 10, True),
    )
    assert [row[2:4] for row in shown(pages)[0]] == [(40, HIDDEN), (HIDDEN, HIDDEN), (30, 10)]


def test_the_next_page_is_shown_where_it_says_little() -> None:
    pages = table(
        "dropoff",
        ("page_title", "course", "page_at", "reached", "left_here", "is_last"),
        ("Start", "a", 1, 39, 3, False),
        ("Why", "a", 2, 36, 0, True),
    )
    assert [row[2:4] for row in shown(pages)[0]] == [(40, HIDDEN), (35, 0)]


@pytest.mark.parametrize(
    ("channels", "seen"),
    [
        ((("site", 32), ("cmi5", 7)), []),
        ((("site", 32), ("cmi5", 40), ("scorm12", 7)), ["cmi5"]),
        ((("site", 39),), ["site"]),
    ],
)
def test_the_other_channels_do_not_give_a_small_one_away(
    channels: tuple[tuple[str, int], ...], seen: list[str]
) -> None:
    coverage = tuple(Coverage(name, learners, 0) for name, learners in channels)
    n = sum(learners for _, learners in channels)
    plans = table("plans", ("course", "started", "made"), ("a", 60, 32), coverage=coverage, n=n)
    assert [each.channel for each in disclosed(plans, Rule()).coverage] == seen


def test_how_many_were_wrong_is_not_said_where_few_were_right() -> None:
    sure = table("confidence", ("course", "level_at", "level", "n", "answers", "right"), ("a", 3, "Certain", 20, 39, 7))
    assert shown(sure)[1] == "Of 40 answers that people were certain of, * were wrong."


def test_sums_of_levels_are_said_where_no_row_can_be_told_from_them() -> None:
    names = ("course", "level_at", "level", "what", "n", "those")
    rows = [
        (course, 2, "2 Learning", "", n, those) for course, n, those in (("a", 60, 32), ("b", 50, 7), ("c", 90, 80))
    ]
    seen, sentence = shown(table("worth", names, *rows))
    assert [row[3:] for row in seen] == [(60, HIDDEN), (50, HIDDEN), (90, 80)]
    assert sentence == "120 of 200 did better after than before. That is no proof of what caused it."
