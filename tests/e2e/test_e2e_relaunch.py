"""A masterclass launched again: finished, half finished, elsewhere, by another door, with another pass mark."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

import resume_string
from channel_site import Site
from channels import Channel, Course, until
from channels_scorm import Strict
from channels_xapi import Cmi5, TinCan
from cmi5_rules import Mode as Cmi5Mode
from fake_scorm12 import LEARNING_HUB, PLAIN, with_mastery
from fake_scorm2004 import Mode
from fake_server import Server
from fake_tincan import LEGACY_ACTORS
from learner import Learner
from paces import the_rest_slow
from plays import expected, final_check, first_half, second_half
from statement_shape import Json

PASSED = {"completed": True, "passed": True, "score": 1.0}
MAKERS: dict[str, Callable[[Server], Channel]] = {
    "scorm12": lambda server: Strict(server, PLAIN),
    "learning-hub": lambda server: Strict(server, LEARNING_HUB),
    "scorm2004": Strict,
    "cmi5": Cmi5,
    "xapi": TinCan,
}


def pass_it(channel: Channel, context: BrowserContext, course: Course) -> None:
    learner = channel.launch(context, course)
    first_half(learner)
    second_half(learner)
    final_check(learner.next("check"))
    channel.leave()


@pytest.fixture(params=the_rest_slow(MAKERS, "learning-hub", "cmi5"))
def channel(request: pytest.FixtureRequest, server: Server) -> Channel:
    return MAKERS[request.param](server)


def test_a_finished_course_on_another_computer(
    channel: Channel, browser: Browser, browser_context: BrowserContext, first: Course
) -> None:
    pass_it(channel, browser_context, first)
    said = len(channel.answers())
    elsewhere = browser.new_context()
    channel.launch(elsewhere, first).view.locator("[data-ready]").wait_for()
    channel.leave()
    elsewhere.close()
    assert channel.violations() == []
    assert len(channel.answers()) == said
    if channel.name != "scorm12 learning_hub":  # begins a new attempt that knows nothing
        assert channel.status() == PASSED


def test_drafts_and_paper_survive_a_closed_tab(
    channel: Channel, browser_context: BrowserContext, first: Course
) -> None:
    learner = channel.launch(browser_context, first)
    learner.on("start").open("check")
    paper = learner.paper()
    for question in paper[:2]:
        learner.fill(question, learner.right(question))
    expect(learner.view.locator("[data-unanswered]")).to_contain_text("still to answer")
    said = learner.view.locator("[data-unanswered]").inner_text()
    channel.leave()
    learner = channel.launch(browser_context, first).on("check")
    assert learner.paper() == paper
    assert [sorted(learner.given(question)) for question in paper[:2]] == [
        sorted(learner.right(question)) for question in paper[:2]
    ]
    assert learner.view.locator("[data-unanswered]").inner_text() == said
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == []


def test_a_pass_waits_for_the_pages_that_are_missing(
    channel: Channel, browser_context: BrowserContext, first: Course
) -> None:
    learner = channel.launch(browser_context, first).on("start")
    final_check(learner.open("check"))
    missing = learner.view.locator("[data-missing] a")
    assert [link.inner_text() for link in missing.all()] == ["Start", "Who decides", "What it is worth"]
    assert channel.status()["completed"] is False
    missing.first.click()
    learner.on("start").next("tell").next("count").next("check")
    expect(learner.view.locator("[data-missing]")).to_be_hidden()
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == PASSED


@pytest.mark.parametrize("mode", ["review", "browse"])
def test_scorm_2004_looks_back_without_a_trace(
    browser_context: BrowserContext, server: Server, first: Course, mode: Mode
) -> None:
    channel = Strict(server)
    pass_it(channel, browser_context, first)
    before = dict(channel.tracks.values)
    channel.mode = mode
    learner = channel.launch(browser_context, first)
    learner.notice("looking back", "on record")
    learner.open("start")
    channel.leave()
    assert channel.violations() == []
    changed = {name for name, value in channel.tracks.values.items() if before.get(name) != value}
    assert changed <= {"cmi.session_time", "cmi.exit"}


@pytest.mark.parametrize("mode", ["Review", "Browse"])
def test_cmi5_looks_back_with_initialized_and_terminated_only(
    browser_context: BrowserContext, server: Server, first: Course, mode: Cmi5Mode
) -> None:
    channel = Cmi5(server)
    channel.mode = mode
    learner = channel.launch(browser_context, first)
    first_half(learner)
    second_half(learner)
    final_check(learner.next("check"))
    channel.leave()
    assert channel.violations() == []
    assert channel.status()["passed"] is None
    said = channel.lrs.verbs()
    assert (said[0], said[-1]) == ("initialized", "terminated")


def test_cmi5_goes_back_to_its_lms(browser_context: BrowserContext, server: Server, first: Course) -> None:
    channel = Cmi5(server)
    learner = channel.launch(browser_context, first).on("start").answer("how-sure", ["fairly"])
    learner.view.locator("[data-leave]").click()
    assert channel.page
    channel.page.wait_for_url(channel.lms.launches[-1].return_url)
    assert channel.lrs.verbs()[-1] == "terminated"
    assert channel.violations() == []


@pytest.mark.parametrize(
    ("standard", "passes"),
    the_rest_slow(product(("scorm12", "cmi5"), (True, False)), ("scorm12", True), ("cmi5", False)),
)
def test_the_lms_s_pass_mark_comes_before_the_author_s(
    browser_context: BrowserContext, server: Server, first: Course, standard: str, passes: bool
) -> None:
    mark = 0.7 if passes else 0.9
    if standard == "scorm12":
        channel: Strict | Cmi5 = Strict(server, with_mastery(PLAIN, f"{mark * 100:g}"))
    else:
        channel = Cmi5(server)
        channel.mastery_score = mark
    learner = channel.launch(browser_context, first)
    first_half(learner)
    second_half(learner)
    final_check(learner.next("check"), wrong=1)
    assert learner.result() == ("You have passed" if passes else "Not passed this time")
    channel.leave()
    assert channel.violations() == []
    assert channel.status()["passed"] is (True if passes else False if standard == "cmi5" else None)


@pytest.mark.parametrize(("sent", "meant"), LEGACY_ACTORS)
def test_an_actor_of_2011_is_understood(
    browser_context: BrowserContext, server: Server, first: Course, sent: Json, meant: Json
) -> None:
    channel = TinCan(server, sent)
    channel.launch(browser_context, first).on("start").answer("how-sure", ["fairly"])
    channel.leave()
    assert channel.violations() == []
    for statement in channel.lrs.statements:
        said = {name: value for name, value in statement["actor"].items() if name not in ("name", "objectType")}
        assert said == meant
    assert channel.launch(browser_context, first).on("start").given("how-sure") == ["fairly"]


@pytest.mark.parametrize(
    "damage", the_rest_slow(["nonsense", "1xxxxxxAAAA", "2" + "A" * 60, "é" * 20, '{"old": "tool"}'], "1xxxxxxAAAA")
)
def test_suspend_data_nobody_can_read_is_a_clean_start(
    browser_context: BrowserContext, server: Server, first: Course, damage: str
) -> None:
    channel = Strict(server, PLAIN)
    channel.tracks.launched = True
    channel.tracks.values = {"cmi.core.lesson_status": "incomplete", "cmi.suspend_data": damage}
    learner = channel.launch(browser_context, first).on("start")
    learner.notice("could not be read")
    learner.answer("pre-panel", ["consulted"])
    channel.leave()
    assert channel.violations() == []
    kept = resume_string.read(channel.tracks.values["cmi.suspend_data"], first.json)
    assert kept.answers == {"pre-panel": ["consulted"]}


def test_back_and_forward_move_between_pages_and_end_no_session(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = Strict(server, LEARNING_HUB)
    learner = channel.launch(browser_context, first).on("start").next("tell")
    assert channel.page
    channel.page.go_back()
    learner.on("start")
    expect(learner.view.locator("article h1")).to_be_focused()
    channel.page.go_forward()
    learner.on("tell").answer("silence", ["false"])
    assert channel.session.state == "running"
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, [("silence", ["false"], "correct", "")])


def test_opening_every_page_passes_nothing(browser_context: BrowserContext, server: Server, first: Course) -> None:
    channel = Strict(server, PLAIN)
    learner: Learner = channel.launch(browser_context, first).on("start")
    for page in ("tell", "count", "check", "after"):
        learner.open(page)
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == {"completed": False, "passed": None, "score": None}


def test_two_tabs_of_the_site_do_not_overwrite_each_other(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = Site(server)
    one = channel.launch(browser_context, first).on("start")
    tab = channel.page
    channel.page = None
    two = channel.launch(browser_context, first).on("start")
    one.answer("how-sure", ["very"])
    two.answer("pre-panel", ["consulted"])
    assert tab
    tab.close()
    assert channel.page
    until(channel.page, lambda: False, seconds=0.2)
    channel.leave()
    found = {answer.id: answer.response for answer in channel.answers()}
    assert found == {"how-sure": ("very",), "pre-panel": ("consulted",)}
