"""``masterclass serve``: site, LRS and packages in one process; with ``--reload`` the site as it is being written."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xapi.forwarding import forwarding
from xapi.lrs import mounts
from xapi.people import People
from xapi.store import Database, Store
from xapi.store.opening import opened

from . import learners
from .channel import Channel
from .codes import Codes
from .journal import Journal, log, write_lines
from .learners import Learners
from .links import Links
from .live import Live
from .project import INVALID_BASE, Settings, Unusable
from .sessions import Sessions, signing_key

SECURITY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


# Where learning records are kept when nobody says otherwise.
DATA = "data"
# Longer than any store that works takes to answer, in seconds.
ALIVE = 5


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


class Announced:
    """Tells the player, with each course.json, where it may ask to follow a learner's progress."""

    def __init__(self, site: ASGIApp) -> None:
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[learners.HEADER] = learners.PATH
            await send(message)

        await self.site(scope, receive, with_header if scope["path"].endswith("/course.json") else send)


@dataclass(frozen=True)
class Kept:
    """Where learning records are, who learners are, and what sessions are signed with."""

    store: Store
    people: People
    key: bytes

    @classmethod
    def at(cls, data: str) -> Kept:
        """In a folder; or in a database named by its address, with people and key in the default folder."""
        folder = Path(DATA if "://" in data else data)
        return cls(opened(data), People(folder), signing_key(folder))


def app(out: Path, kept: Kept, base: str = INVALID_BASE, live: Live | None = None) -> Starlette:
    """Site at ``/``, LRS at ``/xapi/`` and ``/xapi/2/``, packages for download at ``/packages/``."""
    journal = Journal()
    sessions = Sessions(kept.key)
    following = Learners(Channel(kept.store, base), sessions, Codes(), Links(kept.people, sessions))

    async def not_found(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code != 404:
            return PlainTextResponse(error.detail, error.status_code, error.headers)
        page = out / "site" / "404.html"
        return FileResponse(page, 404) if page.is_file() else PlainTextResponse("Not found", 404)

    async def health(request: Request) -> Response:
        try:
            async with asyncio.timeout(ALIVE):
                await kept.store.read(_look)
        except Exception as problem:  # whatever it is: the store cannot be read, and that is the answer
            log.error("the store cannot be read", exc_info=problem)
            return JSONResponse({"status": "the store cannot be read"}, 503)
        return JSONResponse({"status": "ok"})

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(live.watch()) if live else None
        async with forwarding(kept.store):
            yield
        if live and watching:
            live.stop()
            watching.cancel()
        kept.store.close()

    routes = [
        *([Route("/masterclass/live", live.events)] if live else []),
        *mounts(kept.store),
        Mount("/learner", routes=following.routes()),
        Mount("/packages", StaticFiles(directory=out / "packages", check_dir=False)),
        Route("/health", health),
        Route("/metrics", journal.metrics),
    ]
    site: ASGIApp = Announced(StaticFiles(directory=out / "site", html=True, check_dir=False))
    served = Starlette(
        routes=[*routes, Mount("/", live.pages(site) if live else site)],
        exception_handlers={404: not_found, HTTPException: not_found} if not live else {404: not_found},
        lifespan=lifespan,
    )
    served.add_middleware(Secured)
    served.add_middleware(journal.watching)
    return served


def _look(database: Database) -> None:
    database.rows("last_seq")


def serve(settings: Settings, out: Path, host: str, port: int, data: str, reload: bool) -> None:
    live = Live(settings, out) if reload else None
    if live:
        live.build()
    elif not (out / "site" / "index.html").is_file():
        raise Unusable(f"There is no site in {out.as_posix()}. Build it first with: masterclass build")
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/"
    with _listening(host, port) as listening:
        served = app(out, Kept.at(data), settings.iri_base, live)
        click.echo(f"Serving {(out / 'site').as_posix()} at {address} with the LRS at {address}xapi/ (Ctrl+C stops)")
        write_lines()
        config = uvicorn.Config(served, log_config=None, access_log=False, timeout_graceful_shutdown=1)
        with suppress(KeyboardInterrupt):  # Ctrl+C is how one stops it, not an error
            uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """Bound before anything is said, so that a port in use is told instead of an address that does not work."""
    found = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise Unusable(
            f"{host}:{port} cannot be used ({error.strerror}). Choose another with: masterclass serve --port {port + 1 if port < 65535 else 8000}"
        ) from error
    return found
