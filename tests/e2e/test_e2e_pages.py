"""Every page of package and site, looked at with axe and with a ruler: light and dark, narrow and wide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from channel_site import HEADERS
from channels import Course
from fake_server import Server, folder
from inspection import AXE_VERSION, SPACING, Watch, axe, cut_off, sticking_out
from learner import Learner
from statement import Agree

Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = [(320, "dark"), (1280, "light")]
ALL_LOOKS: list[tuple[int, Scheme]] = [(320, "dark"), (1280, "light"), (320, "light"), (1280, "dark")]


def look(browser: Browser, width: int, scheme: Scheme, policy: bool = True) -> BrowserContext:
    height = 256 if width == 320 else 1024  # 320 by 256 is what 400 % zoom leaves of 1280 by 1024
    return browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="en-GB", bypass_csp=not policy
    )


def package_pages(page: Page, server: Server, course: Course) -> Iterator[tuple[str, Learner]]:
    """Each page of the package in turn, ready to be looked at."""
    server.mounts["/course/"] = folder(course.formats["scorm12"])
    for one in course.json["pages"]:
        page.goto(f"{server.url}/course/index.html#/{one['id']}")  # from the second on, within the document
        yield one["id"], Learner(page, course.json).on(one["id"])


def site_pages(page: Page, server: Server, course: Course) -> Iterator[tuple[str, Learner]]:
    server.mounts["/site/"] = folder(course.formats["site"], HEADERS)
    for one in course.json["pages"]:
        page.goto(f"{server.url}/site/masterclasses/{course.id}/{one['id']}/")
        yield one["id"], Learner(page, course.json).on(one["id"])


PLACES = {"package": package_pages, "site": site_pages}
WHERE = {"package": "in a package", "site": "on the site"}


def answer_everything(learner: Learner, page: str) -> None:
    """Half of it wrongly, so that every kind of feedback shows."""
    for block in learner.course["blocks"]:
        if block["page"] != page:
            continue
        while (choice := learner.view.locator(f'[data-block="{block["id"]}"] [data-choose]').first).is_visible():
            choice.click()
        asked = learner.paper() if block["type"] == "final-check" else block["questions"]
        for place, question in enumerate(asked):
            given = _any_answer(learner, question, place)
            if block["type"] == "final-check":
                learner.fill(question, given)
            elif learner.form(question).is_visible() and learner.form(question).locator("[data-check]").is_visible():
                learner.answer(question, given)
        if block["type"] == "final-check":
            learner.submit().result()


def _any_answer(learner: Learner, question: str, place: int) -> list[str]:
    found = learner.questions[question]
    if not found["key"]:
        return [found["options"][0][0]]
    return learner.right(question) if place % 2 else learner.wrong(question)


def faults(page: Page) -> list[str]:
    return [*axe(page), *(f"sticks out: {one}" for one in sticking_out(page))]


def inspect(browser: Browser, server: Server, course: Course, place: str, looks: list[tuple[int, Scheme]]) -> list[str]:
    found: list[str] = []
    for width, scheme in looks:
        context = look(browser, width, scheme)
        watch = Watch(context, server.url)
        page = context.new_page()
        for name, learner in PLACES[place](page, server, course):
            found += [f"{name} at {width} {scheme}: {fault}" for fault in faults(page)]
            answer_everything(learner, name)
            found += [f"{name}, answered, at {width} {scheme}: {fault}" for fault in faults(page)]
        found += watch.found
        context.close()
    return found


@pytest.mark.parametrize("place", PLACES)
def test_pages_of_every_question_type(
    browser: Browser, server: Server, first: Course, place: str, statement: Agree
) -> None:
    found = inspect(browser, server, first, place, LOOKS)
    what = f"Every kind of question, unanswered and answered, {WHERE[place]}"
    statement(what, len(first.json["pages"]), LOOKS, found, f"axe-core {AXE_VERSION}")
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_every_page_of_co_production(browser: Browser, server: Server, co_production: Course, place: str) -> None:
    assert inspect(browser, server, co_production, place, ALL_LOOKS) == []


@pytest.mark.slow
def test_every_page_of_the_site(browser: Browser, server: Server, co_production: Course, statement: Agree) -> None:
    site = co_production.formats["site"]
    pages: set[str] = set()
    server.mounts["/site/"] = folder(site, HEADERS)
    found: list[str] = []
    for width, scheme in ALL_LOOKS:
        context = look(browser, width, scheme)
        watch = Watch(context, server.url)
        page = context.new_page()
        for file in sorted(site.rglob("index.html")):
            path = file.parent.relative_to(site).as_posix()
            pages.add(path)
            page.goto(f"{server.url}/site/{path}/".replace("/./", "/"))
            found += [f"{path} at {width} {scheme}: {fault}" for fault in faults(page)]
        found += watch.found
        context.close()
    statement("Every page of the site with one masterclass", len(pages), ALL_LOOKS, found, f"axe-core {AXE_VERSION}")
    assert found == []


@pytest.mark.parametrize("place", PLACES)
def test_a_reader_s_own_text_spacing_cuts_nothing_off(
    browser: Browser, server: Server, first: Course, place: str
) -> None:
    found = []
    for width in (320, 1280):
        context = look(browser, width, "light", policy=False)
        page = context.new_page()
        for name, learner in PLACES[place](page, server, first):
            page.add_style_tag(content=SPACING)
            answer_everything(learner, name)
            lost = [*cut_off(page), *(f"sticks out: {one}" for one in sticking_out(page))]
            found += [f"{name} at {width}: {fault}" for fault in lost]
        context.close()
    assert found == []


def test_forced_colours_leave_edges_focus_and_words(browser: Browser, server: Server, first: Course) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    for name, learner in package_pages(page, server, first):
        answer_everything(learner, name)
        for button in page.locator("button:visible").all():
            assert button.evaluate("b => getComputedStyle(b).borderTopStyle") != "none", button.inner_text()
        for mark in page.locator("[data-mark]:visible").all():
            expect(mark.locator(".feedback-word")).not_to_be_empty()
        link = page.locator("[data-page-end] a").first
        link.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert link.evaluate("a => getComputedStyle(a).outlineStyle") not in ("none", "")
    context.close()
