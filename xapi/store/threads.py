"""What every store does with its connections: a few threads read, each with its own; one writes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from . import Database
from .writer import WritableDatabase, Writer

T = TypeVar("T")

READERS = 3


class ThreadedStore:
    def __init__(self, connect: Callable[[], WritableDatabase]) -> None:
        self._new_connection = connect
        self._writer = Writer(connect)
        self._local = threading.local()
        self._opened: list[WritableDatabase] = []
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="lrs-reader")

    async def read(self, task: Callable[[Database], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, task)

    def _read(self, task: Callable[[Database], T]) -> T:
        if not hasattr(self._local, "database"):
            self._local.database = self._new_connection()
            self._opened.append(self._local.database)
        return task(self._local.database)

    async def write(self, task: Callable[[Database], T]) -> T:
        return await self._writer.write(task)

    def close(self) -> None:
        self._writer.close()
        self._readers.shutdown()
        for database in self._opened:
            database.close()
