"""The server as one ASGI application: site, LRS, learners and packages, and how it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from xapi.forwarding import forwarding
from xapi.lrs.app import mounts
from xapi.people.grants import Grants
from xapi.people.roster import People
from xapi.store import Database, Store

from ..live import Live
from ..reports.dashboard import Dashboard, facts_of
from ..reports.sources import HERE, Sources
from ..selfcheck.site import DATA
from ..settings import INVALID_BASE
from .aggregate import Aggregate
from .channel import Channel
from .codes import Codes
from .headers import Announced, Secured
from .journal import Journal, log
from .kept import Kept
from .learners import Learners
from .links import Links
from .sessions import learner_sessions, staff_sessions
from .staff import Door, Recognised
from .staff_links import READERS, StaffLinks

Answer = Callable[[Request, Exception], Awaitable[Response]]

# Longer than any store that works takes to answer, in seconds.
ALIVE = 5


class Built(StaticFiles):
    """What a build makes: while it is not there, nothing is found in it."""

    async def check_config(self) -> None:
        pass


def app(
    out: Path, kept: Kept, base: str = INVALID_BASE, live: Live | None = None, sources: Sources = HERE
) -> Starlette:
    """Site at ``/``, LRS at ``/xapi/`` and ``/xapi/2/``, packages for download at ``/packages/``."""
    journal = Journal()
    sessions = learner_sessions(kept.key)
    codes = Codes(kept.register, kept.key)
    following = Learners(Channel(kept.store, base), sessions, codes, Links(People(kept.register), sessions))
    grants, staff = Grants(kept.register), staff_sessions(kept.key)
    aggregate = Aggregate(kept.counts, out / "site" / DATA)
    reports = Dashboard(facts_of(kept.data, out / "catalogue.json"), kept.folder, sources)

    not_found = _not_found(out / "site" / "404.html")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(live.watch()) if live else None
        async with forwarding(kept.store):
            yield
        if live and watching:
            live.stop()
            watching.cancel()
        kept.close()

    routes = [
        *([Route("/masterclass/live", live.events)] if live else []),
        *mounts(kept.store),
        Mount("/learner", routes=following.routes()),
        Mount("/staff", routes=StaffLinks(grants, staff).routes()),
        Mount("/reports", Door(reports.app(), grants, *READERS)),
        *(Route(path, RedirectResponse(f"{path}/", 301)) for path in ("/staff", "/reports")),
        aggregate.route(),
        Mount("/packages", Built(directory=out / "packages", check_dir=False)),
        Route("/health", _health(kept.store)),
        Route("/metrics", journal.metrics),
    ]
    site: ASGIApp = Announced(Built(directory=out / "site", html=True, check_dir=False), aggregate.middle)
    served = Starlette(
        routes=[*routes, Mount("/", live.pages(site) if live else site)],
        exception_handlers={404: not_found, HTTPException: not_found} if not live else {404: not_found},
        lifespan=lifespan,
    )
    served.add_middleware(Recognised, grants=grants, sessions=staff)
    served.add_middleware(Secured)
    served.add_middleware(journal.watching)
    return served


def _not_found(page: Path) -> Answer:
    async def not_found(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code != 404:
            return PlainTextResponse(error.detail, error.status_code, error.headers)
        return FileResponse(page, 404) if page.is_file() else PlainTextResponse("Not found", 404)

    return not_found


def _health(store: Store) -> Callable[[Request], Awaitable[Response]]:
    async def health(request: Request) -> Response:
        try:
            async with asyncio.timeout(ALIVE):
                await store.read(_look)
        except Exception as problem:  # whatever it is: the store cannot be read, and that is the answer
            log.error("the store cannot be read", exc_info=problem)
            return JSONResponse({"status": "the store cannot be read"}, 503)
        return JSONResponse({"status": "ok"})

    return health


def _look(database: Database) -> None:
    database.rows("last_seq")
