"""API keys. A secret is 256 random bits, so a fast keyed hash is enough to keep it by."""

from __future__ import annotations

import hmac
import json
import secrets
import time
from dataclasses import dataclass
from hashlib import blake2b

from . import Database

HASH_SECRET = "key-hash-secret"
ALIAS_SECRET = "alias-secret"
# Where the accounts of keys live whose statements nobody vouches for.
SELF_REPORTED = "self-reported"


@dataclass(frozen=True, slots=True)
class Key:
    key: str
    name: str
    secret_hash: bytes
    scopes: frozenset[str]
    authority: str
    course: str | None = None
    """Of a publishable key: the activity that it may send statements about."""
    alias_secret: bytes = b""
    """Of a publishable key: what the names of those its statements are about are made unrecognisable with."""


def server_secret(database: Database, name: str) -> bytes:
    """Made when it is first asked for."""
    if not database.rows("setting", name=name):
        database.run("set_if_missing", name=name, value=secrets.token_bytes(32))
    return bytes(database.rows("setting", name=name)[0][0])


def hash_secret(database: Database) -> bytes:
    """What the secrets of keys are hashed with."""
    return server_secret(database, HASH_SECRET)


def alias(name: str, secret: bytes) -> str:
    """What stands in statements of publishable keys instead of the name that an LMS knows a person by."""
    return hmac.digest(secret, name.encode(), "sha256").hex()


def hashed(secret: str, with_: bytes) -> bytes:
    return blake2b(secret.encode(), key=with_, digest_size=32).digest()


def key(database: Database, name: str) -> Key | None:
    rows = database.rows("key", key=name)
    if not rows:
        return None
    found, title, secret_hash, scopes, authority, course = rows[0]
    aliases = b"" if course is None else server_secret(database, ALIAS_SECRET)
    return Key(found, title, bytes(secret_hash), frozenset(scopes.split()), authority, course, aliases)


def add(database: Database, name: str, scopes: list[str], home_page: str) -> tuple[str, str]:
    """A new key and its secret, which is not kept."""
    secret = _word(32)
    return _add(database, name, scopes, home_page, hashed(secret, hash_secret(database))), secret


def publish(database: Database, name: str, course: str, home_page: str) -> str:
    """A new key without a secret."""
    new = _add(database, name, ["statements/write"], f"{home_page.rstrip('/')}/{SELF_REPORTED}", b"")
    database.run("publish_key", key=new, course=course)
    return new


def _word(random_bytes: int) -> str:
    """For command lines, too: one that begins with a hyphen would be taken for an option."""
    while (word := secrets.token_urlsafe(random_bytes)).startswith("-"):
        pass
    return word


def _add(database: Database, name: str, scopes: list[str], home_page: str, secret_hash: bytes) -> str:
    new = _word(12)
    authority = {"objectType": "Agent", "name": name, "account": {"homePage": home_page, "name": new}}
    database.run(
        "add_key",
        key=new,
        name=name,
        secret_hash=secret_hash,
        scopes=" ".join(scopes),
        authority=json.dumps(authority, ensure_ascii=False),
        created=time.time_ns() // 1000,
    )
    return new


def revoke(database: Database, key: str) -> bool:
    """False when there is no such key in use."""
    if not database.rows("key", key=key):
        return False
    database.run("revoke_key", key=key, revoked=time.time_ns() // 1000)
    return True
