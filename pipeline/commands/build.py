"""``masterclass build``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from .. import console
from ..problems import Problem, has_errors
from ..targets import FORMATS, PRESETS, TARGETS


def _formats(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise click.BadParameter(
            f"there is no format {', '.join(map(repr, unknown)) or 'named'}; there are: {', '.join(FORMATS)}"
        )
    return names


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Folder to build into.",
)
@click.option(
    "--course", "courses", multiple=True, metavar="ID", help="Only this masterclass; may be given several times."
)
@click.option(
    "--format",
    "formats",
    callback=_formats,
    default=",".join(FORMATS),
    show_default=True,
    help="What to make, with commas between.",
)
@click.option("--preset", type=click.Choice(list(PRESETS)), help="Fit the SCORM 1.2 package to one kind of LMS.")
@click.option("--release", is_flag=True, help="Refuse what 'check --release' refuses.")
@console.as_of
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
def build(
    out: Path,
    courses: tuple[str, ...],
    formats: tuple[str, ...],
    preset: str | None,
    release: bool,
    as_of: date,
    as_json: bool,
) -> None:
    """Make the site and the packages.

    Nothing is written when a problem must be mended first.
    """
    from .. import build as builds
    from ..summary import table

    settings = console.settings()
    if "site" in formats and settings.config_file is None:
        if formats != FORMATS:
            raise click.UsageError(
                f"the site needs a {console.CONFIG} in this folder; make one with: masterclass new ID"
            )
        formats = tuple(TARGETS)
    wanted = builds.Wanted(courses, formats, preset or "", as_of if release else None)
    problems: list[Problem] = []
    # On a terminal only: scripts and logs get the table and nothing that moves.
    length = builds.steps(wanted, len(courses) or 1)
    with click.progressbar(
        length=length, label="Building", file=sys.stderr, hidden=not sys.stderr.isatty(), item_show_func=str
    ) as bar:
        made = builds.build(settings, out, wanted, problems, lambda step: bar.update(1, step))
    console.say(problems)
    if has_errors(problems):
        click.echo("Nothing was built.", err=True)
        sys.exit(1)
    click.echo(builds.as_json(made) if as_json else table(made), nl=as_json)
