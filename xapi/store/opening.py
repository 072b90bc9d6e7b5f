"""Which store an address means."""

from __future__ import annotations

from pathlib import Path

from . import Store
from .sqlite import SqliteStore

FILE = "lrs.sqlite"
POSTGRES = ("postgresql://", "postgres://")


def opened(data: str) -> Store:
    """A PostgreSQL URL, or a folder that holds an SQLite file; made when there is none."""
    if data.startswith(POSTGRES):
        from .postgres import PostgresStore

        return PostgresStore(data)
    return SqliteStore(Path(data) / FILE)
