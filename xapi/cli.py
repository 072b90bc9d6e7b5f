"""`masterclass lrs`: the learning record store alone, and the keys to it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import click

from .lrs.scopes import SCOPES
from .operations.commands import COMMANDS
from .options import DATA
from .store import Database, Store, keys
from .store.opening import opened
from .timestamps import text
from .validate import Invalid
from .validate.values import iri

T = TypeVar("T")
CourseAddress = Callable[[str], str]
"""Of a course's id: given as click's `obj` by whoever knows courses."""


@click.group()
def lrs() -> None:
    """The learning record store, xAPI 1.0.3 and 2.0.0.

    Alone, with its keys; 'masterclass serve' runs it beside the site.
    """


for command in COMMANDS:
    lrs.add_command(command)


@lrs.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535))
@DATA
def serve(host: str, port: int, data: str) -> None:
    """Serve /xapi/ and /xapi/2/ until stopped."""
    import uvicorn
    from starlette.applications import Starlette

    from .forwarding import forwarding
    from .lrs.app import mounts
    from .lrs.connections import Connection

    store = opened(data)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with forwarding(store):
            yield
        store.close()

    click.echo(f"http://{host}:{port}/xapi/ (1.0.3) and http://{host}:{port}/xapi/2/ (2.0.0); Ctrl+C stops.")
    app = Starlette(routes=mounts(store), lifespan=lifespan)
    uvicorn.run(app, host=host, port=port, log_level="warning", http=Connection)


@lrs.group()
def key() -> None:
    """Keys: who may send and read what."""


@key.command()
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="May be given more than once.")
@click.option(
    "--publishable", is_flag=True, help="Without a secret, for packages: may only add statements about --course."
)
@click.option(
    "--course",
    metavar="ID|IRI",
    help="The id of a masterclass, or the address that the activities of a course begin with.",
)
@click.option(
    "--home-page",
    default="http://localhost/xapi/",
    show_default=True,
    help="Of the account that statements sent with this key name as their authority.",
)
@click.option("--json", "as_json", is_flag=True, help="Print {key, secret}.")
@DATA
@click.pass_obj
def add(
    address: CourseAddress | None,
    name: str,
    scopes: tuple[str, ...],
    publishable: bool,
    course: str | None,
    home_page: str,
    as_json: bool,
    data: str,
) -> None:
    """Make a key. Its secret is shown once and kept only as a hash."""
    if publishable != (course is not None) or publishable == bool(scopes):
        raise click.UsageError("expected --scope, or --publishable with --course")
    if course is not None:
        about = _course(course, address)
        public = _write(data, lambda database: keys.publish(database, name, about, home_page))
        click.echo(
            json.dumps({"key": public, "secret": ""})
            if as_json
            else f"key     {public}\nIt has no secret; it takes statements about {about} alone."
        )
        return
    new, secret = _write(data, lambda database: keys.add(database, name, list(scopes), home_page))
    if as_json:
        click.echo(json.dumps({"key": new, "secret": secret}))
    else:
        click.echo(f"key     {new}\nsecret  {secret}\nThe secret is not shown again.")


@key.command("list")
@DATA
def list_(data: str) -> None:
    """Every key: its scopes, when it was made, whether it is revoked."""
    for known, name, scopes, course, created, revoked in _write(data, lambda database: database.rows("keys")):
        state = f"revoked {text(revoked)}" if revoked else "in use"
        click.echo(
            f"{known}  {name}  {f'publishable for {course}' if course else scopes}  made {text(created)}  {state}"
        )


@key.command()
@click.argument("key")
@DATA
def revoke(key: str, data: str) -> None:
    """Refuse a key from now on.

    A running server notices within two seconds.
    """
    if not _write(data, lambda database: keys.revoke(database, key)):
        raise click.ClickException(f"there is no key {key} in use")
    click.echo(f"{key} is revoked.")


def _course(course: str, address: CourseAddress | None) -> str:
    if address is not None and ":" not in course:
        course = address(course)
    try:
        iri(course)
    except Invalid as invalid:
        raise click.BadParameter(invalid.rule, param_hint="--course") from None
    return course.rstrip("/")


def _write(data: str, task: Callable[[Database], T]) -> T:
    store = opened(data)
    try:
        return asyncio.run(_written(store, task))
    finally:
        store.close()


async def _written(store: Store, task: Callable[[Database], T]) -> T:
    return await store.write(task)
