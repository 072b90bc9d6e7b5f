"""The option that most commands share, here and outside: where learning records are."""

from __future__ import annotations

import click

DATA = click.option(
    "--data", default="data", show_default=True, metavar="DIR|URL", help="Folder or database of learning records."
)
