"""``masterclass facts due``: what must be checked, when, by whom, and which pages and questions it is used on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from .citations import uses
from .course import UNVERIFIED, Course


@dataclass(frozen=True)
class Due:
    """The fields are the keys of ``facts due --format json`` and the columns of its CSV."""

    masterclass: str
    fact: str
    """Nothing when it is the masterclass itself that must be reviewed."""
    state: str
    """``overdue``, ``due`` or ``unverified``."""
    review_by: str
    days: int | None
    """Until it must be done; below zero when it is late."""
    owner: str
    pages: tuple[str, ...]
    questions: tuple[str, ...]
    path: str
    line: int


def due(courses: Sequence[Course], on: date, within: int) -> list[Due]:
    """What must be checked in the `within` days after `on`, late things first; unverified facts whenever they stand."""
    found = [each for course in courses for each in (*_masterclass(course, on), *_facts(course, on))]
    wanted = [each for each in found if each.state == "unverified" or (each.days is not None and each.days <= within)]
    return sorted(wanted, key=lambda each: (each.review_by or "9999", each.masterclass, each.fact))


def _masterclass(course: Course, on: date) -> list[Due]:
    if not course.review_by:
        return []
    days, source = _days(course.review_by, on), course.source
    pages = tuple(page.id for page in course.pages)
    return [Due(course.id, "", _state(days), course.review_by, days, course.owner, pages, (), source.path, source.line)]


def _facts(course: Course, on: date) -> list[Due]:
    used = uses(course)
    rows = []
    for fact in course.facts:
        days = _days(fact.review_by, on) if fact.review_by else None
        late = days is not None and days < 0
        if days is None and fact.status != UNVERIFIED:
            continue
        state = "unverified" if fact.status == UNVERIFIED and not late else _state(days or 0)
        pages, questions = used[fact.key].pages, used[fact.key].questions
        at = fact.source
        rows.append(
            Due(course.id, fact.key, state, fact.review_by, days, fact.owner, pages, questions, at.path, at.line)
        )
    return rows


def _days(review_by: str, on: date) -> int:
    return (date.fromisoformat(review_by) - on).days


def _state(days: int) -> str:
    return "overdue" if days < 0 else "due"


def as_json(rows: Sequence[Due]) -> str:
    return json.dumps([asdict(row) for row in rows], indent=2)


def as_csv(rows: Sequence[Due]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in fields(Due)])
    for row in rows:
        writer.writerow([_cell(value) for value in asdict(row).values()])
    return out.getvalue()


def _cell(value: object) -> str:
    text = " ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    # A spreadsheet would take it for a formula.
    return f"'{text}" if text[:1] in ("=", "+", "@") else text


def as_table(rows: Sequence[Due]) -> str:
    if not rows:
        return "Nothing has to be checked.\n"
    table = [("Review by", "State", "What", "Who", "File"), *(_row(row) for row in rows)]
    widths = [max(len(line[n]) for line in table) for n in range(5)]
    head, *lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in table]
    late = sum(row.state == "overdue" for row in rows)
    unverified = sum(row.state == "unverified" for row in rows)
    return "\n".join(
        [
            head.rstrip(),
            *(f"{line.rstrip()}\n    {_used(row)}" for line, row in zip(lines, rows, strict=True)),
            "",
            f"{len(rows)} to check, of which {late} overdue and {unverified} unverified.",
            "",
        ]
    )


def _row(row: Due) -> tuple[str, ...]:
    what = f"{row.masterclass} {row.fact}".strip()
    return row.review_by or "no date", row.state, what, row.owner or "nobody named", f"{row.path}:{row.line}"


def _used(row: Due) -> str:
    if not row.fact:
        return "the whole masterclass"
    used = (("pages", row.pages), ("questions", row.questions))
    return "; ".join(f"{name}: {', '.join(ids)}" for name, ids in used if ids) or "not used"


FORMATS: dict[str, Callable[[Sequence[Due]], str]] = {"table": as_table, "json": as_json, "csv": as_csv}
