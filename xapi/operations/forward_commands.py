"""`masterclass lrs forward`: other LRSs that get every statement."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial

import click

from ..options import DATA
from ..store import Store, outbox
from .running import with_store


@click.group()
def forward() -> None:
    """Forward statements to other LRSs.

    They arrive in order and each once, while a server runs.
    """


@forward.command()
@click.argument("name")
@click.argument("endpoint", metavar="URL")
@click.option("--key", required=True, help="Of an API key there.")
@click.option(
    "--secret",
    prompt=True,
    hide_input=True,
    envvar="MASTERCLASS_FORWARD_SECRET",
    help="Asked for when left out; or in the variable MASTERCLASS_FORWARD_SECRET.",
)
@click.option("--history", is_flag=True, help="Also what is stored already; otherwise only what comes from now on.")
@DATA
def add(name: str, endpoint: str, key: str, secret: str, history: bool, data: str) -> None:
    """Forward to the LRS at URL, to be called NAME here.

    The secret is kept in the database, as the server has to send it.
    """
    from ..client import Client

    versions = Client(endpoint, key, secret, tries=2).versions()

    async def added(store: Store) -> bool:
        return await store.write(
            partial(outbox.add, name=name, endpoint=endpoint, key=key, secret=secret, history=history)
        )

    if not with_store(data, added):
        raise click.ClickException(f"there is a target called {name}; remove it first")
    click.echo(f"{name}: statements go to {endpoint}, which speaks xAPI {', '.join(versions)}.")


@forward.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@DATA
def list_(as_json: bool, data: str) -> None:
    """How far forwarding has come, and what stops it."""

    async def known(store: Store) -> list[tuple[outbox.State, list[tuple[str, str]]]]:
        return [
            (state, await store.read(partial(outbox.refusals, name=state.name)))
            for state in await store.read(outbox.states)
        ]

    found = with_store(data, known)
    if as_json:
        click.echo(json.dumps([asdict(state) | {"refusals": dict(why)} for state, why in found]))
        return
    if not found:
        click.echo("Nothing is forwarded.")
    for state, refusals in found:
        click.echo(
            f"{state.name}  {state.endpoint}  {state.sent} sent, {state.waiting} waiting, {state.refused} refused"
        )
        if state.problem:
            click.echo(f"  {state.problem}")
        for id_, why in refusals:
            click.echo(f"  {id_}: {why}")


@forward.command()
@click.argument("name")
@DATA
def remove(name: str, data: str) -> None:
    """Forward nothing more to NAME. What is there stays there."""

    async def removed(store: Store) -> bool:
        return await store.write(partial(outbox.remove, name=name))

    if not with_store(data, removed):
        raise click.ClickException(f"there is no target called {name}")
    click.echo(f"Nothing more goes to {name}.")
