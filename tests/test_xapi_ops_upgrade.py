"""Databases of other versions of the program: older ones are upgraded, newer ones refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from xapi.cli import lrs
from xapi.store.opening import FILE
from xapi.store.sqlite import MIGRATIONS, SqliteStore

SCHEMA_1 = (Path(__file__).parent / "golden" / "lrs-schema-1.sql").read_text(encoding="utf-8")
"""A store of the first schema: three statements (the third voids the second), a document, a definition, a key."""


def made(path: Path) -> Path:
    with sqlite3.connect(path) as database:
        database.executescript(SCHEMA_1)
    database.close()
    return path


def tables(path: Path) -> dict[str, list[Any]]:
    """All there is, but for the record of migrations and tables that hold nothing."""
    database = sqlite3.connect(path)
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    found = {name: sorted(database.execute(f"SELECT * FROM {name}"), key=repr) for name in names}
    database.close()
    return {name: rows for name, rows in found.items() if rows and name != "migrations"}


def columns(path: Path) -> list[Any]:
    database = sqlite3.connect(path)
    found = database.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
    database.close()
    return found


def test_an_older_database_is_upgraded_and_keeps_everything(tmp_path: Path) -> None:
    old = made(tmp_path / "old.sqlite")
    before = tables(old)
    SqliteStore(old).close()
    assert tables(old) == before
    SqliteStore(tmp_path / "new.sqlite").close()
    assert columns(old) == columns(tmp_path / "new.sqlite")
    database = sqlite3.connect(old)
    assert database.execute("SELECT number FROM migrations").fetchall() == [(n + 1,) for n in range(len(MIGRATIONS))]
    database.close()


def test_an_interrupted_upgrade_leaves_the_database_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = made(tmp_path / "old.sqlite")
    before, shape = tables(old), columns(old)
    monkeypatch.setattr("xapi.store.sqlite.MIGRATIONS", [*MIGRATIONS, "CREATE TABLE more (id);\nNOT SQL;\n"])
    with pytest.raises(sqlite3.OperationalError):
        SqliteStore(old)
    assert (tables(old), columns(old)) == (before, shape)


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    SqliteStore(tmp_path / FILE).close()
    newer = len(MIGRATIONS) + 1
    with sqlite3.connect(tmp_path / FILE) as database:
        database.execute("INSERT INTO migrations VALUES (?, 0)", (newer,))
    database.close()
    before = tables(tmp_path / FILE)
    answer = CliRunner().invoke(lrs, ["key", "list", "--data", str(tmp_path)])
    assert (answer.exit_code, answer.output) == (
        1,
        f"Error: the database has schema {newer}, this program knows up to {newer - 1}: use the newer program\n",
    )
    assert tables(tmp_path / FILE) == before
