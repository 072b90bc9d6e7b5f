"""Headers of every answer: what a browser may do with it, and where the player may ask to follow a learner."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..selfcheck.site import DATA
from . import aggregate, learners

SECURITY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class Secured:
    """Adds the security headers to every response that does not bring stricter ones of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


ANNOUNCED = {"/course.json": (learners.HEADER, learners.PATH), f"/{DATA}": (aggregate.HEADER, aggregate.PATH)}
"""What a script learns with the file it reads first: where it may ask to follow a learner, or give a self-check's bands."""


class Announced:
    def __init__(self, site: ASGIApp, middle: Callable[[], str]) -> None:
        self.site = site
        self.middle = middle
        """Where others stand in the self-check."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        said = next((said for path, said in ANNOUNCED.items() if scope["path"].endswith(path)), None)
        middle = await asyncio.to_thread(self.middle) if scope["path"].endswith(f"/{DATA}") else ""

        async def with_header(message: Message) -> None:
            if said and message["type"] == "http.response.start":
                name, place = said
                MutableHeaders(scope=message)[name] = place
                if middle:
                    MutableHeaders(scope=message)[aggregate.MIDDLE] = middle
            await send(message)

        await self.site(scope, receive, with_header)
