"""`masterclass access`: the staff's personal links, and who opened what."""

from __future__ import annotations

import csv
import sys
import time
from datetime import UTC, datetime

import click

from ..options import DATA
from .commands import SITE, opened
from .grants import DAYS, LOG_DAYS, ROLES, Grant, Grants


@click.group()
def access() -> None:
    """Who of the staff may see reports.

    They come by personal links that expire and can be ended.
    """


@access.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="What they may see.")
@click.option("--cohort", default="", help="Only this cohort of the roster. A tutor always has one.")
@click.option(
    "--days", default=DAYS, show_default=True, type=click.IntRange(1, 3650), help="How long the link is good."
)
@SITE
@DATA
def grant(name: str, role: str, cohort: str, days: int, site: str, data: str) -> None:
    """Make a personal link for NAME. It is shown once, and only its hash is kept."""
    if role == "tutor" and not cohort:
        raise click.UsageError("a tutor sees one cohort: expected --cohort")
    token = Grants(opened(data)).add(name, role, cohort, days)
    if token is None:
        raise click.ClickException(f"{name} has access already: end it first with 'masterclass access revoke'")
    click.echo(f"{site.rstrip('/')}/staff/me/{token}")


@access.command("list")
@DATA
def list_(data: str) -> None:
    """Everyone who was given access, as CSV.

    With it: until when, whether it is in use, and when they last opened something.
    """
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["name", "role", "cohort", "made", "expires", "access", "last"])
    for each in Grants(opened(data)).all():
        last = _text(each.last) if each.last else ""
        out.writerow([each.name, each.role, each.cohort, _text(each.made), _text(each.expires), _state(each), last])


@access.command()
@click.argument("name")
@DATA
def revoke(name: str, data: str) -> None:
    """End NAME's link, and every session that it began, at once."""
    if not Grants(opened(data)).end(name):
        raise click.ClickException(f"nobody by the name of {name} has access")
    click.echo(f"The access of {name} is ended.")


@access.command()
@click.option(
    "--days", default=LOG_DAYS, show_default=True, type=click.IntRange(1, LOG_DAYS), help="How far to go back."
)
@DATA
def log(days: int, data: str) -> None:
    """Who opened what, and when, as CSV; the oldest first. Entries are removed after 400 days."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["when", "name", "role", "cohort", "what"])
    for each in Grants(opened(data)).log(days):
        out.writerow([_text(each.at), each.name, each.role, each.cohort, each.what])


def _state(grant: Grant) -> str:
    if grant.ended:
        return "ended"
    return "in use" if grant.stands(time.time()) else "expired"


def _text(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
