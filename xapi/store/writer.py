"""One thread that writes, and commits what has gathered while it was busy in one go (group commit).

A full sync costs a millisecond or more; shared by all who wait, durability is affordable.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from . import Database

T = TypeVar("T")

# As many tasks as one commit takes; more wait for the next, so that no one waits for ever.
GROUP = 128


class WritableDatabase(Database, Protocol):
    def transaction(self) -> AbstractContextManager[None]:
        """Commits at the end, durably."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Undone alone when its block raises."""
        ...

    def close(self) -> None: ...


class _Task:
    """Something to write, and the coroutine that waits for it."""

    def __init__(self, run: Callable[[Database], Any]) -> None:
        self.run = run
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[Any] = self.loop.create_future()
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        if not self.future.done():
            if self.error is None:
                self.future.set_result(self.result)
            else:
                self.future.set_exception(self.error)


class Writer:
    def __init__(self, connect: Callable[[], WritableDatabase]) -> None:
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, args=(connect(),), name="lrs-writer", daemon=True)
        self._thread.start()

    async def write(self, run: Callable[[Database], T]) -> T:
        task = _Task(run)
        self._tasks.put(task)
        result: T = await task.future
        return result

    def close(self) -> None:
        """Finishes what is waiting."""
        self._tasks.put(None)
        self._thread.join()

    def _work(self, database: WritableDatabase) -> None:
        while (first := self._tasks.get()) is not None:
            group = [first]
            last = False
            while len(group) < GROUP and not last:
                try:
                    task = self._tasks.get_nowait()
                except queue.Empty:
                    break
                if task is None:
                    last = True
                else:
                    group.append(task)
            _commit(database, group)
            _settle(group)
            if last:
                break
        database.close()


def _commit(database: WritableDatabase, group: list[_Task]) -> None:
    try:
        with database.transaction():
            for task in group:
                try:
                    with database.savepoint():
                        task.result = task.run(database)
                except BaseException as error:  # handed to whoever waits for this task, who raises it
                    task.error = error
    except BaseException as error:  # the commit itself: nothing of the group is stored, and all are told
        for task in group:
            task.error = task.error or error


def _settle(group: list[_Task]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[_Task]] = {}
    for task in group:
        by_loop.setdefault(task.loop, []).append(task)
    for loop, tasks in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, tasks)


def _settle_all(tasks: list[_Task]) -> None:
    for task in tasks:
        task.settle()
