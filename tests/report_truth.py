"""What measures say beside what is true: cell by cell, by the columns that the truth knows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xapi.reports.tables import Table

CLOSE = 1e-9
ONLY_OPTIONS = ("single", "multiple")
"""The truth counts options of these types."""


def rows(table: Table) -> list[dict[str, Any]]:
    return [dict(zip((column.id for column in table.columns), row, strict=True)) for row in table.rows]


def comparable(measure: str, table: Table, types: Mapping[tuple[str, str], str]) -> list[dict[str, Any]]:
    """As the truth has it: of the list of those overdue the numbers, of what was chosen the questions with options."""
    found = rows(table)
    if measure == "overdue":
        counts = {flag: Counter[str]() for flag in ("is_stuck", "is_overdue")}
        for row in found:
            for flag, count in counts.items():
                count[row["course"]] += row[flag]
        courses = sorted({row["course"] for row in found})
        return [{"course": course, **{flag: count[course] for flag, count in counts.items()}} for course in courses]
    if measure == "options":
        return [row for row in found if types[row["course"], row["question"]] in ONLY_OPTIONS]
    return found


def differences(found: Sequence[Mapping[str, Any]], expected: Sequence[Mapping[str, Any]]) -> list[str]:
    """Whatever cell is not the same, to a billionth."""
    if len(found) != len(expected):
        return [f"{len(found)} rows, expected {len(expected)}"]
    return [
        f"row {at} {name}: {row[name]!r}, expected {value!r} in {dict(wanted)}"
        for at, (row, wanted) in enumerate(zip(found, expected, strict=True))
        for name, value in wanted.items()
        if not same(row[name], value)
    ]


def same(one: Any, other: Any) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        return one is not None and other is not None and math.isclose(one, other, rel_tol=CLOSE, abs_tol=CLOSE)
    return bool(one == other)


def tables_differ(one: Table, other: Table) -> Iterable[str]:
    if one.columns != other.columns:
        return ["other columns"]
    return differences(rows(one), rows(other))
