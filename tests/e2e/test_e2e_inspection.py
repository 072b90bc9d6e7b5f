"""The inspector sees what is put before it."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from fake_server import html_response, running
from inspection import Watch, axe, cut_off, sticking_out

GOOD = '<!doctype html><html lang="en"><title>Good</title><main><h1>Good</h1><p>Text.</p></main></html>'
BAD = """<!doctype html><html lang="en"><title>Bad</title><main><h1>Bad</h1><img src="/favicon.ico">
<p style="color: #999">Pale</p><p style="width: 3000px">Wide</p>
<div style="overflow-x: auto"><p style="width: 4000px">Wide, but in a frame of its own</p></div>
<p style="height: 10px; overflow: hidden">Cut off</p></main></html>"""


def test_a_good_page_has_no_faults(page: Page) -> None:
    page.set_content(GOOD)
    assert axe(page) + sticking_out(page) + cut_off(page) == []


def test_faults_are_seen(page: Page) -> None:
    page.set_content(BAD)
    assert [fault.partition(":")[0] for fault in axe(page)] == ["color-contrast", "image-alt"]
    assert sticking_out(page) == ["P  Wide"]
    assert cut_off(page) == ["P "]


def test_the_watch_hears_the_console_and_sees_other_hosts(browser_context: BrowserContext) -> None:
    with running() as server:
        server.mounts["/page/"] = lambda _: html_response(GOOD)
        watch = Watch(browser_context, server.url)
        page = browser_context.new_page()
        page.goto(f"{server.url}/page/")
        assert watch.found == []
        page.evaluate("console.error('trouble')")
        page.evaluate("url => fetch(url, { mode: 'no-cors' }).catch(() => {})", f"{server.other_url}/page/")
    assert [found.partition(":")[0] for found in watch.found] == ["console", "request"]
