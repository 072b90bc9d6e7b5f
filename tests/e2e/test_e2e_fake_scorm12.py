"""The SCORM 1.2 fake catches what it should, and lets a clean course through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fake_scorm import Tracks
from fake_scorm12 import LEARNING_HUB, MOODLE, PLAIN, PROFILES, Profile, Scorm12Session, with_mastery

CLEAN = """
LMSInitialize
LMSGetValue cmi.core.lesson_mode
LMSGetValue cmi.suspend_data
LMSSetValue cmi.core.lesson_status incomplete
LMSSetValue cmi.core.exit suspend
LMSCommit
LMSGetValue cmi.interactions._count
LMSSetValue cmi.interactions.0.id who-decides
LMSSetValue cmi.interactions.0.type choice
LMSSetValue cmi.interactions.0.correct_responses.0.pattern a
LMSSetValue cmi.interactions.0.student_response b
LMSSetValue cmi.interactions.0.result wrong
LMSSetValue cmi.interactions.0.latency 0000:00:05.20
LMSSetValue cmi.interactions.0.time 09:05:00
LMSSetValue cmi.suspend_data 1AAAAAA
LMSSetValue cmi.core.lesson_location start
LMSCommit
LMSSetValue cmi.core.score.raw 80
LMSSetValue cmi.core.score.min 0
LMSSetValue cmi.core.score.max 100
LMSSetValue cmi.core.lesson_status passed
LMSSetValue cmi.core.session_time 0000:12:00.5
LMSSetValue cmi.core.exit
LMSFinish
"""


def play(session: Scorm12Session, script: str) -> list[str]:
    """Run calls written one a line; returns what the fake held against them."""
    for line in script.strip().splitlines():
        method, _, rest = line.strip().partition(" ")
        name, _, value = rest.partition(" ")
        arguments: list[object] = [name, value] if method == "LMSSetValue" else [name]
        session.call(method, arguments)
    return session.violations


def running(profile: Profile = PLAIN, tracks: Tracks | None = None) -> Scorm12Session:
    session = Scorm12Session(tracks or Tracks(), profile)
    play(session, "LMSInitialize\nLMSSetValue cmi.core.lesson_status incomplete")
    return session


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_clean_course_is_recorded_whole(profile: Profile) -> None:
    tracks = Tracks()
    session = Scorm12Session(tracks, profile)
    assert play(session, CLEAN) == []
    assert tracks.interactions() == [
        {
            "id": "who-decides",
            "type": "choice",
            "correct_responses.0.pattern": "a",
            "student_response": "b",
            "result": "wrong",
            "latency": "0000:00:05.20",
            "time": "09:05:00",
        }
    ]
    assert tracks.values["cmi.core.lesson_status"] == "passed"
    assert len(session.commits) == 3
    assert tracks.achieved


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cmi.suspend_data", "x" * 4097),
        ("cmi.core.lesson_location", "x" * 256),
        ("cmi.core.lesson_status", "finished"),
        ("cmi.core.lesson_status", "not attempted"),
        ("cmi.core.score.raw", "101"),
        ("cmi.core.score.raw", "66.667"),
        ("cmi.core.score.raw", "1e2"),
        ("cmi.core.session_time", "0:10:05"),
        ("cmi.core.session_time", "PT10M5S"),
        ("cmi.core.session_time", "0000:10:05.123"),
        ("cmi.core.exit", "normal"),
        ("cmi.core.student_id", "me"),
        ("cmi.completion_status", "completed"),
        ("cmi.interactions.0.id", "who decides"),
        ("cmi.interactions.0.id", "é"),
        ("cmi.interactions.0.id", "x" * 251),
        ("cmi.interactions.1.id", "second-before-first"),
        ("cmi.interactions.0.type", "choice"),
        ("cmi.interactions._count", "0"),
    ],
)
def test_a_value_outside_the_data_model_is_refused(name: str, value: str) -> None:
    session = running()
    assert session.call("LMSSetValue", [name, value]) == "false"
    assert session.call("LMSGetLastError", []) != "0"
    assert len(session.violations) == 1


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("result", "incorrect"),
        ("result", "right"),
        ("latency", "PT5S"),
        ("latency", "00:00:5"),
        ("time", "9:05:00"),
        ("time", "2026-01-01T09:05:00"),
        ("type", "long-fill-in"),
        ("student_response", "consult"),
        ("student_response", "a[,]b"),
        ("student_response", "a,a"),
        ("correct_responses.1.pattern", "a"),
        ("correct_responses.0.pattern", "{a}"),
        ("id", "another"),
        ("description", "The prompt"),
    ],
)
def test_a_member_of_an_interaction_is_refused(member: str, value: str) -> None:
    session = running()
    play(session, "LMSSetValue cmi.interactions.0.id q1\nLMSSetValue cmi.interactions.0.type choice")
    assert session.call("LMSSetValue", [f"cmi.interactions.0.{member}", value]) == "false"
    assert len(session.violations) == 1


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("true-false", "t", "true"),
        ("choice", "a,c", "a;c"),
        ("matching", "1.c,2.a", "1[.]c"),
        ("sequencing", "b,a,c", "B,A"),
        ("likert", "c", "often"),
        ("numeric", "-23.5", "£23"),
        ("fill-in", "codesign", "x" * 256),
    ],
)
def test_responses_have_the_format_of_their_type(kind: str, good: str, bad: str) -> None:
    session = running()
    play(session, f"LMSSetValue cmi.interactions.0.id q1\nLMSSetValue cmi.interactions.0.type {kind}")
    assert session.call("LMSSetValue", ["cmi.interactions.0.student_response", good]) == "true"
    assert session.call("LMSSetValue", ["cmi.interactions.0.student_response", bad]) == "false"


@pytest.mark.parametrize(
    ("script", "violation"),
    [
        ("LMSGetValue cmi.suspend_data", "before Initialize"),
        ("LMSInitialize now", 'has to be ""'),
        ("LMSInitialize\nLMSInitialize", "initialised before"),
        ("LMSInitialize\nLMSGetValue cmi.core.session_time", "write-only"),
        ("LMSInitialize\nLMSGetValue cmi.interactions.0.id", "write-only"),
        ("LMSInitialize\nLMSGetValue cmi.learner_id", "no such element"),
        ("LMSInitialize\nLMSCommit", "nothing to store"),
        ("LMSInitialize\nLMSSetValue cmi.core.lesson_status completed", "not incomplete"),
    ],
)
def test_calls_out_of_turn_are_violations(script: str, violation: str) -> None:
    [found] = play(Scorm12Session(Tracks(), PLAIN), script)
    assert violation in found


def test_a_number_where_a_string_is_due_is_a_violation() -> None:
    session = running()
    session.call("LMSSetValue", ["cmi.core.score.raw", 80])
    session.call("LMSCommit", [])
    assert [violation.partition(": ")[2] for violation in session.violations] == [
        "an argument that is no string",
        "0 arguments, expected 1",
    ]


def test_nothing_may_follow_finish_and_session_time_comes_before_it() -> None:
    session = running()
    assert play(session, "LMSFinish\nLMSCommit") == [
        "finished without session_time",
        "LMSCommit(): after the session was finished",
    ]


def test_the_hub_refuses_to_finish_without_a_session_time() -> None:
    session = running(LEARNING_HUB)
    assert session.call("LMSFinish", [""]) == "false"
    assert session.call("LMSSetValue", ["cmi.core.session_time", "0000:00:10"]) == "true"
    assert session.call("LMSFinish", [""]) == "true"


def test_no_status_at_all_becomes_completed() -> None:
    tracks = Tracks()
    session = Scorm12Session(tracks, PLAIN)
    play(session, "LMSInitialize\nLMSSetValue cmi.core.session_time 0000:00:10\nLMSFinish")
    assert session.violations == ["finished without a status: Moodle takes that for completed"]
    assert tracks.values["cmi.core.lesson_status"] == "completed"


def test_a_completion_is_never_corrected() -> None:
    session = running()
    play(session, "LMSSetValue cmi.core.lesson_status passed\nLMSSetValue cmi.core.lesson_status incomplete")
    assert session.violations == ["cmi.core.lesson_status passed corrected to incomplete"]


def test_an_answer_is_one_commit() -> None:
    session = running()
    script = """
    LMSSetValue cmi.interactions.0.id q1
    LMSCommit
    LMSSetValue cmi.interactions.0.type choice
    LMSCommit
    """
    assert play(session, script) == ["interaction 0 is spread over several commits"]


def test_more_than_64_kb_uncommitted_is_a_violation() -> None:
    session = running()
    for index in range(250):
        play(session, f"LMSSetValue cmi.interactions.{index}.id q-{index:0240}")
    assert set(session.violations) == {"more than 64 KB uncommitted"}


def test_a_session_cut_off_loses_what_was_not_committed() -> None:
    tracks = Tracks()
    play(running(tracks=tracks), "LMSSetValue cmi.suspend_data kept\nLMSCommit\nLMSSetValue cmi.suspend_data lost")
    again = Scorm12Session(tracks, PLAIN)
    assert again.call("LMSInitialize", [""]) == "true"
    assert again.call("LMSGetValue", ["cmi.suspend_data"]) == "kept"
    assert again.call("LMSGetValue", ["cmi.core.entry"]) == ""


END = "LMSSetValue cmi.core.session_time 0000:00:10\nLMSSetValue cmi.core.exit suspend\nLMSFinish"


def relaunched(profile: Profile, ending: str) -> Scorm12Session:
    tracks = Tracks()
    first = running(profile, tracks)
    play(first, f"LMSSetValue cmi.suspend_data kept\nLMSSetValue cmi.core.lesson_status {ending}\n{END}")
    assert first.violations == []
    again = Scorm12Session(tracks, profile)
    again.call("LMSInitialize", [""])
    return again


def test_the_hub_restores_only_what_is_incomplete() -> None:
    halfway = relaunched(LEARNING_HUB, "incomplete")
    assert halfway.call("LMSGetValue", ["cmi.suspend_data"]) == "kept"
    assert halfway.call("LMSGetValue", ["cmi.core.entry"]) == "resume"
    done = relaunched(LEARNING_HUB, "passed")
    assert done.call("LMSGetValue", ["cmi.suspend_data"]) == ""
    assert done.call("LMSGetValue", ["cmi.core.entry"]) == "ab-initio"
    assert play(done, "LMSSetValue cmi.core.lesson_status passed") == []


def test_moodle_reviews_what_is_finished() -> None:
    done = relaunched(MOODLE, "passed")
    assert done.call("LMSGetValue", ["cmi.core.lesson_mode"]) == "review"
    play(done, "LMSSetValue cmi.suspend_data other\n" + END)
    assert done.violations == ["cmi.suspend_data set in review mode"]
    assert done.tracks.values["cmi.suspend_data"] == "kept"


def test_moodle_answers_oddly() -> None:
    session = running(MOODLE)
    assert session.call("LMSGetValue", ["cmi.interactions._count"]) == 0
    assert session.call("LMSCommit", [""]) is True
    session.call("LMSSetValue", ["cmi.core.session_time", "0000:00:10"])
    assert session.call("LMSFinish", [""]) == ""


def test_moodle_decides_by_the_mastery_score() -> None:
    session = running(with_mastery(MOODLE, "70"))
    play(session, "LMSSetValue cmi.core.score.raw 80\n" + END)
    assert session.violations == ["the mastery score turns incomplete into passed"]
    assert session.tracks.values["cmi.core.lesson_status"] == "passed"


def test_faults_are_the_lms_s_own() -> None:
    session = running()
    session.faults = replace(session.faults, commit_fails=True)
    assert session.call("LMSCommit", [""]) == "false"
    session.faults = replace(session.faults, expired=True)
    assert session.call("LMSSetValue", ["cmi.suspend_data", "x"]) == "false"
    assert session.call("LMSGetLastError", [""]) == "101"
    assert session.violations == []
