"""What the commands share: a store for as long as a command runs, progress on a terminal."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from ..store import Store
from ..store.opening import FILE, opened

T = TypeVar("T")

OUT = click.Path(dir_okay=False, path_type=Path)


def existing(data: str) -> Path | None:
    """The file of an SQLite store, which must be there: nothing can be taken out of a new one."""
    if "://" in data:
        return None
    path = Path(data) / FILE
    if not path.is_file():
        raise click.ClickException(f"there is no database {path}; name its folder with --data")
    return path


def with_store(data: str, task: Callable[[Store], Awaitable[T]]) -> T:
    store = opened(data)
    try:
        return asyncio.run(_awaited(store, task))
    finally:
        store.close()


async def _awaited(store: Store, task: Callable[[Store], Awaitable[T]]) -> T:
    return await task(store)


def progress(label: str, length: int | None) -> Any:
    """On a terminal only: scripts and logs get what is said at the end."""
    return click.progressbar(length=length or 1, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())
