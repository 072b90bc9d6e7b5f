"""Made-up learners → a store, a roster and an LMS's export, as if they had lived."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import click

from ...operations.running import progress
from ...people.registers import register
from ...people.roster import People
from ...store import Database, Store
from ...store.keys import ALIAS_SECRET, alias, server_secret
from ...store.opening import opened
from .. import connections
from ..exports import mapping, reading
from ..exports.matching import match
from ..exports.taking import take_in
from ..ledger import Ledger
from ..ledger_file import path_of
from . import making
from .making import MARK, Demo
from .self_checks import give


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
    give(made.given, data)
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
    path = path_of(data).parent / "lms-export.csv"
    making.export(made, path)
    sheet = reading.read(path, None)
    plain = mapping.fitting(mapping.PRESETS["plain"].mapping, sheet, str(path))
    with connections.roster_of(data) as (people, secret):
        known = {person.lms_id for person in people.people.values()}
        matched = match(sheet, plain, known, lambda course: course, is_day_first=False)
        assert not matched.problems
        with Ledger.opened(path_of(data)) as facts:
            with facts.whole():
                take_in(facts, matched.results, secret, datetime.now(UTC))
            connections.settle(facts, people)
