"""Reports as a folder of pages that opens from a disk, with the same figures for Excel and Power BI beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from xapi.reports.connections import Connection
from xapi.reports.filters import Filters
from xapi.reports.measures import MEASURES
from xapi.reports.rule import Refused
from xapi.reports.tables import Table
from xapi.reports.writers.star import star
from xapi.reports.writers.tidy import tidy
from xapi.reports.writers.workbook import workbook

from . import pages, theme
from .pages import Asked, Hall
from .places import Place
from .reader import Reader
from .sources import HERE, Sources
from .wanted import Wanted

WORKBOOK = "reports.xlsx"


def folder(reader: Reader, facts: Connection, filters: Filters, out: Path, sources: Sources = HERE) -> list[Path]:
    """Everything the reader may see. Questions that nobody answered have no page."""
    hall = Hall(reader, served=False, sources=sources)
    wanted = Wanted(filters)
    made: dict[str, str | bytes] = {"index.html": pages.overview(hall, facts, wanted)}
    made |= {f"{place.path}.html": pages.page(hall, facts, place, wanted) for place in hall.places()}
    made |= {
        f"{pages.question_path(course, question, False)}.html": found
        for course, question in _answered(hall, facts, filters)
        if (found := pages.question(hall, facts, course, question, wanted)) is not None
    }
    made["weekly.html"] = pages.weekly(hall, facts, wanted)
    tables = list(_tables(hall, facts, wanted))
    made |= {f"csv/{table.id}.csv": tidy(table, bom=True) for table in tables}
    made[WORKBOOK] = workbook(tables)
    paths = _write(out, made | _looks())
    nameless = Hall(replace(reader, names=False), served=False, known=_without_names(hall))
    return [*paths, *star(list(_tables(nameless, facts, wanted)), out / "parquet")]


def _without_names(hall: Hall) -> dict[Asked, Table]:
    """The tables that are there already and name nobody."""
    return {asked: table for asked, table in hall.known.items() if MEASURES[table.id].n_column is not None}


def week(reader: Reader, facts: Connection, filters: Filters, out: Path) -> list[Path]:
    """The week's page, with its styles beside it."""
    hall = Hall(reader, served=False, alone=True)
    return _write(out.parent, {out.name: pages.weekly(hall, facts, Wanted(filters)), **_looks()})


def single(reader: Reader, facts: Connection, table: Table, out: Path) -> list[Path]:
    """One table as a page."""
    hall = Hall(reader, served=False, alone=True)
    return _write(out, {"index.html": pages.alone(hall, facts, table), **_looks()})


def _looks() -> dict[str, str | bytes]:
    return {"reports.css": theme.styles(), "reports.js": theme.script()}


def _answered(hall: Hall, facts: Connection, filters: Filters) -> Iterator[tuple[str, str]]:
    try:
        table = hall.table(facts, "questions", filters)
    except Refused:
        return
    yield from dict.fromkeys(
        (str(course), str(question))
        for course, question in zip(table.values("course"), table.values("question"), strict=True)
    )


def _tables(hall: Hall, facts: Connection, wanted: Wanted) -> Iterator[Table]:
    for place in hall.places():
        for name in place.measures:
            try:
                yield hall.table(facts, name, wanted.filters, _by(place, name))
            except Refused:
                continue


def _by(place: Place, name: str) -> tuple[str, ...]:
    return (place.by,) if place.by in MEASURES[name].dimensions and name == place.measures[0] else ()


def _write(out: Path, made: dict[str, str | bytes]) -> list[Path]:
    paths = []
    for name, content in made.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        paths.append(path)
    return paths
