"""`masterclass demo`: learners who never lived, to look at reports with."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ...operations.running import progress
from ...people.registers import register
from ...people.roster import People
from ...store import Database, Store
from ...store.keys import ALIAS_SECRET, alias, server_secret
from ...store.opening import opened
from .. import catalogues, connections, ledger
from ..exports import mapping, reading
from ..exports.matching import match
from ..exports.taking import take_in
from . import making
from .making import MARK, Demo
from .truth import truth


@click.command()
@click.option(
    "--learners", default=500, show_default=True, type=click.IntRange(1, 100_000), help="People on the roster."
)
@click.option(
    "--seed", default=1, show_default=True, help="Another number, other people; the same number, the same people."
)
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which anything happens; today when left out."
)
@click.option(
    "--truth",
    "truth_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what is true of them, as JSON.",
)
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=connections.CATALOGUE,
    show_default=True,
    help="What 'masterclass build' wrote.",
)
@click.option(
    "--data", default="data/demo", show_default=True, metavar="DIR|URL", help="A store that holds nothing else."
)
def demo(learners: int, seed: int, until: datetime | None, truth_file: Path | None, catalogue: Path, data: str) -> None:
    """Make up learners and what they did, and record it as if they had lived.

    Refused where there are records of people.
    """
    entries = [entry for entry in catalogues.read(catalogue).entries if entry["questions"]]
    if not entries:
        raise click.ClickException(f"{catalogue} has no masterclass with questions")
    last = until.date() if until else datetime.now(UTC).date()
    made = making.decided(learners, seed, entries, last)
    statements = filled(made, data)
    if truth_file is not None:
        told = {"seed": seed, "until": last.isoformat(), "learners": learners, "measures": facts_of(made, last)}
        truth_file.write_text(json.dumps(told, indent=1, default=str) + "\n", encoding="utf-8")
    click.echo(f"{data}: {learners} made-up people and {statements} statements")


def facts_of(made: Demo, today: date) -> dict[str, list[dict[str, object]]]:
    return truth(made.learners, made.told(), made.courses, today)


def filled(made: Demo, data: str) -> int:
    """How many statements were recorded."""
    store = opened(data)
    try:
        if asyncio.run(_used(store)):
            raise click.ClickException(f"{data} holds statements already: name a folder of its own with --data")
        secret = asyncio.run(_secret(store))
        people = People(register(data))
        if people.everyone():
            raise click.ClickException(f"{data} has a roster already: name a folder of its own with --data")
        people.bring_in(making.roster(made), lambda name: alias(name, secret))
        accounts = {person.lms_id: person.account for person in people.everyone()}
        statements = asyncio.run(_tell(store, made, accounts))
    finally:
        store.close()
    _import(made, data)
    return statements


async def _tell(store: Store, made: Demo, accounts: dict[str, str]) -> int:
    await making.mark(store, made)
    with progress("Recording", len(made.lives)) as bar:
        return await making.tell(made, store, accounts, bar.update)


async def _used(store: Store) -> bool:
    def used(database: Database) -> bool:
        return bool(database.rows("last_seq")[0][0] or database.rows("setting", name=MARK))

    return await store.read(used)


async def _secret(store: Store) -> bytes:
    return await store.write(lambda database: server_secret(database, ALIAS_SECRET))


def _import(made: Demo, data: str) -> None:
    """The LMS's export, written beside the records and taken in as any other."""
    path = ledger.path_of(data).parent / "lms-export.csv"
    making.export(made, path)
    sheet = reading.read(path, None)
    plain = mapping.fitting(mapping.PRESETS["plain"].mapping, sheet, str(path))
    with connections.roster_of(data) as (people, secret):
        known = {person.lms_id for person in people.people.values()}
        matched = match(sheet, plain, known, lambda course: course, is_day_first=False)
        assert not matched.problems
        with ledger.Ledger.opened(ledger.path_of(data)) as facts:
            with facts.whole():
                take_in(facts, matched.results, secret, datetime.now(UTC))
            connections.settle(facts, people)
