"""Cards to read, as they stand on paper and as they are read without JavaScript."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext

from channels import Course
from fake_server import Server, folder
from printed import in_order, printed

READ = (
    "Then and now", "Who decided", "Then: November 2018", "The board did.", "Now: 2026", "The group does [1].",
    "Case · Overton · as of 2024", "The stairlift", "It waited a year.", "Where it stands now", "It works.",
    "We asked whose home it was.", "A director, director of housing, 2018 [1]",
    "Ladder", "It has rungs.", "Rung", "A step.", "Ask first.", "NHS", "Name a home.", "Housing", "Say early.",
    "Sources", "Somebody who counted them",
)  # fmt: skip


def test_printed(browser_context: BrowserContext, server: Server, job_aids: Course) -> None:
    server.mounts["/course/"] = folder(job_aids.formats["scorm12"])
    page = browser_context.new_page()
    page.goto(f"{server.url}/course/pages/close.html")
    assert in_order(printed(page), *READ) == []


def test_read_in_order_without_javascript(browser: Browser, server: Server, job_aids: Course) -> None:
    server.mounts["/course/"] = folder(job_aids.formats["scorm12"])
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/course/pages/close.html")
    assert in_order(" ".join(page.locator("article").inner_text().split()), *READ) == []
    context.close()
