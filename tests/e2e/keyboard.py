"""A learner without a mouse."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from learner import Learner, Response, View
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
        course = self.view.locator("[data-masterclass]").get_attribute("data-course-title")
        assert self.view.evaluate("document.title") == f"{heading.inner_text()} – {course}"
        return self


def focused(target: Locator) -> bool:
    return bool(target.evaluate("element => element === document.activeElement"))
