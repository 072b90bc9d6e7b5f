"""The LRS's own door, from within: statements are read, checked and stored as if they had come over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from ...lrs import publishable
from ...statements.incoming import Authority, read
from ...store import Database, Store, keys, statements

BATCH = 500


@dataclass(frozen=True, slots=True)
class Door:
    store: Store
    authority: Authority

    async def send(self, said: Iterable[dict[str, Any]]) -> int:
        sent = 0
        for batch in _batches(iter(said)):
            body = json.dumps(batch, ensure_ascii=False).encode()
            incoming = read(body, "1.0.3", self.authority)
            await self.store.write(partial(statements.record, batch=incoming, contents={}))
            sent += len(batch)
        return sent


def _batches(said: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(said, BATCH)):
        yield batch


async def door(store: Store, name: str, home_page: str) -> Door:
    """With a new key that may write statements."""

    def made(database: Database) -> Authority:
        key, _ = keys.add(database, name, ["statements/write"], home_page)
        return _authority(database, key)

    return Door(store, await store.write(made))


async def open_door(store: Store, name: str, home_page: str, course: str) -> Door:
    """With a new publishable key, whose statements nobody vouches for."""

    def made(database: Database) -> Authority:
        known = _authority(database, keys.publish(database, name, course, home_page))
        admit = publishable.admission(course, keys.server_secret(database, keys.ALIAS_SECRET))
        return Authority(known.key, known.agent, known.text, False, admit)

    return Door(store, await store.write(made))


def _authority(database: Database, key: str) -> Authority:
    found = keys.key(database, key)
    assert found is not None
    return Authority(found.key, json.loads(found.authority), found.authority, False)
