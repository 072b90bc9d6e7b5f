"""Who somebody is to the server: an id in a signed cookie, which no script can read and no other site sends."""

from __future__ import annotations

import hmac
import time
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response


class Session(NamedTuple):
    whose: str
    """Of a learner the account, of staff the grant."""
    began: int
    """Or was last used; in seconds since 1970."""


class Sessions:
    def __init__(self, key: bytes, kind: str, lasts: int) -> None:
        self.cookie = f"masterclass_{kind}"
        self._key = key
        self._kind = kind
        self._lasts = lasts

    def opened(self, request: HTTPConnection) -> Session | None:
        """Of a request's cookie, when we signed it and it is still good."""
        whose, _, rest = request.cookies.get(self.cookie, "").partition(".")
        expires, _, signature = rest.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(whose, expires).encode()):
            return None
        return Session(whose, int(expires) - self._lasts) if int(expires) > time.time() else None

    def begin(self, request: HTTPConnection, response: Response, whose: str) -> None:
        expires = str(int(time.time()) + self._lasts)
        value = f"{whose}.{expires}.{self._signature(whose, expires)}"
        secure = request.url.scheme == "https"
        response.set_cookie(self.cookie, value, max_age=self._lasts, httponly=True, samesite="lax", secure=secure)

    def end(self, response: Response) -> None:
        response.delete_cookie(self.cookie, httponly=True, samesite="lax")

    def _signature(self, whose: str, expires: str) -> str:
        return hmac.new(self._key, f"{self._kind}.{whose}.{expires}".encode(), sha256).hexdigest()


def learner_sessions(key: bytes) -> Sessions:
    """As long as browsers keep a cookie: 400 days. Every visit begins them anew."""
    return Sessions(key, "learner", 400 * 24 * 3600)


def staff_sessions(key: bytes) -> Sessions:
    """A working day; then the personal link is opened again."""
    return Sessions(key, "staff", 12 * 3600)


def from_our_own_page(request: HTTPConnection) -> bool:
    """Whether a page of this very site asks: browsers say so, and another site's page cannot."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    # Browsers leave it out where there is no HTTPS; the origin they name on every change.
    try:
        return urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host")
    except ValueError:  # no address at all
        return False
