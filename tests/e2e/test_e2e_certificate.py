"""The certificate: not before completion, with the learner's own words that go nowhere, on paper, after a relaunch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from channel_site import HEADERS, Site
from channels import Channel, Course
from channels_scorm import Strict
from channels_xapi import Cmi5, TinCan
from fake_scorm12 import LEARNING_HUB, MOODLE
from fake_server import Server, folder
from inspection import axe, sticking_out
from learner import Learner, View
from plays import final_check
from printed import in_order, printed
from wire import Wire

NAME = "Quillwort O’Moonfern"
PARTS = ("quillwort", "moonfern")

CHANNELS: dict[str, Callable[[Server], Channel]] = {
    "scorm12": lambda server: Strict(server, LEARNING_HUB),
    "scorm12-moodle": lambda server: Strict(server, MOODLE),
    "scorm2004": Strict,
    "cmi5": Cmi5,
    "xapi": TinCan,
    "site": Site,
}
OFTEN = ("scorm12", "site")


def paper(view: View) -> Locator:
    return view.locator("[data-certificate-paper]")


def still_open(view: View) -> list[str]:
    return view.locator("[data-certificate-open] li").all_inner_texts()


def through(learner: Learner) -> None:
    """Everything the masterclass asks for."""
    learner.on("form").next("check")
    final_check(learner)
    learner.next("close")
    expect(paper(learner.view)).to_be_visible()


def shows_all(view: View) -> None:
    for part in (
        "Certificate of learning", NAME, "Job aids",
        "Ask people before anything is decided", "Pay people for their time", "40 minutes", "1.5", "1.1.0",
        "Self-declared learning hours", "A test of 1 question is not reliable enough for decisions about a job, a grade or pay.",
    ):  # fmt: skip
        expect(paper(view)).to_contain_text(part)


@pytest.mark.parametrize("name", [pytest.param(n, marks=() if n in OFTEN else pytest.mark.slow) for n in CHANNELS])
def test_made_when_complete_and_there_after_a_relaunch(
    browser_context: BrowserContext, server: Server, job_aids: Course, name: str
) -> None:
    channel = CHANNELS[name](server)
    wire = Wire(browser_context, server, channel)
    learner = channel.launch(browser_context, job_aids).on("form")
    if name == "site":
        learner.view.locator("[data-page-end] a[rel=next]").click()
        learner.on("check").next("close")
    else:
        learner.open("close")
    expect(paper(learner.view)).to_be_hidden()
    assert "Pass the final check: The check" in still_open(learner.view)
    learner.back("check").back("form")
    through(learner)
    learner.view.get_by_label("Your name").fill(NAME)
    learner.view.get_by_label("Learning hours").fill("1.5")
    shows_all(learner.view)
    expect(learner.view.locator("[data-private-status]")).to_have_text("Saved in this browser only")
    channel.leave()

    learner = channel.launch(browser_context, job_aids)
    expect(learner.view.locator("[data-masterclass][data-ready]")).to_be_attached()
    if name == "site":  # whose learners come back by a bookmark
        learner.on("check").next("close")
    elif not learner.view.locator('article[data-page="close"]').is_visible():
        learner.open("close")
    learner.on("close")
    shows_all(learner.view)
    expect(paper(learner.view).locator("[data-certificate-date]")).to_have_text(today())
    channel.close()
    assert wire.leaks(*PARTS) == []
    assert channel.violations() == []


def today() -> str:
    now = datetime.now(UTC)
    return f"{now.day} {now:%B %Y}"


def completed(context: BrowserContext, server: Server, course: Course) -> Page:
    server.mounts["/site/"] = folder(course.formats["site"], HEADERS)
    page = context.new_page()
    page.goto(f"{server.url}/site/masterclasses/{course.id}/form/")
    through(Learner(page, course.json))
    return page


def test_from_the_keyboard_on_paper_and_without_a_name(
    browser_context: BrowserContext, server: Server, job_aids: Course
) -> None:
    page = completed(browser_context, server, job_aids)
    page.evaluate("window.print = () => {}")
    page.get_by_label("Your name").focus()
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("2")
    printing = page.locator('[data-block] [data-does="print"]')
    for _ in range(6):
        page.keyboard.press("Tab")
        if printing.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    text = printed(page)
    assert in_order(
        text, "Certificate of learning", NAME, "has completed the masterclass", "Job aids", "Outcomes",
        "Ask people before", "Planned time", "40 minutes", "Self-declared learning hours", "2", "Version", "1.1.0",
        "Date of this certificate", today(), "not reliable enough",
    ) == []  # fmt: skip
    assert "Your name" not in text and "Draft" not in text, "the certificate alone"
    page.locator('[data-does="clear"]').click()
    page.locator('[data-does="yes"]').click()
    expect(page.get_by_label("Your name")).to_have_value("")
    expect(page.get_by_label("Learning hours")).to_have_value("1")
    assert "Moonfern" not in page.evaluate("JSON.stringify({...localStorage})")
    expect(paper(page)).to_be_visible()


def test_without_javascript_it_says_what_is_needed(browser: Browser, server: Server, job_aids: Course) -> None:
    server.mounts["/course/"] = folder(job_aids.formats["scorm12"])
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/course/pages/close.html")
    assert "The certificate is made in your browser, with JavaScript." in page.locator("article").inner_text()
    expect(paper(page)).to_be_hidden()
    assert "has completed" not in printed(page)
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), pytest.param(1280, "light", marks=pytest.mark.slow)])
def test_inspected(browser: Browser, server: Server, job_aids: Course, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = completed(context, server, job_aids)
    page.get_by_label("Your name").fill("Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww <b>X</b>")
    assert [*axe(page), *sticking_out(page)] == []
    context.close()
