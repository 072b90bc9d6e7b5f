"""The options that all reports share, and what they ask for."""

from __future__ import annotations

import calendar
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from xapi.options import DATA
from xapi.reports.filters import DIMENSIONS, Filters
from xapi.reports.rule import AUDIENCES, SMALLEST_SHOWN
from xapi.store.opening import folder

if TYPE_CHECKING:
    from xapi.reports.connections import Connection

    from .reader import Reader

Period = tuple[date | None, date | None]


def period(text: str) -> Period:
    """A year, a month, a day, or two of them with two dots between; either may be missing."""
    begin, dots, end = text.partition("..")
    first = _span(begin) if begin else (None, None)
    last = _span(end) if end else (None, None)
    since, until = (first[0], last[1]) if dots else first
    if since and until and since > until:
        raise ValueError(f"{since} is after {until}")
    return since, until


def _span(text: str) -> tuple[date, date]:
    parts = text.strip().split("-")
    if not all(part.isdigit() for part in parts) or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
        raise ValueError(f"'{text}' is no year, month or day")
    numbers = [int(part) for part in parts]
    if len(numbers) == 1:
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    if len(numbers) == 2:
        year, month = numbers
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    day = date.fromisoformat(text.strip())
    return day, day


class PeriodType(click.ParamType[Period]):
    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, tuple):
            return value
        try:
            return period(str(value))
        except ValueError as problem:
            self.fail(f"{problem}: expected one like 2027, 2027-03, 2027-03-31, or 2027-01..2027-03", param, ctx)


@dataclass(frozen=True)
class Asked:
    """Which facts are asked, about whom, for whose eyes."""

    filters: Filters
    audience: str
    k: int
    engine: str
    data: str
    lrs: str
    lrs_key: str
    lrs_secret: str

    @contextmanager
    def facts(self) -> Iterator[Connection]:
        from xapi.client import Client
        from xapi.reports import connections

        client = Client(self.lrs, self.lrs_key, self.lrs_secret) if self.lrs else None
        with _counted() as tick, connections.opened(self.data, engine=self.engine, progress=tick, lrs=client) as found:
            yield found

    def reader(self) -> Reader:
        from ..console import today
        from .reader import Reader

        return Reader(self.audience, self.k, ledger=folder(self.data), today=today())


@contextmanager
def _counted() -> Iterator[Callable[[int], None]]:
    """How many statements have been read, on a terminal only: nobody knows how many there will be."""
    total = 0

    def tick(more: int) -> None:
        nonlocal total
        total += more
        if more and sys.stderr.isatty():
            click.echo(f"\rStatements read: {total:,}", nl=False, err=True)

    yield tick
    if total and sys.stderr.isatty():
        click.echo(err=True)


OPTIONS = (
    *(
        click.option(f"--{name}", help=f"Only this {name}." if name != "course" else "Only this masterclass.")
        for name in DIMENSIONS
    ),
    click.option(
        "--period",
        type=PeriodType(),
        default="",
        metavar="PERIOD",
        help="2027, 2027-03, 2027-03-31, or 2027-01..2027-03.",
    ),
    click.option(
        "--audience",
        type=click.Choice(AUDIENCES),
        default="own",
        show_default=True,
        help="own: exact, for the programme and its board. shared, public: small numbers hidden, others rounded.",
    ),
    click.option(
        "--k",
        type=click.IntRange(5),
        default=SMALLEST_SHOWN,
        show_default=True,
        help="The smallest count that a shared report shows.",
    ),
    DATA,
    click.option(
        "--engine",
        default="",
        metavar="URL",
        help="Where to reckon: DuckDB when left out, else postgresql:// or spark://.",
    ),
    click.option("--lrs", default="", metavar="URL", help="Another LRS to read as well."),
    click.option("--lrs-key", default="", envvar="MASTERCLASS_LRS_KEY", help="Its key; or in MASTERCLASS_LRS_KEY."),
    click.option(
        "--lrs-secret",
        default="",
        envvar="MASTERCLASS_LRS_SECRET",
        help="Its secret; better in MASTERCLASS_LRS_SECRET.",
    ),
)


def asking(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the shared options, as its argument `asked`."""
    from functools import wraps

    @wraps(command)
    def run(
        *,
        period: Period,
        audience: str,
        k: int,
        engine: str,
        data: str,
        lrs: str,
        lrs_key: str,
        lrs_secret: str,
        **more: Any,
    ) -> None:
        limits = {name: more.pop(name) for name in DIMENSIONS}
        filters = Filters(**limits, since=period[0], until=period[1])
        command(asked=Asked(filters, audience, k, engine, data, lrs, lrs_key, lrs_secret), **more)

    for option in reversed(OPTIONS):
        run = option(run)
    return run
