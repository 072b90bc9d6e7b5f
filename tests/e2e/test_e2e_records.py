"""What is recorded beside status and score: the same in every format, and complete in each."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext

import resume_string
from channel_site import Site
from channels import Channel, Course
from channels_scorm import Again, Strict
from channels_xapi import Cmi5, TinCan
from fake_scorm12 import PLAIN
from fake_server import Server
from learner import Learner
from plays import FIRST_HALF, SECOND_HALF, final_check, first_half, second_half
from records import Answer

PLATFORM = {"cmi5": "cmi5", "xapi": "xapi"}
ATTEMPT, KEY_REVISION, PURPOSE = ("attempt", "key-revision", "purpose")


def play_all(channel: Channel, context: BrowserContext, course: Course) -> Learner:
    learner = channel.launch(context, course)
    first_half(learner)
    second_half(learner)
    learner.next("check")
    final_check(learner, wrong=1)
    return learner


def test_the_same_answers_make_the_same_interactions_in_all_five_formats(
    browser: Browser, server: Server, first: Course
) -> None:
    said: dict[str, list[Answer]] = {}
    channels: list[Channel] = [Strict(server, PLAIN), Strict(server), Cmi5(server), TinCan(server), Site(server)]
    for channel in channels:
        context = browser.new_context()  # each learner has a computer of their own
        play_all(channel, context, first)
        channel.leave()
        context.close()
        said[channel.name] = channel.answers()

    bank = {
        question for block in first.json["blocks"] if block["type"] == "final-check" for question in block["questions"]
    }
    practised = {name: [one for one in answers if one.id not in bank] for name, answers in said.items()}
    site = practised.pop("site")
    whole, *others = practised.values()
    assert others == [whole] * 3
    assert (
        len(whole) == len(FIRST_HALF + SECOND_HALF) + 2
    )  # who-decides was answered twice, each time with a confidence
    assert {one.id: one for one in site} == {one.id: one for one in whole}

    # Each learner draws a paper of their own; right answers to the same question look the same in all.
    checked: dict[str, set[Answer]] = {}
    for answers in said.values():
        for one in answers:
            if one.id in bank and one.result == "correct":
                checked.setdefault(one.id, set()).add(one)
    assert {question: len(looks) for question, looks in checked.items()} == dict.fromkeys(checked, 1)


SCORM12_MEMBERS = {"id", "objectives.0.id", "time", "type", "student_response", "result", "latency"}
SCORM2004_MEMBERS = {
    "id",
    "objectives.0.id",
    "timestamp",
    "type",
    "learner_response",
    "result",
    "latency",
    "description",
}


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_scorm_interactions_are_whole_and_committed_once_each(
    browser_context: BrowserContext, server: Server, first: Course, standard: str
) -> None:
    channel = Strict(server, PLAIN) if standard == "scorm12" else Strict(server)
    play_all(channel, browser_context, first)
    channel.leave()
    assert channel.violations() == []
    members = SCORM12_MEMBERS if standard == "scorm12" else SCORM2004_MEMBERS
    for recorded in channel.tracks.interactions():
        patterns = {name for name in recorded if name.startswith("correct_responses.")}
        assert set(recorded) - patterns == members, recorded["id"]
        assert bool(patterns) == (recorded["result"] != "neutral"), recorded["id"]

    holding = [
        {name.split(".")[2] for name in commit if ".interactions." in name} for commit in channel.session.commits
    ]
    # Eleven answers, two of them with a confidence, and the paper of four as one.
    assert [len(commit) for commit in holding if commit] == [1, 1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 4]

    resume = channel.tracks.values["cmi.suspend_data"]
    assert len(resume) <= 4096
    state = resume_string.read(resume, first.json)
    assert state.completed
    assert state.passed
    assert state.best == 0.75
    assert state.seen[:3] == ["start", "tell", "count"]
    assert state.tries["who-decides"] == 2
    assert state.confidence == {"who-decides": "high"}


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_scorm_again_holds_the_same_in_its_own_words(
    browser_context: BrowserContext, server: Server, first: Course, standard: str
) -> None:
    channel = Again(server, "scorm12" if standard == "scorm12" else "scorm2004")
    play_all(channel, browser_context, first)
    channel.leave()
    assert channel.violations() == []
    values = channel.tracks.values
    if standard == "scorm12":
        assert re.fullmatch(r"\d\d:\d\d:\d\d(\.\d+)?", values["cmi.core.session_time"])
        assert values["cmi.core.score.raw"] == "75"
        latencies = r"\d{2,4}:\d\d:\d\d(\.\d{1,2})?"
    else:
        assert values["cmi.session_time"].startswith("PT")
        assert (values["cmi.score.raw"], values["cmi.score.scaled"]) == ("75", "0.75")
        latencies = r"PT(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?"
    recorded = channel.tracks.interactions()
    assert [one["id"] for one in recorded if not re.fullmatch(latencies, one["latency"])] == []


@pytest.mark.parametrize("make", [Cmi5, TinCan])
def test_statements_say_where_they_belong(
    browser_context: BrowserContext, server: Server, first: Course, make: type[Cmi5] | type[TinCan]
) -> None:
    channel = make(server)
    play_all(channel, browser_context, first)
    channel.leave()
    assert channel.violations() == []
    iri = first.json["iri"]
    pages = {question: block["page"] for block in first.json["blocks"] for question in block["questions"]}
    purposes = {question: block["purpose"] for block in first.json["blocks"] for question in block["questions"]}
    for statement in channel.lrs.statements:
        context = statement["context"]
        assert {"id": iri, "objectType": "Activity"} in context["contextActivities"]["grouping"]
        assert (context["revision"], context["platform"]) == ("1.0.0", PLATFORM[channel.name])
        assert context["registration"] == channel.registration
        if not statement["verb"]["id"].endswith("/answered"):
            continue
        question = statement["object"]["id"].removeprefix(f"{iri}/questions/").removesuffix(".confidence")
        assert [one["id"] for one in context["contextActivities"]["parent"]] == [f"{iri}/pages/{pages[question]}"]
        ours = {name.rpartition("/")[2]: value for name, value in context["extensions"].items()}
        assert (ours["key-revision"], ours["purpose"]) == (1, purposes[question])
        assert ours["attempt"] in (1, 2)
        assert statement["object"]["definition"]["description"]["en-GB"]
        assert "duration" in statement["result"]
    read = [one["object"]["id"] for one in channel.lrs.statements if one["verb"]["id"].endswith("/experienced")]
    assert read[:3] == [f"{iri}/pages/{page}" for page in ("start", "tell", "count")]
