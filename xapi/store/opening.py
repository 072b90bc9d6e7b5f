"""Which store an address means."""

from __future__ import annotations

import os
from pathlib import Path

import click

from . import Store
from .sqlite import SqliteStore

FILE = "lrs.sqlite"
POSTGRES = ("postgresql://", "postgres://")


def folder(data: str) -> Path:
    """Where files are that are beside a store. Of one in a database: where systemd lets a service write, else `data`."""
    if "://" not in data:
        return Path(data)
    # Several folders, parted by colons, when a unit names several.
    return Path(os.environ.get("STATE_DIRECTORY", "").partition(":")[0] or "data")


def opened(data: str) -> Store:
    """A PostgreSQL URL, or a folder that holds an SQLite file; made when there is none."""
    scheme, elsewhere, _ = data.partition("://")
    if elsewhere and not data.startswith(POSTGRES):
        raise click.ClickException(
            f"{scheme}:// is no store: --data takes a folder, or postgresql://…; reports read another LRS by --lrs"
        )
    if data.startswith(POSTGRES):
        from .postgres import PostgresStore

        return PostgresStore(data)
    return SqliteStore(Path(data) / FILE)
