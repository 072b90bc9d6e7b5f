"""Everything can be done from the keyboard, and a learner who cannot see the page is told where they are."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from channel_site import Site
from channels import Course
from channels_scorm import Strict
from fake_scorm12 import PLAIN
from fake_server import Server
from learner import Learner, Response, View
from plays import FIRST_HALF, SECOND_HALF
from statement_shape import Json


class Keyboard(Learner):
    """A learner without a mouse: everything is reached by Tab."""

    def __init__(self, page: Page, view: View, course: Json) -> None:
        super().__init__(view, course)
        self.keyboard = page.keyboard

    def reach(self, target: Locator) -> None:
        for _ in range(120):
            if focused(target):
                return
            self.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        self.reach(target)
        self.keyboard.press(key)

    def choose(self, form: Locator, name: str, value: str) -> None:
        """A radio button: Tab finds the group, arrows the button."""
        group = form.locator(f'input[name="{name}"]')
        self.reach_any(group)
        self.keyboard.press("Space")
        for _ in range(group.count()):
            if form.locator(f'input[name="{name}"][value="{value}"]').is_checked():
                return
            self.keyboard.press("ArrowDown")
        raise AssertionError(f"arrows never reach {value}")

    def reach_any(self, group: Locator) -> None:
        for _ in range(120):
            if any(focused(one) for one in group.all()):
                return
            self.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {group}")

    def fill(self, question: str, response: Response, confidence: str | None = None) -> Learner:
        form, kind = self.form(question), self.questions[question]["type"]
        if kind in ("single", "true-false", "rating"):
            self.choose(form, question, response[0])
        elif kind == "multiple":
            shown = [str(box.get_attribute("value")) for box in form.locator("[data-options] input").all()]
            for option in sorted(response, key=shown.index):
                self.press(form.locator(f'input[value="{option}"]'), "Space")
        elif kind in ("numeric", "short-text"):
            self.reach(form.locator("[data-input]"))
            self.keyboard.type(response[0])
        elif kind == "matching":
            for left, _, right in (pair.partition(".") for pair in response):
                select = form.locator(f'[data-option="{left}"] select')
                self.reach(select)
                while select.input_value() != right:
                    self.keyboard.press("ArrowDown")
        elif kind == "ordering":
            self.order(form, question, response)
        else:
            for role, _, option in (token.partition(".") for token in response):
                self.choose(form, f"{question}--{role}", option)
        if confidence:
            self.choose(form, f"{question}.confidence", confidence)
        return self

    def order(self, form: Locator, question: str, response: Response) -> None:
        for place, item in enumerate(response):
            while self.given(question).index(item) > place:
                before = self.given(question).index(item)
                button = form.locator(f'[data-option="{item}"] [data-move="up"]')
                while not focused(button):
                    self.keyboard.press("Shift+Tab" if place else "Tab")
                self.keyboard.press("Enter")
                place_now = form.locator("[data-options] > [data-option]").nth(before - 1)
                expect(place_now).to_have_attribute("data-option", item)
                moved = form.locator(f'[data-option="{item}"] button:focus')
                expect(moved).to_be_visible()  # the focus moved with the item

    def answer(self, question: str, response: Response, confidence: str | None = None) -> Learner:
        self.fill(question, response, confidence)
        self.press(self.form(question).locator("[data-check]"))
        expect(self.verdict(question)).not_to_be_empty()
        expect(self.verdict(question)).to_be_focused()
        expect(self.verdict(question)).to_have_role("status")
        return self

    def retry(self, question: str) -> Learner:
        self.press(self.form(question).locator("[data-retry]"))
        assert self.form(question).evaluate("form => form.contains(document.activeElement)")
        return self

    def next(self, page: str) -> Learner:
        self.press(self.view.locator("[data-page-end] a[rel=next]"))
        self.on(page)
        heading = self.view.locator("article h1")
        expect(heading).to_be_focused()
        expect(self.view.locator("article")).to_have_attribute("data-page", page)
        title = self.view.evaluate("document.title")
        assert title == f"{heading.inner_text()} – {'Every kind of question'}"
        return self


def focused(target: Locator) -> bool:
    return bool(target.evaluate("element => element === document.activeElement"))


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
