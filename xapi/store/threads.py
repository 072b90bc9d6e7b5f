"""What every store does with its connections: a few threads read, each with its own; one writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from . import Database
from .readers import Readers
from .writer import WritableDatabase, Writer

T = TypeVar("T")


class ThreadedStore:
    def __init__(self, connect: Callable[[], WritableDatabase]) -> None:
        self._writer = Writer(connect)
        self._readers = Readers(connect)

    async def read(self, task: Callable[[Database], T]) -> T:
        return await self._readers.read(task)

    async def write(self, task: Callable[[Database], T]) -> T:
        return await self._writer.write(task)

    def close(self) -> None:
        self._writer.close()
        self._readers.close()
