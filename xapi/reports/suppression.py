"""Which counts of a table are hidden: the small ones, and those that would give a small one away.

A reader has the sums of a table's rows from somewhere else, takes the next page's readers from this one's, and knows how
rounding works. Every hidden count keeps at least UNSURE numbers that it could be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from .rule import HIDDEN, PARTS, UNSURE, Rule
from .tables import Column, Table, Value


def is_counted(column: Column) -> bool:
    """A count of people or of what they did; not the place of a page, which is a key."""
    return column.kind == "count" and not column.key


def totals(table: Table) -> dict[str, int]:
    """What the counts add up to, where every row is about other people."""
    if not {column.id for column in table.columns if column.key} <= {*PARTS}:
        return {}
    counted = [column.id for column in table.columns if is_counted(column)]
    return {name: sum(value for value in table.values(name) if isinstance(value, int)) for name in counted}


def shown_total(table: Table, column: Column, rule: Rule) -> int | str | None:
    """A total as a reader may see it; None where there is none."""
    exact = totals(table).get(column.id)
    if exact is None:
        return None
    return HIDDEN if _hidden(table, column, rule).total else rule.shown(exact)


@dataclass(frozen=True)
class Hidden:
    """Of a column of counts: which rows show nothing; whether its total shows nothing, or what is a total of some rows."""

    rows: frozenset[int]
    total: bool = False
    bases: frozenset[int] = frozenset()


ADDS_UP = {
    "progress": {"course"},
    "weeks": {"course", "week"},
    "plans": {"course"},
    "worth": {"course"},
    "time": {"course", "status"},
    "confidence": {"course", "level", "level_at"},
}
"""Keys along which the rows of a table add up to what another table, or its own sentence, says of all."""
REACHED, LEFT = "reached", "left_here"
"""Of each page: who came so far, and who went no further."""
CHOSEN = "chosen"
"""Counts of options: those of one question add up to its answers."""


def hidden_counts(table: Table, rule: Rule) -> dict[str, Hidden]:
    hidden = {column.id: _hidden(table, column, rule) for column in table.columns if is_counted(column)}
    if CHOSEN in hidden and table.n_column in hidden:
        answers = hidden[table.n_column]
        hidden[table.n_column] = replace(answers, rows=answers.rows | hidden[CHOSEN].bases)
    if {REACHED, LEFT} <= hidden.keys():
        hidden |= _steps(table, hidden, rule)
    return hidden


def _steps(table: Table, hidden: dict[str, Hidden], rule: Rule) -> dict[str, Hidden]:
    """Who reached a page less who reached the next is who left it: where that would say too much, the next is hidden."""
    reached, left = table.values(REACHED), table.values(LEFT)
    unseen = {name: set(hidden[name].rows) for name in (REACHED, LEFT)}
    for here, there in _consecutive(table):
        pair = reached[here], reached[there]
        if here not in unseen[LEFT] or here in unseen[REACHED] or not all(isinstance(each, int) for each in pair):
            continue
        (low, high), (least, most) = (rule.bounds(int(str(each))) for each in pair)
        if min(high - least, rule.k - 1) - max(low - most, 1) + 1 < UNSURE and isinstance(left[here], int):
            unseen[REACHED].add(there)
            unseen[LEFT].add(there)  # or the page after the next would say it
    return {name: replace(hidden[name], rows=frozenset(rows)) for name, rows in unseen.items()}


def _consecutive(table: Table) -> Iterator[tuple[int, int]]:
    """Rows of pages that follow each other in one masterclass and one group."""
    names = [column.id for column in table.columns]
    groups = [place for place, column in enumerate(table.columns) if column.key and not _is_of_page(column.id)]
    at = names.index("page_at")
    order = sorted(
        range(len(table.rows)), key=lambda row: (*(str(table.rows[row][key]) for key in groups), table.rows[row][at])
    )
    for here, there in pairwise(order):
        if all(table.rows[here][key] == table.rows[there][key] for key in groups):
            yield here, there


def _is_of_page(name: str) -> bool:
    return name.startswith("page") or name == "is_last"


def _hidden(table: Table, column: Column, rule: Rule) -> Hidden:
    counts = {row: value for row, value in enumerate(table.values(column.id)) if isinstance(value, int)}
    primary = frozenset(row for row, count in counts.items() if rule.hides(count))
    total = totals(table).get(column.id)
    if total is not None:
        rows, gives_away = with_others(counts, total, rule)
        return Hidden(rows, total=gives_away)
    if column.id != CHOSEN:
        return _families(table, counts, rule) if table.id in ADDS_UP else Hidden(primary)
    whole, bases = primary, frozenset[int]()
    for family, answers in _questions(table):
        given = {row: counts[row] for row in family if row in counts}
        if sum(given.values()) != answers:
            continue  # where several may be chosen, or a response is unknown, nothing adds up
        rows, gives_away = with_others(given, answers, rule)
        whole |= rows
        bases |= frozenset(family) if gives_away else frozenset()
    return Hidden(whole, bases=bases)


def _families(table: Table, counts: dict[int, int], rule: Rule) -> Hidden:
    """Rows that add up, hidden as if their sum were known: somewhere else it is."""
    keys = [at for at, column in enumerate(table.columns) if column.key and column.id not in ADDS_UP[table.id]]
    found: dict[tuple[Value, ...], dict[int, int]] = {}
    for row, count in counts.items():
        found.setdefault(tuple(table.rows[row][at] for at in keys), {})[row] = count
    parts = [with_others(family, sum(family.values()), rule) for family in found.values()]
    rows = frozenset[int]().union(*(rows for rows, _ in parts))
    return Hidden(rows, total=any(gives_away for _, gives_away in parts))


def _questions(table: Table) -> Iterator[tuple[list[int], int]]:
    """The rows of each question's options, with how many answered it."""
    keys = [place for place, column in enumerate(table.columns) if column.key and not column.id.startswith("option")]
    found: dict[tuple[Value, ...], list[int]] = {}
    for place, row in enumerate(table.rows):
        found.setdefault(tuple(row[key] for key in keys), []).append(place)
    answers = table.values(table.n_column) if table.n_column else ()
    for family in found.values():
        value = answers[family[0]] if answers else None
        if isinstance(value, int):
            yield family, value


def with_others(counts: dict[int, int], total: int, rule: Rule) -> tuple[frozenset[int], bool]:
    """The small counts, and what must be hidden with them for the total not to give them away; whether it still would."""
    primary = frozenset(row for row, count in counts.items() if rule.hides(count))
    if not primary:
        return primary, False
    hidden = primary
    shown = sorted((count, row) for row, count in counts.items() if row not in primary and count)
    while shown and (len(hidden) < 2 or _narrow(counts, hidden, primary, total, rule)):
        hidden |= {shown.pop(0)[1]}
    return hidden, len(hidden) < 2 or _narrow(counts, hidden, primary, total, rule)


def _narrow(counts: dict[int, int], hidden: frozenset[int], primary: frozenset[int], total: int, rule: Rule) -> bool:
    """Whether the total leaves one of the small counts fewer values than it should."""
    if hidden != primary:
        return False  # one of those that are hidden can be any number
    low, high = rule.bounds(total)
    for count in (count for row, count in counts.items() if row not in hidden):
        least, most = rule.bounds(count)
        low, high = low - most, high - least
    others = len(hidden) - 1
    least, most = max(1, low - others * (rule.k - 1)), min(rule.k - 1, high - others)
    return most - least + 1 < UNSURE
