"""The comments that stand for generated parts of a page."""

from __future__ import annotations

from collections.abc import Callable

from .accessibility import accessibility, publisher
from .coverage import coverage
from .glossary import glossary
from .home import by_domain, by_sector, cards, self_check
from .shown import Shown
from .skills import skills
from .sources import sources

MARKERS: dict[str, Callable[[Shown], str]] = {
    "masterclasses": cards,
    "domains": by_domain,
    "sectors": by_sector,
    "self-check": self_check,
    "coverage": coverage,
    "skills": skills,
    "glossary": glossary,
    "sources": sources,
    "accessibility": accessibility,
    "publisher": publisher,
}
"""``<!-- NAME -->`` on a page of the site → what stands there instead."""


def marked(html: str) -> bool:
    return any(f"<!-- {name} -->" in html for name in MARKERS)


def filled(html: str, shown: Shown) -> str:
    for name, make in MARKERS.items():
        mark = f"<!-- {name} -->"
        if mark in html:
            html = html.replace(mark, make(shown))
    return html
