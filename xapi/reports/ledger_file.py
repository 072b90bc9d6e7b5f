"""The DuckDB file of a ledger: where it is, opened, read beside another connection, and written anew."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import click
import duckdb

from ..store.opening import folder
from .derived import DERIVED

T = TypeVar("T")

MEMORY = "700MB"
PATIENCE = 30.0
"""Seconds to wait for another process that has the file open."""


def path_of(data: str) -> Path:
    """Beside the store; of one in a database under a name of its own."""
    name = sha256(data.encode()).hexdigest()[:12] if "://" in data else "facts"
    return folder(data) / "reports" / f"{name}.duckdb"


def connected(path: str, beside: Path) -> duckdb.DuckDBPyConnection:
    """What does not fit into memory goes into the folder for as long as it takes."""
    settings: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(beside / "spill")}
    return _patiently(lambda: duckdb.connect(path, config=settings))


def attached(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The tables that measures read, for reading only, under their own names."""
    try:
        _patiently(lambda: database.execute(f"ATTACH '{_quoted(path)}' AS kept (READ_ONLY)"))
    except duckdb.IOException as problem:
        raise click.ClickException(f"{path}: {problem}") from problem
    for table in ("facts", "learners", *DERIVED):
        database.execute(f"CREATE VIEW {table} AS SELECT * FROM kept.{table}")


def rewrite(path: Path) -> None:
    """The same file, without what was removed from it."""
    fresh = path.with_suffix(".fresh")
    fresh.unlink(missing_ok=True)
    database = connected(":memory:", path.parent)
    try:
        attached(database, path)
        database.execute(f"ATTACH '{_quoted(fresh)}' AS fresh")
        database.execute("COPY FROM DATABASE kept TO fresh")
    finally:
        database.close()
    fresh.chmod(0o600)
    fresh.replace(path)


def _patiently(task: Callable[[], T]) -> T:
    """Waits while another process has the file."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            return task()
        except duckdb.IOException as problem:
            if "lock" not in str(problem).lower() or time.monotonic() > ends:
                raise
            time.sleep(0.1)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
