"""API keys. A secret is 256 random bits, so a fast keyed hash is enough to keep it by."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from hashlib import blake2b

from . import Database

HASH_SECRET = "key-hash-secret"


@dataclass(frozen=True, slots=True)
class Key:
    key: str
    name: str
    secret_hash: bytes
    scopes: frozenset[str]
    authority: str


def hash_secret(database: Database) -> bytes:
    """What secrets are hashed with; made when first asked for."""
    database.run("set_if_missing", name=HASH_SECRET, value=secrets.token_bytes(32))
    return bytes(database.rows("setting", name=HASH_SECRET)[0][0])


def hashed(secret: str, with_: bytes) -> bytes:
    return blake2b(secret.encode(), key=with_, digest_size=32).digest()


def key(database: Database, name: str) -> Key | None:
    rows = database.rows("key", key=name)
    if not rows:
        return None
    found, title, secret_hash, scopes, authority = rows[0]
    return Key(found, title, bytes(secret_hash), frozenset(scopes.split()), authority)


def add(database: Database, name: str, scopes: list[str], home_page: str) -> tuple[str, str]:
    """A new key and its secret, which is not kept."""
    new, secret = secrets.token_urlsafe(12), secrets.token_urlsafe(32)
    authority = {"objectType": "Agent", "name": name, "account": {"homePage": home_page, "name": new}}
    database.run(
        "add_key",
        key=new,
        name=name,
        secret_hash=hashed(secret, hash_secret(database)),
        scopes=" ".join(scopes),
        authority=json.dumps(authority, ensure_ascii=False),
        created=time.time_ns() // 1000,
    )
    return new, secret


def revoke(database: Database, key: str) -> bool:
    """False when there is no such key in use."""
    if not database.rows("key", key=key):
        return False
    database.run("revoke_key", key=key, revoked=time.time_ns() // 1000)
    return True
