"""The rows of an export, matched with the roster: what is taken in, what is wrong by line, and who is nobody of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from . import dates
from .mapping import DATES, Mapping
from .reading import Cell, Sheet


@dataclass(frozen=True, slots=True)
class Result:
    """What an LMS says about one person and one masterclass."""

    line: int
    lms_id: str
    course: str
    days: dict[str, date]
    score: float | None


@dataclass(slots=True)
class Matched:
    results: list[Result] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    strangers: list[tuple[int, str]] = field(default_factory=list)
    """People who are not on the roster, by line."""
    empty: int = 0
    """Rows of people who did nothing."""


def match(
    sheet: Sheet, mapping: Mapping, roster: set[str], course: Callable[[str], str | None], is_day_first: bool
) -> Matched:
    found = Matched()
    at = {name: sheet.columns.index(column) for name, column in mapping.columns().items()}
    columns = {name: [cells[place] for _, cells in sheet.rows] for name, place in at.items() if name in DATES}
    found.problems += _american(sheet, mapping, columns)
    if found.problems:
        return found
    is_day_first = is_day_first or any(dates.day_first(column) for column in columns.values())
    is_per_cent = "score" in at and _in_per_cent([cells[at["score"]] for _, cells in sheet.rows])
    alike = {name.casefold(): name for name in roster}
    seen: dict[tuple[str, str], Result] = {}
    for line, cells in sheet.rows:
        values = {name: cells[place] for name, place in at.items()}
        result = _result(line, values, mapping, course, is_day_first, is_per_cent, found)
        if result is None:
            continue
        if result.lms_id not in roster:
            other = alike.get(result.lms_id.casefold())
            hint = f"; the roster has '{other}': if they are one, correct one of them" if other else ""
            found.strangers.append((line, f"'{result.lms_id}' is not on the roster{hint}"))
        elif not result.days:
            found.empty += 1
        elif (before := seen.get((result.lms_id, result.course))) is not None:
            if mapping.attempt:
                found.results[found.results.index(before)] = seen[result.lms_id, result.course] = _both(before, result)
            elif before.days != result.days:
                found.problems.append(
                    (line, f"'{result.lms_id}' stands in line {before.line} already, with other dates: which is right?")
                )
        else:
            seen[result.lms_id, result.course] = result
            found.results.append(result)
    return found


def _american(sheet: Sheet, mapping: Mapping, columns: dict[str, list[Cell]]) -> Iterator[tuple[int, str]]:
    for name, column in columns.items():
        wrong = dates.american(column)
        if wrong is not None:
            line, _ = sheet.rows[column.index(wrong)]
            called = mapping.columns()[name]
            yield line, f"{called}: '{wrong}' is in the American order; expected days first, or 2027-01-31"


def _both(one: Result, other: Result) -> Result:
    """Two attempts of somebody: when each thing was first done, and the best score."""
    days = {name: min(each.days[name] for each in (one, other) if name in each.days) for name in one.days | other.days}
    scores = [each.score for each in (one, other) if each.score is not None]
    return replace(one, days=days, score=max(scores, default=None))


def _result(
    line: int,
    values: dict[str, Any],
    mapping: Mapping,
    course: Callable[[str], str | None],
    is_day_first: bool,
    is_per_cent: bool,
    found: Matched,
) -> Result | None:
    learner = str(values["learner"] or "").strip()
    named = str(values.get("course") or "").strip()
    problems = []
    if not learner:
        problems.append(f"{mapping.learner}: nobody is named")
    about = course(named)
    if about is None:
        problems.append(f"there is no masterclass '{named}'" if named else "which masterclass? say --course ID")
    days = {}
    for name in DATES:
        try:
            found_day = dates.day(values.get(name), is_day_first)
        except dates.NotADate as problem:
            problems.append(f"{mapping.columns()[name]}: {problem}")
        else:
            if found_day is not None:
                days[name] = found_day
    score, wrong = _score(values.get("score"), is_per_cent)
    if wrong:
        problems.append(f"{mapping.score}: {wrong}")
    found.problems += [(line, problem) for problem in problems]
    return None if problems or about is None else Result(line, learner, about, days, score)


def _in_per_cent(column: list[Cell]) -> bool:
    """Whether any score of a column is more than the whole: then 1 is one in a hundred."""
    return any(score is not None and score > 1 for score, _ in (_score(cell, False) for cell in column))


def _score(cell: Cell, is_per_cent: bool) -> tuple[float | None, str]:
    """From 0 to 1, or in per cent."""
    text = "" if cell is None else str(cell).strip()
    of_hundred = is_per_cent or text.endswith("%")
    text = text.removesuffix("%").strip()
    if text in ("", "-"):
        return None, ""
    try:
        value = float(text)
    except ValueError:
        return None, f"expected a score, found '{text}'"
    if not 0 <= value <= 100:
        return None, f"expected a score from 0 to 100, found '{text}'"
    return (value / 100 if of_hundred else value), ""
