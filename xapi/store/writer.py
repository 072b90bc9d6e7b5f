"""One thread that writes, and commits what has gathered while it was busy in one go (group commit).

A full sync costs a millisecond or more; shared by all who wait, durability is affordable.
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from . import Database
from .statements import Recording
from .tasks import Task, settle

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


class Writer:
    def __init__(self, connect: Callable[[], WritableDatabase]) -> None:
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._last = False
        self._thread = threading.Thread(target=self._work, args=(connect(),), name="lrs-writer", daemon=True)
        self._thread.start()

    async def write(self, run: Callable[[Database], T]) -> T:
        task = Task(run)
        self._tasks.put(task)
        result: T = await task.future
        return result

    def close(self) -> None:
        """Finishes what is waiting."""
        self._tasks.put(None)
        self._thread.join()

    def _work(self, database: WritableDatabase) -> None:
        while (first := self._tasks.get()) is not None:
            settle(self._commit(database, first))
            if self._last:
                break
        database.close()

    def _commit(self, database: WritableDatabase, first: Task) -> list[Task]:
        """With what came while the transaction was begun, and while that was done: the longer part is the commit itself."""
        group = [first]
        try:
            with database.transaction():
                group += self._waiting(GROUP - 1)
                _do(database, group)
                while late := self._waiting(GROUP - len(group)):
                    group += late
                    _each_run(database, late)
        except BaseException as error:  # the commit itself: nothing of the group is stored, and all are told
            for task in group:
                task.error = task.error or error
        return group

    def _waiting(self, most: int) -> list[Task]:
        found: list[Task] = []
        while len(found) < most and not self._last:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                break
            if task is None:
                self._last = True
            else:
                found.append(task)
        return found


def _do(database: WritableDatabase, group: list[Task]) -> None:
    if len(group) == 1:
        # There is nothing else yet that its failure could undo.
        group[0].result = group[0].run(database)
    else:
        _each_run(database, group)


def _each_run(database: WritableDatabase, group: list[Task]) -> None:
    for run in _runs(group):
        if not _together(database, run):
            _each(database, run)


def _runs(group: list[Task]) -> Iterator[list[Task]]:
    """Neighbours that record statements, and the others one by one."""
    for recording, found in itertools.groupby(group, lambda task: isinstance(task.run, Recording)):
        tasks = list(found)
        yield from [tasks] if recording else [[task] for task in tasks]


def _together(database: WritableDatabase, tasks: list[Task]) -> bool:
    """Many small batches cost as much as one large; when something is wrong with one, each is tried by itself."""
    whole = (
        Recording.joined([task.run for task in tasks if isinstance(task.run, Recording)]) if len(tasks) > 1 else None
    )
    if whole is None:
        return False
    try:
        with database.savepoint():
            whole(database)
    except Exception:
        return False
    return True


def _each(database: WritableDatabase, tasks: list[Task]) -> None:
    for task in tasks:
        try:
            with database.savepoint():
                task.result = task.run(database)
        except BaseException as error:  # handed to whoever waits for this task, who raises it
            task.error = error
