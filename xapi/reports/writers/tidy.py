"""CSV: one row of column ids, one line for each row, values as a program reads them."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from ..tables import Table, Value

BOM = "\ufeff"
"""With it, Excel takes UTF-8 for what it is."""
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def tidy(table: Table, bom: bool = False) -> str:
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([harmless(column.id) for column in table.columns])
    lines.writerows([[written(value) for value in row] for row in table.rows])
    return (BOM if bom else "") + out.getvalue()


def written(value: Value) -> str:
    """A value in text: empty where there is none, dates as ISO writes them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else repr(value)


def harmless(text: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; behind an apostrophe it only shows it."""
    return f"'{text}" if text.lstrip(" ").startswith(STARTS_A_FORMULA) or text.startswith(STARTS_A_FORMULA) else text
