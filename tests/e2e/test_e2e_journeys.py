"""A learner plays a masterclass to the end in every format, and what the LMS recorded is the truth, all of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from channels import Channel
from channels_scorm import Again, Strict
from channels_xapi import Cmi5, TinCan
from fake_scorm12 import LEARNING_HUB, MOODLE, PLAIN, with_mastery
from fake_server import Server
from journey_fixtures import Built
from learner import Learner
from records import Answer, answer, confidence
from statement_shape import Json

CHANNELS: dict[str, Callable[[Server], Channel]] = {
    "scorm12-plain": lambda server: Strict(server, PLAIN),
    "scorm12-moodle": lambda server: Strict(server, with_mastery(MOODLE, "70")),
    "scorm12-learning-hub": lambda server: Strict(server, LEARNING_HUB),
    "scorm12-again": lambda server: Again(server, "scorm12"),
    "scorm2004-strict": Strict,
    "scorm2004-again": lambda server: Again(server, "scorm2004"),
    "cmi5": Cmi5,
    "xapi": TinCan,
}


@pytest.fixture(params=CHANNELS)
def channel(request: pytest.FixtureRequest, server: Server) -> Channel:
    return CHANNELS[request.param](server)


def first_half(learner: Learner) -> None:
    """Pages start and tell: a rating, a pre-question, a wrong answer with a second try, a confidence."""
    learner.on("start").answer("how-sure", ["fairly"]).answer("pre-panel", ["told"]).next("tell")
    learner.answer("who-decides", ["carers"], "medium").retry("who-decides")
    learner.answer("who-decides", ["board"], "high")
    learner.answer("two-signs", ["shared_budget", "joint_chair"])
    learner.answer("silence", ["false"]).answer("name-it", ["consultation"])


FIRST_HALF = [
    ("how-sure", ["fairly"], "neutral", ""),
    ("pre-panel", ["told"], "incorrect", ""),
    ("who-decides", ["carers"], "incorrect", "medium"),
    ("who-decides", ["board"], "correct", "high"),
    ("two-signs", ["shared_budget", "joint_chair"], "correct", ""),
    ("silence", ["false"], "correct", ""),
    ("name-it", ["consultation"], "correct", ""),
]


def second_half(learner: Learner) -> None:
    learner.on("tell").next("count")
    learner.answer("share", ["23.5"]).answer("match-body", ["roads.council", "wards.trust"])
    learner.answer("order-steps", ["ask", "plan", "act"])
    learner.answer("carer-group", ["best.press_on", "worst.pause"])


SECOND_HALF = [
    ("share", ["23.5"], "correct", ""),
    ("match-body", ["roads.council", "wards.trust"], "correct", ""),
    ("order-steps", ["ask", "plan", "act"], "correct", ""),
    ("carer-group", ["best.press_on", "worst.pause"], "incorrect", ""),
]


def final_check(learner: Learner, wrong: int = 0) -> list[tuple[str, list[str], str, str]]:
    """Answers and submits the paper, ``wrong`` of it wrongly; returns what was given."""
    given = []
    for place, question in enumerate(learner.paper()):
        response = learner.wrong(question) if place < wrong else learner.right(question)
        learner.fill(question, response)
        given.append((question, response, "incorrect" if place < wrong else "correct", ""))
    learner.submit().result()
    return given


def expected(course: Json, given: list[tuple[str, list[str], str, str]]) -> list[Answer]:
    found = []
    for question, response, result, level in given:
        found.append(answer(course, question, response, result))
        found += [confidence(question, level)] if level else []
    return found


def by_id(answers: list[Answer]) -> list[Answer]:
    return sorted(answers, key=lambda one: one.id)


def test_played_to_passed_with_a_closed_tab_in_the_middle(
    channel: Channel, browser_context: BrowserContext, first: Built
) -> None:
    course = first.course
    first_half(channel.launch(browser_context, course))
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == {"completed": False, "passed": None, "score": None}
    assert channel.answers() == expected(course.json, FIRST_HALF)

    learner = channel.launch(browser_context, course).on("tell")
    assert learner.given("who-decides") == ["board"]
    assert sorted(learner.given("two-signs")) == ["joint_chair", "shared_budget"]
    second_half(learner)
    learner.next("check")
    paper = final_check(learner)
    assert learner.result() == "You have passed"
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == {"completed": True, "passed": True, "score": 1.0}
    whole = channel.answers()
    assert whole[: len(whole) - 4] == expected(course.json, FIRST_HALF + SECOND_HALF)
    assert by_id(whole[-4:]) == by_id(expected(course.json, paper))

    learner = channel.launch(browser_context, course)
    expect(
        learner.view.locator("[data-notice]", has_text="on record").or_(
            learner.view.locator("[data-notice]", has_text="looking back")
        )
    ).to_be_visible()
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == {"completed": True, "passed": True, "score": 1.0}
