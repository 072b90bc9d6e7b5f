"""Which store an address means."""

from __future__ import annotations

from pathlib import Path

from . import Store
from .sqlite import SqliteStore

FILE = "lrs.sqlite"


def opened(data: str) -> Store:
    """A folder holds an SQLite file; made when there is none."""
    return SqliteStore(Path(data) / FILE)
