"""After a key was corrected: who was marked by the earlier one, and whose result changes."""

from __future__ import annotations

from typing import Any

import click
import pytest

import report_facts
from xapi.reports.connections import Connection
from xapi.reports.rekey import judged, rekey


def known() -> Connection:
    """Four questions, pass mark 0.7; the key of q0 was `wrong` at first, and is `right` now."""
    questions = [report_facts.question(f"q{at}") for at in range(4)]
    questions[0]["revision"] = 2

    def paper(
        learner: int, responses: str, revision: int = 1, attempt: int = 1
    ) -> list[tuple[int, int, dict[str, Any]]]:
        events = []
        for at, letter in enumerate(responses):
            response = {"r": "right", "w": "wrong"}[letter]
            right = "wrong" if at == 0 and revision == 1 else "right"
            about = {"question": f"q{at}", "attempt": attempt, "revision": revision if at == 0 else 1}
            said = {"verb": "answered", "response": response, "score": float(response == right)}
            events.append((learner, 10 * attempt + at, about | said))
        return events

    events = [
        *paper(1, "rrrw"),  # 2 of 4 then, 3 of 4 now: passes
        *paper(2, "wrrw"),  # 3 of 4 then, 2 of 4 now: would no longer pass
        *paper(3, "rwww"),  # 0 then, 1 now: fails either way
        *paper(4, "rrrr", revision=2),  # marked by the present key
        *paper(3, "rrrr", revision=2, attempt=2),
    ]
    return report_facts.connection(events, [], questions)


def test_rekey_says_whose_result_changes() -> None:
    table = rekey(known(), "q0")
    assert [(row[0], *row[2:9]) for row in table.rows] == [
        (1, 1, 1, 0.0, 1.0, 0.5, 0.75, "yes"),
        (2, 1, 1, 1.0, 0.0, 0.75, 0.5, "yes"),
        (3, 1, 1, 0.0, 1.0, 0.0, 0.25, "no"),
    ]
    assert [row[9] for row in table.rows] == [
        "Mark as passed by hand in the LMS's cmi5 record, or invite the learner to hand in the final check again.",
        "Decide by policy: the pass was given in good faith; no record changes by itself.",
        "Nothing: passed or not, the result stays.",
    ]
    assert table.sentence == (
        "3 people would be marked otherwise by the present key; for 2 of them the result of a final check changes."
    )


def test_rekey_does_not_say_what_anybody_answered() -> None:
    table = rekey(known(), "q0")
    assert {value for row in table.rows for value in row} & {"right", "wrong"} == set()


def test_rekey_of_a_key_that_was_never_corrected_is_empty() -> None:
    table = rekey(known(), "q1")
    assert (table.rows, table.sentence) == ((), "Nobody would be marked otherwise by the present key.")


def test_rekey_names_what_it_does_not_know() -> None:
    with pytest.raises(click.ClickException, match="there is no question 'q9' in any masterclass"):
        rekey(known(), "q9")


@pytest.mark.parametrize(
    ("question", "response", "score"),
    [
        ({"type": "single", "key": [["a"], ["b"]]}, "b", 1.0),
        ({"type": "multiple", "key": [["a", "b"]], "partial": True}, "b[,]a", 1.0),
        ({"type": "multiple", "key": [["a", "b"]], "partial": False}, "a", 0.0),
        ({"type": "multiple", "key": [["a", "b"]], "partial": True}, "a", None),
        ({"type": "ordering", "key": [["a", "b"]]}, "b[,]a", 0.0),
        ({"type": "matching", "key": [["x.one", "y.two"]], "partial": False}, "y[.]two[,]x[.]one", 1.0),
        (
            {
                "type": "numeric",
                "key": [["23.5"]],
                "answers": [{"correct": True, "value": "23.5", "tolerance": "0.05"}],
            },
            "23.55",
            1.0,
        ),
        (
            {
                "type": "numeric",
                "key": [["23.5"]],
                "answers": [{"correct": True, "value": "23.5", "tolerance": "0.05"}],
            },
            "24",
            0.0,
        ),
        ({"type": "numeric", "key": [["23.5"]], "answers": []}, "many", None),
    ],
)
def test_responses_are_judged_by_the_present_key(question: dict[str, Any], response: str, score: float | None) -> None:
    assert judged(question, response) == score


def test_a_paper_is_what_was_answered_in_one_place() -> None:
    """Two first papers, one in an LMS and one by a personal link, are not one paper of all their questions."""

    def paper(minute: int, channel: str, *responses: str) -> list[tuple[int, int, dict[str, Any]]]:
        return [
            (
                1,
                minute + at,
                {"verb": "answered", "channel": channel, "question": f"q{question}", "attempt": 1, "revision": 1}
                | {"response": response, "score": float(response == ("wrong" if question == "0" else "right"))},
            )
            for at, (question, response) in enumerate(each.split() for each in responses)
        ]

    questions = [report_facts.question(f"q{at}") for at in range(4)]
    questions[0]["revision"] = 2
    events = [*paper(0, "cmi5", "0 right", "1 right"), *paper(10, "site", "0 wrong", "2 right", "3 right")]
    table = rekey(report_facts.connection(events, [], questions), "q0")
    assert [(*row[1:3], *row[4:9]) for row in table.rows] == [
        ("cmi5", 1, 0.0, 1.0, 0.5, 1.0, "yes"),
        ("site", 1, 1.0, 0.0, 1.0, pytest.approx(2 / 3), "yes"),
    ]
