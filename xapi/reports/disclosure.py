"""What may be told of few people: a table for its own programme becomes one that may leave it.

The rule is that of NHS Digital for counts below national level: 1 to 7 are shown as ``*``, other counts to the nearest 5,
percentages are worked out from those, and nothing is said of statistics on fewer than 8 records. Where a total would give
a hidden count away, another is hidden with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .rule import HIDDEN, Refused, Rule
from .suppression import Hidden, hidden_counts, is_counted, shown_total, totals, with_others
from .tables import Column, Coverage, Table, Value

NOTE = (
    "Small numbers: counts from 1 to {less} are shown as *, other counts to the nearest 5, and percentages are worked "
    "out from those. Some * stand for larger counts, so that a hidden one cannot be worked out. This is threshold "
    "suppression and does not by itself make anybody anonymous."
)

RATIOS = {"ratio": ("started_share", "invited_share")}
"""What is one share over another, and is worked out again from those that are shown."""
SUMS = {"rated": "n", "tested": "n", "back": "n", "liked": "those", "better": "those", "kept": "those"}
"""Figures of sentences that are sums of a column, whose rows are hidden as if their sum were known."""
PARTS_OF = {"others": "started"}
"""Figures of sentences that stand in one row of a column."""
MINUTE = 60
STATISTICS = ("before", "after", "minutes", "low", "high")
"""Figures of sentences that count nobody: they are hidden where they are about few."""


def disclosed(table: Table, rule: Rule | None) -> Table:
    """The table as an audience may see it."""
    if rule is None or not table.collected:
        return table
    if any(column.kind == "learner" for column in table.columns):
        raise Refused(f"'{table.title}' has a row for each person: it stays within the programme (--audience own)")
    if table.n < rule.k:
        raise Refused(f"'{table.title}' is about fewer than {rule.k} people: it stays within the programme")
    hidden = hidden_counts(table, rule)
    rows = tuple(_row(table, place, hidden, rule) for place in range(len(table.rows)))
    return replace(
        table,
        totals=tuple((name, _total(table, name, value, rule)) for name, value in table.totals),
        rows=rows,
        n=int(rule.shown(table.n)),
        coverage=tuple(_covered(table.coverage, rule)),
        notes=(*table.notes, NOTE.format(less=rule.k - 1)),
    )


def _total(table: Table, name: str, value: Value, rule: Rule) -> Value:
    """A figure of the sentence."""
    if name in STATISTICS:
        return value if _is_of_many(table, rule) else HIDDEN
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    column = next((each for each in table.columns if each.id == name and is_counted(each)), None)
    if column is None:
        return HIDDEN if _gives_away(table, name, rule) else rule.shown(value)
    if name in totals(table):
        return HIDDEN if shown_total(table, column, rule) == HIDDEN else rule.shown(value)
    hidden = hidden_counts(table, rule)[name]
    of_rows = [row for row, count in enumerate(table.values(name)) if count == value]
    return HIDDEN if hidden.total or (of_rows and hidden.rows >= set(of_rows)) else rule.shown(value)


def _gives_away(table: Table, name: str, rule: Rule) -> bool:
    """Whether a figure that is no column's, a sum or a difference of what stands there, would tell of a hidden count."""
    hidden = hidden_counts(table, rule)
    if name in SUMS:
        return hidden[SUMS[name]].total
    if name in PARTS_OF:
        return bool(hidden[PARTS_OF[name]].rows)
    return any(each.rows for each in hidden.values())


def _is_of_many(table: Table, rule: Rule) -> bool:
    """Whether what a sentence says of its learners is about enough of them; where it does not say how many, every row is."""
    said = dict(table.totals).get("n")
    counts = [said] if said is not None else table.values(table.n_column or "n")
    return not any(isinstance(count, int) and rule.hides(count) for count in counts)


def _covered(coverage: tuple[Coverage, ...], rule: Rule) -> Iterator[Coverage]:
    """Without the channels of too few, nor another one that would give them away beside the number of all."""
    counts = {place: each.learners for place, each in enumerate(coverage)}
    left_out, gives_away = with_others(counts, sum(counts.values()), rule)
    for place, each in enumerate(coverage):
        answers = rule.shown(each.with_answers)
        if place not in left_out and not gives_away and isinstance(answers, int):
            yield replace(each, learners=int(rule.shown(each.learners)), with_answers=answers)


def _row(table: Table, place: int, hidden: dict[str, Hidden], rule: Rule) -> tuple[Value, ...]:
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
