"""A roster as a spreadsheet gives it: CSV with a row of column names."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    lms_id: str
    name: str
    organisation: str
    sector: str
    role: str
    cohort: str
    invited: str
    due: str


REQUIRED = ("lms_id", "name")
DATES = ("invited", "due")


def read(path: Path) -> tuple[list[Row], list[str]]:
    """The rows with which nothing is wrong, and everything that is wrong with the file, by line."""
    try:
        # Excel begins its UTF-8 with a byte order mark.
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return [], [f"{path}: the text is not UTF-8; in Excel, save it as 'CSV UTF-8'"]
    lines = csv.DictReader(text.splitlines(), restkey="more", restval="")
    columns = [name.strip() for name in lines.fieldnames or ()]
    if sorted(columns) != sorted(Row._fields):
        return [], [f"{path}:1: expected the columns {', '.join(Row._fields)}; found {', '.join(columns) or 'none'}"]
    lines.fieldnames = columns
    rows: dict[str, Row] = {}
    problems: list[str] = []
    seen: dict[str, int] = {}
    for values in lines:
        at = f"{path}:{lines.line_num}"
        if "more" in values:
            problems.append(f"{at}: expected {len(columns)} values")
            continue
        row = Row(**{name: values[name].strip() for name in Row._fields})
        wrong = [f"{at}: {name} is missing" for name in REQUIRED if not getattr(row, name)]
        wrong += [
            f"{at}: {name}: expected a date like 2027-01-31, found '{value}'"
            for name in DATES
            if (value := getattr(row, name)) and not _is_date(value)
        ]
        if row.lms_id and row.lms_id in seen:
            wrong.append(f"{at}: lms_id '{row.lms_id}' stands in line {seen[row.lms_id]} already")
            rows.pop(row.lms_id, None)  # which of the two is right, nobody knows
        seen.setdefault(row.lms_id, lines.line_num)
        problems += wrong
        if not wrong:
            rows[row.lms_id] = row
    return [*rows.values()], problems


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
