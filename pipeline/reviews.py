"""Who has reviewed what: a masterclass is a draft until every role that it names has reviewed its present content.

The content's code stands on the first page of the copy that reviewers get. It is made from everything that a learner
reads or is judged by, and changes when any of it does; not with file names, line numbers, versions or review dates.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from .course import Course, Source
from .problems import WARNING, Problem, did_you_mean
from .sources import Sources

_CODE = 12
_NOT_READ = {"slot", "letter", "number", "to_number", "revision", "digest", "minutes", "counts"}
"""Fields that say how something is kept or counted, not what it says."""


def reviewed(sources: Sources, course: Course) -> Course:
    """`course` with the day on which the last of the reviews it asks for was done, or none while one is missing."""
    if not sources.record.reviewers:
        return course
    code = content_code(course)
    there = [each.date for each in sources.reviews if each.content == code and each.role in sources.record.reviewers]
    return replace(course, reviewed_on="" if missing(sources, code) else max(there))


def missing(sources: Sources, code: str) -> list[str]:
    """The roles that have not reviewed the content of that code."""
    there = {review.role for review in sources.reviews if review.content == code}
    return [role for role in dict.fromkeys(sources.record.reviewers) if role not in there]


def check(sources: Sources) -> Iterator[Problem]:
    for review in sources.reviews if sources.record.reviewers else ():
        if review.role not in sources.record.reviewers:
            yield Problem(
                review.written.at("role"),
                f"the review of '{review.role}' counts for nothing: masterclass.yml does not ask for it",
                did_you_mean(review.role, sources.record.reviewers),
                "unknown-id",
                WARNING,
            )


def content_code(course: Course) -> str:
    said = (
        course.title,
        course.summary,
        course.pass_mark,
        course.outcomes,
        course.complete_when,
        [(page.id, page.title, page.body, page.blocks) for page in course.pages],
        [(fact.key, fact.text, fact.source_name, fact.url, fact.as_of, fact.status) for fact in course.facts],
        [(name, hashlib.sha256(path.read_bytes()).hexdigest()) for name, path in course.media],
    )
    return hashlib.sha256(repr(_plain(said)).encode()).hexdigest()[:_CODE]


def _plain(value: Any) -> Any:
    """Values of which nothing but the words, rules and numbers is left."""
    if is_dataclass(value):
        kept = (field for field in fields(value) if field.name not in _NOT_READ)
        said = ((field.name, getattr(value, field.name)) for field in kept)
        return [(name, _plain(content)) for name, content in said if not isinstance(content, Source)]
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value if isinstance(value, bool | int | float) or value is None else str(value)
