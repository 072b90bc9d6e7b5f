"""Which outcome of which domain is taught on which page and tested by which question, and where nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..course import Course, Outcome, Page, Question, questions
from ..templates import environment
from .shown import Shown

ENOUGH = 2
"""A bank has at least so many times the questions of one paper, or a second attempt meets the first one's."""
_COLUMNS = {"pre": "before", "practice": "practice", "post": "bank", "follow-up": "follow-up"}
"""Scored questions, by purpose; a "then" question asks how it was before, and is never scored."""


@dataclass(frozen=True)
class Asked:
    page: Page
    question: Question
    purpose: str


@dataclass(frozen=True)
class Row:
    outcome: Outcome
    domains: tuple[str, ...]
    pages: tuple[Page, ...]
    asked: tuple[Asked, ...]
    in_paper: int

    def count(self, purpose: str) -> int:
        return sum(asked.purpose == purpose and asked.question.scored for asked in self.asked)


def coverage(shown: Shown) -> str:
    tables = [(course, rows(shown, course), list(holes(shown, course))) for course in shown.courses]
    domains = dict.fromkeys([*shown.domains, *(name for course in shown.courses for name, _ in course.domains)])
    return (
        environment()
        .get_template("coverage.html.jinja")
        .render(tables=tables, domains=[_domain(shown, name) for name in domains], columns=_COLUMNS, shown=shown)
    )


def _domain(shown: Shown, ident: str) -> tuple[str, list[tuple[Course, int, int]]]:
    """A domain's title, and for each masterclass how many outcomes and scored questions it has for it."""
    found = []
    for course in shown.courses:
        outcomes = [outcome.id for outcome in course.outcomes if ident in outcome.domains]
        asked = sum(question.scored and question.outcome in outcomes for _, _, question in questions(course))
        found.append((course, len(outcomes), asked))
    return shown.domain(ident), found


def rows(shown: Shown, course: Course) -> list[Row]:
    pages = {page.id: page for page in course.pages}
    paper = {outcome: number for page in course.pages for block in page.blocks for outcome, number in block.blueprint}
    return [
        Row(
            outcome,
            tuple(shown.domain(domain) for domain in outcome.domains),
            tuple(pages[page] for page in outcome.pages),
            tuple(Asked(page, q, block.purpose) for page, block, q in questions(course) if q.outcome == outcome.id),
            paper.get(outcome.id, 0),
        )
        for outcome in course.outcomes
    ]


def holes(shown: Shown, course: Course) -> Iterator[str]:
    """In words; an empty list says that nothing of what can be counted is missing."""
    found = rows(shown, course)
    for row in found:
        name = f"“{row.outcome.text}”"
        if not row.domains and course.domains:
            yield f"{name} belongs to no domain."
        if not row.pages:
            yield f"{name} is taught on no page."
        if not row.count("practice"):
            yield f"{name} has no practice question."
        if any(each.in_paper for each in found) and not row.in_paper:
            yield f"{name} is not in the final check."
        elif 0 < row.count("post") < ENOUGH * row.in_paper:
            yield f"{name} has {row.count('post')} questions in the bank for {row.in_paper} in a paper: a second attempt meets the same ones."
    served = {domain for outcome in course.outcomes for domain in outcome.domains}
    for domain, weight in course.domains:
        if domain not in served:
            yield f"The domain {shown.domain(domain)} has a weight of {weight:.0%} and no outcome."
