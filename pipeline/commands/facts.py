"""``masterclass facts``."""

from __future__ import annotations

import sys
from datetime import date

import click

from .. import console, due
from ..problems import Problem, has_errors


@click.group()
def facts() -> None:
    """Claims that masterclasses make, and when to check them again."""


@facts.command("due")
@console.as_of
@click.option(
    "--within", default=90, show_default=True, type=click.IntRange(0), metavar="DAYS", help="How far to look ahead."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(due.FORMATS)),
    default="table",
    show_default=True,
    help="table for people, json or csv for other programs.",
)
def due_command(as_of: date, within: int, format_: str) -> None:
    """List what must be checked, when, by whom, and where it is used."""
    from .. import project

    problems: list[Problem] = []
    courses = [course for course, _ in project.courses(console.settings(), (), problems)]
    errors = [problem for problem in problems if has_errors([problem])]
    console.say(errors)
    click.echo(due.FORMATS[format_](due.due(courses, as_of, within)), nl=format_ == "json")
    sys.exit(1 if errors else 0)
