"""How hard each page is to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..columns import aligned
from ..content import prose
from ..course import Course, Page
from .item import Finding
from .words import Reading, plain, reading

GRADE = 12.0
"""Years of schooling that a page may ask for."""


@dataclass(frozen=True)
class PageReading:
    page: Page
    reading: Reading


def readings(course: Course) -> Iterator[PageReading]:
    """Of the words on each page, those of its blocks included and its questions not."""
    for page in course.pages:
        texts = [page.body, *(text.html for block in page.blocks for text in prose(block.content))]
        yield PageReading(page, reading("\n".join(plain(text) for text in texts)))


def hard(each: PageReading) -> Iterator[Finding]:
    if each.reading.grade > GRADE:
        yield Finding(
            each.page.source,
            f"page '{each.page.id}' needs reading grade {each.reading.grade:.0f}, expected at most {GRADE:.0f}; "
            f"its longest sentence has {each.reading.longest} words",
            "use shorter sentences and everyday words; explain a term where it first stands",
        )


def table(courses: Iterable[Course]) -> str:
    rows = [
        (
            f"{course.id}/{each.page.id}",
            f"{said.words:,}",
            f"{said.grade:.1f}",
            f"{said.grade + 5:.0f}",
            str(said.longest),
        )
        for course in courses
        for each in readings(course)
        if (said := each.reading)
    ]
    headings = ("Page", "Words", "Grade", "Age", "Longest sentence")
    return "\n".join([*aligned(headings, rows), "", "Grade: Automated Readability Index, in years of schooling."])
