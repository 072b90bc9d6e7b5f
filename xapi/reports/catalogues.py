"""``catalogue.json`` as tables: what questions, options and pages there are, in which order and in which words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from ..people.self_checks import BANDS, RANGES

FORMAT = 2
FINAL_CHECK = "final-check"
"""The type of its block."""
FINAL = "Final check"
CHECKS = {
    "pre": "Questions before the learning",
    "practice": "Practice on the way",
    "post": "Questions at the end",
    "follow-up": "Questions weeks later",
}
"""What questions are asked for, as a manager reads it."""
PLAN_CHECK = "plan-check"
ALL = "all"
"""Stands for every outcome together."""
TOGETHER = "All outcomes together"

COURSES = pa.schema(
    [("course", pa.string()), ("title", pa.string()), ("version", pa.string()), ("course_at", pa.int64())]
)
PAGES = pa.schema(
    [("course", pa.string()), ("page", pa.string()), ("page_title", pa.string()), ("page_at", pa.int64())]
)
QUESTIONS = pa.schema(
    [
        ("course", pa.string()),
        ("question", pa.string()),
        ("question_at", pa.int64()),
        ("type", pa.string()),
        ("prompt", pa.string()),
        ("outcome", pa.string()),
        ("asked_on", pa.string()),
        ("asked_for", pa.string()),
        ("check", pa.string()),
        ("scored", pa.bool_()),
        ("twin_of", pa.string()),
        ("levels", pa.int64()),
        ("plan_check", pa.bool_()),
        ("days_after", pa.int64()),
    ]
)
OPTIONS = pa.schema(
    [
        ("course", pa.string()),
        ("question", pa.string()),
        ("option", pa.string()),
        ("option_at", pa.int64()),
        ("option_text", pa.string()),
        ("correct", pa.bool_()),
    ]
)


SELF_CHECKS = pa.schema(
    [
        ("month", pa.string()),
        ("domain", pa.string()),
        ("option_at", pa.int64()),
        ("option", pa.string()),
        ("number", pa.int64()),
    ]
)
"""Counts of self-checks: how many scores fell into each quarter of the scale, by month. No row is about a person."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    courses: pa.Table
    pages: pa.Table
    questions: pa.Table
    options: pa.Table
    entries: tuple[dict[str, Any], ...]
    """Courses as `catalogue.json` has them."""
    self_checks: pa.Table = field(default_factory=SELF_CHECKS.empty_table)
    """Counted apart from all learners, and small enough to stand beside words."""

    def question(self, course: str, question: str) -> dict[str, Any] | None:
        found = (each for entry in self.entries if entry["id"] == course for each in entry["questions"])
        return next((each for each in found if each["id"] == question), None)

    def titles(self) -> dict[str, str]:
        return {entry["id"]: entry["title"] for entry in self.entries}

    def outcomes(self) -> dict[tuple[str, str], str]:
        """What each outcome of a masterclass says, and all of them together."""
        said = {
            (entry["id"], each["id"]): str(each["text"]) for entry in self.entries for each in entry.get("outcomes", ())
        }
        return said | {(entry["id"], ALL): TOGETHER for entry in self.entries}


def read(path: Path | None) -> Catalogue:
    """Without a path, an empty one: what needs a question's words is then not collected."""
    if path is None:
        return made([])
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise click.ClickException(f"there is no {path}: 'masterclass build' makes it") from None
    except ValueError:
        found = {}
    if type(found) is not dict or found.get("format") != FORMAT:
        raise click.ClickException(f"{path} is not of this version: run 'masterclass build' again")
    return made(found["courses"])


def made(entries: list[dict[str, Any]]) -> Catalogue:
    courses, pages, questions, options = [], [], [], []
    for at, entry in enumerate(entries):
        course = entry["id"]
        courses.append((course, entry["title"], entry["version"], at))
        # Pages to come back to are no part of the way through.
        own = [page for page in entry["pages"] if not page["after"]]
        pages += [(course, page["id"], page["title"], place) for place, page in enumerate(own, start=1)]
        days = {page["id"]: page["after"] for page in entry["pages"]}
        for place, question in enumerate(entry["questions"]):
            questions.append((*_question(course, place, question), days[question["page"]]))
            options += [(course, question["id"], *option) for option in _options(question)]
    return Catalogue(
        _table(courses, COURSES),
        _table(pages, PAGES),
        _table(questions, QUESTIONS),
        _table(options, OPTIONS),
        (*entries,),
    )


def self_checks(counts: Iterable[tuple[str, str, int, int]]) -> pa.Table:
    """Of month, domain, quarter and number; with a nought for each quarter of a domain that nobody's score fell into."""
    found: dict[tuple[str, str], list[int]] = {}
    for month, domain, band, number in counts:
        found.setdefault((month, domain), [0] * BANDS)[band] = number
    rows = [
        (month, domain.capitalize(), at, words, numbers[at])
        for (month, domain), numbers in found.items()
        for at, words in enumerate(RANGES)
    ]
    return _table(rows, SELF_CHECKS)


def _question(course: str, place: int, question: dict[str, Any]) -> tuple[Any, ...]:
    return (
        course,
        question["id"],
        place,
        question["type"],
        question["prompt"],
        question["outcome"],
        question["page"],
        question["purpose"],
        # What is analysed together: a final check is one paper; of the rest, all that was asked for one purpose.
        check_of(question),
        bool(question["key"]),
        question["twin_of"],
        len(question["options"]),
        question["block_type"] == PLAN_CHECK,
    )


def check_of(question: dict[str, Any]) -> str:
    purpose = str(question["purpose"])
    return FINAL if question["block_type"] == FINAL_CHECK else CHECKS.get(purpose, purpose)


def _options(question: dict[str, Any]) -> list[tuple[str, int, str, bool]]:
    """What can stand in a response, as the parts of one that `[,]` joins, with the words for it."""
    right = {token for key in question["key"] for token in key}
    kind = question["type"]
    words: list[tuple[str, str]]
    if kind == "true-false":
        words = [("true", "True"), ("false", "False")]
    elif kind == "short-text":
        words = [*((each["id"], each["id"]) for each in question["answers"]), ("other", "Something else")]
    elif kind == "judgement":
        words = [
            (f"{role}.{each['id']}", f"{role.title()}: {each['text']}")
            for role in ("best", "worst")
            for each in question["options"]
        ]
    elif kind == "matching":
        words = [
            (f"{left['id']}.{to['id']}", f"{left['text']}: {to['text']}")
            for left in question["options"]
            for to in question["targets"]
        ]
    elif kind in ("single", "multiple", "rating"):
        words = [(each["id"], each["text"]) for each in question["options"]]
    else:  # whatever order, whatever number: as it was given
        words = []
    return [(token.replace(".", "[.]"), at, text, token in right) for at, (token, text) in enumerate(words)]


def _table(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
