"""The rule for small counts, and for whom it holds."""

from __future__ import annotations

from dataclasses import dataclass

HIDDEN = "*"
SMALLEST_SHOWN = 8
LEAST = 5
"""No deployment may show counts below this outside a programme."""
STEP = 5
PEOPLE = ("organisation", "sector", "role", "cohort")
"""The roster's columns, in the order of a population's keys."""
AUDIENCES = ("own", "shared", "public")
UNSURE = 3
"""How many values a hidden count must at least still be able to have."""

PARTS = (*PEOPLE, "roster")
"""Keys by which nobody stands in two rows."""


class Refused(Exception):
    """A table that may not go to an audience, and why."""


@dataclass(frozen=True)
class Rule:
    """`k` is the smallest count that is shown."""

    k: int = SMALLEST_SHOWN

    def __post_init__(self) -> None:
        if self.k < LEAST:
            raise Refused(f"k is {self.k}: expected at least {LEAST}")

    def hides(self, count: int) -> bool:
        return 0 < count < self.k

    def shown(self, count: int) -> int | str:
        return HIDDEN if self.hides(count) else STEP * ((count + STEP // 2) // STEP)

    def bounds(self, count: int) -> tuple[int, int]:
        """Between which counts a reader of the table knows this one to be."""
        if count == 0:
            return 0, 0
        if self.hides(count):
            return 1, self.k - 1
        middle = STEP * ((count + STEP // 2) // STEP)
        return max(self.k, middle - STEP // 2), middle + STEP // 2


def rule_for(audience: str, k: int = SMALLEST_SHOWN) -> Rule | None:
    """None where exact counts are right: a programme's own roster and its board."""
    if audience not in AUDIENCES:
        raise Refused(f"there is no audience {audience!r}; there are: {', '.join(AUDIENCES)}")
    if audience == "public":
        k = max(k, SMALLEST_SHOWN)
    return None if audience == "own" else Rule(k)
