"""The SCORM 2004 fake catches what it should, and lets a clean course through."""

from __future__ import annotations

import pytest

from fake_scorm import Tracks
from fake_scorm2004 import Mode, Scorm2004Session

CLEAN = """
Initialize
GetValue cmi.suspend_data
GetValue cmi.mode
SetValue cmi.completion_status incomplete
SetValue cmi.exit suspend
Commit
SetValue cmi.interactions.0.id who-decides
SetValue cmi.interactions.0.type choice
SetValue cmi.interactions.0.objectives.0.id ladder
SetValue cmi.interactions.0.correct_responses.0.pattern a1[,]b2
SetValue cmi.interactions.0.learner_response a1
SetValue cmi.interactions.0.result incorrect
SetValue cmi.interactions.0.timestamp 2026-01-01T09:05:00.0Z
SetValue cmi.interactions.0.latency PT5.2S
SetValue cmi.interactions.0.description Who decides? – é
SetValue cmi.suspend_data 1AAAAAA
SetValue cmi.progress_measure 0.5
Commit
SetValue cmi.score.raw 80
SetValue cmi.score.scaled 0.8
SetValue cmi.score.min 0
SetValue cmi.score.max 100
SetValue cmi.completion_status completed
SetValue cmi.success_status passed
SetValue cmi.session_time PT12M0.5S
SetValue cmi.exit normal
Terminate
"""


def play(session: Scorm2004Session, script: str) -> list[str]:
    for line in script.strip().splitlines():
        method, _, rest = line.strip().partition(" ")
        name, _, value = rest.partition(" ")
        arguments: list[object] = [name, value] if method == "SetValue" else [name]
        session.call(method, arguments)
    return session.violations


def running(tracks: Tracks | None = None, mode: Mode = "normal") -> Scorm2004Session:
    session = Scorm2004Session(tracks or Tracks(), mode)
    session.call("Initialize", [""])
    return session


def test_a_clean_course_is_recorded_whole() -> None:
    tracks = Tracks()
    session = Scorm2004Session(tracks)
    assert play(session, CLEAN) == []
    assert tracks.interactions() == [
        {
            "id": "who-decides",
            "type": "choice",
            "objectives.0.id": "ladder",
            "correct_responses.0.pattern": "a1[,]b2",
            "learner_response": "a1",
            "result": "incorrect",
            "timestamp": "2026-01-01T09:05:00.0Z",
            "latency": "PT5.2S",
            "description": "Who decides? – é",
        }
    ]
    assert tracks.values["cmi.success_status"] == "passed"
    assert tracks.achieved


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cmi.suspend_data", "x" * 64001),
        ("cmi.location", "x" * 1001),
        ("cmi.score.scaled", "1.01"),
        ("cmi.progress_measure", "50"),
        ("cmi.completion_status", "passed"),
        ("cmi.success_status", "completed"),
        ("cmi.exit", "finish"),
        ("cmi.session_time", "0000:10:05"),
        ("cmi.session_time", "PT5.123S"),
        ("cmi.session_time", "PT"),
        ("cmi.mode", "review"),
        ("cmi.core.lesson_status", "passed"),
        ("cmi.interactions.0.type", "choice"),
        ("cmi.interactions.1.id", "second-before-first"),
        ("cmi.interactions.0.id", "who decides"),
    ],
)
def test_a_value_outside_the_data_model_is_refused(name: str, value: str) -> None:
    session = running()
    assert session.call("SetValue", [name, value]) == "false"
    assert session.call("GetLastError", []) != "0"
    assert len(session.violations) == 1


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("true-false", "true", "t"),
        ("choice", "a1[,]b2", "a1,b2"),
        ("choice", "a1", "co-design"),
        ("matching", "x[.]a[,]y[.]b", "x.a,y.b"),
        ("sequencing", "x[,]y", "x[,]x"),
        ("likert", "often", "very often"),
        ("numeric", "23.5", "£23"),
        ("fill-in", "codesign", "line\nbreak"),
    ],
)
def test_responses_have_the_format_of_their_type(kind: str, good: str, bad: str) -> None:
    session = running()
    play(session, f"SetValue cmi.interactions.0.id q1\nSetValue cmi.interactions.0.type {kind}")
    assert session.call("SetValue", ["cmi.interactions.0.learner_response", good]) == "true"
    assert session.call("SetValue", ["cmi.interactions.0.learner_response", bad]) == "false"


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("result", "wrong"),
        ("timestamp", "2026-01-01T09:05:00.123Z"),
        ("timestamp", "09:05:00"),
        ("latency", "PT5.123S"),
        ("latency", "00:00:05"),
        ("student_response", "a"),
        ("objectives.0.id", "ladder again"),
        ("objectives.1.id", "ladder"),
        ("correct_responses.0.pattern", "a[,]a"),
        ("correct_responses.2.pattern", "a"),
        ("description", "x" * 251),
    ],
)
def test_a_member_of_an_interaction_is_refused(member: str, value: str) -> None:
    session = running()
    play(
        session,
        """
        SetValue cmi.interactions.0.id q1
        SetValue cmi.interactions.0.type choice
        SetValue cmi.interactions.0.objectives.0.id ladder
        """,
    )
    assert session.call("SetValue", [f"cmi.interactions.0.{member}", value]) == "false"
    assert len(session.violations) == 1


def test_a_response_needs_its_type_first_and_a_range_its_order() -> None:
    session = running()
    play(
        session,
        """
        SetValue cmi.interactions.0.id q1
        SetValue cmi.interactions.0.learner_response 5
        SetValue cmi.interactions.0.type numeric
        SetValue cmi.interactions.0.correct_responses.0.pattern 6[:]5
        SetValue cmi.interactions.0.correct_responses.0.pattern 5
        SetValue cmi.interactions.0.correct_responses.0.pattern 5[:]6
        """,
    )
    assert [violation.partition(": ")[2] for violation in session.violations] == [
        "the type has to be set first",
        "numeric: the minimum is above the maximum",
        "numeric: expected min[:]max",
    ]


def test_what_is_not_set_answers_403_and_blames_nobody() -> None:
    session = running()
    assert session.call("GetValue", ["cmi.location"]) == ""
    assert session.call("GetLastError", []) == "403"
    assert session.violations == []


@pytest.mark.parametrize(
    ("script", "violation"),
    [
        ("GetValue cmi.mode", "before Initialize"),
        ("Initialize\nInitialize", "initialised before"),
        ("Initialize\nGetValue cmi.exit", "write-only"),
        ("Initialize\nCommit", "nothing to store"),
        ("Initialize\nSetValue cmi.completion_status completed", "not incomplete"),
    ],
)
def test_calls_out_of_turn_are_violations(script: str, violation: str) -> None:
    [found] = play(Scorm2004Session(Tracks()), script)
    assert violation in found


def test_terminate_comes_once_and_last_with_everything_said() -> None:
    session = running()
    play(session, "SetValue cmi.success_status passed\nSetValue cmi.score.scaled 0.8\nTerminate\nTerminate\nInitialize")
    assert session.violations == [
        "terminated without exit",
        "terminated without session_time",
        "terminated without completion_status",
        "a score needs both scaled and raw",
        "a success status without a score",
        "Terminate(): after the session was finished",
        "Initialize after Terminate",
    ]


def test_scaled_and_raw_agree() -> None:
    session = running()
    ending = CLEAN.replace("cmi.score.raw 80", "cmi.score.raw 79")
    play(session, ending.replace("Initialize\n", ""))
    assert session.violations == ["scaled 0.8 and raw 79 disagree"]


def test_completed_and_passed_are_never_corrected() -> None:
    session = running()
    play(
        session,
        """
        SetValue cmi.completion_status incomplete
        SetValue cmi.completion_status completed
        SetValue cmi.completion_status incomplete
        SetValue cmi.success_status passed
        SetValue cmi.success_status failed
        """,
    )
    assert session.violations == [
        "cmi.completion_status completed corrected to incomplete",
        "cmi.success_status passed corrected to failed",
    ]


def test_only_a_suspended_attempt_goes_on() -> None:
    tracks = Tracks()
    play(Scorm2004Session(tracks), CLEAN)
    fresh = running(tracks)
    assert fresh.call("GetValue", ["cmi.suspend_data"]) == ""
    assert tracks.attempt == 2
    assert len(tracks.interactions()) == 1
    play(fresh, "SetValue cmi.suspend_data kept\nSetValue cmi.exit suspend\nTerminate")
    again = running(tracks)
    assert again.call("GetValue", ["cmi.suspend_data"]) == "kept"
    assert again.call("GetValue", ["cmi.entry"]) == "resume"


@pytest.mark.parametrize("mode", ["review", "browse"])
def test_review_and_browse_overwrite_nothing(mode: Mode) -> None:
    tracks = Tracks()
    play(Scorm2004Session(tracks), CLEAN)
    session = running(tracks, mode)
    play(session, "SetValue cmi.location x\nSetValue cmi.session_time PT1S\nSetValue cmi.exit normal\nTerminate")
    assert session.violations == [f"cmi.location set in {mode} mode"]
    assert tracks.values["cmi.suspend_data"] == "1AAAAAA"
