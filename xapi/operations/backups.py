"""A copy of an SQLite store while it goes on: one moment of it, complete, in one file."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import click

from ..people import registers

NAMING = (registers.FILE,)
"""Kept beside a store, and about people."""
COUNTING = ("self-checks.sqlite",)
"""Beside it, too, and about nobody."""
LISTING = ("released.jsonl",)
"""Grows by whole lines."""


class NoBackup(click.ClickException):
    """The copy could not be made, or is not sound."""


def backup(source: Path, copy: Path) -> None:
    """SQLite's own backup, in one step: it sees one moment, and who writes does not wait for it."""
    if not source.is_file():
        raise NoBackup(f"there is no database {source}")
    partial = copy.with_name(f"{copy.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        # People's records and the keys' hashes: for no one else's eyes.
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(source)) as store, closing(sqlite3.connect(partial)) as target:
            store.backup(target)
            # Of the copy, so that it is one file, and needs none beside it.
            target.execute("PRAGMA journal_mode = DELETE")
            (found,) = target.execute("PRAGMA quick_check").fetchone()
        if found != "ok":
            raise NoBackup(f"the copy is not sound: {found}")
        _sync(partial)
        # A link fails where there is a file already; a rename would replace it.
        os.link(partial, copy)
    except FileExistsError:
        raise NoBackup(f"{copy} is there already: choose another name") from None
    except (OSError, sqlite3.Error) as problem:
        raise NoBackup(f"{copy} could not be made: {problem}") from None
    finally:
        partial.unlink(missing_ok=True)
    _sync(copy.parent)


def backup_lines(source: Path, copy: Path) -> None:
    """Up to the last line that is whole: another may be being written."""
    whole, newline, _ = source.read_bytes().rpartition(b"\n")
    try:
        with os.fdopen(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(whole + newline)
            out.flush()
            os.fsync(out.fileno())
    except FileExistsError:
        raise NoBackup(f"{copy} is there already: choose another name") from None
    except OSError as problem:
        raise NoBackup(f"{copy} could not be made: {problem}") from None
    _sync(copy.parent)


def tidy(source: Path) -> None:
    """Empties the log of changes beside a database, in which what was removed may still stand."""
    with closing(sqlite3.connect(source, timeout=5)) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
