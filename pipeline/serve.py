"""``masterclass serve``: the built site in a browser, and with ``--reload`` the site as it is being written."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import click
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .live import Live
from .project import Settings, Unusable

SECURITY = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class Secured:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def app(out: Path, live: Live | None = None) -> Starlette:
    """Site at ``/``, packages for download at ``/packages/``."""

    async def not_found(request: Request, error: Exception) -> Response:
        page = out / "site" / "404.html"
        return FileResponse(page, 404) if page.is_file() else PlainTextResponse("Not found", 404)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(live.watch()) if live else None
        yield
        if live and watching:
            live.stop()
            watching.cancel()

    routes = [
        *([Route("/masterclass/live", live.events)] if live else []),
        Mount("/packages", StaticFiles(directory=out / "packages", check_dir=False)),
    ]
    site: ASGIApp = StaticFiles(directory=out / "site", html=True, check_dir=False)
    served = Starlette(
        routes=[*routes, Mount("/", live.pages(site) if live else site)],
        exception_handlers={404: not_found, HTTPException: not_found} if not live else {404: not_found},
        lifespan=lifespan,
    )
    served.add_middleware(Secured)
    return served


def serve(settings: Settings, out: Path, host: str, port: int, reload: bool) -> None:
    live = Live(settings, out) if reload else None
    if live:
        live.build()
    elif not (out / "site" / "index.html").is_file():
        raise Unusable(f"There is no site in {out.as_posix()}. Build it first with: masterclass build")
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/"
    with _listening(host, port) as listening:
        click.echo(f"Serving {(out / 'site').as_posix()} at {address} (Ctrl+C stops)")
        config = uvicorn.Config(app(out, live), log_level="warning", timeout_graceful_shutdown=1)
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
