"""What an LMS says, as facts: an LMS vouches for it, and nobody is counted twice for standing in two exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any

from ...timestamps import EPOCH, MICROSECOND
from ..events import arrow, number
from ..facts import FACTS, LMS
from ..ledger import Ledger
from ..roster import number_of
from .matching import Result

SOURCE = "lms exports"
VERBS = {"started": "initialized", "completed": "completed", "passed": "passed"}


def take_in(ledger: Ledger, results: Iterable[Result], alias: Callable[[str], str], now: datetime) -> int:
    """How many facts are new."""
    rows = [row for result in results for row in _rows(result, alias(result.lms_id), _micros(now))]
    return ledger.arrive(arrow(rows), SOURCE, {})


def _rows(result: Result, alias: str, now: int) -> list[tuple[Any, ...]]:
    learner = number_of(alias)
    rows = []
    for name, day in result.days.items():
        at = _micros(datetime.combine(day, time(), EPOCH.tzinfo))
        about = {
            "statement": number(f"{alias} {result.course} {name} {day}"),
            "source": SOURCE,
            # One place for all: whatever came before is known, however often an export is taken in.
            "stored": now,
            "timestamp": at,
            "at": at,
            "actor": learner,
            "learner": learner,
            "channel": LMS,
            "course": result.course,
            "version": "",
            "verb": VERBS[name],
            "success": True if name == "passed" else None,
            "score": result.score if name == "passed" else None,
            "self_reported": False,
            "active_seconds": 0.0,
        }
        rows.append(tuple(about.get(field.name) for field in FACTS))
    return rows


def _micros(moment: datetime) -> int:
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * MICROSECOND + since.microseconds
