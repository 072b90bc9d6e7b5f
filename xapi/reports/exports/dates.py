"""Dates as LMSs write them. Never guessed: 03/04/2027 is read only when it is known which comes first, and the American
order not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from .reading import Cell

ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d.*)?")
SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)(?:,? .*)?")
WORDS = re.compile(r"(?:\w+, )?(\d{1,2}) (\w+) (\d{4})(?:,? .*)?")


class NotADate(ValueError):
    pass


def american(cells: Iterable[Cell]) -> str | None:
    """The first value that is a date only in the American order."""
    for cell in cells:
        found = SLASHED.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found and int(found[1]) <= 12 < int(found[2]) <= 31:
            return str(cell)
    return None


def day_first(cells: Iterable[Cell]) -> bool:
    """Whether a value shows that days come first."""
    found = (SLASHED.fullmatch(cell.strip()) for cell in cells if isinstance(cell, str))
    return any(each and 12 < int(each[1]) <= 31 and int(each[2]) <= 12 for each in found)


def day(cell: Cell, is_day_first: bool) -> date | None:
    """None of an empty cell."""
    if cell is None or isinstance(cell, date):
        return cell
    text = cell.strip()
    if text.lower() in ("", "-", "never", "not completed"):
        return None
    try:
        if found := ISO.fullmatch(text):
            return date.fromisoformat(found[1])
        if found := WORDS.fullmatch(text):
            return _named(*found.groups())
        if found := SLASHED.fullmatch(text):
            first, second, year = map(int, found.groups())
            if not is_day_first and first != second and first <= 12 and second <= 12:
                raise NotADate(f"'{text}' may be two days; when days come first in this file, say --day-first")
            return date(year + 2000 if year < 100 else year, second, first)
    except NotADate:
        raise
    except ValueError:
        pass
    raise NotADate(f"expected a date like 2027-01-31, found '{text}'")


def _named(number: str, month: str, year: str) -> date:
    for form in ("%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(f"{number} {month} {year}", form).date()
        except ValueError:
            continue
    raise ValueError
