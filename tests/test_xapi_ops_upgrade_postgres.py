"""An older PostgreSQL store is upgraded as an SQLite one is: everything is there, in the shape of a new one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from lrs_fixtures import emptied
from xapi.store.migrations import NewerDatabase
from xapi.store.postgres import MIGRATIONS, PostgresStore

SCHEMA_1 = (Path(__file__).parent / "golden" / "lrs-schema-1-postgres.sql").read_text(encoding="utf-8")

COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
WHERE table_schema = 'public' ORDER BY table_name, ordinal_position
"""
REST = """
SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
UNION SELECT 'storage', attrelid::regclass || '.' || attname, attstorage::text FROM pg_attribute
  WHERE attrelid = 'statements'::regclass AND attnum > 0
ORDER BY 1, 2
"""


def asked(address: str, query: str) -> list[Any]:
    with psycopg.connect(address, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


def shape(address: str) -> list[Any]:
    return [asked(address, COLUMNS), asked(address, REST)]


def tables(address: str) -> dict[str, list[Any]]:
    """All there is, but for the record of migrations and tables that hold nothing."""
    names = sorted({row[0] for row in asked(address, COLUMNS)} - {"migrations"})
    found = {name: sorted(asked(address, f"SELECT * FROM {name}"), key=repr) for name in names}
    return {name: rows for name, rows in found.items() if rows}


@pytest.fixture
def old(postgres: str) -> str:
    emptied(postgres)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(SCHEMA_1.encode())
    return postgres


def test_an_older_store_is_upgraded_and_keeps_everything(old: str) -> None:
    before = tables(old)
    assert {name: len(rows) for name, rows in before.items()} == {
        "activities": 1, "documents": 1, "keys": 1, "settings": 1, "statements": 3, "terms": len(before["terms"]),
    }  # fmt: skip
    with closing(PostgresStore(old)):
        pass
    upgraded = shape(old)
    assert tables(old) == before
    assert asked(old, "SELECT number FROM migrations ORDER BY 1") == [(n + 1,) for n in range(len(MIGRATIONS))]
    emptied(old)
    with closing(PostgresStore(old)):
        pass
    assert upgraded == shape(old)


def test_an_interrupted_upgrade_leaves_the_store_as_it_was(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, looks = tables(old), shape(old)
    monkeypatch.setattr("xapi.store.postgres.MIGRATIONS", [*MIGRATIONS, "CREATE TABLE more (id int);\nNOT SQL;\n"])
    with pytest.raises(psycopg.errors.SyntaxError):
        PostgresStore(old)
    assert (tables(old), shape(old)) == (before, looks)


def test_a_newer_store_is_refused(postgres: str) -> None:
    emptied(postgres)
    with closing(PostgresStore(postgres)):
        pass
    newer = len(MIGRATIONS) + 1
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("INSERT INTO migrations VALUES (%s, 0)", (newer,))
    with pytest.raises(NewerDatabase, match=f"has schema {newer}, this program knows up to {newer - 1}"):
        PostgresStore(postgres)
