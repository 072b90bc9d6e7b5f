"""``masterclass report``: measures as tables, files and pages. What they need is imported when one is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xapi.options import DATA
from xapi.reports.filters import DIMENSIONS
from xapi.reports.rule import Refused

from ..later import Later, LaterGroup
from .asked import Asked, asking

if TYPE_CHECKING:
    from xapi.reports.tables import Table

MEASURES = {
    "progress": "Who started, completed and passed.",
    "learners": "What each person did, by name.",
    "overdue": "Who is stuck or overdue, by name.",
    "reach": "Whether those who start resemble those who were invited.",
    "weeks": "Starts, completions and passes, week by week.",
    "dropoff": "Where people leave.",
    "time": "How long it takes.",
    "time-pages": "How long each page takes.",
    "questions": "Which questions are hardest, or broken.",
    "options": "What is chosen instead of the answer.",
    "checks": "Whether the results of a check can be relied on.",
    "gain": "Whether people learnt: the same ideas before and after.",
    "then-test": "How people see their confidence before, now.",
    "confidence": "Whether people know what they know.",
    "plans": "Who made a plan.",
    "plans-kept": "Who acted on a plan, a month and three later.",
    "ratings": "What people thought of it.",
    "self-checks": "Where people see themselves, by the scores they gave.",
    "worth": "What is known on each of Kirkpatrick's four levels.",
    "success-cases": "Whom to ask for an interview: both ends, by name.",
}
FORMATS = ("table", "json", "csv", "xlsx", "parquet", "html")
FOLDERS = ("parquet", "html")


@click.group(
    cls=LaterGroup,
    later={
        "import": Later(
            "xapi.reports.exports.command",
            "import_",
            "Take in completions that an LMS exported.",
        )
    },
)
def report() -> None:
    """Who came how far, what they learnt, which question is broken."""


def _measure(name: str, words: str) -> None:
    formats = (*FORMATS, "github") if name == "questions" else FORMATS

    @report.command(name, help=words)
    @click.option("--by", type=click.Choice(DIMENSIONS), multiple=True, help="Break down by this.")
    @click.option(
        "--format", "format_", type=click.Choice(formats), default="table", show_default=True, help="How to write it."
    )
    @click.option(
        "--out", type=click.Path(path_type=Path), help="File, or for parquet and html the folder, to write to."
    )
    @click.option("--bom", is_flag=True, help="Begin CSV with a mark by which Excel knows UTF-8.")
    @asking
    def command(asked: Asked, by: tuple[str, ...], format_: str, out: Path | None, bom: bool) -> None:
        _run(name, asked, by, format_, out, bom)


for _name, _words in MEASURES.items():
    _measure(_name, _words)


def _run(name: str, asked: Asked, by: tuple[str, ...], format_: str, out: Path | None, bom: bool) -> None:
    _needs_place(format_, out)
    with asked.facts() as facts:
        try:
            reader = replace(asked.reader(), names=format_ != "parquet")
            table = reader.table(facts, name, asked.filters, by)
        except Refused as refused:
            raise click.ClickException(str(refused)) from refused
        if format_ == "github":
            from .annotations import annotated

            click.echo(annotated(table, facts.catalogue))
        elif format_ == "html":
            from .folder import single

            assert out is not None
            _say(single(asked.reader(), facts, table, out))
        else:
            _written(table, format_, out, bom)


def _needs_place(format_: str, out: Path | None) -> None:
    if out is None and format_ in ("xlsx", *FOLDERS):
        raise click.UsageError(f"{format_} needs a place to be written to: --out")


def _written(table: Table, format_: str, out: Path | None, bom: bool) -> None:
    if format_ == "parquet":
        from xapi.reports.writers.star import star

        assert out is not None
        _say(star([table], out))
        return
    if format_ == "xlsx":
        from xapi.reports.writers.workbook import workbook

        assert out is not None
        out.write_bytes(workbook([table]))
        _say([out])
        return
    from .. import console

    text = _text(table, format_, bom, console.width() if out is None else None)
    if out is None:
        # As bytes: a console that ends lines in its own way would end those of CSV twice.
        click.echo(text.encode(), nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="")
        _say([out])


def _text(table: Table, format_: str, bom: bool, width: int | None) -> str:
    if format_ == "csv":
        from xapi.reports.writers.tidy import tidy

        return tidy(table, bom)
    if format_ == "json":
        from xapi.reports.writers.structured import as_json

        return as_json([table])
    from xapi.reports.writers.plain import plain

    from .terminal import for_a_terminal

    return plain([table if width is None else for_a_terminal(table)], width)


def _say(paths: list[Path]) -> None:
    for path in paths:
        click.echo(f"wrote {path.as_posix()}", err=True)


@report.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/reports"),
    show_default=True,
    help="Folder to write into.",
)
@asking
def export(asked: Asked, out: Path) -> None:
    """Write all reports as pages, Excel and Parquet files."""
    from .. import console
    from .folder import folder
    from .sources import Sources

    settings = console.settings()
    with asked.facts() as facts:
        sources = Sources(settings.root, settings.repository)
        made = folder(asked.reader(), facts, asked.filters, out, sources)
    first, *others = made
    click.echo(f"wrote {first.as_posix()}, to be opened in a browser, and {len(others)} more files beside it", err=True)


@report.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("build/reports/weekly.html"),
    show_default=True,
    help="File to write.",
)
@asking
def weekly(asked: Asked, out: Path) -> None:
    """Write the week's page."""
    from .folder import week

    with asked.facts() as facts:
        _say(week(asked.reader(), facts, asked.filters, out))


@report.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("board.docx"),
    show_default=True,
    help="File to write.",
)
@asking
def board(asked: Asked, out: Path) -> None:
    """Write two pages in Word for a board."""
    from .board import board as written

    with asked.facts() as facts:
        try:
            out.write_bytes(written(asked.reader(), facts, asked.filters))
        except Refused as refused:
            raise click.ClickException(str(refused)) from refused
    _say([out])


@report.command()
@click.argument("question")
@click.option("--course", help="Its masterclass, where several have a question of this id.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json", "csv", "xlsx")),
    default="table",
    show_default=True,
    help="How to write it.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@click.option("--bom", is_flag=True, help="Begin CSV with a mark by which Excel knows UTF-8.")
@DATA
def rekey(question: str, course: str | None, format_: str, out: Path | None, bom: bool, data: str) -> None:
    """Whose result changes after a key was corrected.

    By name, with what each LMS needs for QUESTION.

    Changes nothing.
    """
    _needs_place(format_, out)
    from xapi.reports import connections
    from xapi.reports.naming import named
    from xapi.reports.rekey import rekey as rekeyed

    with connections.opened(data) as facts:
        _written(named(rekeyed(facts, question, course), facts.names()), format_, out, bom)
