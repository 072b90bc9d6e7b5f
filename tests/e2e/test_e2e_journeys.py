"""A learner plays a masterclass to the end in every format, and what the LMS recorded is the truth, all of it."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

from channels import Channel, Course
from channels_xapi import LrsTab
from fake_server import Server
from inspection import Watch
from plays import FIRST_HALF, SECOND_HALF, by_id, expected, final_check, first_half, last_of_each, second_half

OPEN = {"completed": False, "passed": None, "score": None}
PASSED = {"completed": True, "passed": True, "score": 1.0}


def test_played_to_passed_with_a_closed_tab_in_the_middle(
    channel: Channel, browser_context: BrowserContext, server: Server, first: Course
) -> None:
    watch = Watch(browser_context, server.url)
    keeps_history = channel.name != "site"
    first_half(channel.launch(browser_context, first))
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == OPEN
    so_far = FIRST_HALF if keeps_history else last_of_each(FIRST_HALF)
    assert by_id(channel.answers()) == by_id(expected(first.json, so_far))

    learner = channel.launch(browser_context, first).on("tell")
    assert learner.given("who-decides") == ["board"]
    assert sorted(learner.given("two-signs")) == ["joint_chair", "shared_budget"]
    second_half(learner)
    learner.next("check")
    paper = final_check(learner)
    assert learner.result() == "You have passed"
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == PASSED
    assert by_id(channel.answers()) == by_id(expected(first.json, so_far + SECOND_HALF + paper))

    learner = channel.launch(browser_context, first)
    if keeps_history:
        learner.notice("on record", "looking back")
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == PASSED
    if isinstance(channel, LrsTab):  # on another origin, and a browser reports each document that is not there yet
        assert [channel.lrs.verbs().count(verb) for verb in ("completed", "passed", "failed")] == [1, 1, 0]
    else:
        assert watch.found == []
    assert len(channel.answers()) == len(expected(first.json, so_far + SECOND_HALF + paper))
