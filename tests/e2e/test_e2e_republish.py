"""A learner half-way through 1.0 goes on in 1.1, which inserts, retires, reorders and re-keys questions."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from channels import Channel, Course
from fake_server import Server
from journey_fixtures import CHANNELS
from paces import the_rest_slow
from plays import by_id, expected, final_check, first_half

PASSED = {"completed": True, "passed": True, "score": 1.0}


@pytest.fixture(params=the_rest_slow(CHANNELS, "scorm12-learning-hub", "cmi5"))
def channel(request: pytest.FixtureRequest, server: Server) -> Channel:
    return CHANNELS[request.param](server)


def test_half_way_in_one_release_and_on_in_the_next(
    channel: Channel, browser_context: BrowserContext, first: Course, second: Course
) -> None:
    learner = channel.launch(browser_context, first)
    first_half(learner)
    learner.next("count").answer("order-steps", ["plan", "ask", "act"])
    channel.leave()
    assert channel.violations() == []
    before = len(channel.answers())

    learner = channel.launch(browser_context, second).on("count")
    assert learner.given("order-steps") == ["plan", "ask", "act"]
    ups = learner.form("order-steps").locator('[data-move="up"]')
    assert [button.get_attribute("aria-disabled") for button in ups.all()] == ["true", "false", "false"]
    learner.back("tell")
    questions = learner.view.locator("[data-block=tell-quiz] [data-question]")
    order = [one.get_attribute("data-question") for one in questions.all()]
    assert order == ["name-it", "who-pays", "who-decides", "two-signs"]
    assert learner.given("who-decides") == ["board"]
    assert sorted(learner.given("two-signs")) == ["joint_chair", "shared_budget"]
    # The key has changed, so what was right is not right now, and may be tried again.
    expect(learner.verdict("two-signs")).to_contain_text("Not right")
    expect(learner.verdict("who-pays")).to_be_empty()

    learner.retry("two-signs").answer("two-signs", ["shared_budget", "newsletter"])
    learner.answer("who-pays", ["each"]).next("count")
    learner.retry("order-steps").answer("order-steps", ["ask", "plan", "act"])
    learner.answer("share", ["23.45"]).next("check")
    paper = final_check(learner)
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == PASSED
    given = [
        ("two-signs", ["shared_budget", "newsletter"], "correct", ""),
        ("who-pays", ["each"], "correct", ""),
        ("order-steps", ["ask", "plan", "act"], "correct", ""),
        ("share", ["23.45"], "correct", ""),
    ]
    if channel.name == "site":
        kept = {"how-sure", "pre-panel", "name-it", "who-decides", "who-decides.confidence"}
        found = channel.answers()
        assert {one.id for one in found} == kept | {question for question, *_ in given + paper}
    else:
        assert by_id(channel.answers(skip=before)) == by_id(expected(second.json, given + paper))
