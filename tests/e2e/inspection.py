"""Looks at a page as an inspector would: with axe, with a ruler, and with an eye on console and network."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

AXE = Path(__file__).parents[2] / "site/player/node_modules/axe-core/axe.min.js"
AXE_VERSION = json.loads(AXE.with_name("package.json").read_text("utf-8"))["version"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

RUN_AXE = """async (tags) => {
  const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.html.slice(0, 120)}`));
}"""

# What sticks out of the window, unless it scrolls in a frame of its own.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => element && element !== document.body && element !== document.documentElement &&
    (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement))
    .map((element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`);
}"""

# WCAG 1.4.12: what a reader may set, and no text may then be cut off.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""

CUT_OFF = """() => [...document.querySelectorAll("body *")]
  .filter((element) => {
    const style = getComputedStyle(element);
    if (!element.checkVisibility?.() || element.closest(".visually-hidden, .skip-link, .md-nav__list")) return false;
    if (!["hidden", "clip"].includes(style.overflowY) || !element.textContent.trim()) return false;
    return element.clientHeight > 1 && element.scrollHeight > element.clientHeight + 1;
  })
  .map((element) => `${element.tagName} ${element.className}`)"""


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")


# A colour half-way through a transition is nobody's colour.
SETTLED = """() => Promise.race([
  Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  new Promise((resolve) => setTimeout(resolve, 1000)),
])"""


def axe(page: Page) -> list[str]:
    """What axe holds against the page once it has settled, one line for each element."""
    page.evaluate(SETTLED)
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_axe())
    return list(page.evaluate(RUN_AXE, TAGS))


def sticking_out(page: Page) -> list[str]:
    return list(page.evaluate(STICKING_OUT))


def cut_off(page: Page) -> list[str]:
    return list(page.evaluate(CUT_OFF))


class Watch:
    """Everything a browser says or asks for that it should not."""

    def __init__(self, context: BrowserContext, *origins: str) -> None:
        self.found: list[str] = []
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.found.append(f"error: {error.error}"))
        context.on("request", lambda request: self._asked(request.url, origins))

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.found.append(f"console: {text}")

    def _asked(self, url: str, origins: tuple[str, ...]) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" not in origins:
            self.found.append(f"request: {url}")
