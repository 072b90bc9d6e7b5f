"""The named queries of a .sql file: `-- name: word`, lines that describe it, and the SQL."""

from __future__ import annotations

import re
from importlib.resources import files

NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def read(dialect: str) -> dict[str, str]:
    found: dict[str, str] = {}
    folder = files(__package__).joinpath("sql", dialect)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".sql") and not file.name.startswith("migration_"):
            _, *parts = NAME.split(file.read_text(encoding="utf-8"))
            found.update(zip(parts[::2], parts[1::2], strict=True))
    return found
