"""A learner at the keyboard and mouse: finds pages and questions in a masterclass, and answers them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Frame, Locator, Page, expect

from statement_shape import Json

View = Page | Frame
Response = Sequence[str]
"""Tokens as in course.json: ``["consult"]``, ``["left.right", …]``, ``["best.x", "worst.y"]``."""

OTHER = "something nobody has thought of"


class Learner:
    def __init__(self, view: View, course: Json) -> None:
        self.view = view
        self.course = course
        self.questions: dict[str, Json] = {question["id"]: question for question in course["questions"]}

    # Moving about

    def on(self, page: str) -> Learner:
        """Wait until the page is there and the player has taken it over."""
        expect(self.view.locator(f'article[data-page="{page}"]')).to_be_visible()
        expect(self.view.locator("[data-masterclass][data-ready]")).to_be_attached()
        return self

    def next(self, page: str) -> Learner:
        """Go on with the link at the page's end; ``page`` is where that should lead."""
        self.view.locator("[data-page-end] a[rel=next]").click()
        return self.on(page)

    def back(self, page: str) -> Learner:
        self.view.locator("[data-page-end] a[rel=prev]").click()
        return self.on(page)

    def open(self, page: str) -> Learner:
        """Through the table of contents."""
        item = self.view.locator(f'[data-page-item="{page}"] a').first
        if not item.is_visible():
            self.view.locator(".contents-button").click()
        item.click()
        return self.on(page)

    # Answering

    def form(self, question: str) -> Locator:
        return self.view.locator(f'[data-question="{question}"]')

    def fill(self, question: str, response: Response, confidence: str | None = None) -> Learner:
        """Put an answer into the question's controls, whatever kind it is."""
        FILLS[self.questions[question]["type"]](self.form(question), self.questions[question], response)
        if confidence:
            self.form(question).locator(f'[data-confidence] input[value="{confidence}"]').check()
        return self

    def answer(self, question: str, response: Response, confidence: str | None = None) -> Learner:
        self.fill(question, response, confidence)
        self.form(question).locator("[data-check]").click()
        expect(self.verdict(question)).not_to_be_empty()
        return self

    def retry(self, question: str) -> Learner:
        self.form(question).locator("[data-retry]").click()
        return self

    def verdict(self, question: str) -> Locator:
        return self.form(question).locator("[data-verdict]")

    def notice(self, *words: str) -> None:
        """Wait for a notice that has any of these words."""
        said = self.view.locator("[data-notice]", has_text=re.compile("|".join(map(re.escape, words))))
        expect(said.first).to_be_visible()

    def given(self, question: str) -> list[str]:
        """What the controls show, in the form of a response."""
        return READS[self.questions[question]["type"]](self.form(question), question)

    # The final check

    def paper(self) -> list[str]:
        """The ids of the questions drawn for this attempt, in order."""
        items = self.view.locator("[data-paper] [data-question]")
        expect(items.first).to_be_visible()
        return [str(item.get_attribute("data-question")) for item in items.all()]

    def submit(self) -> Learner:
        self.view.locator("[data-submit]").click()
        return self

    def result(self) -> str:
        heading = self.view.locator("[data-result-heading]")
        expect(heading).to_be_visible()
        return heading.inner_text()

    def right(self, question: str) -> list[str]:
        return list(self.questions[question]["key"][0])

    def wrong(self, question: str) -> list[str]:
        return wrong(self.questions[question])


def wrong(question: Json) -> list[str]:
    """An answer that earns nothing, whatever the kind of question."""
    kind, key = question["type"], question["key"][0]
    others = [option for option, _ in question.get("options", []) if option not in key]
    if kind in ("single", "true-false"):
        return [others[0]]
    if kind == "multiple":
        return [*others, *key][: question.get("choose", 1)]
    if kind == "numeric":
        return ["99999"]
    if kind == "short-text":
        return ["other"]
    if kind == "matching":
        targets = [target for target, _ in question["targets"]]
        pairs = [pair.split(".") for pair in key]
        return [f"{left}.{next(t for t in targets if t != right)}" for left, right in pairs]
    if kind == "ordering":
        return [*key[1:], key[0]]
    best, worst = (token.split(".")[1] for token in key)
    return [f"best.{worst}", f"worst.{best}"]


def _choose_one(form: Locator, question: Json, response: Response) -> None:
    form.locator(f'[data-options] input[value="{response[0]}"]').check()


def _choose_some(form: Locator, question: Json, response: Response) -> None:
    for option, _ in question["options"]:
        form.locator(f'[data-options] input[value="{option}"]').set_checked(option in response)


def _type(form: Locator, question: Json, response: Response) -> None:
    accepted = {answer["id"]: answer["accept"] for answer in question["answers"]}
    typed = response[0] if question["type"] == "numeric" else next(iter(accepted.get(response[0], [OTHER])))
    form.locator("[data-input]").fill(typed)
    form.locator("[data-input]").blur()


def _match(form: Locator, question: Json, response: Response) -> None:
    for left, _, right in (pair.partition(".") for pair in response):
        form.locator(f'[data-option="{left}"] select').select_option(right)


def _order(form: Locator, question: Json, response: Response) -> None:
    if _items(form) == list(response):  # what stands there at the start is no answer: there and back makes it one
        form.locator(f'[data-option="{response[-1]}"] [data-move="up"]').click()
    for place, item in enumerate(response):
        for higher in reversed(range(place, _items(form).index(item))):
            form.locator(f'[data-option="{item}"] [data-move="up"]').click()
            moved = form.locator("[data-options] > [data-option]").nth(higher)
            expect(moved).to_have_attribute("data-option", item)


def _items(form: Locator) -> list[str]:
    return [str(item.get_attribute("data-option")) for item in form.locator("[data-options] > [data-option]").all()]


def _judge(form: Locator, question: Json, response: Response) -> None:
    for role, _, option in (token.partition(".") for token in response):
        form.locator(f'input[name="{question["id"]}--{role}"][value="{option}"]').check()


FILLS = {
    "single": _choose_one,
    "true-false": _choose_one,
    "rating": _choose_one,
    "multiple": _choose_some,
    "numeric": _type,
    "short-text": _type,
    "matching": _match,
    "ordering": _order,
    "judgement": _judge,
}


def _chosen(form: Locator, question: str) -> list[str]:
    return [str(box.get_attribute("value")) for box in form.locator("[data-options] input:checked").all()]


def _typed(form: Locator, question: str) -> list[str]:
    return [form.locator("[data-input]").input_value()]


def _matched(form: Locator, question: str) -> list[str]:
    chosen = [(select.get_attribute("id"), select.input_value()) for select in form.locator("select").all()]
    return [f"{re.sub('^.*--', '', str(name))}.{value}" for name, value in chosen if value]


def _judged(form: Locator, question: str) -> list[str]:
    boxes = form.locator("[data-options] input:checked").all()
    found = {str(box.get_attribute("name")).rpartition("--")[2]: box.get_attribute("value") for box in boxes}
    return [f"{role}.{found[role]}" for role in ("best", "worst") if role in found]


READS = {
    "single": _chosen,
    "true-false": _chosen,
    "rating": _chosen,
    "multiple": _chosen,
    "numeric": _typed,
    "short-text": _typed,
    "matching": _matched,
    "ordering": lambda form, question: _items(form),
    "judgement": _judged,
}
