"""What changed between two periods: the same counts side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from .filters import Filters
from .rule import HIDDEN
from .tables import Column, Table, Value
from .wording import period, signed

COUNTED = ("started", "completed", "passed")


def earlier(filters: Filters) -> Filters | None:
    """The period before, as long as this one; None where this one has no beginning or no end."""
    if filters.since is None or filters.until is None:
        return None
    until = filters.since - timedelta(days=1)
    # A period that is whole months or years is followed back by as many.
    months = _months(filters.since, filters.until)
    if months:
        at = filters.since.year * 12 + filters.since.month - 1 - months
        return replace(filters, since=date(at // 12, at % 12 + 1, 1), until=until)
    return replace(filters, since=filters.since - (filters.until - until), until=until)


def _months(since: date, until: date) -> int:
    after = until + timedelta(days=1)
    return (after.year - since.year) * 12 + after.month - since.month if since.day == after.day == 1 else 0


def change(now: Table, before: Table) -> Table:
    """Of two tables of progress, as an audience sees them: what cannot be seen in one is not worked out from the other."""
    this, last = dict(now.totals), dict(before.totals)
    titles = {column.id: column.title for column in now.columns}
    rows: list[tuple[Value, ...]] = []
    for name in COUNTED:
        count, earlier_count = this.get(name, 0), last.get(name, 0)
        rows.append((titles[name], earlier_count, count, _difference(count, earlier_count)))
    columns = (
        Column("what", "What", "text", "Counted as in the table above.", key=True),
        Column("before", period(before), "count", "In the period before."),
        Column("now", period(now), "count", "In this period."),
        Column("difference", "Change", "number", "This period less the one before."),
    )
    return replace(
        now,
        id="change",
        title="What changed",
        question="What changed?",
        answer="",
        totals=(),
        columns=columns,
        rows=tuple(rows),
        n_column=None,
    )


def _difference(now: Value, before: Value) -> Value:
    if HIDDEN in (now, before) or not isinstance(now, int) or not isinstance(before, int):
        return HIDDEN
    return signed(f"{now - before:+,}") if now != before else "0"
