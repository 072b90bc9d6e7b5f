"""The site round the masterclasses, and what a page says of its own age: by a shifted clock, without scripts, at 320 px."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import Result
from playwright.sync_api import Browser, BrowserContext, Page, expect

from channel_site import HEADERS
from channels import Course
from fake_server import Server, folder
from inspection import AXE_VERSION, Watch, axe, sticking_out
from journey_fixtures import ROOT, unpacked
from learner import Learner
from statement import Agree
from test_pipeline_documents import BRIEF, NOTES, PLAN
from test_pipeline_due import lay_out

SECOND = """\
---
id: second
title: The second part
---
Read on.
"""
SITE = "https://learn.example.org/"
LOOKS = [(320, "dark")]
PAGES = (
    "", "coverage", "all-sources", "glossary", "accessibility", "masterclasses/demo", "masterclasses/demo/brief",
    "masterclasses/demo/facilitator", "masterclasses/demo/facilitator/plan",
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, masterclass: Callable[..., Result]) -> Course:
    """A masterclass with facts of every state, a pack and a brief, with the pages of this repository's site round it."""
    project = lay_out(tmp_path_factory.mktemp("demo"))
    source = project / "masterclasses" / "demo"
    (source / "02-second.md").write_text(SECOND)
    (source / "brief.md").write_text(BRIEF + "\n## Three things to know\n\n" + "\n\n".join(["some words " * 24] * 9))
    (source / "facilitator").mkdir()
    (source / "facilitator" / "01-plan.md").write_text(PLAN)
    (source / "facilitator" / "02-notes.md").write_text(NOTES)
    (project / "content").mkdir()
    for name in ("index", "coverage", "all-sources", "glossary", "accessibility", "privacy"):
        shutil.copy(ROOT / "content" / f"{name}.md", project / "content")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert "  - masterclass\n" in settings
    plugin = "  - masterclass:\n      problems: help@example.org\n      publisher: {name: The Academy, email: help@example.org}\n"
    settings = settings.replace("  - masterclass\n", plugin)
    (project / "mkdocs.yml").write_text(f"site_url: {SITE}\n{settings}", "utf-8")
    result = masterclass("build", "--out", project / "out", cwd=project)
    assert result.exit_code == 0, result.output
    return unpacked("demo", project / "out")


@pytest.fixture
def place(server: Server, demo: Course) -> str:
    server.mounts["/site/"] = folder(demo.formats["site"], HEADERS)
    server.mounts["/course/"] = folder(demo.formats["scorm12"])
    return server.url


WHERE = {"package": "/course/index.html", "site": "/site/masterclasses/demo/start/"}


@pytest.mark.parametrize("where", WHERE.values(), ids=WHERE)
def test_a_page_says_that_it_is_old_once_it_is(page: Page, place: str, where: str) -> None:
    watch = Watch(page.context, place)
    facts, whole = page.locator(".overdue").filter(has_text="Some facts"), page.locator(".overdue").first
    for moment, shown in (
        (datetime(2027, 1, 31, 23, 59), (False, False)),
        (datetime(2027, 2, 1, 0, 1), (True, False)),
        (datetime(2027, 6, 30, 12), (True, False)),
        (datetime(2031, 7, 1), (True, True)),
    ):
        page.clock.set_fixed_time(moment)
        page.goto(place + where)
        expect(page.locator("[data-masterclass][data-ready]")).to_be_attached()
        assert (facts.is_visible(), whole.is_visible()) == shown, moment
    expect(whole).to_have_text(
        "This masterclass was due for review by 30 June 2027, so parts of it may be out of date. "
        f"The newest version is at {SITE}masterclasses/demo/"
    )
    late = page.locator(".overdue-fact:visible")
    assert [fact.locator("xpath=..").get_attribute("id") for fact in late.all()] == ["source-OLD1", "source-NEW1"]
    assert axe(page) == []
    assert [one for one in watch.found if "LMS" not in one] == []


def test_without_scripts_the_sources_still_say_until_when(browser: Browser, place: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{place}/site/masterclasses/demo/start/")
    expect(page.locator("#source-OLD1")).to_contain_text("To be checked again by 31 January 2027.")
    expect(page.locator("#source-MAYBE1")).to_contain_text("Not yet verified")
    expect(page.locator(".overdue").first).to_be_hidden()
    expect(page.locator(".draft").first).to_have_text("Draft: awaiting review")
    page.goto(f"{place}/site/")
    expect(page.locator(".card-masterclass")).to_contain_text("Demo")
    expect(page.locator("[data-own]")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("where", WHERE.values(), ids=WHERE)
def test_a_problem_is_reported_with_its_question_and_nothing_else(page: Page, place: str, where: str) -> None:
    page.goto(place + where)
    expect(page.locator("[data-masterclass][data-ready]")).to_be_attached()
    link = page.get_by_role("link", name="Report a problem with question q1")
    expect(link).to_have_attribute(
        "href",
        "mailto:help@example.org?subject=Demo%201.2.0%3A%20a%20problem%20with%20question%20q1"
        "&body=Masterclass%3A%20demo%0D%0AVersion%3A%201.2.0%0D%0AQuestion%3A%20q1%0D%0A%0D%0AWhat%20is%20wrong%3A%0D%0A",
    )
    link.focus()
    assert link.evaluate("a => a === document.activeElement")
    about = [f"Report a problem with source {number}" for number in (1, 2, 3, 4)]
    assert [page.get_by_role("link", name=name).count() for name in about] == [1, 1, 1, 1]
    page.emulate_media(media="print")
    assert page.locator(".report:visible").count() == 0


def own(page: Page, place: str) -> str:
    page.goto(f"{place}/site/")
    progress = page.locator("[data-own]")
    return progress.inner_text().strip() if progress.is_visible() else ""


def test_cards_show_one_s_own_progress(browser_context: BrowserContext, place: str, demo: Course) -> None:
    page = browser_context.new_page()
    watch = Watch(browser_context, place)
    assert own(page, place) == ""
    page.goto(f"{place}/site/masterclasses/demo/start/")
    learner = Learner(page, demo.json).on("start")
    page.get_by_role("link", name="Next: The second part").click()
    learner.on("second")
    assert own(page, place) == "1 of 2 parts seen. Go on"
    assert page.locator("[data-own] progress").get_attribute("value") == "50"
    page.locator("[data-own]").get_by_role("link", name="Go on").click()
    learner.on("second")
    page.locator(".clear summary").click()
    page.locator("[data-clear]").click()
    assert own(page, place) == ""
    assert watch.found == []


@pytest.mark.parametrize("width", [width for width, _ in LOOKS])
def test_pages_made_from_all_masterclasses(browser: Browser, place: str, statement: Agree, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 256}, color_scheme="dark", locale="en-GB")
    watch = Watch(context, place)
    page = context.new_page()
    found = []
    for path in PAGES:
        page.goto(f"{place}/site/{path}/".replace("//", "/").replace(":/", "://"))
        found += [f"{path or 'home'}: {fault}" for fault in (*axe(page), *sticking_out(page))]
    context.close()
    found += watch.found
    statement("Home, lists, brief and facilitators’ pack", len(PAGES), LOOKS, found, f"axe-core {AXE_VERSION}")
    assert found == []


def test_the_longest_brief_prints_on_one_page(page: Page, place: str) -> None:
    page.goto(f"{place}/site/masterclasses/demo/brief/")
    assert len(page.locator(".document").inner_text().split()) > 440
    printed = page.pdf(format="A4", margin={"top": "15mm", "right": "15mm", "bottom": "15mm", "left": "15mm"})
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_a_session_plan_prints_without_the_site_round_it(page: Page, place: str) -> None:
    page.goto(f"{place}/site/masterclasses/demo/facilitator/plan/")
    page.emulate_media(media="print")
    assert [page.locator(part).first.is_visible() for part in (".md-header", ".md-sidebar", ".document-forms")] == [
        False
    ] * 3
    expect(page.locator(".step-title")).to_have_text(["Welcome", "The thing itself"])
    page.emulate_media(media="screen")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word file").click()
    assert download.value.suggested_filename == "plan.docx"
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
