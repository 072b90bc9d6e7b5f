"""What a browser sees: requests at launch, time to first content, time from saving a file to seeing it."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

_ARGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
_LOADS = 9
_LMS = """
window.API = new Proxy({}, {get: (_, name) => (...args) =>
  name === "LMSGetValue" ? (args[0].endsWith("_count") ? "0" : "") : name.startsWith("LMSGet") ? "0" : "true"});
"""
"""Says yes to everything: what is measured is ours, not an LMS."""


@contextmanager
def _browser() -> Iterator[Browser]:
    found = os.environ.get("CHROME") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGS)
        yield browser
        browser.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing: one JSON line is all this prints."""


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def requests(package: Path) -> int:
    """How many requests a launch makes until it is quiet."""
    seen: list[str] = []
    with _browser() as browser, _served(package) as address:
        page = browser.new_page()
        page.add_init_script(_LMS)
        page.on("request", lambda request: seen.append(request.url))
        page.goto(address + "index.html", wait_until="networkidle")
    return len(seen)


def first_content(package: Path, site: Path) -> tuple[float, float]:
    """Milliseconds to first contentful paint of a package's start and of a site's first page, each load with an
    empty cache, in turns, so that a busy moment of the machine meets both."""
    ours: list[float] = []
    other: list[float] = []
    with _browser() as browser, _served(package) as package_address, _served(site) as site_address:
        for _ in range(_LOADS):
            ours.append(_paint(browser, package_address + "index.html"))
            other.append(_paint(browser, site_address + "index.html"))
    return statistics.median(ours), statistics.median(other)


def _paint(browser: Browser, address: str) -> float:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(_LMS)
    page.goto(address, wait_until="load")
    found: list[float] = []
    while not found:
        found = page.evaluate("performance.getEntriesByName('first-contentful-paint').map((paint) => paint.startTime)")
        time.sleep(0.01)
    context.close()
    return found[0]


def save_to_dom(address: str, source: Path) -> float:
    """Seconds from saving `source` until its new words stand in the open page at `address`."""
    word = f"Saved{time.time_ns()}"
    with _browser() as browser:
        page: Page = browser.new_page()
        page.goto(address, wait_until="load")
        time.sleep(0.5)  # the page's event stream is open by then
        began = time.perf_counter()
        source.write_text(source.read_text(encoding="utf-8") + f"\n{word}\n", encoding="utf-8")
        page.get_by_text(word).wait_for(timeout=20_000)
        return time.perf_counter() - began
