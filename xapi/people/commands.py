"""`masterclass roster`: the people of a programme, and their personal links."""

from __future__ import annotations

import csv
import sys
from contextlib import closing
from pathlib import Path

import click

from ..operations.leftovers import Leftovers, leftovers, lines
from ..operations.running import with_store
from ..options import DATA
from ..store import Database
from ..store.keys import ALIAS_SECRET, alias, server_secret
from . import moving
from .erasing import erase
from .registers import Register, register
from .roster import People, Person
from .rows import read

SITE = click.option("--site", default="http://127.0.0.1:8000", show_default=True, help="Address of the site.")


def opened(data: str) -> Register:
    """For as long as the command runs."""
    return click.get_current_context().with_resource(closing(register(data)))


@click.group()
def roster() -> None:
    """The people of a programme, and their personal links."""


@roster.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--good-rows", is_flag=True, help="Take in the good rows of a file that has bad ones.")
@DATA
def import_(file: Path, good_rows: bool, data: str) -> None:
    """Take in people.csv.

    Its columns: lms_id,name,organisation,sector,role,cohort,invited,due.

    Who is there already, by lms_id, keeps account and link. Nothing is taken in while a line is wrong, unless the
    good ones are asked for.
    """
    rows, problems = read(file)
    for problem in problems:
        click.echo(problem, err=True)
    if problems and not (good_rows and rows):
        raise click.ClickException("nothing was imported")
    secret = with_store(data, lambda store: store.write(lambda database: server_secret(database, ALIAS_SECRET)))
    new, known = People(opened(data)).bring_in(rows, lambda lms_id: alias(lms_id, secret))
    click.echo(f"{new} new, {known} known")


@roster.command("list")
@DATA
def list_(data: str) -> None:
    """Everyone, as CSV.

    The columns of the roster, the account, the alias that stands in statements from an LMS, and the link.
    """
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(
        ["lms_id", "name", "organisation", "sector", "role", "cohort", "invited", "due", "account", "alias", "link"]
    )
    for each in People(opened(data)).everyone():
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
    people = People(opened(data))
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
    people = People(opened(data))
    people.end(_known(people, lms_id).account, "revoked")
    click.echo(f"The link of {lms_id} is revoked.")


@roster.command()
@click.argument("lms_id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@DATA
def forget(lms_id: str, yes: bool, data: str) -> None:
    """Remove a person, and everything that is recorded about them."""
    people = People(opened(data))
    person = _known(people, lms_id)
    account = person.account
    if not yes:
        click.confirm(f"Remove {lms_id} and all that is recorded about them?", abort=True, err=True)

    def gone(database: Database) -> tuple[int, Leftovers]:
        return erase(database, person).statements, leftovers(database)

    removed, left = with_store(data, lambda store: store.write(gone))
    people.forget(account)
    _tidy_reports(data)
    click.echo(f"Removed: {lms_id}, {removed} statements.")
    for line in lines(left):
        click.echo(line)


@roster.command()
@click.argument("to", metavar="DIR|URL")
@DATA
def move(to: str, data: str) -> None:
    """Copy who people are to where another store is.

    That is the roster, links, staff's access, and what sessions are signed with.

    The store itself goes by 'masterclass lrs export' and 'import'.
    """
    secret = with_store(data, lambda store: store.write(lambda database: server_secret(database, ALIAS_SECRET)))

    def aliased(database: Database) -> bool:
        database.run("set_if_missing", name=ALIAS_SECRET, value=secret)
        return server_secret(database, ALIAS_SECRET) == secret

    if not with_store(to, lambda store: store.write(aliased)):
        raise click.ClickException("statements of packages have come there already, under aliases of its own")
    moved = moving.move(opened(data), opened(to))
    click.echo(f"{moved} people are in {to.partition('@')[2] or to}; {data.partition('@')[2] or data} has them still.")


def _tidy_reports(data: str) -> None:
    """Imported when somebody is forgotten: other commands have no use for the reports' engines."""
    from ..reports.connections import tidy

    tidy(data)


def _known(people: People, lms_id: str) -> Person:
    for each in people.everyone():
        if each.lms_id == lms_id:
            return each
    raise click.ClickException(f"there is no {lms_id} on the roster")
