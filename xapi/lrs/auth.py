"""Who is asking: HTTP Basic with a key and its secret."""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from collections import OrderedDict

from ..refused import Refused
from ..store import Database, Store, keys
from ..store.keys import Key

# How long a key that was looked up stays good, in seconds: so late at most is a revocation noticed.
REMEMBERED = 2.0
MOST_REMEMBERED = 1000


class Unauthorised(Refused):
    def __init__(self) -> None:
        headers = {"WWW-Authenticate": 'Basic realm="xAPI", charset="UTF-8"'}
        super().__init__(401, "expected the key and secret of an API key (HTTP Basic)", headers)


class Keys:
    """The keys of a store, remembered for a moment: a busy client is looked up every two seconds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: OrderedDict[str, tuple[float, Key]] = OrderedDict()

    async def owner(self, authorization: str) -> Key:
        known = self._known.get(authorization)
        now = time.monotonic()
        if known is not None and now < known[0]:
            return known[1]
        name, secret = credentials(authorization)
        key = await self._store.read(lambda database: verified(database, name, secret))
        self._known[authorization] = (now + REMEMBERED, key)
        self._known.move_to_end(authorization)
        if len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
        return key


def credentials(authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    try:
        name, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise Unauthorised from None
    if scheme.lower() != "basic" or not colon:
        raise Unauthorised
    return name, secret


def verified(database: Database, name: str, secret: str) -> Key:
    key = keys.key(database, name) if "\0" not in name else None
    if key is None:
        raise Unauthorised
    if key.course is not None:
        right = not secret
    else:
        right = hmac.compare_digest(keys.hashed(secret, keys.hash_secret(database)), key.secret_hash)
    if not right:
        raise Unauthorised
    return key
