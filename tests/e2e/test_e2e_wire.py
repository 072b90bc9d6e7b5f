"""The watcher of what leaves a browser sees what leaves, however it is written."""

from __future__ import annotations

from base64 import b64encode

import pytest
from playwright.sync_api import BrowserContext

from fake_server import Response, Server, html_response
from wire import Wire, encoded

WAYS = {
    "in an address": "fetch('/told?' + new URLSearchParams({word}))",
    "in a body": "fetch('/told', {method: 'POST', body: JSON.stringify({text: word})})",
    "in a header": "fetch('/told', {headers: {'X-Word': word}})",
    "in base64": "fetch('/told', {method: 'POST', body: btoa('any' + word)})",
    "as a beacon": "navigator.sendBeacon('/told', new URLSearchParams({word}))",
    "as a picture": "new Image().src = '/told?' + encodeURIComponent(word)",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_word_that_leaves_is_seen(browser_context: BrowserContext, server: Server, way: str) -> None:
    server.mounts["/"] = lambda request: html_response("<!doctype html><title>Told</title>")
    server.mounts["/told"] = lambda request: Response(204)
    wire = Wire(browser_context, server)
    page = browser_context.new_page()
    page.goto(f"{server.url}/page")
    assert wire.leaks("quillwort & co") == []
    page.evaluate(f"async word => {{ {WAYS[way]}; await fetch('/told') }}", "quillwort & co")
    page.wait_for_timeout(50)
    assert any("/told" in leak for leak in wire.leaks("quillwort & co"))


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_base64_is_known_wherever_a_word_begins(before: str) -> None:
    text = b64encode(f"{before}quillwort, and more".encode()).decode()
    assert any(form in text for form in encoded("quillwort"))
