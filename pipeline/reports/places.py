"""Which pages of reports there are, in the order in which a manager asks."""

from __future__ import annotations

from dataclasses import dataclass

from xapi.reports.measures import MEASURES, Measure


@dataclass(frozen=True)
class Place:
    """A page with the tables of some measures; the first gives it its question."""

    path: str
    short: str
    """As the menu has it."""
    measures: tuple[str, ...]
    by: str = ""
    """What its first table is broken down by when nobody says otherwise."""
    named: bool = False
    """Whether it has a row for each person."""

    @property
    def measure(self) -> Measure:
        return MEASURES[self.measures[0]]


ALL = (
    Place("progress", "Started, completed, passed", ("progress", "weeks"), by="organisation"),
    Place("learners", "Learners by name", ("learners",), named=True),
    Place("overdue", "Stuck or overdue", ("overdue",), named=True),
    Place("dropoff", "Where people leave", ("dropoff",)),
    Place("questions", "Questions", ("questions", "checks")),
    Place("gain", "Before and after", ("gain", "then-test", "confidence")),
    Place("plans", "Plans", ("plans", "plans-kept")),
    Place("ratings", "What people thought", ("ratings",)),
    Place("time", "Time on task", ("time", "time-pages")),
    Place("self-checks", "Self-checks", ("self-checks",)),
    Place("reach", "Reach", ("reach",), by="sector"),
    Place("worth", "Is it worth it?", ("worth", "success-cases")),
)

PLACES = {place.path: place for place in ALL}
