"""`masterclass roster`: the people of a programme, and their personal links."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from ..operations.running import with_store
from ..statements.identity import identity
from ..store import Database, forgetting
from ..store.keys import ALIAS_SECRET, alias, server_secret
from .registers import register
from .roster import People, Person
from .rows import read

DATA = click.option("--data", default="data", show_default=True, metavar="DIR|URL", help="As of 'masterclass serve'.")

SITE = click.option("--site", default="http://127.0.0.1:8000", show_default=True, help="Address of the site.")


@click.group()
def roster() -> None:
    """The people of a programme, and the personal links they come by."""


@roster.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DATA
def import_(file: Path, data: str) -> None:
    """Take in people.csv: lms_id,name,organisation,sector,role,cohort,invited,due.

    Who is there already, by lms_id, keeps account and link. Nothing is taken in while a line is wrong.
    """
    rows, problems = read(file)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.ClickException("nothing was imported")
    secret = with_store(data, lambda store: store.write(lambda database: server_secret(database, ALIAS_SECRET)))
    new, known = People(register(data)).bring_in(rows, lambda lms_id: alias(lms_id, secret))
    click.echo(f"{new} new, {known} known")


@roster.command("list")
@DATA
def list_(data: str) -> None:
    """Everyone, as CSV: the columns of the roster, the account, the alias that stands in statements from an LMS, and the link."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(
        ["lms_id", "name", "organisation", "sector", "role", "cohort", "invited", "due", "account", "alias", "link"]
    )
    for each in People(register(data)).everyone():
        row = [each.lms_id, each.name, each.organisation, each.sector, each.role, each.cohort, each.invited, each.due]
        out.writerow([*row, each.account, each.alias, each.link])


@roster.command()
@click.argument("lms_ids", nargs=-1, metavar="[LMS_ID]…")
@SITE
@DATA
def link(lms_ids: tuple[str, ...], site: str, data: str) -> None:
    """Make personal links, as CSV. They are not shown again; a new one ends the one before.

    For those named; without any, for everyone who has no link yet.
    """
    people = People(register(data))
    chosen = [_known(people, name) for name in lms_ids] or [each for each in people.everyone() if each.link == "none"]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["lms_id", "name", "link"])
    for each in chosen:
        out.writerow([each.lms_id, each.name, f"{site.rstrip('/')}/learner/me/{people.issue(each.account)}"])


@roster.command()
@click.argument("lms_id")
@DATA
def revoke(lms_id: str, data: str) -> None:
    """End a person's link, and every session that it began. What they did stays."""
    people = People(register(data))
    people.end(_known(people, lms_id).account, "revoked")
    click.echo(f"The link of {lms_id} is revoked.")


@roster.command()
@click.argument("lms_id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@DATA
def forget(lms_id: str, yes: bool, data: str) -> None:
    """Remove a person from the roster, and everything that is recorded about them."""
    people = People(register(data))
    account = _known(people, lms_id).account
    if not yes:
        click.confirm(f"Remove {lms_id} and all that is recorded about them?", abort=True, err=True)

    def gone(database: Database) -> int:
        homes = forgetting.home_pages(database, account)
        whole = [identity(forgetting.account(home, account)) or "" for home in homes]
        return sum(forgetting.forget(database, who).statements for who in whole)

    removed = with_store(data, lambda store: store.write(gone))
    people.forget(account)
    click.echo(f"Removed: {lms_id}, {removed} statements.")


def _known(people: People, lms_id: str) -> Person:
    for each in people.everyone():
        if each.lms_id == lms_id:
            return each
    raise click.ClickException(f"there is no {lms_id} on the roster")
