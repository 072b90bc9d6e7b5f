"""Every source of every masterclass, with the claims that rest on it and the pages that make them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..citations import uses
from ..course import Course, Fact, Page
from ..templates import environment
from .shown import Shown


@dataclass(frozen=True)
class Claim:
    fact: Fact
    pages: tuple[Page, ...]
    questions: int


@dataclass(frozen=True)
class Work:
    """A source as readers know it, and what is claimed from it."""

    name: str
    url: str
    claims: tuple[Claim, ...]


def sources(shown: Shown) -> str:
    listed = [(course, works(course)) for course in shown.courses]
    return (
        environment().get_template("all-sources.html.jinja").render(listed=listed, shown=shown, counts=_counts(shown))
    )


def works(course: Course) -> list[Work]:
    pages = {page.id: page for page in course.pages}
    used = uses(course)
    found: dict[tuple[str, str], list[Claim]] = {}
    for fact in course.facts:
        where = tuple(pages[page] for page in used[fact.key].pages if page in pages)
        found.setdefault((fact.source_name, fact.url), []).append(Claim(fact, where, len(used[fact.key].questions)))
    return [Work(name, url, tuple(claims)) for (name, url), claims in sorted(found.items(), key=_by_name)]


def _by_name(item: tuple[tuple[str, str], object]) -> tuple[str, str]:
    (name, url), _ = item
    return name.casefold(), url


def _counts(shown: Shown) -> dict[str, int]:
    facts = [fact for course in shown.courses for fact in course.facts]
    return {status: _number(facts, status) for status in ("verified", "derived", "from-knowledge")}


def _number(facts: Iterable[Fact], status: str) -> int:
    return sum(fact.status == status for fact in facts)
