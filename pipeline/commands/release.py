"""``masterclass release``."""

from __future__ import annotations

import sys

import click

from .. import console
from ..problems import Problem


@click.command()
@click.argument("ident", metavar="ID")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def release(ident: str, dry_run: bool) -> None:
    """Fix the ids of a masterclass as published.

    Says what half-way learners keep and lose.
    """
    from .. import releases

    problems: list[Problem] = []
    report = releases.release(console.settings(), ident, problems, dry_run)
    console.say(problems)
    if report is None:
        click.echo("Nothing was released.", err=True)
        sys.exit(1)
    click.echo(report, nl=False)
