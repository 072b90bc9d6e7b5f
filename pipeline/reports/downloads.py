"""A page's first table as a file."""

from __future__ import annotations

from collections.abc import Callable

from xapi.reports.connections import Connection
from xapi.reports.tables import Table
from xapi.reports.writers.structured import as_json
from xapi.reports.writers.tidy import tidy
from xapi.reports.writers.workbook import workbook

from .places import Place
from .reader import Reader
from .wanted import Wanted

FORMS: dict[str, tuple[str, Callable[[Table], str | bytes]]] = {
    "csv": ("text/csv; charset=utf-8", lambda table: tidy(table, bom=True)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lambda table: workbook([table])),
    "json": ("application/json", lambda table: as_json([table])),
}


def download(reader: Reader, facts: Connection, place: Place, wanted: Wanted, form: str) -> tuple[bytes, str]:
    kind, write = FORMS[form]
    by = wanted.dimensions(place.measure) or ((place.by,) if place.by and not wanted.by else ())
    made = write(reader.table(facts, place.measure.id, wanted.filters, by))
    return made.encode() if isinstance(made, str) else made, kind
