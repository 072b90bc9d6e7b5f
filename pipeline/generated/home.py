"""The home page: masterclasses as cards, by domain, and from where a reader sits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from ..citations import CITED
from ..content import Sector
from ..course import Course, blocks, main_pages
from ..templates import environment
from .shown import Shown

_LEADING = 0.2
"""Weight from which on a masterclass is said to be about a domain."""


@dataclass(frozen=True)
class Card:
    course: Course
    address: str
    data: str
    """Where its course.json is."""
    question: str
    """What the summary asks, if it asks something."""
    about: str
    domains: tuple[str, ...]
    slots: str
    """``slot:page`` of the pages that count, for the script that shows a reader's own progress."""
    go_on: str
    """The address of a page, with ``{}`` for its id."""


def cards(shown: Shown) -> str:
    made = [_card(shown, course) for course in shown.courses]
    return environment().get_template("cards.html.jinja").render(cards=made)


def _card(shown: Shown, course: Course) -> Card:
    question, about = asked(course.summary)
    return Card(
        course=course,
        address=shown.address(course, ""),
        data=shown.folder(course) + "course.json",
        question=question,
        about=about,
        domains=tuple(shown.domain(domain) for domain in leading(course)),
        slots=" ".join(f"{page.slot}:{page.id}" for page in main_pages(course) if page.counts),
        go_on=shown.address(course, "PAGE").replace("PAGE", "{}"),
    )


def asked(summary: str) -> tuple[str, str]:
    """The question a summary asks, and the rest of it."""
    found = re.search(r"(?:^|(?<=[.!] ))[^.!?]*\?", summary)
    if found is None:
        return "", summary
    return found[0].strip(), " ".join((summary[: found.start()] + summary[found.end() :]).split())


def leading(course: Course) -> list[str]:
    """The domains it is mostly about, the weightiest first."""
    weighty = [(domain, weight) for domain, weight in course.domains if weight >= _LEADING]
    return [domain for domain, _ in sorted(weighty, key=lambda pair: -pair[1])]


def by_domain(shown: Shown) -> str:
    named = dict.fromkeys([*shown.domains, *(domain for course in shown.courses for domain, _ in course.domains)])
    rows = []
    for domain in named:
        ours = [
            (course, shown.address(course, ""), [o.text for o in course.outcomes if domain in o.domains])
            for course in shown.courses
        ]
        rows.append((shown.domain(domain), [each for each in ours if each[2]]))
    return environment().get_template("by-domain.html.jinja").render(rows=rows)


def by_sector(shown: Shown) -> str:
    """One first move for each sector from each masterclass that has one, as its sector block says it."""
    rows: dict[str, list[tuple[Course, str, Markup]]] = {}
    for course in shown.courses:
        seen: set[str] = set()
        for page, block in blocks(course):
            for lens in block.content.lenses if isinstance(block.content, Sector) else ():
                if lens.name not in seen:
                    seen.add(lens.name)
                    words = Markup(_uncited(lens.text.html))
                    rows.setdefault(lens.name, []).append((course, shown.address(course, page.id), words))
    return environment().get_template("by-sector.html.jinja").render(rows=rows)


def _uncited(html: str) -> str:
    """Without the numbers of citations, which mean something on their own page only."""
    plain = CITED.sub("", html).replace("</cite>", "").replace('<span class="citations"></span>', "")
    return re.sub(r"\s+(?=[.,;:?!])", "", plain)


def self_check(shown: Shown) -> str:
    address = shown.own("self-check.md")
    template = environment().get_template("self-check-link.html.jinja")
    return template.render(address=address) if address else ""
