"""When the LMS, the network, the browser or the computer lets a learner down, no answer is lost and none is doubled."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from channel_site import Site
from channels import Course, until
from channels_scorm import Strict
from channels_xapi import Cmi5, TinCan
from fake_lms import Arrival, Placing
from fake_lrs import Outage
from fake_scorm12 import LEARNING_HUB, MOODLE, PLAIN, Profile
from fake_server import Server
from learner import Learner
from paces import the_rest_slow
from plays import expected, final_check, first_half, second_half

PASSED = {"completed": True, "passed": True, "score": 1.0}
START = [("how-sure", ["fairly"], "neutral", ""), ("pre-panel", ["consulted"], "correct", "")]


def start(learner: Learner) -> None:
    learner.on("start").answer("how-sure", ["fairly"]).answer("pre-panel", ["consulted"])


def saving(learner: Learner, text: str) -> None:
    expect(learner.view.locator("[data-saving]")).to_contain_text(text)


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_the_session_expires_in_the_middle_of_the_check(
    browser_context: BrowserContext, server: Server, first: Course, standard: str
) -> None:
    channel = Strict(server, PLAIN) if standard == "scorm12" else Strict(server)
    learner = channel.launch(browser_context, first)
    first_half(learner)
    second_half(learner)
    learner.next("check")
    paper = learner.paper()
    learner.fill(paper[0], learner.right(paper[0]))
    saving(learner, "Saved")
    recorded = len(channel.answers())
    channel.session.faults.expired = True
    for question in paper[1:]:
        learner.fill(question, learner.right(question))
    learner.submit()
    assert learner.result() == "You have passed"
    saving(learner, "your LMS has not answered")
    expect(learner.view.locator("[data-result-text]")).not_to_contain_text("told")
    channel.close()

    learner = channel.launch(browser_context, first).on("check")
    assert learner.result() == "You have passed"
    saving(learner, "Saved")
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == PASSED
    given = expected(first.json, [(question, learner.right(question), "correct", "") for question in paper])
    assert channel.answers()[recorded:] == given


@pytest.mark.parametrize("fault", the_rest_slow(["commit_fails", "throws", "cut"], "cut"))
def test_an_answer_the_lms_did_not_take_goes_with_the_next_launch(
    browser_context: BrowserContext, server: Server, first: Course, fault: str
) -> None:
    channel = Strict(server, PLAIN)
    learner = channel.launch(browser_context, first).on("start").answer("how-sure", ["fairly"])
    line = learner.view.locator("[data-saving]")
    expect(line).to_have_attribute("aria-live", "off")
    setattr(channel.session.faults, fault, True)
    learner.answer("pre-panel", ["consulted"])
    saving(learner, "your LMS has not answered")
    expect(line).to_have_attribute("aria-live", "polite")
    channel.close()
    learner = channel.launch(browser_context, first).on("start")
    assert learner.given("pre-panel") == ["consulted"]
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START)


@pytest.mark.parametrize(("placing", "arrives"), [("frame", "never"), ("foreign", "at once")])
def test_without_an_lms_the_course_can_be_read_and_says_so(
    browser_context: BrowserContext, server: Server, first: Course, placing: Placing, arrives: Arrival
) -> None:
    channel = Strict(server, PLAIN)
    channel.placing, channel.arrives = placing, arrives
    learner = channel.launch(browser_context, first)
    start(learner)
    learner.notice("No LMS has answered")
    saving(learner, "your LMS has not answered")
    learner.next("tell")
    assert channel.session.calls == []


def test_an_lms_that_comes_late_is_told_everything(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = Strict(server, PLAIN)
    channel.arrives = "late"
    learner = channel.launch(browser_context, first)
    start(learner)
    learner.view.wait_for_timeout(1300)
    learner.next("tell")
    saving(learner, "Saved")
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START)


def test_nested_frames_under_a_foreign_window_are_no_trouble(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = Strict(server, PLAIN)
    channel.placing = "nested"
    start(channel.launch(browser_context, first))
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START)


def test_a_frame_that_sends_no_forms_runs_the_course(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = Strict(server, PLAIN)
    channel.placing = "sandbox"
    learner = channel.launch(browser_context, first)
    first_half(learner)
    learner.next("count").fill("share", ["23.5"])
    learner.form("share").locator("input").first.press("Enter")
    expect(learner.verdict("share")).not_to_be_empty()
    final_check(learner.next("check"))
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == PASSED


@pytest.mark.parametrize("make", [Cmi5, TinCan])
@pytest.mark.parametrize("outage", ["busy", "gone"])
def test_an_outage_of_the_lrs_loses_and_doubles_nothing(
    browser_context: BrowserContext, server: Server, first: Course, make: type[Cmi5] | type[TinCan], outage: Outage
) -> None:
    channel = make(server)
    learner = channel.launch(browser_context, first).on("start").answer("how-sure", ["fairly"])
    saving(learner, "Saved")
    channel.lrs.outage = outage
    learner.answer("pre-panel", ["consulted"])
    saving(learner, "your LMS has not answered")
    channel.lrs.outage = "none"
    assert channel.page
    assert until(channel.page, lambda: len(channel.answers()) == 2, seconds=8)
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START)


def test_statements_that_wait_when_the_tab_closes_go_with_the_next_launch(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = TinCan(server)
    learner = channel.launch(browser_context, first).on("start").answer("how-sure", ["fairly"])
    channel.lrs.outage = "gone"
    learner.answer("pre-panel", ["consulted"])
    channel.close()
    channel.lrs.outage = "none"
    channel.launch(browser_context, first).on("start")
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START)


@pytest.mark.parametrize("make", [Cmi5, TinCan])
def test_a_tab_closed_while_requests_are_under_way_loses_and_doubles_nothing(
    browser_context: BrowserContext, server: Server, first: Course, make: type[Cmi5] | type[TinCan]
) -> None:
    channel = make(server)
    channel.launch(browser_context, first).on("start").answer("how-sure", ["fairly"]).answer("pre-panel", ["consulted"])
    assert channel.page
    channel.page.close()
    channel.page = None
    learner = channel.launch(browser_context, first).on("start")
    assert (learner.given("how-sure"), learner.given("pre-panel")) == (["fairly"], ["consulted"])
    channel.leave()
    said = [one["id"] for one in channel.lrs.statements]
    assert len(said) == len(set(said))
    given = channel.answers()
    assert sorted(given, key=lambda one: one.id) == sorted(expected(first.json, START), key=lambda one: one.id)


def test_a_token_that_expires_is_said_and_the_work_kept(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = Cmi5(server)
    learner = channel.launch(browser_context, first).on("start").answer("how-sure", ["fairly"])
    saving(learner, "Saved")
    channel.lms.expire(channel.lms.launches[-1])
    learner.answer("pre-panel", ["consulted"])
    saving(learner, "your LMS has not answered")
    channel.close()
    learner = channel.launch(browser_context, first).on("start")
    assert learner.given("pre-panel") == ["consulted"]
    channel.leave()
    assert channel.answers() == expected(first.json, START)


def test_a_reload_in_the_same_tab_does_not_ask_for_a_second_token(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = Cmi5(server)
    learner = channel.launch(browser_context, first)
    start(learner)
    channel.settle()
    assert channel.page
    channel.page.reload()
    assert learner.on("start").given("pre-panel") == ["consulted"]
    channel.close()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START)


def test_two_learners_share_one_browser(browser_context: BrowserContext, server: Server, first: Course) -> None:
    ada, ben = Strict(server, PLAIN, "ada"), Strict(server, PLAIN, "ben")
    start(ada.launch(browser_context, first))
    ada.leave()
    learner = ben.launch(browser_context, first).on("start")
    assert learner.given("pre-panel") == []
    expect(learner.verdict("pre-panel")).to_be_empty()
    ben.leave()
    learner = ada.launch(browser_context, first).on("start")
    assert learner.given("pre-panel") == ["consulted"]
    ada.leave()
    assert ada.violations() + ben.violations() == []
    assert ben.answers() == []


def test_what_ada_could_not_send_is_never_sent_in_ben_s_name(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    ada, ben = Strict(server, PLAIN, "ada"), Strict(server, PLAIN, "ben")
    learner = ada.launch(browser_context, first).on("start")
    ada.session.faults.expired = True
    start(learner)
    ada.close()
    start(ben.launch(browser_context, first))
    ben.leave()
    assert len(ben.answers()) == 2
    ada.launch(browser_context, first).on("start")
    ada.leave()
    assert ada.violations() + ben.violations() == []
    assert ada.answers() == expected(first.json, START)


BLOCKED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });"""


@pytest.mark.parametrize(
    "profile", the_rest_slow([PLAIN, MOODLE, LEARNING_HUB], LEARNING_HUB), ids=lambda profile: profile.name
)
def test_with_blocked_storage_the_lms_keeps_the_work(
    browser: Browser, server: Server, first: Course, profile: Profile
) -> None:
    context = browser.new_context()
    context.add_init_script(BLOCKED)
    channel = Strict(server, profile)
    start(channel.launch(context, first))
    channel.leave()
    learner = channel.launch(context, first).on("start")
    assert learner.given("pre-panel") == ["consulted"]
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START)
    context.close()


def test_with_blocked_storage_the_site_says_that_nothing_is_kept(
    browser: Browser, server: Server, first: Course
) -> None:
    context = browser.new_context()
    context.add_init_script(BLOCKED)
    channel = Site(server)
    learner = channel.launch(context, first)
    start(learner)
    learner.notice("does not allow work to be kept")
    assert channel.complaints == []
    context.close()


def test_what_is_clicked_before_the_course_has_loaded_waits_for_it(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    held: list[Route] = []
    browser_context.route("**/course.json", lambda route: held.append(route))
    channel = TinCan(server)
    learner = channel.launch(browser_context, first)
    learner.fill("pre-panel", ["consulted"])
    learner.form("pre-panel").locator("[data-check]").click()
    assert channel.page
    assert until(channel.page, lambda: bool(held))
    held[0].continue_()
    expect(learner.verdict("pre-panel")).not_to_be_empty()
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START[1:])


def test_an_lms_that_hands_out_no_json_runs_the_course(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    browser_context.route("**/*.json", lambda route: route.fulfill(status=404, content_type="text/html", body="404.3"))
    channel = Strict(server, PLAIN)
    start(channel.launch(browser_context, first))
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START)


def test_clearing_my_work_clears_it(browser_context: BrowserContext, server: Server, first: Course) -> None:
    channel = Site(server)
    learner = channel.launch(browser_context, first)
    start(learner)
    learner.view.get_by_text("Clear my work from this computer").first.click()
    learner.view.get_by_role("button", name="Clear my work").or_(
        learner.view.get_by_role("button", name="Yes, clear my work")
    ).last.click()
    assert channel.page
    channel.page.reload()
    assert learner.on("start").given("pre-panel") == []
    channel.leave()
    assert channel.answers() == []


def test_a_failed_check_is_tried_again_with_a_new_paper_and_the_best_score_counts(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = Strict(server, PLAIN)
    learner = channel.launch(browser_context, first)
    first_half(learner)
    second_half(learner)
    learner.next("check")
    earlier = [question for question, *_ in final_check(learner, wrong=3)]
    assert learner.result() == "Not passed this time"
    expect(learner.view.locator("[data-outcome-pages] a").first).to_be_visible()  # where to look again
    assert channel.status() == {"completed": False, "passed": None, "score": 0.25}
    learner.view.locator("[data-again]").click()
    assert set(learner.paper()) != set(earlier)
    final_check(learner)
    assert learner.result() == "You have passed"
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == PASSED


@pytest.mark.parametrize("make", the_rest_slow([lambda server: Strict(server, PLAIN), Strict, Cmi5, TinCan], Cmi5))
def test_a_learner_may_end_without_passing(
    browser_context: BrowserContext, server: Server, first: Course, make: type[Cmi5]
) -> None:
    channel = make(server)
    learner = channel.launch(browser_context, first)
    first_half(learner)
    second_half(learner)
    learner.next("check")
    final_check(learner, wrong=3)
    learner.view.locator("[data-end]").click()
    assert channel.page
    until(channel.page, lambda: channel.status()["passed"] is False)
    channel.page.wait_for_timeout(300)
    channel.close()
    assert channel.violations() == []
    assert channel.status()["passed"] is False
    assert channel.status()["score"] == 0.25
