"""A few threads that read, each with a connection of its own, so that nobody waits for a long search."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

from . import Database
from .tasks import Task, settle
from .writer import WritableDatabase

T = TypeVar("T")

READERS = 3


class Readers:
    def __init__(self, connect: Callable[[], WritableDatabase]) -> None:
        self._connect = connect
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"lrs-reader-{number}", daemon=True) for number in range(READERS)
        ]
        for thread in self._threads:
            thread.start()
        self._closed = False

    async def read(self, run: Callable[[Database], T]) -> T:
        if self._closed:
            raise RuntimeError("the store is closed")
        task = Task(run)
        self._tasks.put(task)
        result: T = await task.future
        return result

    def close(self) -> None:
        """Finishes what is waiting."""
        self._closed = True
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        database: WritableDatabase | None = None
        while (task := self._tasks.get()) is not None:
            try:
                database = database or self._connect()
                task.result = task.run(database)
            except BaseException as error:  # handed to whoever waits for this task, who raises it
                task.error = error
            settle([task])
            del task  # or it would keep its statements until the next comes
        if database is not None:
            database.close()
