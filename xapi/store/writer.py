"""One thread that writes, and commits what has gathered while it was busy in one go (group commit).

A full sync costs a millisecond or more; shared by all who wait, durability is affordable.
"""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from . import Database
from .statements import Recording
from .tasks import Task, settle

T = TypeVar("T")

# As many tasks as one commit takes; more wait for the next, so that no one waits for ever.
GROUP = 128

# How often, and for how many seconds each time, the writer waits for others to come: less than a commit takes.
NAPS, NAP = 2, 0.00025


class WritableDatabase(Database, Protocol):
    def transaction(self) -> AbstractContextManager[None]:
        """Commits at the end, durably."""
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Undone alone when its block raises."""
        ...

    def close(self) -> None: ...


class _Spoilt(Exception):
    """One of several that were recorded as one is wrong: all is undone, and each is tried by itself."""


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
        shared = 1
        while (first := self._tasks.get()) is not None:
            self._let_gather(shared - 1)
            group = self._commit(database, first)
            shared = len(group)
            settle(group)
            if self._last:
                break
        database.close()

    def _let_gather(self, others: int) -> None:
        """Those who shared the last commit have just been answered, and what they send next is about to come.

        Without this, the first of them has a commit of its own while all others wait. Nobody waits for one who is alone.
        """
        for _ in range(NAPS):
            if self._tasks.qsize() >= others:
                break
            time.sleep(NAP)

    def _commit(self, database: WritableDatabase, first: Task) -> list[Task]:
        """With what came while the transaction was begun, and while that was done: the longer part is the commit itself."""
        group = [first]
        try:
            try:
                with database.transaction():
                    group += self._waiting(GROUP - 1)
                    _do(database, group)
                    while late := self._waiting(GROUP - len(group)):
                        group += late
                        _quickly(database, late)
            except _Spoilt:
                with database.transaction():
                    _each(database, group)
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
        _quickly(database, group)


def _quickly(database: WritableDatabase, group: list[Task]) -> None:
    """Neighbours that record statements as one: many small batches then cost as much as one large."""
    for recording, found in itertools.groupby(group, lambda task: isinstance(task.run, Recording)):
        if recording:
            _together(database, list(found))
        else:
            _each(database, found)


def _together(database: WritableDatabase, tasks: list[Task]) -> None:
    """Without savepoints, which cost a copy of every page: what is wrong is rare, and then all is done again."""
    recordings = [task.run for task in tasks if isinstance(task.run, Recording)]
    whole = Recording.joined(recordings)
    try:
        for recording in [whole] if whole else recordings:
            recording(database)
    except Exception as error:
        raise _Spoilt from error


def _each(database: WritableDatabase, tasks: Iterable[Task]) -> None:
    for task in tasks:
        task.result = task.error = None
        try:
            with database.savepoint():
                task.result = task.run(database)
        except BaseException as error:  # handed to whoever waits for this task, who raises it
            task.error = error
