"""What must be right on the day of a release: facts checked in time, and none unverified where it could mislead.

Each check is a function of the sources, the course and the day; CHECKS is the list of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from . import reviews
from .citations import CITED, rests_on
from .course import UNVERIFIED, Course, blocks
from .markdown import plain_text
from .problems import WARNING, Problem
from .records import FactRecord
from .sources import Sources
from .texts import passages

_LONG_ENOUGH = 20
"""Characters: shorter claims are said by chance."""


def _overridden(fact: FactRecord, on: date) -> bool:
    return fact.override is not None and on <= date.fromisoformat(fact.override.until)


def overdue(sources: Sources, course: Course, on: date) -> Iterator[Problem]:
    for fact in sources.facts:
        if fact.review_by and date.fromisoformat(fact.review_by) < on and not _overridden(fact, on):
            who = f" ({fact.owner})" if fact.owner else ""
            yield Problem(
                fact.written.at("review_by"),
                f"fact '{fact.key_}' was due to be checked by {fact.review_by}{who}; this release is of {on}",
                "check it against its source and write the next date; if that cannot wait, add: override: {until: …, why: …}",
                "overdue-fact",
            )
    if course.review_by and date.fromisoformat(course.review_by) < on:
        yield Problem(
            sources.record.written.at("review_by"),
            f"this masterclass was due for review by {course.review_by}; its pages say so",
            "review it and write the next date",
            "overdue-review",
            WARNING,
        )


def unverified_in_scored(sources: Sources, course: Course, on: date) -> Iterator[Problem]:
    facts = {fact.key_: fact for fact in sources.facts if fact.status == UNVERIFIED and not _overridden(fact, on)}
    records = {record.id: record for record in sources.question_records()}
    for _, block in blocks(course):
        for question in block.questions:
            for key in rests_on(question) if question.scored else ():
                if key in facts:
                    yield Problem(
                        records[question.id].written.at("source"),
                        f"question '{question.id}' is scored and rests on the fact '{key}', which nobody has verified",
                        "check the fact against its source and call it verified, or rest the question on another",
                        "unverified-fact",
                    )


def unverified_unmarked(sources: Sources, course: Course, on: date) -> Iterator[Problem]:
    """Every citation of an unverified fact is marked when the page is made; words without a citation cannot be."""
    facts = [
        (fact.key_, claim)
        for fact in sources.facts
        if fact.status == UNVERIFIED and len(claim := _folded(fact.text)) >= _LONG_ENOUGH
    ]
    for passage in passages(sources, course) if facts else ():
        words = _folded(passage.html)
        for key, claim in facts:
            if claim in words and key not in CITED.findall(passage.html):
                yield Problem(
                    passage.line_of(max(claim.split(), key=len)),
                    f"this says what the unverified fact '{key}' says and does not cite it, so nothing marks it",
                    f"write after it: [@{key}]",
                    "unverified-fact",
                )


def _folded(text: str) -> str:
    return plain_text(text).casefold().rstrip(". ")


def overrides(sources: Sources, course: Course, on: date) -> Iterator[Problem]:
    """An override that holds is said every time; one that has ended, or that nothing asks for, goes."""
    for fact in sources.facts:
        if fact.override is None:
            continue
        at = fact.override.written.source
        late = bool(fact.review_by) and date.fromisoformat(fact.review_by) < on
        if not late and fact.status != UNVERIFIED:
            yield Problem(at, f"fact '{fact.key_}' needs no override", "take it out", "override", WARNING)
        elif _overridden(fact, on):
            what = f"was due to be checked by {fact.review_by}" if late else "is not verified"
            message = f"fact '{fact.key_}' {what}; it goes out until {fact.override.until} because: {fact.override.why}"
            yield Problem(at, message, "check it soon", "override", WARNING)
        else:
            message = f"the override of fact '{fact.key_}' ended on {fact.override.until}"
            yield Problem(fact.override.written.at("until"), message, "check the fact now", "override")


def reviews_there(sources: Sources, course: Course, on: date) -> Iterator[Problem]:
    now = reviews.content_code(course) if sources.record.reviewers else ""
    for role in reviews.missing(sources, now):
        earlier = [review for review in sources.reviews if review.role == role]
        last = max(earlier, key=lambda review: review.date, default=None)
        found = f"the last, of {last.date}, was of other content ({last.content})" if last else "there is none"
        yield Problem(
            sources.record.written.at("reviewers"),
            f"the review by '{role}' of the present content ({now}) is missing: {found}; pages say that it is a draft",
            f"make a copy for them with: masterclass review {course.id}",
            "missing-review",
            WARNING,
        )


ReleaseCheck = Callable[[Sources, Course, date], Iterator[Problem]]
CHECKS: tuple[ReleaseCheck, ...] = (overdue, unverified_in_scored, unverified_unmarked, overrides, reviews_there)


def check(sources: Sources, course: Course, on: date) -> list[Problem]:
    return [problem for each in CHECKS for problem in each(sources, course, on)]
