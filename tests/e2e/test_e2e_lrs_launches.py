"""Launches of cmi5 and Tin Can packages that do not go as they should."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from channels import Course, until
from channels_xapi import Cmi5, TinCan
from fake_lms import Lms
from fake_server import Server
from learner import Learner
from plays import expected

START = [("how-sure", ["fairly"], "neutral", ""), ("pre-panel", ["consulted"], "correct", "")]


@pytest.mark.slow  # the player tries again after 20 seconds
def test_an_lrs_that_is_down_at_the_launch_is_told_later_and_loses_no_earlier_work(
    browser: Browser, browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = TinCan(server)
    channel.launch(browser_context, first).on("start").answer("how-sure", ["fairly"])
    channel.leave()

    elsewhere = browser.new_context()  # a computer that knows nothing of the first answer
    channel.lrs.outage = "gone"
    learner = channel.launch(elsewhere, first).on("start").answer("pre-panel", ["consulted"])
    learner.notice("No LMS has answered")
    channel.lrs.outage = "none"
    assert channel.page
    assert until(channel.page, lambda: len(channel.answers()) == 2, seconds=30)
    channel.leave()
    learner = channel.launch(elsewhere, first).on("start")
    assert learner.given("how-sure") == ["fairly"]
    assert learner.given("pre-panel") == ["consulted"]
    channel.leave()
    elsewhere.close()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START)


def test_a_cmi5_token_that_is_used_up_is_said_plainly(
    browser: Browser, browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = Cmi5(server)
    channel.launch(browser_context, first).on("start")
    assert channel.page
    address = channel.lms.launches[-1].url
    elsewhere = browser.new_context()
    page = elsewhere.new_page()
    page.goto(address)
    copied = Learner(page, first.json).on("start")
    copied.notice("open the masterclass again from your LMS")
    expect(copied.form("how-sure").locator("[data-check]")).to_be_disabled()
    elsewhere.close()
    channel.leave()
    assert channel.violations() == ["token fetched 2 times"]  # the fake's word for the address opened twice
    assert channel.answers() == []


@pytest.mark.parametrize("form", ["cmi5", "xapi"])
def test_a_package_opened_without_a_launch_can_be_read(
    browser_context: BrowserContext, server: Server, first: Course, form: str
) -> None:
    path = Lms(server).add(first.id, first.formats[form])
    page = browser_context.new_page()
    page.goto(server.url + path)
    learner = Learner(page, first.json).on("start").answer("how-sure", ["fairly"])
    learner.notice("No LMS has answered")
    learner.next("tell").answer("silence", ["false"])


def test_a_tab_that_comes_back_from_the_browser_s_cache_begins_again(
    browser_context: BrowserContext, server: Server, first: Course
) -> None:
    channel = TinCan(server)
    learner = channel.launch(browser_context, first).on("start").answer("how-sure", ["fairly"])
    channel.settle()
    assert channel.page
    channel.page.goto(f"{server.url}/course/every-type/course.json")
    channel.page.go_back()
    learner = Learner(channel.page, first.json).on("start")
    assert learner.given("how-sure") == ["fairly"]
    channel.leave()
    assert channel.violations() == []
    assert channel.answers() == expected(first.json, START[:1])
