"""What charts show: a row in CHARTS for each measure that has one. How they are drawn is drawing.py's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .rule import HIDDEN
from .tables import Table, Value
from .wording import day, said, time_on_task

MOST = 40
"""A chart of more rows than this is no picture any more: the table has them all."""

Named = dict[str, Value]
Legend = tuple[tuple[str, str], ...]
"""Class and word."""


@dataclass(frozen=True)
class Mark:
    """A bar from and to, as parts of the whole, with its class; or a dot, at 0 too."""

    start: float
    end: float
    kind: str
    is_dot: bool = False


@dataclass(frozen=True)
class Bar:
    label: str
    figures: str
    """Stand beside the label: a reader need not measure."""
    marks: tuple[Mark, ...]
    group: str = ""
    """Stands once above the bars that have it in common."""


@dataclass(frozen=True)
class Bars:
    title: str
    rows: tuple[Bar, ...]
    legend: Legend = ()


@dataclass(frozen=True)
class Columns:
    """Pairs of columns along time; heights are parts of `most`."""

    title: str
    legend: Legend
    most: str
    first: str
    last: str
    pairs: tuple[tuple[float, float], ...]


Chart = Bars | Columns


def chart(table: Table) -> Chart | None:
    """The chart of a table, where it has one and anything to show."""
    make = CHARTS.get(table.id)
    if make is None or not table.collected:
        return None
    names = [column.id for column in table.columns]
    return make(table, [dict(zip(names, row, strict=True)) for row in table.rows[:MOST]])


def _number(value: Value) -> float:
    """What is hidden or unknown has no length."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def _dot(at: float, kind: str) -> Mark:
    return Mark(at, at, kind, is_dot=True)


def _keys(table: Table, row: Named) -> str:
    """What a row is about, in words."""
    shown = [said(row[column.id], column) for column in table.columns if column.key and not column.id.endswith("_at")]
    return " · ".join(text for text in shown if text) or "Everyone"


def _progress(table: Table, rows: Sequence[Named]) -> Chart:
    most = max(_number(row[name]) for row in rows for name in ("invited", "started", "completed")) or 1
    bars = []
    for row in rows:
        invited, started, completed = (_number(row[name]) for name in ("invited", "started", "completed"))
        # In a period, those who completed are no part of those who started.
        figures = f"{_said(row['completed'])} of {_said(row['invited'] or row['started'])} completed"
        if not row["invited"] and table.period[0]:
            figures = f"{_said(row['completed'])} completed, {_said(row['started'])} started"
        marks = (
            Mark(0, max(invited, started) / most, "whole"),
            Mark(0, started / most, "part"),
            Mark(0, completed / most, "done"),
        )
        longest_first = sorted(marks, key=lambda mark: -mark.end)
        bars.append(Bar(_keys(table, row), figures, tuple(longest_first)))
    legend = (("done", "Completed"), ("part", "Started"), ("whole", "Invited"))
    return Bars("Completed, started and invited", tuple(bars), legend)


def _said(value: Value) -> str:
    return value if isinstance(value, str) else f"{_number(value):,.0f}"


def _part(value: Value) -> str:
    return HIDDEN if value == HIDDEN else f"{_number(value):.0%}"


def _reach(table: Table, rows: Sequence[Named]) -> Chart:
    most = max(max(_number(row["invited_share"]), _number(row["started_share"])) for row in rows) or 1
    bars = []
    for row in rows:
        invited, started = (_number(row[name]) / most for name in ("invited_share", "started_share"))
        words = f"{_part(row['started_share'])} of starters, {_part(row['invited_share'])} of invited"
        bars.append(
            Bar(
                _keys(table, row),
                words,
                (Mark(0, started, "done"), *((_dot(invited, "ring"),) if row["invited_share"] != HIDDEN else ())),
            )
        )
    return Bars("Shares of starters and of those invited", tuple(bars), (("done", "Starters"), ("ring", "Invited")))


def _of(row: Named, rows: Sequence[Named], words: str = "") -> str:
    """The masterclass before it, where there are several."""
    several = len({each["course"] for each in rows}) > 1
    return ": ".join(part for part in (str(row["course"]) if several else "", words) if part)


def _without(table: Table, row: Named, name: str) -> str:
    """What a row is about besides the column."""
    return _keys(replace(table, columns=tuple(each for each in table.columns if each.id != name)), row)


def _dropoff(table: Table, rows: Sequence[Named]) -> Chart:
    most = max(_number(row["reached"]) for row in rows) or 1
    bars = []
    for row in rows:
        reached, left = _number(row["reached"]) / most, _number(row["left_here"]) / most
        words = f"{_said(row['reached'])} came here" + (f", {_said(row['left_here'])} left" if row["left_here"] else "")
        marks = (Mark(0, reached - left, "done"), Mark(reached - left, reached, "left"))
        bars.append(Bar(str(row["page_title"]), words, marks, _of(row, rows)))
    legend = (("done", "Went on, or completed"), ("left", "Left here"))
    return Bars("How far people came, and where they left", tuple(bars), legend)


def _time(table: Table, rows: Sequence[Named]) -> Chart:
    most = max(_number(row["upper"]) for row in rows) or 1
    bars = []
    for row in rows:
        lower, median, upper = (_number(row[name]) / most for name in ("lower", "median", "upper"))
        label = str(row["page_title"]) if "page_title" in row else _without(table, row, "course")
        shown = HIDDEN if row["median"] == HIDDEN else time_on_task(_number(row["median"]))
        marks = (Mark(lower, upper, "part"), _dot(median, "done")) if shown != HIDDEN else ()
        bars.append(Bar(label, shown, marks, _of(row, rows)))
    legend = (("done", "Median"), ("part", "Middle half"))
    return Bars("Time on task: the middle half of people, and the median", tuple(bars), legend)


def _gain(table: Table, rows: Sequence[Named]) -> Chart:
    bars = []
    for row in rows:
        before, after = _number(row["before"]), _number(row["after"])
        stretch = Mark(min(before, after), max(before, after), "part")
        marks = (stretch, _dot(before, "ring"), _dot(after, "done")) if isinstance(row["before"], float) else ()
        bars.append(
            Bar(
                _without(table, row, "course"),
                f"{_part(row['before'])} before, {_part(row['after'])} after",
                marks,
                _of(row, rows),
            )
        )
    return Bars("Mean score before and after", tuple(bars), (("ring", "Before"), ("done", "After")))


def _options(table: Table, rows: Sequence[Named]) -> Chart:
    bars = []
    for row in rows:
        kind = "right" if row.get("correct") else "done"
        words = str(row["option_text"])
        label = f"✓ {words} (right)" if row.get("correct") else words
        group = _of(row, rows, str(row["prompt"])) if "prompt" in row else ""
        bars.append(Bar(label, _part(row["chosen_share"]), (Mark(0, _number(row["chosen_share"]), kind),), group))
    return Bars("How many chose each", tuple(bars))


def _self_checks(table: Table, rows: Sequence[Named]) -> Chart:
    bars = [
        Bar(
            str(row["option"]),
            _part(row["chosen_share"]),
            (Mark(0, _number(row["chosen_share"]), "done"),),
            str(row["domain"]),
        )
        for row in rows
    ]
    return Bars("How the scores lie, by domain", tuple(bars))


def _confidence(table: Table, rows: Sequence[Named]) -> Chart:
    bars = [
        Bar(
            _without(table, row, "course"),
            f"{_part(row['right_share'])} right",
            (Mark(0, _number(row["right_share"]), "done"),),
            _of(row, rows),
        )
        for row in rows
    ]
    return Bars("How many answers were right, by how sure people were", tuple(bars))


def _weeks(table: Table, rows: Sequence[Named]) -> Chart | None:
    weeks: dict[Value, list[float]] = {}
    for row in rows:
        found = weeks.setdefault(row["week"], [0.0, 0.0])
        for place, name in enumerate(("started", "completed")):
            found[place] += _number(row[name])
    most = max(max(pair) for pair in weeks.values())
    days = [week for week in weeks if isinstance(week, date)]
    if not most or not days:
        return None
    pairs = tuple((started / most, completed / most) for started, completed in weeks.values())
    legend = (("part", "Started"), ("done", "Completed"))
    return Columns("Started and completed in each week", legend, f"{most:,.0f}", day(days[0]), day(days[-1]), pairs)


CHARTS: dict[str, Callable[[Table, Sequence[Named]], Chart | None]] = {
    "progress": _progress,
    "reach": _reach,
    "dropoff": _dropoff,
    "time": _time,
    "time-pages": _time,
    "gain": _gain,
    "options": _options,
    "ratings": _options,
    "plans-kept": _options,
    "self-checks": _self_checks,
    "confidence": _confidence,
    "weeks": _weeks,
}
