"""What a page of reports is asked to show, as it stands in the page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from xapi.reports.filters import DIMENSIONS, Filters
from xapi.reports.measures import Measure

DATES = ("since", "until")


@dataclass(frozen=True)
class Wanted:
    filters: Filters
    by: str = ""
    sort: str = ""
    """A column's id; with a hyphen before it, from the last to the first."""
    find: str = ""
    wrong: tuple[str, ...] = ()
    """What could not be understood, to be said on the page."""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Wanted:
        texts = {name: asked.get(name, "").strip() or None for name in DIMENSIONS}
        days: dict[str, date] = {}
        wrong = []
        for name in DATES:
            text = asked.get(name, "").strip()
            try:
                days |= {name: date.fromisoformat(text)} if text else {}
            except ValueError:
                wrong.append(f"“{text}” is no date: expected one like 2027-01-31. It was left out.")
        filters = Filters(**texts, **days)  # type: ignore[arg-type]
        return cls(filters, asked.get("by", ""), asked.get("sort", ""), asked.get("find", "").strip(), tuple(wrong))

    def dimensions(self, measure: Measure) -> tuple[str, ...]:
        """What the table is broken down by, where it can be."""
        return (self.by,) if self.by in measure.dimensions else ()

    def query(self, **changes: str) -> str:
        """The address of the same with something changed; nothing stands in it that changes nothing."""
        values = dict(self.filters.chosen())
        values |= {name: day.isoformat() for name in DATES if (day := getattr(self.filters, name)) is not None}
        values |= {"by": self.by, "sort": self.sort, "find": self.find} | changes
        shown = {name: value for name, value in values.items() if value}
        return f"?{urlencode(shown)}" if shown else ""
