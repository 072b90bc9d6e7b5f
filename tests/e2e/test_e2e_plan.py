"""A plan by mouse and by keyboard alone, without JavaScript, on paper, after a closed tab, as reminders, and unheard of elsewhere."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pypdf import PdfReader

import resume_string
from channel_site import HEADERS
from channels import Channel, Course, until
from channels_scorm import Strict
from channels_xapi import Cmi5
from fake_server import Server, folder
from inspection import axe, sticking_out
from learner import Learner, View
from wire import Wire

WORDS = {
    "if_1": "Marigold says “we co-produced it”, at Thursday’s board",
    "then_1": "ask what carers may yet alter",
    "if_2": "an invitation to Eastmarsh goes out without terms",
    "then_2": "ring Bartholomew in finance;\nthat same day",
    "date": "2026-11-30",
    "witness": "Oluwaseun Adebayo-Fairweather",
}
PRIVATE = ("Marigold", "may yet alter", "Eastmarsh", "Bartholomew", "Oluwaseun", "2026-11-30")


def write(view: View, words: dict[str, str] = WORDS) -> None:
    for name, text in words.items():
        view.locator(f'[data-plan] [name="{name}"]').fill(text)


def written(view: View) -> dict[str, str]:
    return {name: view.locator(f'[data-plan] [name="{name}"]').input_value() for name in WORDS}


def on_site(page: Page, server: Server, course: Course, where: str = "plan") -> Learner:
    server.mounts["/site/"] = folder(course.formats["site"], HEADERS)
    page.goto(f"{server.url}/site/masterclasses/co-production/{where}/")
    learner = Learner(page, course.json).on(where)
    if where == "plan":
        expect(page.locator(".plan-tools")).to_be_visible()
    return learner


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value.path().read_bytes()


@pytest.mark.parametrize(
    "channel", ["scorm12-learning-hub", pytest.param("cmi5", marks=pytest.mark.slow)], indirect=True
)
def test_made_and_there_after_a_closed_tab_and_not_a_word_of_it_left(
    channel: Channel, browser_context: BrowserContext, server: Server, co_production: Course
) -> None:
    wire = Wire(browser_context, server, channel)
    view = channel.launch(browser_context, co_production).on("start").open("plan").view
    write(view)
    view.get_by_role("button", name="I have made my plan").click()
    expect(view.locator("[data-plan] [data-verdict]")).to_be_focused()
    channel.close()

    view = channel.launch(browser_context, co_production).on("plan").view
    expect(view.locator("[data-plan] [data-verdict]")).to_contain_text("Your plan is made.")
    expect(view.get_by_role("button", name="I have made my plan")).to_be_hidden()
    assert written(view) == WORDS
    learner = Learner(view, co_production.json).open("after-7")
    expect(learner.view.locator("[data-plan-kept] li").first).to_contain_text("If Marigold says “we co-produced it”")
    learner.answer("week-occurred", ["fully"]).answer("week-acted", ["partly"])
    channel.leave()
    assert channel.violations() == []
    assert wire.leaks(*PRIVATE) == []
    if isinstance(channel, Strict):
        state = resume_string.read(channel.tracks.values["cmi.suspend_data"], co_production.json)
        assert state.planned == {"co-production-plan"}
    if isinstance(channel, Cmi5):
        [said] = [one for one in channel.lrs.statements if one["verb"]["id"].endswith("/planned")]
        assert said["object"]["id"] == f"{co_production.json['iri']}/plans/co-production-plan"
        assert "result" not in said
    assert [(one.id, one.response) for one in channel.answers()] == [
        ("week-occurred", ("fully",)),
        ("week-acted", ("partly",)),
    ]


def test_a_plan_on_paper_counts_and_clearing_leaves_nothing(page: Page, server: Server, co_production: Course) -> None:
    learner = on_site(page, server, co_production)
    write(page, {"if_1": "something half thought"})
    page.get_by_role("button", name="I made my plan on paper").click()
    expect(page.locator("[data-plan] [data-verdict]")).to_contain_text("Your plan is made.")
    page.get_by_text("Clear my work from this computer").click()
    page.locator("[data-clear]").click()
    learner.on("plan")
    expect(page.get_by_role("button", name="I made my plan on paper")).to_be_visible()
    assert set(written(page).values()) == {""}
    assert page.evaluate("JSON.stringify(localStorage)").count("half thought") == 0


def test_what_is_written_before_the_course_has_loaded_is_kept(
    page: Page, server: Server, co_production: Course
) -> None:
    held: list[Route] = []
    page.route("**/practice.js", lambda route: held.append(route))
    server.mounts["/site/"] = folder(co_production.formats["site"], HEADERS)
    page.goto(f"{server.url}/site/masterclasses/co-production/plan/")
    write(page)
    assert until(page, lambda: bool(held))
    held[0].continue_()
    expect(page.locator(".plan-tools")).to_be_visible()
    assert written(page) == WORDS
    page.unroute("**/practice.js")
    page.reload()
    expect(page.locator(".plan-tools")).to_be_visible()
    assert written(page) == WORDS


def test_reminders_that_a_calendar_reads(page: Page, server: Server, co_production: Course) -> None:
    on_site(page, server, co_production)
    write(page)
    file = downloaded(page, "Download reminders for my calendar")
    events = Calendar.from_ical(file).walk("VEVENT")
    assert [(event.decoded("DTSTART"), event.decoded("DTEND")) for event in events] == [
        (date(2026, 12, 7), date(2026, 12, 8)),
        (date(2026, 12, 30), date(2026, 12, 31)),
        (date(2027, 2, 28), date(2027, 3, 1)),
    ]
    assert [str(event["URL"]) for event in events] == [
        f"{server.url}/site/masterclasses/co-production/{where}/" for where in ("after-7", "after-30", "after-90")
    ]
    assert [str(event["SUMMARY"]) for event in events] == [
        "Co-production: A week later",
        "Co-production: A month later",
        "Co-production: Three months later",
    ]
    assert str(events[0]["DESCRIPTION"]).startswith(
        "If Marigold says “we co-produced it”, at Thursday’s board, then I will ask what carers may yet alter."
    )
    assert b"Oluwaseun" not in file and b"\n" not in file.replace(b"\r\n", b"")
    again = Calendar.from_ical(downloaded(page, "Download reminders for my calendar"))
    assert [str(event["UID"]) for event in again.walk("VEVENT")] == [str(event["UID"]) for event in events]
    text = downloaded(page, "Download as text").decode()
    assert text.splitlines()[4] == (
        "1. If Marigold says “we co-produced it”, at Thursday’s board, then I will ask what carers may yet alter."
    )
    assert "From: 30 November 2026" in text and "Oluwaseun Adebayo-Fairweather" in text


def test_on_a_shared_computer_nothing_is_kept(page: Page, server: Server, co_production: Course) -> None:
    on_site(page, server, co_production)
    write(page)
    page.get_by_label("This is a shared computer").check()
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage])").count("Marigold") == 0
    assert written(page) == WORDS
    page.reload()
    expect(page.locator(".plan-tools")).to_be_visible()
    assert set(written(page).values()) == {""}


def test_on_a_shared_computer_other_pages_can_be_cleared_too(page: Page, server: Server, co_production: Course) -> None:
    on_site(page, server, co_production, "grid-and-jigsaw")
    page.locator(".worksheet textarea, .worksheet [type=text]").first.fill("Marigold’s rota")
    expect(page.locator(".worksheet [data-private-status]")).to_have_text("Saved in this browser only")
    on_site(page, server, co_production)
    page.get_by_label("This is a shared computer").last.check()
    asked = page.get_by_role("group", name="This browser still keeps what you wrote on other pages")
    expect(asked).to_be_focused()
    assert axe(page) == []
    asked.get_by_role("button", name="Yes, clear it").click()
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage])").count("Marigold") == 0


def test_from_the_keyboard(page: Page, server: Server, co_production: Course) -> None:
    on_site(page, server, co_production)
    page.locator('[name="if_1"]').focus()
    for text in ("the papers come late", "move the item", "nobody asks", "ask first"):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.locator('[name="witness"]').focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Choose the day")).to_be_visible()
    expect(page.locator('[name="date"]')).to_be_focused()
    page.keyboard.type("11112026")  # the same day in every order of day and month
    page.locator('[name="witness"]').focus()
    page.keyboard.type("Sam")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="I have made my plan")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-plan] [data-verdict]")).to_be_focused()
    expect(page.locator("[data-plan] [data-error]")).to_be_hidden()
    assert written(page)["date"] == "2026-11-11"


def test_without_javascript_and_on_paper(browser: Browser, server: Server, co_production: Course) -> None:
    server.mounts["/course/"] = folder(co_production.formats["scorm12"])
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}/course/pages/plan.html")
    order = [
        "My plan",
        "For example",
        "If a paper",
        "First action",
        "Second action",
        "From this day",
        "Who will ask me",
    ]
    for shown in (page.locator("[data-block=co-production-plan]").inner_text(), _printed(page)):
        text = " ".join(shown.split())
        found = [text.find(words) for words in order]
        assert -1 not in found and found == sorted(found), (found, text)
        assert "I have made my plan" not in text
    page.goto(f"{server.url}/course/pages/after-7.html")
    expect(page.locator("[data-plan-kept]")).to_contain_text("have it at hand")
    context.close()


def _printed(page: Page) -> str:
    return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages)


def test_a_filled_plan_prints_whole(page: Page, server: Server, co_production: Course) -> None:
    on_site(page, server, co_production)
    long = " ".join(f"word{number}" for number in range(200))
    write(page, {**WORDS, "then_2": long})
    text = " ".join(_printed(page).split())
    order = [
        "First action",
        "Marigold",
        "may yet alter",
        "Eastmarsh",
        "word0",
        "word199",
        "30 November 2026",
        "Oluwaseun",
    ]
    found = [text.find(words) for words in order]
    assert -1 not in found and found == sorted(found), (found, text)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), pytest.param(1280, "light", marks=pytest.mark.slow)])
def test_inspected(browser: Browser, server: Server, co_production: Course, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 1024}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    on_site(page, server, co_production)
    page.get_by_role("button", name="I have made my plan").click()
    expect(page.locator('[name="if_1"]')).to_be_focused()
    assert [*axe(page), *sticking_out(page)] == []
    write(page, {**WORDS, "if_1": "unbreakable" * 40})
    page.get_by_role("button", name="I have made my plan").click()
    assert [*axe(page), *sticking_out(page)] == []
    on_site(page, server, co_production, "after-7")
    expect(page.locator("[data-plan-kept] li")).to_have_count(2)
    assert [*axe(page), *sticking_out(page)] == []
    context.close()
