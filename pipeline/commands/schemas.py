"""``masterclass schemas``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path), default=Path("build/schemas"))
def schemas(out: Path) -> None:
    """Write the JSON Schemas for an editor.

    With them it completes and checks the YAML.

    Every build writes them too, into build/schemas.
    """
    from ..files import write
    from ..schemas import files

    made = files()
    write(out, made)
    for file in made:
        click.echo(f"wrote {(out / file.path).as_posix()}")
