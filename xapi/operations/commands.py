"""`masterclass lrs export|import|backup|forget|access`."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ..options import DATA
from ..statements.identity import identity
from ..store import Database, Store, forgetting
from ..store.forgetting import Removed
from ..store.restoring import Outcome
from . import access as accesses
from . import backups, exports, imports, leftovers
from .forward_commands import forward
from .leftovers import Leftovers
from .running import OUT, existing, progress, with_store

HOME_PAGE = click.option(
    "--home-page", metavar="URL", help="Whose account it is; may be left out when statements name one such account."
)


@click.command("export")
@click.argument("file", type=OUT)
@click.option("--resume", is_flag=True, help="Go on where an earlier export to this file stopped.")
@DATA
def export(file: Path, resume: bool, data: str) -> None:
    """Write all statements, attachments and documents to FILE.

    It is JSON Lines.

    A server may go on meanwhile. Keys and forwarding are not part of it: for those, make a backup.
    """
    existing(data)
    if file.exists() and not resume:
        raise click.ClickException(f"{file} is there already: choose another name, or go on with it: --resume")
    statements = with_store(data, lambda store: _export(store, file))
    click.echo(f"{file}: {statements} statements, {file.stat().st_size} bytes")


async def _export(store: Store, file: Path) -> int:
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as out:
        so_far = exports.begun(out)
        out.seek(so_far.end)
        out.truncate()
        await store.write(lambda database: _record_copy(database, file, "export"))
        ((length,),) = await store.read(lambda database: database.rows("count_after", after=so_far.after))
        with progress("Exporting", length) as bar:
            async for line in exports.export(store, so_far, bar.update):
                out.write(line)
        out.flush()
        os.fsync(out.fileno())
    return so_far.statements


def _record_copy(database: Database, path: Path, kind: str) -> None:
    database.run("record_copy", path=str(path.resolve()), kind=kind, made=time.time_ns() // 1000)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@DATA
def import_(file: Path, data: str) -> None:
    """Store what is in FILE, an export.

    Ids, order and times stay as they were.

    What is there already stays, so an import that was interrupted is run again. Who was forgotten stays forgotten. Give -
    to read standard input.
    """
    length = file.stat().st_size if file.is_file() else None

    async def restored(store: Store) -> Outcome:
        with click.open_file(str(file), "rb") as lines, progress("Importing", length) as bar:
            return await imports.restore(store, lines, bar.update)

    outcome = with_store(data, restored)
    click.echo(
        f"{outcome.restored} statements stored, {outcome.known} were there already, "
        f"{outcome.forgotten} left out: they are about people who were forgotten"
    )


@click.command()
@click.argument("file", type=OUT)
@DATA
def backup(file: Path, data: str) -> None:
    """Copy the whole database to FILE, while a server goes on.

    What is kept beside it goes to files of its own, with .people (who people are), .self-checks (their counts) or .released (what
    reports have given away) in FILE's name. To restore: stop the server, and put the files in the places of lrs.sqlite,
    people.sqlite, self-checks.sqlite and released.jsonl.
    """
    source = existing(data)
    if source is None:
        raise click.ClickException("this copies an SQLite database; PostgreSQL has pg_dump")

    def beside(names: tuple[str, ...]) -> dict[Path, Path]:
        kept = [source.with_name(name) for name in names]
        return {
            each: file.with_name(f"{file.stem}.{each.stem}{_ending(each, file)}") for each in kept if each.is_file()
        }

    personal = {source: file} | beside(backups.NAMING)
    counts, lines = beside(backups.COUNTING), beside(backups.LISTING)
    for whole, copy in (personal | counts).items():
        backups.backup(whole, copy)
    for whole, copy in lines.items():
        backups.backup_lines(whole, copy)

    def recorded(database: Database) -> None:
        for copy in personal.values():
            _record_copy(database, copy, "backup")

    with_store(data, lambda store: store.write(recorded))
    for copy in (personal | counts | lines).values():
        click.echo(f"{copy}: {copy.stat().st_size} bytes")


def _ending(kept: Path, file: Path) -> str:
    """A database's copies are all named like the first one."""
    return file.suffix if kept.suffix == ".sqlite" else kept.suffix


@click.command()
@click.argument("account")
@HOME_PAGE
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print what was removed, and what is left to do, as JSON.")
@DATA
def forget(account: str, home_page: str | None, yes: bool, as_json: bool, data: str) -> None:
    """Remove all that is about the person with this ACCOUNT, for good.

    Statements by and about them, attachments no one else has, and documents. What is left says that someone was forgotten, when,
    and how much it was, but not who.
    """
    path = existing(data)
    agent = with_store(data, lambda store: _agent(store, account, home_page))
    if not yes:
        click.confirm(f"Remove all that is about {account} at {agent['account']['homePage']}?", abort=True, err=True)

    async def forgotten(store: Store) -> tuple[Removed, Leftovers]:
        removed = await store.write(lambda database: forgetting.forget(database, identity(agent) or ""))
        return removed, await store.read(leftovers.leftovers)

    removed, left = with_store(data, forgotten)
    if path is not None:
        backups.tidy(path)
    _tidy_reports(data)
    if as_json:
        click.echo(json.dumps(asdict(removed) | leftovers.as_json(left)))
        return
    click.echo(
        f"Removed: {removed.statements} statements, {removed.documents} documents, {removed.attachments} attachments."
    )
    for line in leftovers.lines(left):
        click.echo(line)


def _tidy_reports(data: str) -> None:
    """Imported when somebody is forgotten: other commands have no use for the reports' engines."""
    from ..reports.connections import tidy

    tidy(data)


@click.command()
@click.argument("account")
@HOME_PAGE
@click.option("--format", "format_", type=click.Choice(list(accesses.FORMATS)), default="json", show_default=True)
@click.option("--out", type=OUT, help="A file to write to; standard output when left out.")
@DATA
def access(account: str, home_page: str | None, format_: str, out: Path | None, data: str) -> None:
    """Give a person, by ACCOUNT, all that is kept about them."""
    existing(data)

    async def told(store: Store) -> str:
        agent = await _agent(store, account, home_page)
        return await store.read(lambda database: accesses.FORMATS[format_](database, agent))

    written = with_store(data, told)
    if out is None:
        click.echo(written)
    else:
        out.touch(0o600)
        out.write_text(f"{written}\n", encoding="utf-8")
        click.echo(f"wrote {out}")


async def _agent(store: Store, account: str, home_page: str | None) -> dict[str, Any]:
    if home_page is None:
        known = await store.read(lambda database: forgetting.home_pages(database, account))
        if len(known) != 1:
            which = f"is at {', '.join(known)}" if known else "is in no statement"
            raise click.ClickException(f"the account {account} {which}: say whose it is with --home-page")
        home_page = known[0]
    return forgetting.account(home_page, account)


COMMANDS: tuple[click.Command, ...] = (export, import_, backup, forget, access, forward)
