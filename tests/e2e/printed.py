"""What stands on paper: the text of a page as the browser prints it, page by page."""

from __future__ import annotations

from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}


def printed(page: Page) -> str:
    """All of it on A4, in reading order, with single spaces: lines break elsewhere on every machine."""
    pages = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in pages).split())
    for sign, letters in LIGATURES.items():
        text = text.replace(sign, letters)
    return text


def in_order(text: str, *parts: str) -> list[str]:
    """The parts that do not stand in the text after those before them."""
    at, missing = 0, []
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            missing.append(part)
        else:
            at = found + len(part)
    return missing
