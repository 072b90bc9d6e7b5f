"""``masterclass new``."""

from __future__ import annotations

from pathlib import Path

import click

from .. import console
from ..settings import Settings


@click.command()
@click.argument("ident", metavar="ID")
@click.option("--title", help="Title of the masterclass; made from the id when left out.")
def new(ident: str, title: str | None) -> None:
    """Begin a masterclass: a folder that builds at once."""
    from .. import scaffold

    written = scaffold.new(
        console.settings() if Path(console.CONFIG).is_file() else Settings(Path.cwd(), Path.cwd() / "masterclasses"),
        ident,
        title,
    )
    for path in written:
        click.echo(f"wrote {path}")
    click.echo("Next: edit the pages, then run 'masterclass build'.")
