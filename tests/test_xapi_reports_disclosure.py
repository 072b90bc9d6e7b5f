"""What may be told of few people, and that nobody works out what was hidden: not from one table, nor from many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from pipeline.reports.reader import Reader
from report_facts import connection
from there import there
from xapi.reports.attack import Everyone
from xapi.reports.cells import Cell, Population, cells
from xapi.reports.disclosure import disclosed
from xapi.reports.filters import Filters
from xapi.reports.released import Released, too_alike
from xapi.reports.rule import HIDDEN, PEOPLE, Refused, Rule, rule_for
from xapi.reports.tables import Column, Coverage, Table

COUNTS = (
    Column("organisation", "Organisation", "text", "", key=True),
    Column("invited", "Invited", "count", ""),
    Column("completed", "Completed", "count", ""),
    Column("completed_share", "Completed", "share", "", of="invited"),
    Column("median", "Median minutes", "number", "", of="completed"),
)


def table(*rows: tuple[str, int, int], **changes: object) -> Table:
    invited, completed = sum(n for _, n, _ in rows), sum(done for *_, done in rows)
    whole = Table(
        id="progress",
        title="Progress",
        question="Who has completed?",
        answer="{completed} of {invited} have completed.",
        totals=(("invited", invited), ("completed", completed)),
        definition="",
        columns=COUNTS,
        rows=tuple((name, n, done, done / n if n else None, 31.5) for name, n, done in rows),
        n=invited,
        n_column="invited",
        period=(None, None),
        filters=(),
        versions=(),
        coverage=(),
        as_of=datetime(2027, 3, 1, tzinfo=UTC),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_own_is_exact() -> None:
    one = table(("Council", 7, 3))
    assert disclosed(one, rule_for("own")) == one


def test_outside_counts_are_rounded_and_small_ones_hidden() -> None:
    shown = disclosed(table(("NHS trust", 62, 41), ("Council", 22, 7), ("Housing", 7, 0), ("Hospice", 12, 5)), Rule())
    assert shown.rows == (
        ("NHS trust", 60, 40, 40 / 60, 31.5),
        ("Council", 20, HIDDEN, HIDDEN, HIDDEN),
        ("Housing", HIDDEN, 0, HIDDEN, HIDDEN),
        ("Hospice", HIDDEN, HIDDEN, HIDDEN, HIDDEN),  # 12 invited are hidden lest Housing's 7 be worked out
    )
    assert (shown.n, shown.sentence) == (105, "55 of 105 have completed.")


def test_what_a_total_would_give_away_is_hidden_with_its_total() -> None:
    """Four groups of 7 are 28, shown as 30: at least 28, so all four would be known."""
    shown = disclosed(table(*((name, 100, 7) for name in "ABCD")), Rule())
    assert [row[2] for row in shown.rows] == [HIDDEN] * 4
    assert shown.sentence == "* of 400 have completed."


@pytest.mark.parametrize(
    ("k", "shown"), [(5, [HIDDEN, 5, 5, 10]), (8, [HIDDEN, HIDDEN, HIDDEN, 10]), (10, [HIDDEN] * 4)]
)
def test_k_can_be_chosen(k: int, shown: list[object]) -> None:
    assert [Rule(k).shown(count) for count in (4, 5, 7, 8)] == shown


def test_k_is_never_below_5_and_the_public_sees_no_count_below_8() -> None:
    with pytest.raises(Refused, match="expected at least 5"):
        rule_for("shared", 4)
    assert (rule_for("shared", 5), rule_for("public", 5)) == (Rule(5), Rule(8))


def test_a_table_of_people_does_not_leave() -> None:
    with pytest.raises(Refused, match="a row for each person"):
        disclosed(
            table(("7", 1, 1), columns=(Column("learner", "Learner", "learner", "", key=True), *COUNTS[1:])), Rule()
        )


def test_what_is_said_of_fewer_than_8_does_not_leave() -> None:
    with pytest.raises(Refused, match="about fewer than 8 people"):
        disclosed(table(("Council", 7, 3)), Rule())


def test_channels_are_rounded_and_small_ones_left_out() -> None:
    coverage = (Coverage("scorm12", 212, 0), Coverage("site", 38, 33), Coverage("cmi5", 9, 3))
    shown = disclosed(table(("Council", 259, 41), coverage=coverage), Rule())
    assert shown.coverage == (Coverage("scorm12", 210, 0), Coverage("site", 40, 35))


def test_places_and_texts_are_not_counts() -> None:
    columns = (Column("page_at", "Place", "count", "", key=True), Column("title", "Title", "text", ""), COUNTS[1])
    pages = table(("", 9, 0), columns=columns, rows=((3, "Why", 12), (4, "How", 9)))
    assert disclosed(pages, Rule()).rows == ((3, "Why", 10), (4, "How", 10))


def test_a_share_of_everyone_is_worked_out_from_the_rounded_total() -> None:
    columns = (COUNTS[0], COUNTS[1], Column("invited_share", "Of all invited", "share", ""))
    reach = table(("", 101, 0), columns=columns, rows=(("A", 62, 62 / 101), ("B", 39, 39 / 101)))
    assert disclosed(reach, Rule()).rows == (("A", 60, 60 / 100), ("B", 40, 40 / 100))


def test_statistics_are_no_more_exact_than_the_counts_beside_them() -> None:
    columns = (
        COUNTS[0],
        COUNTS[1],
        Column("started", "Started", "count", ""),
        Column("invited_share", "Of all invited", "share", ""),
        Column("started_share", "Of all starters", "share", ""),
        Column("ratio", "Ratio", "number", ""),
        Column("mean", "Mean", "number", ""),
        Column("median", "Median", "seconds", ""),
    )
    ratios = [(31 / 51) / (62 / 101), (20 / 51) / (39 / 101)]
    rows = (
        ("A", 62, 31, 62 / 101, 31 / 51, ratios[0], 0.123456, 1234.0),
        ("B", 39, 20, 39 / 101, 20 / 51, ratios[1], 0.654321, 89.0),
    )
    shown = disclosed(table(("", 101, 0), columns=columns, rows=rows, n_column="invited"), Rule())
    assert shown.rows == (
        ("A", 60, 30, 60 / 100, 30 / 50, 1.0, 0.12, 1260),
        ("B", 40, 20, 40 / 100, 20 / 50, 1.0, 0.65, 60),
    )


def test_the_options_of_a_question_do_not_give_each_other_away() -> None:
    columns = (
        Column("question", "Question", "text", "", key=True),
        Column("option", "Option", "text", "", key=True),
        Column("n", "Answers", "count", ""),
        Column("chosen", "Chosen", "count", ""),
    )
    chosen = {"one": (40, (25, 12, 3)), "two": (28, (7, 7, 7, 7)), "three": (40, (20, 20, 0))}
    rows = tuple((name, str(at), n, count) for name, (n, all_) in chosen.items() for at, count in enumerate(all_))
    shown = disclosed(table(("", 40, 0), columns=columns, rows=rows, n_column="n"), Rule())
    assert [row[2:] for row in shown.rows] == [
        *((40, 25), (40, HIDDEN), (40, HIDDEN)),
        *[(HIDDEN, HIDDEN)] * 4,  # 30 answers would be at least 28: four times 7
        *((40, 20), (40, 20), (40, 0)),
    ]


# Differencing. A small programme: two organisations in two cohorts, and who has completed in which month.

ORGANISATIONS, COHORTS, MONTHS = ("north", "south"), ("2026", "2027"), 2
Places = dict[tuple[str, str], tuple[int, ...]]
"""For each organisation and cohort: how many completed in each month, and how many never did."""

places = st.fixed_dictionaries(
    {
        place: st.tuples(st.integers(0, 14), st.integers(0, 4), st.integers(0, 20))
        for place in product(ORGANISATIONS, COHORTS)
    }
)
requests = st.lists(
    st.tuples(
        st.sampled_from(("organisation", "cohort")),
        st.sampled_from((None, *ORGANISATIONS)),
        st.sampled_from((None, *COHORTS)),
        st.integers(1, MONTHS),
    ),
    min_size=1,
    max_size=6,
)


def asked(places: Places, by: str, organisation: str | None, cohort: str | None, month: int) -> Table:
    """What the programme itself sees, up to a month."""
    rows: dict[str, list[int]] = {}
    for (org, group), (*completed, never) in places.items():
        if organisation in (None, org) and cohort in (None, group):
            row = rows.setdefault(org if by == "organisation" else group, [0, 0])
            row[0] += sum(completed) + never
            row[1] += sum(completed[:month])
    limits = {"organisation": organisation, "cohort": cohort}
    return table(
        *((name, n, done) for name, (n, done) in rows.items()),
        columns=(replace(COUNTS[0], id=by), *COUNTS[1:]),
        period=(None, date(2027, month, 28)),
        filters=tuple((name, value) for name, value in limits.items() if value),
    )


def given_out(places: Places, wanted: list[tuple[str, str | None, str | None, int]]) -> Iterator[tuple[Table, Table]]:
    """What an audience gets of what it asks for, one after the other."""
    population: Counter[tuple[str, ...]] = Counter()
    for (org, cohort), people in places.items():
        population[tuple({"organisation": org, "cohort": cohort}.get(name, "") for name in PEOPLE)] = sum(people)
    with TemporaryDirectory() as folder:
        ledger = Released(Path(folder))
        for request in wanted:
            exact = asked(places, *request)
            try:
                shown = disclosed(exact, Rule())
                ledger.release(exact, shown, Rule(), population, date(2027, 3, 1))
            except Refused:
                continue
            yield exact, shown


Share = tuple[str, str, int]
"""Those of one organisation and cohort who completed in one month: what every released count is a sum of."""


REACH = 8


def shares(places: Places, limits: dict[str, str], last: date | None) -> frozenset[Share]:
    return frozenset(
        (organisation, cohort, month)
        for (organisation, cohort), month in product(places, range(there(last).month))
        if limits.get("organisation", organisation) == organisation and limits.get("cohort", cohort) == cohort
    )


def learnt(
    places: Places, tables: list[tuple[Table, Table]]
) -> tuple[dict[frozenset[Share], tuple[int, int]], set[frozenset[Share]]]:
    """Between which numbers a reader knows completions to lie; and of whom they were hidden for being few."""
    known: dict[frozenset[Share], tuple[int, int]] = {}
    hidden = set()
    for exact, shown in tables:
        for cell in cells(exact, shown, Rule()):
            if cell.counts == "completed":
                among = shares(places, cell.who, exact.period[1])
                if cell.shown != HIDDEN or cell.count < 8:
                    known[among] = Rule().bounds(cell.count)
                if cell.shown == HIDDEN and cell.count < 8:
                    hidden.add(among)
    return known, hidden


def could_be(
    limits: list[tuple[frozenset[Share], int, int]],
    true: dict[Share, int],
    steps: Iterator[int],
    counts: dict[Share, int] | None = None,
) -> bool:
    """Whether there is a programme that all released tables are just as true of; False when a long search finds none."""
    counts = counts or {}
    for among, low, high in limits:
        so_far = sum(counts[share] for share in among if share in counts)
        most = so_far + sum(true[share] + REACH for share in among if share not in counts)
        if so_far > high or most < low:
            return False
    rest = [share for share in true if share not in counts]
    if not rest or next(steps, None) is None:
        return not rest
    share = rest[0]
    nearest = sorted(range(true[share] + REACH + 1), key=lambda count: abs(count - true[share]))
    return any(could_be(limits, true, steps, counts | {share: count}) for count in nearest)


@settings(max_examples=100, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(places, requests)
@example(
    {
        ("north", "2026"): (7, 0, 0),
        ("north", "2027"): (11, 0, 0),
        ("south", "2026"): (0, 0, 0),
        ("south", "2027"): (1, 0, 7),
    },
    [("organisation", "south", "2027", 1), ("cohort", None, "2027", 1), ("cohort", "north", None, 1)],
)  # three tables, no two of which tell anything
def test_no_hidden_count_is_worked_out_from_tables_of_other_filters_and_dates(
    places: Places, wanted: list[tuple[str, str | None, str | None, int]]
) -> None:
    """By a reader who tries out every programme that there could be."""
    known, hidden = learnt(places, list(given_out(places, wanted)))
    true = {(*place, month): people[month] for place, people in places.items() for month in range(MONTHS)}
    limits = [(among, low, high) for among, (low, high) in known.items()]
    for target in hidden:
        count = sum(true[share] for share in target)
        told = {share: true[share] for share in true if any(share in among for among, *_ in limits)}
        nearest = dict(sorted(told.items(), key=lambda share: (share[0] not in target, share)))
        others = [(target, low, high) for low, high in ((count + 1, 7), (1, count - 1)) if low <= high]
        assert any(could_be([*limits, other], nearest, iter(range(20_000))) for other in others), (target, count)


FEW: Places = {
    ("north", "2026"): (22, 1, 10),
    ("north", "2027"): (3, 0, 0),
    ("south", "2026"): (12, 8, 9),
    ("south", "2027"): (9, 2, 30),
}


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (
            [("cohort", None, "2026", 1), ("cohort", None, None, 1)],
            "",
        ),
        (
            [("cohort", "north", "2026", 1), ("cohort", "north", None, 1)],
            "'Progress' was not made: invited of north and of 2026, north, released on 2027-03-01, differ by fewer than 8 "
            "people. Give out what was released then, or wait until more has changed.",
        ),
        (
            [("organisation", None, "2026", 1), ("organisation", None, "2026", 2)],
            "'Progress' was not made: completed of 2026, north and of 2026, north, released on 2027-03-01, differ by "
            "fewer than 8. Give out what was released then, or wait until more has changed.",
        ),
    ],
    ids=["far enough apart", "a few people more", "a few days more"],
)
def test_a_second_table_that_differs_by_a_few_is_refused(
    tmp_path: Path, wanted: list[tuple[str, str | None, str | None, int]], why: str
) -> None:
    population: Population = {
        ("north", "", "", "2026"): 33,
        ("north", "", "", "2027"): 3,
        ("south", "", "", "2026"): 29,
        ("south", "", "", "2027"): 41,
    }
    ledger = Released(tmp_path)
    refused = ""
    for place, request in enumerate(wanted, start=1):
        exact = asked(FEW, *request)
        try:
            ledger.release(exact, disclosed(exact, Rule()), Rule(), population, date(2027, 3, place))
        except Refused as found:
            assert place == len(wanted)
            refused = str(found)
    assert refused == why


def test_the_same_table_is_given_out_again_and_written_down_once(tmp_path: Path) -> None:
    exact = asked(FEW, "cohort", None, None, 1)
    for day in (1, 2):
        Released(tmp_path).release(exact, disclosed(exact, Rule()), Rule(), {}, date(2027, 3, day))
    assert {cell.released for cell in Released(tmp_path).cells()} == {"2027-03-01"}


def test_a_count_that_one_table_hides_for_another_s_sake_may_stand_in_a_second_one(tmp_path: Path) -> None:
    parts = table(("north", 60, 0), ("south", 40, 0), ("hospice", 5, 0), totals=(("wrong", 20),))
    whole = table(("everyone", 105, 0), totals=(("wrong", 20),), columns=(replace(COUNTS[0], id="roster"), *COUNTS[1:]))
    population: Population = {("north", "", "", ""): 60, ("south", "", "", ""): 40, ("hospice", "", "", ""): 5}
    shown = []
    for exact in (parts, whole):
        given = disclosed(exact, Rule())
        Released(tmp_path).release(exact, given, Rule(), population, date(2027, 3, 1))
        shown.append(given.totals)
    assert shown == [(("wrong", HIDDEN),), (("wrong", 20),)]


def test_whoever_is_not_on_the_roster_is_part_of_the_whole(tmp_path: Path) -> None:
    """100 and 40 on the roster and 20 beside it make 160: nobody concludes that the two must be 160."""
    known = connection(
        [
            (who, 0, {"verb": "initialized"})
            for who in (*range(100), *range(200, 240), *range(300, 307), *range(400, 407), *range(900, 920))
        ],
        [
            *((who, "NHS", None) for who in range(100)),
            *((who, "Council", None) for who in range(200, 240)),
            *((who, "Housing", None) for who in range(300, 307)),
            *((who, "VCSE", None) for who in range(400, 407)),
        ],
    )
    reader = Reader("shared", ledger=tmp_path, today=date(2027, 3, 2))
    assert reader.table(known, "progress", Filters()).sentence.startswith("155 of 155 invited started")
    parts = reader.table(known, "progress", Filters(), ("sector",))
    assert [(row[0], row[2]) for row in parts.rows] == [
        ("Council", 40),
        ("Housing", HIDDEN),
        ("NHS", 100),
        ("Not on the roster", 20),
        ("VCSE", HIDDEN),
    ]


WEEK = {"since": "2027-03-01", "until": "2027-03-07"}


def counted(what: dict[str, str], count: int, since: str = "", until: str = "2027-03-31") -> Cell:
    return Cell({}, what, since, until, "started", count, Rule().shown(count), 8)


@pytest.mark.parametrize(
    ("one", "other", "tells"),
    [
        (counted({}, 40), counted({"course": "a"}, 31), False),
        (counted({}, 40), counted({"course": "a"}, 36), True),
        (
            counted({"course": "a"}, 40),
            counted({"roster": "On the roster"}, 36),
            False,
        ),  # neither is a part of the other
        (counted({}, 40, **WEEK), counted({"course": "a"}, 36), False),  # a week of all, and all weeks of one
        (counted({}, 40), counted({"course": "a"}, 36, **WEEK), True),
        (counted({}, 40), counted({}, 36, **WEEK), True),
    ],
)
def test_only_what_is_a_part_of_something_can_be_taken_from_it(one: Cell, other: Cell, tells: bool) -> None:
    everyone = Everyone({("north", "", "", ""): 60})
    assert [too_alike(new, old, Rule(), everyone) is not None for new, old in ((one, other), (other, one))] == [
        tells
    ] * 2
