"""In the authors' guide what an example becomes can be tried."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from channel_site import HEADERS
from channels import Course
from fake_server import Server, folder
from inspection import Watch, axe, sticking_out


def test_examples_are_tried(browser_context: BrowserContext, server: Server, co_production: Course) -> None:
    server.mounts["/site/"] = folder(co_production.formats["site"], HEADERS)
    watch = Watch(browser_context, server.url)
    page = browser_context.new_page()
    page.goto(f"{server.url}/site/authors/")
    expect(page.locator("[data-masterclass][data-ready]")).to_be_attached()
    question = page.locator('[data-question="who-decides"]')
    question.get_by_label("The council").check()
    question.locator("[data-check]").click()
    expect(question.locator("[data-verdict]")).to_have_text("Correct")
    page.locator("[data-choose]").first.click()
    expect(page.locator("[data-happened]")).to_be_focused()
    page.get_by_label("Which home?").fill("Ladder Street")
    expect(page.locator(".worksheet [data-private-status]")).to_have_text("Saved in this browser only")
    with page.expect_download():
        page.locator(".worksheet").get_by_text("Blank copy for Word").click()
    assert watch.found == []


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_inspected(browser: Browser, server: Server, co_production: Course, width: int, scheme: str) -> None:
    server.mounts["/site/"] = folder(co_production.formats["site"], HEADERS)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{server.url}/site/authors/")
    expect(page.locator(".worksheet")).to_have_attribute("data-live", "")
    assert [*axe(page), *sticking_out(page)] == []
    context.close()
