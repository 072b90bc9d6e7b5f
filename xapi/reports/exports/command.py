"""`masterclass report import`: what LMSs say of learners who left no statements."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from ...options import DATA
from .. import CATALOGUE
from . import mapping as mappings
from . import reading
from .mapping import PRESETS, Mapping
from .matching import Matched, match

SHOWN = 3


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preset", help=f"How the columns are called: {', '.join(PRESETS)}, or a name given to --save.")
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="FIELD=COLUMN",
    help=f"Which column says what, instead of a preset; of {', '.join(mappings.FIELDS)}.",
)
@click.option("--save", metavar="NAME", help="Keep what --map says, for --preset NAME.")
@click.option("--course", metavar="ID", help="The masterclass, where no column says so.")
@click.option("--encoding", metavar="NAME", help="Of a CSV that is not UTF-8, such as cp1252.")
@click.option("--day-first", is_flag=True, help="Dates like 03/04/2027 are in April.")
@click.option("--good-rows", is_flag=True, help="Take in the good rows of a file that has bad ones.")
@click.option("--preview", is_flag=True, help="Only show how the columns are read, and what is wrong.")
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A catalogue.json; build/catalogue.json when there is one.",
)
@DATA
def import_(
    files: tuple[Path, ...],
    preset: str | None,
    pairs: tuple[str, ...],
    save: str | None,
    course: str | None,
    encoding: str | None,
    day_first: bool,
    good_rows: bool,
    preview: bool,
    catalogue: Path | None,
    data: str,
) -> None:
    """Take in completions that an LMS exported.

    CSV or XLSX, for learners on the roster.

    Nothing of a file is taken in while a row is wrong. The same export may be taken in again: nobody counts twice.
    """
    from .. import connections
    from ..catalogues import read as read_catalogue
    from ..ledger import Ledger
    from ..ledger_file import path_of
    from .taking import take_in

    folder = path_of(data).parent / "mappings"
    wanted = _mapping(folder, preset, pairs, save)
    words = read_catalogue(catalogue or (CATALOGUE if CATALOGUE.is_file() else None))
    known = {name: entry["id"] for entry in words.entries for name in (entry["id"], entry["title"])}
    if course is not None and known and course not in known:
        raise click.BadParameter(
            f"there is no masterclass '{course}'; there are: {', '.join(sorted(set(known.values())))}",
            param_hint="--course",
        )

    def course_of(name: str) -> str | None:
        return course or known.get(name) or (name if name and not known else None)

    with connections.roster_of(data) as (people, alias):
        roster = {person.lms_id for person in people.people.values()}
        if not roster:
            raise click.ClickException(
                "there is nobody on the roster to match with: 'masterclass roster import' comes first"
            )
        read = []
        for file in files:
            sheet = reading.read(file, encoding)
            fitting = mappings.fitting(wanted, sheet, str(file))
            read.append((file, sheet, fitting, match(sheet, fitting, roster, course_of, day_first)))
        for file, sheet, fitting, matched in read:
            if preview:
                _preview(file, sheet, fitting)
            _report(file, matched)
        bad = sum(bool(matched.problems) for *_, matched in read)
        if preview:
            return
        if bad and not good_rows:
            raise click.ClickException("nothing was taken in; correct the rows, or take in the good ones: --good-rows")
        results = [result for *_, matched in read for result in matched.results]
        with Ledger.opened(path_of(data)) as facts:
            with facts.whole():
                new = take_in(facts, results, alias, datetime.now(UTC))
            connections.settle(facts, people)
    click.echo(
        f"{len(results)} results of {len({result.lms_id for result in results})} people; {new} of their dates are new."
    )


def _mapping(folder: Path, preset: str | None, pairs: tuple[str, ...], save: str | None) -> Mapping:
    if bool(preset) == bool(pairs):
        raise click.UsageError("expected --preset, or --map FIELD=COLUMN once or more")
    if pairs:
        found = mappings.given(pairs)
        if save:
            mappings.save(folder, save, found)
        return found
    if preset in PRESETS:
        chosen = PRESETS[preset]
        if chosen.made_from.startswith("unverified"):
            click.echo(f"preset {preset}: {chosen.made_from}", err=True)
        return chosen.mapping
    saved = mappings.saved(folder)
    if preset not in saved:
        raise click.BadParameter(
            f"there is no preset '{preset}'; there are: {', '.join([*PRESETS, *saved])}", param_hint="--preset"
        )
    return saved[preset]


def _preview(file: Path, sheet: reading.Sheet, mapping: Mapping) -> None:
    click.echo(f"{file}: {len(sheet.rows)} rows")
    meanings = {column: field for field, column in mapping.columns().items()}
    for at, column in enumerate(sheet.columns):
        shown = ", ".join(str(cells[at]) for _, cells in sheet.rows[:SHOWN] if cells[at] not in (None, ""))
        click.echo(f"  {column or '(no name)'} → {meanings.get(column, 'left out')}: {shown or 'nothing'}")


def _report(file: Path, matched: Matched) -> None:
    for line, problem in matched.problems:
        click.echo(f"{file}:{line}: {problem}", err=True)
    for line, stranger in matched.strangers:
        click.echo(f"{file}:{line}: left out: {stranger}", err=True)
    if matched.empty:
        click.echo(f"{file}: {matched.empty} people are listed with no date", err=True)
