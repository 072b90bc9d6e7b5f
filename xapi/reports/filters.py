"""Whom and which time a figure is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DIMENSIONS = ("organisation", "sector", "role", "cohort", "course")
"""What figures can be broken down by."""


@dataclass(frozen=True, slots=True)
class Filters:
    course: str | None = None
    cohort: str | None = None
    organisation: str | None = None
    sector: str | None = None
    role: str | None = None
    since: date | None = None
    until: date | None = None
    """Days, both included."""
    today: date | None = None
    """What "overdue" and "no sign for 14 days" are reckoned from; the day of the last statement when left out."""

    def chosen(self) -> tuple[tuple[str, str], ...]:
        """Those that narrow, with their values."""
        return tuple((name, value) for name in DIMENSIONS if (value := getattr(self, name)) is not None)
