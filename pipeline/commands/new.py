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
    from .. import scaffold, schemas
    from ..files import write

    there = Path(console.CONFIG).is_file()
    settings = console.settings() if there else Settings(Path.cwd(), Path.cwd() / "masterclasses")
    for path in scaffold.new(settings, ident, title):
        click.echo(f"wrote {path}")
    # The files name their schemas: an editor asks for them before anything is built.
    write(settings.root / "build" / "schemas", schemas.files())
    click.echo("wrote build/schemas")
    click.echo("Next: edit the pages, then run 'masterclass build'.")
