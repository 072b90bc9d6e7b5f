"""How often a publishable key may be used from one address."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from ..refused import Refused

# A hospital is one address: a hundred people answering every ten seconds are let through, a script is not.
BURST = 300.0
PER_SECOND = 10.0
MOST_REMEMBERED = 10_000


class TooOften(Refused):
    def __init__(self) -> None:
        super().__init__(429, "this is asked too often from this address; wait a moment", {"Retry-After": "10"})


class Rates:
    """A bucket of permissions for each key and address, refilled as time goes by."""

    def __init__(
        self, now: Callable[[], float] = time.monotonic, burst: float = BURST, per_second: float = PER_SECOND
    ) -> None:
        self._now = now
        self._burst, self._per_second = burst, per_second
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def take(self, key: str, address: str) -> None:
        now = self._now()
        left, since = self._buckets.pop((key, address), (self._burst, now))
        left = min(self._burst, left + (now - since) * self._per_second)
        self._buckets[key, address] = (max(left - 1, 0.0), now)
        if len(self._buckets) > MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        if left < 1:
            raise TooOften
