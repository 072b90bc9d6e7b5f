"""Who reads a report, and what of it they get to see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ibis import _

from xapi.reports.connections import MADE_UP, Connection
from xapi.reports.disclosure import disclosed
from xapi.reports.filters import Filters
from xapi.reports.listing import Page, listed
from xapi.reports.measures import MEASURES
from xapi.reports.naming import named
from xapi.reports.released import Released
from xapi.reports.rule import PEOPLE, SMALLEST_SHOWN, Refused, rule_for
from xapi.reports.running import run
from xapi.reports.tables import Table


@dataclass(frozen=True)
class Reader:
    audience: str = "own"
    k: int = SMALLEST_SHOWN
    cohort: str = ""
    """The one cohort they may see; all when empty."""
    names: bool = True
    """Whether learners are named to whoever may know them; else they are numbers."""
    ledger: Path | None = None
    """The folder where it is written down what left the programme."""
    today: date | None = None

    def limited(self, filters: Filters) -> Filters:
        return replace(filters, cohort=self.cohort) if self.cohort else filters

    def _narrowed(self, filters: Filters, connection: Connection) -> Filters:
        """Who is overdue, time tells; only those who never lived stay as they were made."""
        filters = self.limited(filters)
        if filters.today or self.today is None or MADE_UP in connection.notes:
            return filters
        return replace(filters, today=max(self.today, connection.as_of.date()))

    def table(self, connection: Connection, measure: str, filters: Filters, by: tuple[str, ...] = ()) -> Table:
        """As this reader may see it; Refused where they may not."""
        exact = run(MEASURES[measure], connection, self._narrowed(filters, connection), by)
        is_apart = MEASURES[measure].apart
        rule = rule_for("shared" if is_apart and self.audience == "own" else self.audience, self.k)
        if rule is None:
            return named(exact, connection.names()) if self.names else exact
        if is_apart and exact.collected and exact.n < rule.k:
            raise Refused(f"'{exact.title}' has fewer than {rule.k} results: too few for anybody to see")
        shown = disclosed(exact, rule)
        # What stays within the programme is not written down: its own people look every day.
        if self.ledger is not None and shown.collected and self.audience != "own":
            Released(self.ledger).release(exact, shown, rule, connection.population(), self.today or date.today())
        return shown

    def page(self, connection: Connection, measure: str, filters: Filters, page: Page) -> Table:
        """Of a table with a row for each person, what a page shows: for those who may know who they are."""
        assert self.audience == "own"
        assert self.names
        return listed(MEASURES[measure], connection, self._narrowed(filters, connection), page)


def choices(connection: Connection, cohort: str = "") -> dict[str, tuple[str, ...]]:
    """What can be filtered by: the values that occur, within what may be seen."""
    learners = connection.tables.learners.filter(_.on_roster)
    if cohort:
        learners = learners.filter(_.cohort == cohort)
    rows = connection.fetch(learners.select(*PEOPLE).distinct())
    found = {name: tuple(sorted({str(row[name]) for row in rows} - {""})) for name in PEOPLE}
    begun = connection.fetch(connection.tables.progress.select("course").distinct())
    return found | {"course": tuple(sorted(str(row["course"]) for row in begun))}
