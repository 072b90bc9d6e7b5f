"""What has left a programme already, so that a second table does not give away what the first one hid.

No person is named in it. A new table is compared with all that was released before, whichever audience it went to: what
the public has seen, a partner has seen too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from .attack import Everyone, worked_out
from .cells import Cell, Population, cells
from .disclosure import Refused, Rule
from .tables import Table

FILE = "released.jsonl"
ADVICE = "Give out what was released then, or wait until more has changed."


class Released:
    """The ledger of one programme, in its data folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def cells(self) -> list[Cell]:
        if not self._path.is_file():
            return []
        return [Cell(**json.loads(line)) for line in self._path.read_text(encoding="utf-8").splitlines()]

    def release(self, exact: Table, shown: Table, rule: Rule, population: Population, today: date) -> None:
        """Writes down what is given away now; refuses what, with something given before, would give a few people away."""
        before = self.cells()
        known = {cell.says() for cell in before}
        new = {cell.says(): cell for cell in cells(exact, shown, rule) if cell.says() not in known}
        fresh = [replace(cell, released=today.isoformat()) for cell in new.values()]
        everyone = Everyone(population)
        for reason in _reasons(fresh, before, rule, everyone):
            raise Refused(f"'{exact.title}' was not made: {reason}. {ADVICE}")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(cell), ensure_ascii=False, default=str) + "\n" for cell in fresh)


def _reasons(fresh: Sequence[Cell], before: Sequence[Cell], rule: Rule, everyone: Everyone) -> Iterator[str]:
    for cell in fresh:
        for old in before:
            reason = too_alike(cell, old, rule, everyone)
            if reason:
                yield reason
    for cell in worked_out([*before, *fresh], everyone) if fresh else ():
        when = f" with what was released on {before[-1].released}" if before else ""
        yield f"{cell.counts} of {cell.named()}, which is hidden, could be worked out from it{when}"


def too_alike(new: Cell, old: Cell, rule: Rule, everyone: Everyone) -> str | None:
    """Why the two, side by side, would tell of fewer than k people; None when they do not."""
    if new.counts != old.counts or not _overlap(new, old):
        return None
    where = f"{new.counts} of {new.named()} and of {old.named()}, released on {old.released}"
    if new.who != old.who:
        mine, others = everyone.like(new.who), everyone.like(old.who)
        more, fewer = everyone.people(mine - others), everyone.people(others - mine)
        if more or fewer:
            small = more < rule.k and fewer < rule.k
            return f"{where}, differ by fewer than {rule.k} people" if small else None
    if new.shown == old.shown:
        return None
    return f"{where}, differ by fewer than {rule.k}" if abs(new.count - old.count) < rule.k else None


def _overlap(new: Cell, old: Cell) -> bool:
    """Whether one statement could be counted in both."""
    if any(new.what[name] != old.what[name] for name in new.what.keys() & old.what.keys()):
        return False
    begun = not new.until or not old.since or old.since <= new.until
    return begun and (not old.until or not new.since or new.since <= old.until)
