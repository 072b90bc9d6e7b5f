"""What is published stays: slots, letters, key revisions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.lock import Lock, LockedQuestion, as_text, key_fingerprint, letters, read_lock, updated
from pipeline.problems import Problem
from pipeline.questions import QUESTION, TYPES
from reading import parts, read

SINGLE = """\
id: q1
type: single
prompt: Which is it?
options:
  - {id: one, text: One, correct: true, feedback: Yes.}
  - {id: two, text: Two, feedback: No.}
"""
NUMERIC = """\
id: q2
type: numeric
prompt: How much?
answers:
  - {id: five, value: 5, tolerance: 0.5, correct: true, feedback: Yes.}
otherwise: No.
"""


def asked(*texts: str) -> list[tuple[object, object]]:
    found = []
    for text in texts:
        record, problems = read(QUESTION, text)
        assert problems == []
        found.append((record, TYPES[record.type].parts(record, [])))
    return found  # type: ignore[return-value]


def lock(before: Lock | None, *texts: str, version: str = "1.0.0", pages: tuple[str, ...] = ("start",)) -> Lock:
    return updated(version, "demo", before, pages, asked(*texts))  # type: ignore[arg-type]


FIRST = lock(None, SINGLE, NUMERIC)


def test_first_lock_follows_the_order_written() -> None:
    assert (
        Lock(
            version="1.0.0",
            lineage=FIRST.lineage,
            pages={"start": 0},
            questions={
                "q1": LockedQuestion(
                    0, "single", 1, key_fingerprint(parts(SINGLE)), {"one": "a", "two": "b"}, {}, {}, False
                ),
                "q2": LockedQuestion(1, "numeric", 1, key_fingerprint(parts(NUMERIC)), {}, {}, {"five": "a"}, False),
            },
        )
        == FIRST
    )
    assert len(FIRST.lineage) == 6


def test_another_course_has_another_lineage() -> None:
    other = updated("1.0.0", "other", None, ("start",), [])
    assert other.lineage != FIRST.lineage


def test_inserted_questions_and_pages_come_after_everything_locked() -> None:
    inserted = SINGLE.replace("q1", "q0")
    after = lock(FIRST, inserted, SINGLE, NUMERIC, version="1.1.0", pages=("before", "start"))
    assert after.pages == {"start": 0, "before": 1}
    assert {ident: q.slot for ident, q in after.questions.items()} == {"q1": 0, "q2": 1, "q0": 2}
    assert (after.lineage, after.version) == (FIRST.lineage, "1.1.0")


def test_reordered_and_added_options_keep_their_letters() -> None:
    changed = SINGLE.replace("  - {id: one,", "  - {id: zero, text: Zero, feedback: No.}\n  - {id: one,")
    swapped = changed.replace("id: one, text: One", "id: two, text: Two", 1).replace(
        "id: two, text: Two, feed", "id: one, text: One, feed"
    )
    for text in (changed, swapped):
        assert lock(FIRST, text, NUMERIC).questions["q1"].options == {"one": "a", "two": "b", "zero": "c"}


def test_removed_options_keep_their_letters_for_ever() -> None:
    removed = SINGLE.replace("id: two", "id: three")
    after = lock(FIRST, removed, NUMERIC)
    assert after.questions["q1"].options == {"one": "a", "two": "b", "three": "c"}
    assert lock(after, SINGLE, NUMERIC).questions["q1"].options == {"one": "a", "two": "b", "three": "c"}


def test_corrected_key_is_a_new_revision() -> None:
    rekeyed = SINGLE.replace(", correct: true", "").replace("text: Two,", "text: Two, correct: true,")
    after = lock(FIRST, rekeyed, NUMERIC)
    assert [q.revision for q in after.questions.values()] == [2, 1]
    assert lock(after, rekeyed, NUMERIC) == after


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (SINGLE, "Which is it?", "Which one is it?"),
        (SINGLE, "feedback: Yes.", "feedback: Indeed."),
        (SINGLE, "text: One,", "text: The first,"),
        (NUMERIC, "value: 5,", "value: 5.0,"),
        (NUMERIC, "otherwise: No.", "otherwise: Not so."),
    ],
)
def test_other_words_are_no_new_revision(text: str, old: str, new: str) -> None:
    assert old in text
    assert key_fingerprint(parts(text.replace(old, new))) == key_fingerprint(parts(text))


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (NUMERIC, "value: 5,", "value: 6,"),
        (NUMERIC, "tolerance: 0.5", "tolerance: 0.4"),
    ],
)
def test_what_changes_marking_is_a_new_revision(text: str, old: str, new: str) -> None:
    assert old in text
    assert key_fingerprint(parts(text.replace(old, new))) != key_fingerprint(parts(text))


def test_retired_question_keeps_its_slot() -> None:
    retired = NUMERIC + "retired: {on: 2027-01-10, why: Too easy}\n"
    after = lock(FIRST, SINGLE, retired)
    assert (after.questions["q2"].slot, after.questions["q2"].retired) == (1, True)
    assert lock(after, SINGLE, NUMERIC).questions["q2"].retired is False


def test_letters() -> None:
    assert letters(("x", "y"), {}) == {"x": "a", "y": "b"}
    assert letters(("new", "x"), {"gone": "c", "x": "a"}) == {"gone": "c", "x": "a", "new": "d"}


def test_written_and_read(tmp_path: Path) -> None:
    (tmp_path / "masterclass.lock").write_text(as_text(FIRST), encoding="utf-8")
    problems: list[Problem] = []
    assert (read_lock(tmp_path, "demo", problems), problems) == (FIRST, [])


def test_no_lock(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert (read_lock(tmp_path, "demo", problems), problems) == (None, [])


def test_text_is_json_for_diffs() -> None:
    text = as_text(FIRST)
    assert json.loads(text)["format"] == 1
    assert text.endswith("}\n")
    assert text.count("\n") > 20
