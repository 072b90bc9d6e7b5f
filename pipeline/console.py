"""What several commands share: the project in the current folder, the day, and how problems are said."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from .problems import Problem, as_text
from .settings import Settings

CONFIG = "mkdocs.yml"


def settings() -> Settings:
    """The project in the current folder: what mkdocs.yml says, or the defaults where there is none."""
    config = Path(CONFIG)
    if config.is_file():
        from .plugin.building import settings as written  # imports MkDocs

        return written(config.resolve())
    return Settings(Path.cwd(), Path.cwd() / "masterclasses")


def width() -> int | None:
    """Of the terminal, in characters; None where standard output is a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def say(problems: list[Problem]) -> None:
    """Problems on standard error, so that standard output stays for results."""
    if problems:
        click.echo(as_text(problems), nl=False, err=True)


def today() -> date:
    """The only look at the clock: of a command, never of a build. SOURCE_DATE_EPOCH says another day."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else date.today()


def _day(_: click.Context, __: click.Parameter, value: datetime | None) -> date:
    return value.date() if value else today()


as_of = click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), callback=_day, metavar="DATE", help="The day to judge by; today."
)
