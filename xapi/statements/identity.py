"""Who an agent or group is: its inverse functional identifier as one string."""

from __future__ import annotations

import json
from typing import Any


def identity(actor: dict[str, Any]) -> str | None:
    """None for an anonymous group."""
    account = actor.get("account")
    if account is not None:
        return json.dumps(["account", account["homePage"], account["name"]])
    for name in ("mbox", "mbox_sha1sum", "openid"):
        if name in actor:
            value = actor[name]
            return json.dumps([name, value.lower() if name == "mbox_sha1sum" else value])
    return None
