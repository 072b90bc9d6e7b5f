"""Who people are, taken along to another register: to PostgreSQL when one file has become too small."""

from __future__ import annotations

import click

from .registers import Register

# Codes are left behind: they are good for minutes.
TABLES = {
    "people": ("account", "alias", "organisation", "sector", "role", "cohort", "invited", "due", "sessions_after"),
    "identities": ("account", "lms_id", "name"),
    "links": ("hash", "account", "made", "ended"),
    "gone": ("hash",),
    "secrets": ("name", "value"),
    "grants": ("id", "hash", "name", "role", "cohort", "local", "made", "expires", "ended"),
    "visits": ("at", "grant_id", "what"),
}


class Taken(click.ClickException):
    """The other register has people of its own."""


def move(source: Register, target: Register) -> int:
    """All of it or nothing; how many people."""
    with source.opened() as page:
        rows = {table: page.rows(f"all_{table}") for table in TABLES}
    with target.opened() as page:
        if page.rows("all_people") or page.rows("all_grants"):
            raise Taken("there are people already: a roster is moved to where there is none")
        for table, columns in TABLES.items():
            for row in rows[table]:
                page.run(f"add_{table}", **dict(zip(columns, row, strict=True)))
    return len(rows["people"])
