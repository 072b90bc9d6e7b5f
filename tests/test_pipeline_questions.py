"""Each type of question: what the author writes, and the parts, key and options made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import project
from pipeline.course import Answer, Course, Question
from pipeline.problems import Problem
from pipeline.questions import TYPES, Parts
from pipeline.questions.common import AnswerParts, ChoiceRecord
from pipeline.questions.typed import fold
from pipeline.settings import Settings
from reading import parts

ROOT = Path(__file__).resolve().parent.parent


def choices(found: tuple[ChoiceRecord, ...]) -> list[tuple[str, str, bool, str]]:
    return [(c.id, c.text, c.correct, c.feedback) for c in found]


def rest(found: Parts) -> dict[str, object]:
    """Everything but options and targets that is not as it is by default."""
    plain = Parts()
    names = ("answers", "key", "choose", "unit", "ordered", "fold_case", "fold_spaces", "otherwise", "scored")
    return {name: getattr(found, name) for name in names if getattr(found, name) != getattr(plain, name)}


def test_single() -> None:
    found = parts(
        """\
        id: who-decides
        type: single
        prompt: Which rung is this?
        options:
          - {id: consult, text: Consultation, correct: true, feedback: Yes.}
          - {id: codesign, text: Co-design, feedback: No.}
        """
    )
    assert choices(found.options) == [
        ("consult", "Consultation", True, "Yes."),
        ("codesign", "Co-design", False, "No."),
    ]
    assert rest(found) == {"key": (("consult",),)}


def test_multiple() -> None:
    found = parts(
        """\
        id: two-signs
        type: multiple
        prompt: Which are they?
        ordered: true
        options:
          - {id: a1, text: One, correct: true, feedback: Yes.}
          - {id: b2, text: Two, feedback: No.}
          - {id: c3, text: Three, correct: true, feedback: Yes.}
        """
    )
    assert [option.id for option in found.options] == ["a1", "b2", "c3"]
    assert rest(found) == {"key": (("a1", "c3"),), "choose": 2, "ordered": True}


def test_true_false() -> None:
    found = parts(
        """\
        id: silence
        type: true-false
        prompt: Silence is agreement.
        answer: false
        feedback: {"true": Not so., false: Right.}
        """
    )
    assert choices(found.options) == [("true", "True", False, "Not so."), ("false", "False", False, "Right.")]
    assert rest(found) == {"key": (("false",),), "ordered": True}


def test_numeric() -> None:
    found = parts(
        """\
        id: share
        type: numeric
        prompt: How much?
        unit: £ million
        answers:
          - {id: exact, value: 1.250, tolerance: 0.005, correct: true, feedback: Yes.}
          - {id: also, value: 100, correct: true, feedback: Yes.}
          - {id: swapped, value: -.75, feedback: No.}
        otherwise: Divide.
        """
    )
    assert found.options == ()
    assert rest(found) == {
        "answers": (
            AnswerParts("exact", True, "Yes.", value="1.25", tolerance="0.005"),
            AnswerParts("also", True, "Yes.", value="100"),
            AnswerParts("swapped", False, "No.", value="-0.75"),
        ),
        "key": (("1.25",), ("100",)),
        "unit": "£ million",
        "otherwise": "Divide.",
    }


def test_short_text() -> None:
    found = parts(
        """\
        id: name-rung
        type: short-text
        prompt: Which rung?
        answers:
          - {id: codesign, accept: [Co-design, "co  DESIGN "], correct: true, feedback: Yes.}
          - {id: consultation, accept: [Consulting], feedback: No.}
        otherwise: No.
        """
    )
    assert rest(found) == {
        "answers": (
            AnswerParts("codesign", True, "Yes.", accept=("co-design", "co design")),
            AnswerParts("consultation", False, "No.", accept=("consulting",)),
        ),
        "key": (("codesign",),),
        "otherwise": "No.",
    }


def test_short_text_as_typed() -> None:
    found = parts(
        """\
        id: code
        type: short-text
        prompt: Which code?
        fold_case: false
        fold_spaces: false
        answers:
          - {id: right, accept: ["A  1"], correct: true, feedback: Yes.}
          - {id: small, accept: [a 1], feedback: No.}
        otherwise: No.
        """
    )
    assert [answer.accept for answer in found.answers] == [("A  1",), ("a 1",)]
    assert (found.fold_case, found.fold_spaces) == (False, False)


def test_matching() -> None:
    found = parts(
        """\
        id: duties
        type: matching
        prompt: Whose are they?
        targets: [{id: icb, text: Boards}, {id: trust, text: Trusts}, {id: council, text: Councils}]
        pairs:
          - {id: roads, text: Roads, match: council, feedback: Councils mend roads.}
          - {id: wards, text: Wards, match: trust, feedback: Trusts run wards.}
        """
    )
    assert choices(found.options) == [
        ("roads", "Roads", False, "Councils mend roads."),
        ("wards", "Wards", False, "Trusts run wards."),
    ]
    assert choices(found.targets) == [
        ("icb", "Boards", False, ""),
        ("trust", "Trusts", False, ""),
        ("council", "Councils", False, ""),
    ]
    assert rest(found) == {"key": (("roads.council", "wards.trust"),)}


def test_ordering() -> None:
    found = parts(
        """\
        id: steps
        type: ordering
        prompt: In which order?
        items:
          - {id: purpose, text: Purpose, feedback: First.}
          - {id: people, text: People, feedback: Then.}
          - {id: access, text: Access, feedback: Last.}
        also: [[purpose, access, people], [purpose, people, access]]
        """
    )
    assert [option.id for option in found.options] == ["purpose", "people", "access"]
    assert rest(found) == {"key": (("purpose", "people", "access"), ("purpose", "access", "people"))}


def test_rating() -> None:
    found = parts(
        """\
        id: confident
        type: rating
        prompt: How sure are you?
        options: [{id: not_at_all, text: Not at all}, {id: very, text: Very}]
        """
    )
    assert choices(found.options) == [("not_at_all", "Not at all", False, ""), ("very", "Very", False, "")]
    assert rest(found) == {"ordered": True, "scored": False}


def test_judgement() -> None:
    found = parts(
        """\
        id: carer-group
        type: judgement
        prompt: What is best?
        best: pause
        worst: press_on
        options:
          - {id: pause, text: Pause, feedback: Best.}
          - {id: press_on, text: Press on, feedback: Worst.}
          - {id: ask, text: Ask, feedback: Between.}
        """
    )
    assert [option.id for option in found.options] == ["pause", "press_on", "ask"]
    assert rest(found) == {"key": (("best.pause", "worst.press_on"),)}


def test_every_type_has_its_test() -> None:
    tested = {name.removeprefix("test_").replace("_", "-") for name in globals() if name.startswith("test_")}
    assert set(TYPES) - tested == set()


@pytest.mark.parametrize(
    ("typed", "case", "spaces", "folded"),
    [
        ("  Co  Design ", True, True, "co design"),
        ("  Co  Design ", False, True, "Co Design"),
        ("  Co  Design ", True, False, "co  design"),
        ("STRASSE ÄÖ", True, True, "strasse äö"),
        ("a\u00a0b\tc", True, True, "a b c"),
    ],
)
def test_fold(typed: str, case: bool, spaces: bool, folded: str) -> None:
    assert fold(typed, case, spaces) == folded


@pytest.fixture(scope="module")
def every_type(tmp_path_factory: pytest.TempPathFactory) -> Course:
    problems: list[Problem] = []
    root = ROOT / "tests" / "courses"
    settings = Settings(root, root / "every-type", iri_base="https://example.org")
    ((course, _),) = project.courses(settings, (), problems)
    assert problems == []
    return course


def question(course: Course, ident: str) -> Question:
    return next(q for page in course.pages for block in page.blocks for q in block.questions if q.id == ident)


def test_letters_follow_the_order_written(every_type: Course) -> None:
    assert [(o.id, o.letter) for o in question(every_type, "two-signs").options] == [
        ("shared_budget", "a"),
        ("survey", "b"),
        ("joint_chair", "c"),
        ("newsletter", "d"),
    ]
    assert [(t.id, t.letter) for t in question(every_type, "match-body").targets] == [
        ("council", "a"),
        ("trust", "b"),
        ("board", "c"),
    ]


def test_texts_become_html(every_type: Course) -> None:
    found = question(every_type, "who-decides")
    assert found.prompt == "A board asks carers for ideas and then chooses among them itself. Who decides?"
    assert found.more == "<ul>\n<li>The carers gave eleven ideas.</li>\n<li>The board took two of them.</li>\n</ul>"
    assert found.hint == "<p>Who could have said no?</p>"
    assert [option.feedback for option in found.options][
        1
    ] == "<p>No. They gave ideas and had no say in the choice.</p>"
    assert (found.retries, found.confidence, found.scored) == (1, True, True)


def test_answers(every_type: Course) -> None:
    found = question(every_type, "share")
    assert found.answers == (
        Answer("exact", "a", True, found.answers[0].feedback, "23.5", "0.05"),
        Answer("ten", "b", False, found.answers[1].feedback, "235", "0"),
    )
    assert (found.unit, found.key) == ("£", (("23.5",),))
    assert found.incorrect_feedback == "<p>No. Divide the cost by the number of visits.</p>"


def test_retries_by_purpose(every_type: Course) -> None:
    """Practice may be tried once more; what comes before learning, and the final check, may not."""
    assert [question(every_type, ident).retries for ident in ("pre-panel", "silence", "bank-veto")] == [0, 1, 0]
