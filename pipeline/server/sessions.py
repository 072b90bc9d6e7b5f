"""Who a learner is to the site: a random account in a signed cookie, which no script can read and no other site sends."""

from __future__ import annotations

import hmac
import os
import secrets
import time
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

COOKIE = "masterclass_learner"
# The longest that browsers keep a cookie: 400 days. Every visit begins them anew.
LASTS = 400 * 24 * 3600
KEY_FILE = "session.key"


def signing_key(folder: Path) -> bytes:
    """The server's secret; made when first asked for, and readable by its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / KEY_FILE
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(made, "wb") as file:
        file.write(secrets.token_bytes(32))
    return path.read_bytes()


class Session(NamedTuple):
    account: str
    began: int
    """Or was last used; in seconds since 1970."""


class Sessions:
    def __init__(self, key: bytes) -> None:
        self._key = key

    def opened(self, request: HTTPConnection) -> Session | None:
        """Of a request's cookie, when we signed it and it is still good."""
        account, _, rest = request.cookies.get(COOKIE, "").partition(".")
        expires, _, signature = rest.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(account, expires).encode()):
            return None
        return Session(account, int(expires) - LASTS) if int(expires) > time.time() else None

    def begin(self, request: HTTPConnection, response: Response, account: str) -> None:
        expires = str(int(time.time()) + LASTS)
        value = f"{account}.{expires}.{self._signature(account, expires)}"
        response.set_cookie(
            COOKIE, value, max_age=LASTS, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )

    def end(self, response: Response) -> None:
        response.delete_cookie(COOKIE, httponly=True, samesite="lax")

    def _signature(self, account: str, expires: str) -> str:
        return hmac.new(self._key, f"learner.{account}.{expires}".encode(), sha256).hexdigest()


def from_our_own_page(request: HTTPConnection) -> bool:
    """Whether a page of this very site asks: browsers say so, and another site's page cannot."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    # Browsers leave it out where there is no HTTPS; the origin they name on every change.
    return urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host")
