"""Who an agent or group is: its inverse functional identifier as one string."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

# Identifiers have no longest length. What is kept at hand must have one.
LONGEST_REMEMBERED = 300


def identity(actor: dict[str, Any]) -> str | None:
    """None for an anonymous group."""
    account = actor.get("account")
    if account is not None:
        return _text("account", account["homePage"], account["name"])
    for name in ("mbox", "mbox_sha1sum", "openid"):
        if name in actor:
            value = actor[name]
            return _text(name, value.lower() if name == "mbox_sha1sum" else value)
    return None


def _text(*parts: str) -> str:
    return _remembered(parts) if sum(map(len, parts)) <= LONGEST_REMEMBERED else json.dumps(parts)


@lru_cache(maxsize=20_000)
def _remembered(parts: tuple[str, ...]) -> str:
    return json.dumps(parts)
