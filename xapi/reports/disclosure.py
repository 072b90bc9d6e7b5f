"""What may be told of few people: a table for its own programme becomes one that may leave it.

The rule is that of NHS Digital for counts below national level: 1 to 7 are shown as ``*``, other counts to the nearest 5,
percentages are worked out from those, and nothing is said of statistics on fewer than 8 records. Where a total would give
a hidden count away, another is hidden with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .tables import Column, Coverage, Table, Value

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

NOTE = (
    "Small numbers: counts from 1 to {less} are shown as *, other counts to the nearest 5, and percentages are worked "
    "out from those. Some * stand for larger counts, so that a hidden one cannot be worked out. This is threshold "
    "suppression and does not by itself make anybody anonymous."
)

PARTS = (*PEOPLE, "roster")
"""Keys by which nobody stands in two rows."""

RATIOS = {"ratio": ("started_share", "invited_share")}
"""What is one share over another, and is worked out again from those that are shown."""
MINUTE = 60
STATISTICS = ("before", "after", "minutes", "low", "high")
"""Figures of sentences that count nobody: they are hidden where they are about few."""


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


def disclosed(table: Table, rule: Rule | None) -> Table:
    """The table as an audience may see it."""
    if rule is None or not table.collected:
        return table
    if any(column.kind == "learner" for column in table.columns):
        raise Refused(f"'{table.title}' has a row for each person: it stays within the programme (--audience own)")
    if table.n < rule.k:
        raise Refused(f"'{table.title}' is about fewer than {rule.k} people: it stays within the programme")
    hidden = _hidden_counts(table, rule)
    rows = tuple(_row(table, place, hidden, rule) for place in range(len(table.rows)))
    return replace(
        table,
        totals=tuple((name, _total(table, name, value, rule)) for name, value in table.totals),
        rows=rows,
        n=int(rule.shown(table.n)),
        coverage=tuple(_covered(table.coverage, rule)),
        notes=(*table.notes, NOTE.format(less=rule.k - 1)),
    )


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


def _total(table: Table, name: str, value: Value, rule: Rule) -> Value:
    """A figure of the sentence."""
    if name in STATISTICS:
        return value if _is_of_many(table, rule) else HIDDEN
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    column = next((each for each in table.columns if each.id == name and is_counted(each)), None)
    return HIDDEN if column and shown_total(table, column, rule) == HIDDEN else rule.shown(value)


def _is_of_many(table: Table, rule: Rule) -> bool:
    """Whether what a sentence says of its learners is about enough of them; where it does not say how many, every row is."""
    said = dict(table.totals).get("n")
    counts = [said] if said is not None else table.values(table.n_column or "n")
    return not any(isinstance(count, int) and rule.hides(count) for count in counts)


def _covered(coverage: tuple[Coverage, ...], rule: Rule) -> Iterator[Coverage]:
    """Without the channels of too few."""
    for each in coverage:
        learners, answers = rule.shown(each.learners), rule.shown(each.with_answers)
        if isinstance(learners, int) and isinstance(answers, int):
            yield replace(each, learners=learners, with_answers=answers)


@dataclass(frozen=True)
class _Hidden:
    """Of a column of counts: which rows show nothing; whether its total shows nothing, or what is a total of some rows."""

    rows: frozenset[int]
    total: bool = False
    bases: frozenset[int] = frozenset()


CHOSEN = "chosen"
"""Counts of options: those of one question add up to its answers."""


def _hidden_counts(table: Table, rule: Rule) -> dict[str, _Hidden]:
    hidden = {column.id: _hidden(table, column, rule) for column in table.columns if is_counted(column)}
    if CHOSEN in hidden and table.n_column in hidden:
        answers = hidden[table.n_column]
        hidden[table.n_column] = replace(answers, rows=answers.rows | hidden[CHOSEN].bases)
    return hidden


def _hidden(table: Table, column: Column, rule: Rule) -> _Hidden:
    counts = {row: value for row, value in enumerate(table.values(column.id)) if isinstance(value, int)}
    primary = frozenset(row for row, count in counts.items() if rule.hides(count))
    total = totals(table).get(column.id)
    if total is not None:
        rows, gives_away = _with_others(counts, total, rule)
        return _Hidden(rows, total=gives_away)
    if column.id != CHOSEN:
        return _Hidden(primary)
    whole, bases = primary, frozenset[int]()
    for family, answers in _questions(table):
        given = {row: counts[row] for row in family if row in counts}
        if sum(given.values()) != answers:
            continue  # where several may be chosen, or a response is unknown, nothing adds up
        rows, gives_away = _with_others(given, answers, rule)
        whole |= rows
        bases |= frozenset(family) if gives_away else frozenset()
    return _Hidden(whole, bases=bases)


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


def _with_others(counts: dict[int, int], total: int, rule: Rule) -> tuple[frozenset[int], bool]:
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


def _row(table: Table, place: int, hidden: dict[str, _Hidden], rule: Rule) -> tuple[Value, ...]:
    exact = dict(zip((column.id for column in table.columns), table.rows[place], strict=True))
    counts: dict[str, Value] = {
        name: HIDDEN if place in hidden[name].rows else rule.shown(value)
        for name, value in exact.items()
        if name in hidden and isinstance(value, int)
    }
    return tuple(_cell(column, exact, counts, table, rule) for column in table.columns)


def _cell(column: Column, exact: dict[str, Value], counts: dict[str, Value], table: Table, rule: Rule) -> Value:
    value = exact[column.id]
    if column.id in counts:
        return counts[column.id]
    if column.key or value is None or column.kind == "text":
        return value
    if column.kind == "share" and isinstance(value, float):
        return _share(column, value, exact, counts, table, rule)
    base = counts.get(column.of or table.n_column or "", rule.shown(table.n))
    if not isinstance(base, int) or base == 0:
        return HIDDEN
    if column.id in RATIOS:
        return _ratio(column.id, exact, counts, table, rule)
    # To more places, a mean of few would say what each of them did.
    return (
        MINUTE * round(value / MINUTE)
        if column.kind == "seconds" and isinstance(value, (int, float))
        else _short(value)
    )


def _short(value: Value) -> Value:
    return round(value, 2) if isinstance(value, float) else value


def _ratio(name: str, exact: dict[str, Value], counts: dict[str, Value], table: Table, rule: Rule) -> Value:
    shares = []
    for each in RATIOS[name]:
        column = next(column for column in table.columns if column.id == each)
        value = exact[each]
        shares.append(_share(column, value, exact, counts, table, rule) if isinstance(value, float) else HIDDEN)
    over, under = shares
    return round(over / under, 2) if isinstance(over, float) and isinstance(under, float) and under else HIDDEN


def _share(
    column: Column, value: float, exact: dict[str, Value], counts: dict[str, Value], table: Table, rule: Rule
) -> Value:
    """Worked out from what is shown: of another column of the row or, without one, of its own column's total."""
    numerator = column.id.removesuffix("_share")
    part, whole = counts.get(numerator), counts.get(column.of or "")
    if column.of is None:
        counted = next((each for each in table.columns if each.id == numerator), None)
        whole = shown_total(table, counted, rule) if counted else rule.shown(table.n)
    if not isinstance(whole, int) or whole == 0:
        return HIDDEN
    if part is None:
        among = exact.get(column.of or "", table.n)
        part = rule.shown(round(value * among)) if isinstance(among, int) else HIDDEN
    return part / whole if isinstance(part, int) else HIDDEN
