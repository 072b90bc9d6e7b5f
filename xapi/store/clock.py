"""Instants in microseconds that only go up, whatever the machine's clock does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Clock:
    def __init__(self, last: int, now: Callable[[], int] = lambda: time.time_ns() // 1000) -> None:
        self._now = now
        self._last = last
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
