"""What can be known of a made-up life: when each step was, how it ended, and who vouches for that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from .lives import Life, Step
from .telling import timed

IDLE = 300
"""Seconds of a longer gap that count as work; said here again, since nothing here may know of the measures."""

Row = dict[str, Any]
"""Of what is true, by the names of a measure's columns."""


class Told:
    """A life with what follows from it."""

    def __init__(self, life: Life, confirmed: bool) -> None:
        self.learner = life.learner
        self.course: str = life.course["id"]
        self.entry = life.course
        self.way = life.learner.way
        self.steps = list(timed(life))
        self.ended = {step.what: at for at, step in reversed(self.steps)}
        self.silent = self.way == "lms"
        self.vouched = self.way in ("cmi5", "site") or confirmed
        self.completed = "completed" in self.ended and self.vouched
        self.passed = "passed" in self.ended and self.vouched
        self.confirmed = confirmed
        self.self_reported = "completed" in self.ended and not self.vouched
        self.active = sum(active(step) for _, step in self.steps)

    @property
    def began(self) -> datetime:
        return self.steps[0][0]

    def firsts(self) -> dict[str, tuple[datetime, Step]]:
        found: dict[str, tuple[datetime, Step]] = {}
        for at, step in self.steps:
            if step.what == "answered" and step.attempt == 1:
                found.setdefault(step.about, (at, step))
        return found


def active(step: Step) -> int:
    return 0 if step.what == "initialized" else min(step.gap, IDLE)
