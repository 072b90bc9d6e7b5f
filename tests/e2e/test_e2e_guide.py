"""In the authors' guide what an example becomes can be tried."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from channel_site import HEADERS
from channels import Course, until
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
    page.locator('[data-question="first-call"]').get_by_label("The tenant").check()
    paper = page.locator("[data-paper]")
    paper.locator("[data-submit]").click()
    expect(paper.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.locator('[data-question="after-7-acted"]').get_by_label("Partly").check()
    film = page.locator("video")
    film.focus()
    page.keyboard.press("Space")
    assert until(page, lambda: film.evaluate("film => film.currentTime > 0.2 && film.textTracks[0].activeCues.length"))
    assert page.locator("ol.session .step-time").all_inner_texts() == ["09:30–10:00\n30 min", "10:00–11:00\n60 min"]
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
