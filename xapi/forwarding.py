"""Statements forwarded to other LRSs, in the order in which they arrived, while a server runs.

What was sent is crossed out when the target has said that it has it. A server that is killed in between sends it again
under the same ids, which leaves the target as it is: so each statement arrives once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import groupby

from .client import MOST, Client, LrsFailed, Rejected
from .lrs.multipart import Part
from .statements.incoming import attachments, kept
from .store import Database, Store, outbox, statements
from .store.outbox import Target, Waiting
from .validate.versions import spoken

PAUSE = 1.0
"""Seconds between looks into the outbox: so late at most does a statement leave."""
TIMEOUT = 30.0
THE_STATEMENTS_FAULT = frozenset({400, 409, 413, 415, 422})
"""Any other refusal is of the address or the key: everything waits until that is mended."""


@asynccontextmanager
async def forwarding(store: Store) -> AsyncIterator[None]:
    """Forwards for as long as the block lasts."""
    working = asyncio.create_task(_work(store))
    try:
        yield
    finally:
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working


async def _work(store: Store) -> None:
    busy: dict[str, asyncio.Task[None]] = {}
    try:
        while True:
            for target in await store.read(outbox.due):
                task = busy.get(target.name)
                # One at a time for each target keeps the order; a slow one does not keep others waiting.
                if task is None or task.done():
                    busy[target.name] = asyncio.create_task(forward(store, target))
            await asyncio.sleep(PAUSE)
    finally:
        for task in busy.values():
            task.cancel()
        await asyncio.gather(*busy.values(), return_exceptions=True)


async def forward(store: Store, target: Target) -> None:
    """Sends what waits for a target until nothing does, or it fails."""
    try:
        # One try each: the outbox remembers when the next is due, also over a restart.
        client = Client(target.endpoint, target.key, target.secret, timeout=TIMEOUT, tries=1)
        while batch := await store.read(partial(outbox.waiting, name=target.name, limit=MOST)):
            for _, alike in groupby(batch, _alike):
                await _forward_batch(store, client, target, list(alike))
    except LrsFailed as failure:
        await store.write(partial(outbox.failed, target=target, problem=failure.message))


def _alike(each: Waiting) -> object:
    """What may go in one request: one version, and a statement with attachments alone."""
    return each.number if each.attached else _version(each)


def _version(each: Waiting) -> str:
    return spoken(kept(each.payload).get("version", "1.0.0")) or "1.0.3"


async def _forward_batch(store: Store, client: Client, target: Target, batch: Sequence[Waiting]) -> None:
    try:
        await _send(store, client, batch)
    except Rejected as rejected:
        if rejected.status not in THE_STATEMENTS_FAULT:
            raise
        if len(batch) > 1:
            # One of them is the reason: the others go alone.
            for each in batch:
                await _forward_batch(store, client, target, [each])
            return
        # A target that has it already may say so by a conflict.
        if rejected.status != 409 or not await asyncio.to_thread(client.holds, kept(batch[0].payload)["id"]):
            await store.write(partial(outbox.refused, number=batch[0].number, why=rejected.message))
            return
    await store.write(partial(outbox.delivered, name=target.name, numbers=[each.number for each in batch]))


async def _send(store: Store, client: Client, batch: Sequence[Waiting]) -> None:
    parts = await store.read(partial(_parts, each=batch[0])) if batch[0].attached else []
    texts = [each.payload.decode() for each in batch]
    await asyncio.to_thread(client.send, texts, parts, _version(batch[0]))


def _parts(database: Database, each: Waiting) -> list[Part]:
    contents = statements.attachments(database, [each.seq])
    types = {item["sha2"].lower(): item for item in attachments(kept(each.payload))}
    return [
        Part(
            {
                "Content-Type": types[sha2]["contentType"],
                "Content-Transfer-Encoding": "binary",
                "X-Experience-API-Hash": types[sha2]["sha2"],
            },
            body,
        )
        for sha2, body in contents.items()
    ]
