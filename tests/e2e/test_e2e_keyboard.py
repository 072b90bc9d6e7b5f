"""Everything can be done from the keyboard, and a learner who cannot see the page is told where they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from channel_site import Site
from channels import Course
from channels_scorm import Strict
from fake_scorm12 import PLAIN
from fake_server import Server
from keyboard import Keyboard
from plays import FIRST_HALF, SECOND_HALF


@pytest.fixture
def keyboard(browser_context: BrowserContext, server: Server, first: Course) -> Keyboard:
    channel = Strict(server, PLAIN)
    channel.placing = "popup"  # the keys then go to the course's own window
    learner = channel.launch(browser_context, first)
    assert channel.page
    return Keyboard(channel.page, learner.on("start").view, first.json)


def test_every_question_type_from_the_keyboard_alone(keyboard: Keyboard) -> None:
    for question, response, result, level in FIRST_HALF + SECOND_HALF:
        page = next(block["page"] for block in keyboard.course["blocks"] if question in block["questions"])
        if keyboard.view.locator("article").get_attribute("data-page") != page:
            keyboard.next(page)
        if keyboard.form(question).locator("[data-retry]").is_visible():
            keyboard.retry(question)
        keyboard.answer(question, response, level or None)
        said = {"correct": "Correct", "incorrect": "Not right", "neutral": "saved"}[result]
        expect(keyboard.verdict(question)).to_contain_text(said)
    keyboard.next("check")

    keyboard.press(keyboard.view.locator("[data-submit]"))
    summary = keyboard.view.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    links = summary.locator("a")
    assert links.count() == len(keyboard.paper()) == 4
    expect(keyboard.view.locator("[data-unanswered]")).to_have_text("4 questions still to answer")
    for place in range(links.count()):
        question = str(links.nth(place).get_attribute("href")).removeprefix("#question-")
        keyboard.press(links.nth(place))
        assert keyboard.form(question).evaluate("form => form.contains(document.activeElement)")
        error = keyboard.form(question).locator("[data-error]")
        expect(error).not_to_be_empty()
        assert described(error)
        keyboard.view.locator("[data-error-summary]").evaluate("summary => summary.focus()")

    for question in keyboard.paper():
        keyboard.fill(question, keyboard.right(question))
    keyboard.press(keyboard.view.locator("[data-submit]"))
    expect(keyboard.view.locator("section.result")).to_be_focused()
    assert keyboard.result() == "You have passed"
    expect(keyboard.view.locator("[data-outcome-pages]").locator("visible=true")).to_have_count(0)


def described(error: Locator) -> bool:
    """Whether the controls, or the group around them, name the error as their description."""
    return bool(error.evaluate("error => document.querySelector(`[aria-describedby~='${error.id}']`) !== null"))


def test_an_empty_answer_is_explained_where_it_is_missing(keyboard: Keyboard) -> None:
    keyboard.press(keyboard.form("pre-panel").locator("[data-check]"))
    error = keyboard.form("pre-panel").locator("[data-error]")
    expect(error).to_have_text("Choose an answer")
    expect(error).to_have_role("alert")
    assert described(error)
    expect(keyboard.verdict("pre-panel")).to_be_empty()


def test_the_skip_link_and_the_contents_lead_somewhere(keyboard: Keyboard) -> None:
    keyboard.keyboard.press("Tab")
    skip = keyboard.view.locator(".skip-link")
    keyboard.press(skip)
    expect(keyboard.view.locator("#main")).to_be_focused()
    assert keyboard.view.locator("article").get_attribute("data-page") == "start"
    keyboard.open("count")
    expect(keyboard.view.locator("article h1")).to_be_focused()
    expect(keyboard.view.locator('[aria-current="page"]')).to_have_text("What it is worth 4 min")
    keyboard.view.page.go_back() if not isinstance(keyboard.view, Page) else keyboard.view.go_back()
    keyboard.on("start")


def test_on_the_site_the_same_keys_do(browser_context: BrowserContext, server: Server, first: Course) -> None:
    channel = Site(server)
    learner = channel.launch(browser_context, first)
    assert channel.page
    keyboard = Keyboard(channel.page, learner.on("start").view, first.json)
    keyboard.answer("how-sure", ["fairly"]).answer("pre-panel", ["consulted"])
    keyboard.press(keyboard.view.locator("[data-page-end] a[rel=next]"))
    keyboard.on("tell").answer("who-decides", ["board"], "high")
    assert channel.complaints == []
