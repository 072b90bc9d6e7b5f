"""Tables as a page shows them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.reports.terminal import for_a_terminal
from pipeline.reports.view import view
from pipeline.reports.wanted import Wanted
from report_tables import PROGRESS
from there import there
from xapi.reports import catalogues
from xapi.reports.tables import Column, Kind
from xapi.reports.wording import shortened

EVERYTHING = Wanted.read({})
QUESTIONS = replace(
    PROGRESS,
    id="questions",
    columns=(
        Column("course", "Masterclass", "text", "Id.", key=True),
        Column("question", "Question", "text", "Id.", key=True),
        Column("prompt", "Question's words", "text", "Its prompt."),
        Column("difficulty", "Difficulty", "share", "Mean score.", of="n"),
        Column("is_hard", "Hard", "flag", "Below 0.3."),
        Column("is_negative", "Negative", "flag", "Below 0."),
        Column("is_unstable", "Unstable", "flag", "Fewer than 100."),
    ),
    rows=(
        ("small", "a", "First?", 0.5, False, False, True),
        ("small", "b", "Second?", 0.2, True, False, False),
        ("small", "c", "Third?", None, None, None, None),
        ("small", "d", "Fourth?", 0.4, False, True, False),
    ),
)


def test_questions_that_deserve_a_look_come_first_and_flags_are_words() -> None:
    shown = view(QUESTIONS, EVERYTHING, {})
    assert [head.title for head in shown.heads] == ["Question", "Difficulty", "Flags"]
    assert [(row[0].text, row[1].text, row[2].flags, row[2].text) for row in shown.rows] == [
        ("Fourth?", "40%", (("wrong", "Negative"),), ""),
        ("Second?", "20%", (("caution", "Hard"),), ""),
        ("First?", "50%", (("information", "Unstable"),), ""),
        ("Third?", "–", (), "–"),
    ]


def test_what_is_unknown_stands_last_whichever_way_rows_are_sorted() -> None:
    orders = [
        [row[0].text for row in view(QUESTIONS, replace(EVERYTHING, sort=sort), {}).rows]
        for sort in ("difficulty", "-difficulty")
    ]
    assert orders == [["Second?", "Fourth?", "First?", "Third?"], ["First?", "Fourth?", "Second?", "Third?"]]


def test_a_masterclass_is_called_by_its_title_where_there_are_several() -> None:
    others = (*QUESTIONS.rows, ("large", "e", "Fifth?", 0.9, False, False, False))
    shown = view(replace(QUESTIONS, rows=others), EVERYTHING, {"small": "Small steps"})
    assert {row[0].text for row in shown.rows} == {"Small steps", "large"}


def test_an_outcome_is_what_it_says_and_all_together_stand_first() -> None:
    gain = replace(
        PROGRESS,
        id="gain",
        columns=(
            Column("course", "Masterclass", "text", "Id.", key=True),
            Column("outcome", "Outcome", "text", "Id.", key=True),
            Column("before", "Before", "share", "Mean score before.", of="n"),
            Column("after", "After", "share", "Mean score after.", of="n"),
        ),
        rows=(("small", "a-rung", 0.4, 0.9), ("small", "all", 0.5, 0.75), ("large", "a-rung", 0.2, 0.3)),
    )
    catalogue = catalogues.made(
        [
            {"id": name, "title": name.title(), "version": "1.0.0", "pages": [], "questions": [], "outcomes": outcomes}
            for name, outcomes in (("small", [{"id": "a-rung", "text": "Name a rung"}]), ("large", []))
        ]
    )
    shown = view(gain, EVERYTHING, catalogue.titles(), outcomes=catalogue.outcomes())
    assert [tuple(cell.text for cell in row) for row in shown.rows] == [
        ("Small", "All outcomes together", "50%", "75%"),
        ("Small", "Name a rung", "40%", "90%"),
        ("Large", "a-rung", "20%", "30%"),
    ]


def test_what_became_of_plans_is_in_words_and_says_of_which_masterclass() -> None:
    names = ("course", "days_after", "question", "option", "prompt", "option_text", "chosen_share")
    kept = replace(
        PROGRESS,
        id="plans-kept",
        columns=tuple(
            Column(name, name, "share" if name == "chosen_share" else "text", "", key=place < 4)
            for place, name in enumerate(names)
        ),
        rows=(
            ("small", "7", "after-7-acted", "as_planned", "Did you act?", "As planned", 0.25),
            ("large", "7", "after-7-acted", "not_yet", "Did you act?", "Not yet", 0.75),
        ),
    )
    shown = view(kept, EVERYTHING, {"small": "Small steps", "large": "Large steps"})
    assert [tuple(cell.text for cell in row) for row in shown.rows] == [
        ("Small steps", "7", "Did you act?", "As planned", "25%"),
        ("Large steps", "7", "Did you act?", "Not yet", "75%"),
    ]
    assert re.findall(r'class="(?:group|label)">([^<]*)<', there(shown.chart).drawing) == [
        "Small steps: Did you act?",
        "As planned",
        "Large steps: Did you act?",
        "Not yet",
    ]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Which rung is this?", "Which rung is this?"),
        ("A panel comments, later than it should, on a plan", "A panel comments …"),
        ("A panel comments on a plan", "A panel comments on …"),
        ("", ""),
    ],
)
def test_a_long_question_is_cut_after_a_whole_word(text: str, short: str) -> None:
    assert shortened(text, 20) == short


def test_rows_with_all_the_words_are_found() -> None:
    found = view(QUESTIONS, replace(EVERYTHING, find="HARD second"), {})
    assert ([row[0].text for row in found.rows], found.found) == (["Second?"], 4)


def test_the_address_holds_what_changes_something() -> None:
    wanted = Wanted.read({"cohort": "spring 2027", "until": "2027-03-31", "by": "role", "role": " ", "sort": "n"})
    assert wanted.query() == "?cohort=spring+2027&until=2027-03-31&by=role&sort=n"
    assert wanted.query(sort="-n", by="") == "?cohort=spring+2027&until=2027-03-31&sort=-n"
    assert Wanted.read({}).query() == ""


def test_what_the_row_above_is_about_is_told_once() -> None:
    rows = (
        ("small", 7, "a", "one", "First?", "Yes", 0.5),
        ("small", 7, "a", "two", "First?", "No", 0.5),
        ("small", 30, "b", "one", "Second?", "Yes", 0.5),
        ("large", 30, "c", "one", "Second?", "Yes", 0.5),
    )
    names = ("course", "days_after", "question", "option", "prompt", "option_text", "chosen_share")
    kinds: dict[str, Kind] = {"chosen_share": "share", "days_after": "number"}
    columns = tuple(Column(name, name, kinds.get(name, "text"), "", key=place < 4) for place, name in enumerate(names))
    shown = view(replace(PROGRESS, id="plans-kept", columns=columns, rows=rows), EVERYTHING, {})
    assert [[cell.text for cell in row if cell.again] for row in shown.rows] == [
        [],
        ["small", "7", "First?"],
        ["small"],
        [],
    ]


def test_flags_that_no_row_has_are_no_column() -> None:
    calm = replace(QUESTIONS, rows=tuple((*row[:4], False, False, False) for row in QUESTIONS.rows[:2]))
    assert [head.title for head in view(calm, EVERYTHING, {}).heads] == ["Question", "Difficulty"]


def test_a_picture_of_the_first_rows_says_so() -> None:
    many = replace(
        PROGRESS,
        columns=(
            *PROGRESS.columns[:2],
            Column("started", "Started", "count", ""),
            *PROGRESS.columns[2:3],
        ),
        rows=tuple((f"Trust {n}", 10, 9, 5) for n in range(41)),
    )
    assert there(view(many, EVERYTHING, {}).chart).title.endswith("; the first 40 of 41 rows")


def test_a_terminal_has_what_deserves_a_look_first_and_ids_to_ask_with() -> None:
    shown = for_a_terminal(QUESTIONS)
    assert [column.id for column in shown.columns] == [
        "course",
        "question",
        "prompt",
        "difficulty",
        "is_hard",
        "is_negative",
        "is_unstable",
    ]
    assert shown.values("question") == ("d", "b", "a", "c")
    calm = for_a_terminal(replace(QUESTIONS, rows=QUESTIONS.rows[:1]))
    assert [column.id for column in calm.columns if column.kind == "flag"] == ["is_unstable"]
