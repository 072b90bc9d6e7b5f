"""What a reader of many tables can work out: between which numbers every hidden count must lie.

Everyone is in one atom: the people whom exactly the same released cells count. A cell is then a sum of atoms, known to lie
between two numbers. Narrowing each from the others, again and again, is what a patient reader would do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .cells import Cell, Population
from .rule import HIDDEN, PEOPLE, UNSURE, Rule

MANY = 1 << 40
ROUNDS = 50

Times = tuple[tuple[tuple[str, str], ...], str, str, str]
"""What is counted, of what, and when: counts of one time are sums of the same people's."""


@dataclass
class _Sum:
    """A released cell: which atoms it counts, and between which numbers it is known to lie."""

    cell: Cell
    atoms: list[tuple[frozenset[int], Times]]
    low: int
    high: int


class Everyone:
    """The roster by combinations of its columns, found fast by any of them."""

    def __init__(self, population: Population) -> None:
        self._numbers = list(population.values())
        self._having: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._known: dict[tuple[tuple[str, str], ...], frozenset[int]] = {}
        for place, combination in enumerate(population):
            for name, value in zip(PEOPLE, combination, strict=True):
                self._having[name, value].add(place)

    def like(self, who: Mapping[str, str]) -> frozenset[int]:
        """The combinations that a cell counts."""
        asked = tuple(who.items())
        if asked not in self._known:
            found = [self._having.get(each, set()) for each in asked]
            self._known[asked] = frozenset(set.intersection(*found) if found else range(len(self._numbers)))
        return self._known[asked]

    def people(self, combinations: Iterable[int]) -> int:
        return sum(self._numbers[place] for place in combinations)


def worked_out(cells: Sequence[Cell], everyone: Everyone) -> list[Cell]:
    """The hidden counts that fewer than UNSURE numbers are left for."""
    sums = _sums(cells, everyone)
    bounds: dict[tuple[frozenset[int], Times], tuple[int, int]] = {
        atom: (0, MANY) for each in sums for atom in each.atoms
    }
    times: dict[Times, set[frozenset[int]]] = defaultdict(set)
    for atom, time in bounds:
        times[time].add(atom)
    nested = [((atom, inner), (atom, outer)) for inner, outer in _nested(times) for atom in times[inner] & times[outer]]
    for _ in range(ROUNDS):
        before = dict(bounds)
        for each in sums:
            _narrow(each, bounds)
        for inner, outer in nested:
            (low, high), (least, most) = bounds[inner], bounds[outer]
            bounds[inner], bounds[outer] = (low, min(high, most)), (max(low, least), most)
        if bounds == before:
            break
    small = [each for each in sums if each.cell.shown == HIDDEN and Rule(each.cell.k).hides(each.cell.count)]
    return [each.cell for each in small if _left(each, bounds) < UNSURE]


def _sums(cells: Sequence[Cell], everyone: Everyone) -> list[_Sum]:
    counted = [(cell, everyone.like(cell.who)) for cell in cells]
    marks: dict[int, set[int]] = defaultdict(set)
    for number, places in enumerate({places for _, places in counted}):
        for place in places:
            marks[place].add(number)
    atom_of = {place: frozenset(found) for place, found in marks.items()}
    sums = []
    for cell, places in counted:
        time: Times = (tuple(sorted(cell.what.items())), cell.since, cell.until, cell.counts)
        rule = Rule(cell.k)
        low, high = rule.bounds(cell.count) if cell.shown != HIDDEN or rule.hides(cell.count) else (1, MANY)
        atoms = sorted({atom_of[place] for place in places}, key=sorted)
        sums.append(_Sum(cell, [(atom, time) for atom in atoms], low, high))
    return sums


def _nested(times: Iterable[Times]) -> Iterator[tuple[Times, Times]]:
    """Pairs of which all that is counted in the one is counted in the other too."""
    known: dict[tuple[tuple[tuple[str, str], ...], str], list[Times]] = defaultdict(list)
    for time in times:
        known[time[0], time[3]].append(time)
    for (what, counts), inside in known.items():
        for size in range(len(what) + 1):
            for wider in combinations(what, size):
                outside = known.get((wider, counts), ())
                yield from ((inner, outer) for inner in inside for outer in outside if _within(inner, outer))


def _within(inner: Times, outer: Times) -> bool:
    """Whether all that is counted in the one is counted in the other too."""
    if inner == outer or inner[3] != outer[3] or not set(outer[0]) <= set(inner[0]):
        return False
    return (not outer[1] or outer[1] <= inner[1]) and (not outer[2] or "" < inner[2] <= outer[2])


def _narrow(each: _Sum, bounds: dict[tuple[frozenset[int], Times], tuple[int, int]]) -> None:
    lows = sum(bounds[atom][0] for atom in each.atoms)
    highs = sum(bounds[atom][1] for atom in each.atoms)
    each.low, each.high = max(each.low, lows), min(each.high, highs)
    for atom in each.atoms:
        low, high = bounds[atom]
        narrower = max(low, each.low - (highs - high)), min(high, each.high - (lows - low))
        lows, highs = lows + narrower[0] - low, highs + narrower[1] - high
        bounds[atom] = narrower


def _left(each: _Sum, bounds: dict[tuple[frozenset[int], Times], tuple[int, int]]) -> int:
    low = max(each.low, sum(bounds[atom][0] for atom in each.atoms))
    high = min(each.high, sum(bounds[atom][1] for atom in each.atoms))
    return high - low + 1
