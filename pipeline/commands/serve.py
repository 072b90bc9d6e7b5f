"""``masterclass serve``."""

from __future__ import annotations

from pathlib import Path

import click

from xapi.options import DATA

from .. import console


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build"),
    show_default=True,
    help="Folder that was built into.",
)
@DATA
@click.option("--reload", is_flag=True, help="Build now and after every change, and refresh the browser.")
def serve(host: str, port: int, out: Path, data: str, reload: bool) -> None:
    """Serve the site, the learning record store and the packages.

    The store speaks xAPI at /xapi/ (1.0.3) and /xapi/2/ (2.0.0); make keys to it with 'masterclass lrs key add'.
    """
    from ..server import serve as serving

    serving.serve(console.settings(), out, host, port, data, reload)
