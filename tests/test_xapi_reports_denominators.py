"""Whom a figure is of: cases in which the obvious denominator would be the wrong one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from report_facts import START, connection, question
from xapi.reports.charts import Bars, chart
from xapi.reports.disclosure import disclosed
from xapi.reports.filters import Filters
from xapi.reports.measures import MEASURES
from xapi.reports.rule import HIDDEN, Rule
from xapi.reports.running import run
from xapi.reports.tables import Table
from xapi.reports.wording import said

DAY = 24 * 60
Event = tuple[int, int, dict[str, Any]]


def rows(table: Table, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*(table.values(name) for name in names), strict=True))


def answered(learner: int, minute: int, name: str, score: float | None, **more: Any) -> Event:
    said = {"verb": "answered", "question": name, "page": "one", "attempt": 1, "revision": 1, "score": score}
    return learner, minute, said | {"purpose": "post", "response": "right" if score else "wrong"} | more


def test_those_who_complete_in_a_period_are_no_part_of_those_who_start_in_it() -> None:
    known = connection(
        [
            (1, 0, {"verb": "initialized"}),
            (2, 0, {"verb": "initialized"}),
            (1, 40 * DAY, {"verb": "completed"}),
            (2, 40 * DAY, {"verb": "completed"}),
            (3, 40 * DAY, {"verb": "initialized"}),
            (9, 0, {"verb": "initialized"}),
            (9, 40 * DAY, {"verb": "completed"}),
        ],
        [(1, "NHS", None), (2, "NHS", None), (3, "NHS", None)],
    )
    names = ("roster", "started", "completed", "completed_share", "passed_share")
    table = run(MEASURES["progress"], known, Filters(since=date(2027, 4, 1)))
    assert rows(table, *names) == [("Not on the roster", 0, 1, None, None), ("On the roster", 1, 2, None, None)]
    drawn = chart(table)
    assert isinstance(drawn, Bars)
    assert [bar.figures for bar in drawn.rows] == ["1 completed, 0 started", "2 of 3 completed"]
    assert [[(mark.kind, mark.end) for mark in bar.marks] for bar in drawn.rows] == [
        [("done", 1 / 3), ("whole", 0.0), ("part", 0.0)],
        [("whole", 1.0), ("done", 2 / 3), ("part", 1 / 3)],
    ], "what is longer lies beneath"
    table = run(MEASURES["progress"], known, Filters(until=date(2027, 4, 30)))
    assert rows(table, *names) == [("Not on the roster", 1, 1, 1.0, 0.0), ("On the roster", 3, 2, 2 / 3, 0.0)]


def test_who_is_overdue_depends_on_today_and_not_on_when_somebody_last_did_something() -> None:
    known = connection([(1, 0, {"verb": "initialized"})], [(1, "NHS", "2027-03-10")])
    today = START.date() + timedelta(days=40)
    from pipeline.reports.reader import Reader

    assert rows(Reader(names=False, today=today).table(known, "overdue", Filters()), "is_stuck", "is_overdue") == [
        (True, True)
    ]


def test_a_sentence_hides_what_is_said_of_few() -> None:
    questions = [question("before") | {"purpose": "pre", "block_type": "quiz", "outcome": "tell"}]
    questions += [question("after") | {"twin_of": "before", "outcome": "tell"}, question("other")]
    events: list[Event] = [(learner, 0, {"verb": "initialized"}) for learner in range(20)]
    for learner in range(3):
        events += [answered(learner, 1, "before", 0.0, purpose="pre"), answered(learner, 2, "after", learner % 2)]
        events += [answered(learner, 3, "other", learner % 2)]
    events += [(learner, 4, {"verb": "completed", "active_seconds": 240.0}) for learner in range(3)]
    known = connection(events, [], questions)
    shown = {
        name: disclosed(run(MEASURES[name], known, Filters()), Rule()).sentence for name in ("gain", "checks", "time")
    }
    assert shown == {
        "gain": f"In “small”, {HIDDEN} people answered the same ideas before and after: {HIDDEN} per cent right, then {HIDDEN}.",
        "checks": f"Alpha of the final checks: {HIDDEN}.",
        "time": f"Half of the {HIDDEN} who completed “small” were at work on it for {HIDDEN} minutes or longer.",
    }


def test_papers_of_one_answer_have_no_alpha() -> None:
    """In a period may lie one answer of each paper."""
    events = [answered(learner, DAY * at, f"q{at}", learner % 2) for learner in range(4) for at in range(2)]
    known = connection(events, [], [question("q0"), question("q1")])
    table = run(MEASURES["checks"], known, Filters(until=START.date()))
    assert rows(table, "questions", "alpha") == [(1.0, None)]


def test_gain_and_confidence_never_mix_two_keys() -> None:
    """Before the correction the right answer counted as wrong."""
    questions = [question("before") | {"purpose": "pre", "block_type": "quiz", "outcome": "tell"}]
    questions += [question("after") | {"twin_of": "before", "outcome": "tell", "revision": 2}]
    events: list[Event] = []
    for learner in range(4):
        revision = 1 if learner < 2 else 2
        score = float(revision == 2)
        events += [answered(learner, 1, "before", 0.0, purpose="pre")]
        events += [answered(learner, 2, "after", score, revision=revision)]
        events += [answered(learner, 2, "after.confidence", None, response="high")]
    known = connection(events, [], questions)
    assert rows(run(MEASURES["gain"], known, Filters()), "outcome", "n", "before", "after") == [
        ("all", 2, 0.0, 1.0),
        ("tell", 2, 0.0, 1.0),
    ]
    assert rows(run(MEASURES["confidence"], known, Filters()), "n", "answers", "right") == [(2, 2, 2)]


def test_a_group_without_a_plan_is_shown_without_one() -> None:
    events = [(learner, 0, {"verb": "initialized"}) for learner in (1, 2, 3)]
    known = connection(
        [*events, (1, 9, {"verb": "planned"})], [(1, "NHS", None), (2, "NHS", None), (3, "Council", None)]
    )
    table = run(MEASURES["plans"], known, Filters(), ("sector",))
    assert rows(table, "sector", "started", "made", "made_share") == [("Council", 1, 0, 0.0), ("NHS", 2, 1, 0.5)]


def test_ratings_are_of_those_whose_ratings_can_be_known() -> None:
    liked = question("liked") | {"type": "rating", "block_type": "quiz", "key": []}
    events: list[Event] = [(learner, 0, {"verb": "completed"}) for learner in (1, 2)]
    events += [(learner, 0, {"verb": "completed", "channel": "lms"}) for learner in (3, 4, 5)]
    known = connection([*events, answered(1, 1, "liked", None, response="right")], [], [liked])
    assert set(rows(run(MEASURES["ratings"], known, Filters()), "n", "asked", "n_share")) == {(1, 2, 0.5)}
    eager = connection(
        [*events, *(answered(who, 1, "liked", None, response="right") for who in (1, 6, 7))], [], [liked]
    )
    assert set(rows(run(MEASURES["ratings"], eager, Filters()), "n", "asked", "n_share")) == {(3, 4, 0.75)}, (
        "who rates and has not completed is among those who could"
    )


def test_most_leave_where_most_do_and_not_where_one_of_one_does() -> None:
    events: list[Event] = [(learner, 0, {"verb": "initialized"}) for learner in range(10)]
    events += [(0, 1, {"verb": "experienced", "page": "one"})]
    known = connection(events, [])
    assert run(MEASURES["dropoff"], known, Filters()).sentence == (
        "Most leave “small” at “Before the end of the first page”: 9 of the 10 who came so far."
    )


def test_a_masterclass_that_is_in_no_catalogue_any_more_still_counts() -> None:
    known = connection(
        [(1, 0, {"verb": "initialized"}), (1, 1, {"verb": "completed", "course": "gone"})], [(1, "NHS", None)]
    )
    table = run(MEASURES["progress"], known, Filters(), ("course",))
    assert [row for row in rows(table, "course", "started", "completed") if row[1]] == [("gone", 1, 1), ("small", 1, 0)]
    table = run(MEASURES["progress"], known, Filters(course="gone"), ("course",))
    assert rows(table, "course", "invited", "started", "completed") == [("gone", 1, 1, 1)]


def test_who_starts_again_elsewhere_has_no_second_first_paper() -> None:
    """The second paper draws another question: by then its learner has seen the first one's feedback."""
    asked = [question(name) for name in ("q1", "q2", "q3")]
    first = [answered(1, 0, "q1", 1.0, registration="a"), answered(1, 0, "q2", 0.0, registration="a")]
    again = [answered(1, 90, "q1", 1.0, registration="b"), answered(1, 90, "q3", 1.0, registration="b")]
    elsewhere = [answered(1, 200, "q3", 1.0, channel="site")]
    known = connection([*first, *again, *elsewhere], [], asked)
    assert rows(run(MEASURES["questions"], known, Filters()), "question", "n", "difficulty") == [
        ("q1", 1, 1.0),
        ("q2", 1, 0.0),
    ]


def test_who_moves_on_elsewhere_keeps_first_answers_to_what_was_not_asked_before() -> None:
    asked = [question(name) | {"block_type": "quiz", "purpose": "practice", "page": name} for name in ("q1", "q2")]
    here = [answered(1, 0, "q1", 0.0, registration="a", purpose="practice", page="q1")]
    there = [
        answered(1, 90 + at, name, 1.0, registration="b", purpose="practice", page=name)
        for at, name in enumerate(("q1", "q2"))
    ]
    assert rows(
        run(MEASURES["questions"], connection([*here, *there], [], asked), Filters()), "question", "difficulty"
    ) == [
        ("q1", 0.0),
        ("q2", 1.0),
    ]


def test_a_scored_quiz_at_the_end_is_no_part_of_the_final_check() -> None:
    final = [question(name) for name in ("f1", "f2")]
    quiz = [question(name) | {"block_type": "quiz", "page": "close"} for name in ("z1", "z2")]
    scores = {1: (1, 1, 0, 0), 2: (1, 0, 1, 1), 3: (0, 0, 1, 0), 4: (1, 1, 0, 1)}
    events = [
        answered(who, at, each["id"], float(score), page=each["page"])
        for who, given in scores.items()
        for at, (each, score) in enumerate(zip([*final, *quiz], given, strict=True))
    ]
    table = run(MEASURES["checks"], connection(events, [], [*final, *quiz]), Filters())
    # By hand: of the final check the variances are 3/16 and 1/4, the covariance 1/8.
    assert rows(table, "check", "n", "questions", "mean") == [
        ("Final check", 4, 2.0, 0.625),
        ("Questions at the end", 4, 2.0, 0.5),
    ]
    assert table.values("alpha")[0] == 2 * (1 / 8) / ((3 / 16 + 1 / 4) / 2 + 1 / 8)


def test_nobody_fails_to_pass_where_there_is_no_final_check() -> None:
    events: list[Event] = [(1, 0, {"verb": "initialized"}), (1, 5, {"verb": "completed"})]
    quiz = question("q1") | {"block_type": "quiz"}
    for asked, passed in ((quiz, None), (question("q1"), 0)):
        known = connection(events, [(1, "NHS", None)], [asked])
        for filters, by in ((Filters(), ("course",)), (Filters(course="small"), ())):
            table = run(MEASURES["progress"], known, filters, by)
            assert table.values("passed") == (passed,)
            assert table.values("passed_share") == (passed if passed is None else 0.0,)
    unchecked = connection(events, [(1, "NHS", None)], [quiz])
    assert (
        run(MEASURES["progress"], unchecked, Filters(course="small")).sentence == "1 of 1 invited started, 1 completed."
    )
    table = run(MEASURES["progress"], unchecked, Filters(), ("course",))
    column = next(column for column in table.columns if column.id == "passed")
    assert said(None, column) == "no final check"
    # Of several masterclasses together, whoever passed any has passed.
    assert run(MEASURES["progress"], unchecked, Filters()).values("passed") == (0,)


def test_whoever_came_to_the_end_left_no_page() -> None:
    """Two left half-way, three came to the end and did not pass: the answer is about the two."""
    pages = {"verb": "experienced"}
    events: list[Event] = [(who, 0, {"verb": "initialized"}) for who in range(1, 6)]
    events += [(who, 1, {**pages, "page": "one"}) for who in range(1, 6)]
    events += [(who, 2, {**pages, "page": "two"}) for who in (1, 2, 3)]
    table = run(MEASURES["dropoff"], connection(events, [], [question("q1")], pages=("one", "two", "three")), Filters())
    assert rows(table, "page", "left_here", "is_last") == [("", 0, False), ("one", 2, False), ("two", 3, False)]
    events += [(who, 3, {**pages, "page": "three"}) for who in (1, 2, 3)]
    table = run(MEASURES["dropoff"], connection(events, [], [question("q1")], pages=("one", "two", "three")), Filters())
    assert rows(table, "page", "left_here", "is_last") == [
        ("", 0, False),
        ("one", 2, False),
        ("two", 0, False),
        ("three", 3, True),
    ]
    assert table.sentence == "Most leave “small” at “One”: 2 of the 5 who came so far."
