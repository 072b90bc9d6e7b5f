"""Reports in a browser: read, sorted, filtered, by keyboard, on paper, on a telephone; and from a disk."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from channels import until
from inspection import Watch, axe, cut_off, sticking_out
from pipeline.reports.folder import folder
from pipeline.reports.reader import Reader
from report_site import ORIGIN, facts, shown_in, site
from xapi.reports.filters import Filters

Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = [(320, "dark"), (1280, "light")]
PAGES = ("", "progress/?cohort=spring", "questions/", "questions/small/rung-two/", "weekly/")


def rows(page: Page) -> list[str]:
    """What the visible rows of the first table begin with."""
    return page.locator("[data-table]").first.locator("tbody tr:visible > :first-child").all_inner_texts()


@pytest.fixture
def manager(browser_context: BrowserContext, tmp_path: Path) -> Page:
    shown_in(browser_context, site("manager", tmp_path))
    return browser_context.new_page()


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("disk")
    folder(Reader(), facts(), Filters(), out)
    return out


def test_no_page_has_a_fault_wide_or_narrow_light_or_dark(browser: Browser, tmp_path: Path) -> None:
    client = site("manager", tmp_path)
    found: list[str] = []
    for width, scheme in LOOKS:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        shown_in(context, client)
        watch = Watch(context, ORIGIN)
        page = context.new_page()
        for path in PAGES:
            page.goto(f"{ORIGIN}/reports/{path}")
            page.locator(".meaning").evaluate_all("all => all.forEach((each) => { each.open = true; })")
            faults = [*axe(page), *sticking_out(page), *cut_off(page)]
            found += [f"{path} at {width} {scheme}: {fault}" for fault in faults]
        found += watch.found
        context.close()
    assert found == []


def test_a_column_s_title_sorts_and_says_so(manager: Page) -> None:
    manager.goto(f"{ORIGIN}/reports/progress/")
    head = manager.get_by_role("columnheader", name="Invited").first
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert rows(manager) == ["Hospice", "Tenants' Voice", "County Council", "Northern Trust"]
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert rows(manager) == ["Northern Trust", "County Council", "Tenants' Voice", "Hospice"]


def test_filters_by_keyboard_stay_from_page_to_page(manager: Page) -> None:
    manager.goto(f"{ORIGIN}/reports/progress/")
    manager.keyboard.press("Tab")
    expect(manager.get_by_role("link", name="Skip to the text")).to_be_focused()
    manager.locator(".filters > summary").press("Enter")
    cohort = manager.get_by_label("Cohort")
    cohort.focus()
    manager.keyboard.type("autumn")
    manager.get_by_role("button", name="Show").press("Enter")
    manager.wait_for_url(re.compile("cohort=autumn"))
    assert rows(manager) == ["Northern Trust", "Tenants' Voice"]
    expect(manager.locator(".answer").first).to_have_text("21 of 24 invited started, 14 completed, 14 passed.")
    menu = manager.get_by_text("All reports")
    menu.press("Enter")
    manager.get_by_role("navigation").get_by_role("link", name="Learners by name").click()
    manager.wait_for_url(re.compile("/learners/.*cohort=autumn"))
    assert len(rows(manager)) == 21
    manager.get_by_label("Rows with the words").fill("tenant 58")
    assert rows(manager) == []
    manager.get_by_label("Rows with the words").fill("tenant 62")
    assert rows(manager) == ["Person 62 autumn"]


def test_of_a_long_table_the_first_rows_stand_until_all_are_asked_for(manager: Page) -> None:
    manager.goto(f"{ORIGIN}/reports/learners/")
    every = manager.locator("[data-table] tbody tr").count()
    assert (every > 30, len(rows(manager))) == (True, 25)
    words = manager.get_by_label("Rows with the words")
    manager.locator(".filters > summary").click()
    words.fill("tenant 62")
    assert rows(manager) == ["Person 62 autumn"]
    words.fill("")
    assert len(rows(manager)) == 25
    manager.get_by_role("button", name=f"Show all {every} rows").press("Enter")
    assert len(rows(manager)) == every
    assert manager.evaluate("document.activeElement.rowIndex") == 26
    expect(manager.locator(".show-all")).to_be_hidden()


def test_a_telephone_shows_fewer_rows_and_paper_all(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    shown_in(context, site("manager", tmp_path))
    page = context.new_page()
    page.goto(f"{ORIGIN}/reports/learners/")
    every = page.locator("[data-table] tbody tr").count()
    assert len(rows(page)) == 10
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(rows(page)) == every
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert len(rows(page)) == 10
    context.close()


def test_without_a_script_the_links_and_the_form_do_it(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    shown_in(context, site("manager", tmp_path))
    page = context.new_page()
    page.goto(f"{ORIGIN}/reports/progress/")
    page.get_by_role("link", name="Invited", exact=True).click()
    assert rows(page) == ["Hospice", "Tenants' Voice", "County Council", "Northern Trust"]
    page.locator(".filters > summary").click()
    page.get_by_label("Rows with the words").fill("council")
    page.get_by_role("button", name="Show").click()
    assert rows(page) == ["County Council"]
    context.close()


def test_malicious_text_does_nothing(manager: Page) -> None:
    asked: list[str] = []
    manager.on("request", lambda request: asked.append(request.url))
    for path in ("questions/", "questions/small/rung-two/", "weekly/"):
        manager.goto(f"{ORIGIN}/reports/{path}")
        assert manager.title() != "caught"
        assert manager.locator("main img, main script").count() == 0
    assert [url for url in asked if url.endswith("/x")] == []


def test_on_paper_everything_is_there_and_nothing_to_press(manager: Page) -> None:
    manager.goto(f"{ORIGIN}/reports/progress/")
    sheets = PdfReader(BytesIO(manager.pdf(format="A4", landscape=True))).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    for words in (
        "Who has started, completed and passed?",
        "53 of 62 invited started, 34 completed, 34 passed.",
        "County Council 12 10 6 6 0 83% 60% 60%",
        "53 learners; all time; everyone; as of 25 Mar 2027.",
        "Started: at least one session began",
        "Completed, started and invited",
    ):
        assert words in text
    assert not any(words in text for words in ("All reports", "Rows with the words", "Download", "Skip to"))
    assert all(len(sheet.extract_text()) > 100 for sheet in sheets), "no sheet is nearly empty"


ON_A_DISK = ("index.html", "progress.html", "learners.html", "questions.html", "question-small-rung-two.html")


def test_from_a_disk_without_a_request(browser: Browser, disk: Path) -> None:
    context = browser.new_context(offline=True, viewport={"width": 320, "height": 640})
    watch = Watch(context, "nowhere")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((disk / "index.html").as_uri())
    page.get_by_role("link", name="What did each person do?").click()
    head = page.get_by_role("columnheader", name="Name")
    head.get_by_role("button").click()
    head.get_by_role("button").click()
    assert rows(page)[0].startswith("Person 62")
    page.get_by_label("Rows with the words").fill("hospice")
    assert until(page, lambda: len(rows(page)) == 5)
    found = []
    for name in ON_A_DISK:
        page.goto((disk / name).as_uri())
        found += [f"{name}: {fault}" for fault in sticking_out(page)]
    assert found == []
    assert watch.found == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()
