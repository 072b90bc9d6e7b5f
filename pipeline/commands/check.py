"""``masterclass check``."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from .. import console
from ..problems import FORMATS, Problem, has_errors


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="text for people, json for scripts, github for annotations.",
)
@click.option("--release", is_flag=True, help="Also what must be right before publishing.")
@click.option(
    "--no-writing",
    "writing",
    flag_value=False,
    default=True,
    help="Leave out how questions and pages are written.",
)
@click.option("--reading", is_flag=True, help="Print how hard each page is to read.")
@console.as_of
def check(paths: tuple[Path, ...], format_: str, release: bool, writing: bool, reading: bool, as_of: date) -> None:
    """Say what is wrong, and what could be written better.

    PATHS are masterclass folders; without any, all in this project. Exit code 1 when something must be mended.
    """
    from .. import project

    settings = console.settings()
    problems: list[Problem] = []
    found = [
        each.course
        for path in paths or (settings.masterclasses,)
        for each in project.courses(
            replace(settings, masterclasses=path), (), problems, as_of if release else None, writing
        )
    ]
    problems = list(dict.fromkeys(problems))
    if reading:
        from ..writing.pages import table

        click.echo(table(found), err=format_ != "text")
    if format_ == "text" and problems:
        console.say(problems)
    else:
        click.echo(FORMATS[format_](problems), nl=format_ != "text")
    sys.exit(1 if has_errors(problems) else 0)
