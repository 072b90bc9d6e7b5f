"""The scripts that make the tables, in order. Which of them a database has had is written in it."""

from __future__ import annotations

import time
from importlib.resources import files

import click

from . import Database


class NewerDatabase(click.ClickException):
    """A database that a later version of this program has upgraded."""


def scripts(dialect: str) -> list[str]:
    folder = files(__package__).joinpath("sql", dialect)
    names = sorted(file.name for file in folder.iterdir() if file.name.startswith("migration_"))
    return [folder.joinpath(name).read_text(encoding="utf-8") for name in names]


def missing(database: Database, known: list[str]) -> list[tuple[int, str]]:
    """The scripts still to run, with their numbers."""
    database.run("make_migrations")
    made = database.rows("last_migration")[0][0]
    if made > len(known):
        raise NewerDatabase(
            f"the database has schema {made}, this program knows up to {len(known)}: use the newer program"
        )
    return list(enumerate(known[made:], start=made + 1))


def record(database: Database, number: int) -> None:
    database.run("record_migration", number=number, made=time.time_ns() // 1000)
