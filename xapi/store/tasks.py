"""Something to do with a database in a thread, and the coroutine that waits for it.

Leaner than an executor's futures, which have locks of their own that nobody here needs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from . import Database

T = TypeVar("T")


class Task:
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


def settle(tasks: Iterable[Task]) -> None:
    """From the thread that did them."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Task]] = {}
    for task in tasks:
        by_loop.setdefault(task.loop, []).append(task)
    for loop, its in by_loop.items():
        if not loop.is_closed():
            loop.call_soon_threadsafe(_settle_all, its)


def _settle_all(tasks: list[Task]) -> None:
    for task in tasks:
        task.settle()
