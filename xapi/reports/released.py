"""What has left a programme already, so that a second table does not give away what the first one hid.

No person is named in it. A new table is compared with all that was released before, whichever audience it went to: what
the public has seen, a partner has seen too.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from itertools import product
from pathlib import Path

from .attack import Everyone, worked_out
from .cells import Cell, Population, cells
from .rule import Refused, Rule
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
    for mine, others in _pairs(fresh, before):
        for cell, old in product(mine, others):
            reason = too_alike(cell, old, rule, everyone)
            if reason:
                yield reason
    for cell in worked_out([*before, *fresh], everyone) if fresh else ():
        when = f" with what was released on {before[-1].released}" if before else ""
        yield f"{cell.counts} of {cell.named()}, which is hidden, could be worked out from it{when}"


def _pairs(fresh: Sequence[Cell], before: Sequence[Cell]) -> Iterator[tuple[list[Cell], list[Cell]]]:
    """Those of one column of which one counts a part of what the other counts: of others nothing could be told."""
    mine, others = _by_what(fresh), _by_what(before)
    for counts, kinds in mine.items():
        for (what, new), (about, old) in product(kinds.items(), others.get(counts, {}).items()):
            one, other = dict(what), dict(about)
            if one.items() <= other.items() or other.items() <= one.items():
                yield new, old


def _by_what(cells: Sequence[Cell]) -> dict[str, dict[tuple[tuple[str, str], ...], list[Cell]]]:
    found: dict[str, dict[tuple[tuple[str, str], ...], list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        found[cell.counts][tuple(cell.what.items())].append(cell)
    return found


def too_alike(new: Cell, old: Cell, rule: Rule, everyone: Everyone) -> str | None:
    """Why two counts of the same, side by side, would tell of fewer than k people; None when they do not."""
    if not _overlap(new, old) or not (_is_whole_of(new, old) and _is_whole_of(old, new)):
        return None
    where = f"{new.counts} of {new.named()} and of {old.named()}, released on {old.released}"
    if new.who != old.who:
        mine, others = everyone.like(new.who), everyone.like(old.who)
        more, fewer = everyone.people(mine - others), everyone.people(others - mine)
        if more or fewer:
            small = more < rule.k and fewer < rule.k
            return f"{where}, differ by fewer than {rule.k} people" if small else None
    # The same count may stand in one table, and be hidden in another that needs it for something else.
    if new.shown == old.shown or new.count == old.count:
        return None
    return f"{where}, differ by fewer than {rule.k}" if abs(new.count - old.count) < rule.k else None


def _is_whole_of(wide: Cell, narrow: Cell) -> bool:
    """Whether what is counted of more things is counted for as long; true, too, of what is a part of the other."""
    if not wide.what.items() < narrow.what.items():
        return wide.what.items() >= narrow.what.items()
    return wide.since <= narrow.since and (not wide.until or "" < narrow.until <= wide.until)


def _overlap(new: Cell, old: Cell) -> bool:
    """Whether one statement could be counted in both, by its day."""
    begun = not new.until or not old.since or old.since <= new.until
    return begun and (not old.until or not new.since or new.since <= old.until)
