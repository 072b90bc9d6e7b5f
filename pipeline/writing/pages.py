"""How hard each page is to read, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..columns import aligned
from ..content import prose
from ..course import Course, Page
from .item import Finding
from .minutes import estimate
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
            str(each.page.minutes),
            f"{estimate(each.page):.0f}",
        )
        for course in courses
        for each in readings(course)
        if (said := each.reading)
    ]
    headings = ("Page", "Words", "Grade", "Age", "Longest sentence", "Minutes", "By the rule")
    told = "Grade: Automated Readability Index, in years of schooling. By the rule: the minutes that a page takes."
    return "\n".join([*aligned(headings, rows), "", told])
