"""Instants in microseconds that only go up, whatever the machine's clock does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Clock:
    def __init__(self, last: int, now: Callable[[], int] = lambda: time.time_ns() // 1000) -> None:
        self._now = now
        self._last = last
        self._begun: int | None = None
        self._lock = threading.Lock()

    def catch_up(self, last: int) -> None:
        """Another process may have given out later instants."""
        with self._lock:
            self._last = max(self._last, last)

    def now(self) -> int:
        """Never earlier than an instant given out before."""
        return max(self._now(), self._last)

    def reserve(self, count: int) -> int:
        with self._lock:
            first = max(self._now(), self._last + 1)
            self._last = first + count - 1
            return first

    @contextmanager
    def writing(self) -> Iterator[None]:
        """While statements that have their instants are not committed yet."""
        self._begun = self.now()
        try:
            yield
        finally:
            self._begun = None

    def consistent_through(self) -> int:
        """Statements in flight are stored after their transaction began; later ones after now."""
        now = self.now()
        begun = self._begun
        return now if begun is None else min(now, begun)
