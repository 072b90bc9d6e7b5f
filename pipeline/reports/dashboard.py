"""``/reports/``: what the people who run a programme see of it, each as far as their role and cohort go.

What answers is imported when it is first asked: a server that nobody asks for reports starts without it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ..server.staff import Staff, staff
from .sources import Sources

if TYPE_CHECKING:
    from xapi.reports.connections import Connection

    from .pages import Hall

FRESH = 10.0
"""Seconds for which facts are new enough: a reader who goes from page to page looks at the same ones."""
PAGE = "text/html"
NO_SUCH = ("There is no such report", "It may have had another address, or its question is no longer asked.")
NOT_YOURS = ("This report is not for you", "It has names in it, which are for those who look after these learners.")

Opened = Callable[[bool], AbstractContextManager["Connection"]]
"""Facts, brought up to date first or as they are."""


def facts_of(data: str, catalogue: Path) -> Opened:
    @contextmanager
    def opened(refresh: bool) -> Iterator[Connection]:
        from xapi.reports import connections

        with connections.opened(data, catalogue=catalogue if catalogue.is_file() else None, refresh=refresh) as found:
            yield found

    return opened


class Dashboard:
    def __init__(
        self, opened: Opened, ledger: Path, sources: Sources, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._opened = opened
        self._ledger = ledger
        self._sources = sources
        self._clock = clock
        self._refreshed = -FRESH
        # One at a time: the facts are in a file, which is either written or read.
        self._lock = asyncio.Lock()

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self._overview),
                Route("/reports.css", _styles),
                Route("/reports.js", _script),
                Route("/weekly/", self._weekly),
                Route("/questions/{course}/{question}/", self._question),
                Route("/{place}.{form}", self._download),
                Route("/{place}/", self._page),
                Route("/{path:path}", self._nowhere),
            ]
        )

    async def _overview(self, request: Request) -> Response:
        from . import pages
        from .wanted import Wanted

        return await self._answer(
            request, lambda hall, facts: _html(pages.overview(hall, facts, Wanted.read(request.query_params)))
        )

    async def _weekly(self, request: Request) -> Response:
        from . import pages
        from .wanted import Wanted

        return await self._answer(
            request, lambda hall, facts: _html(pages.weekly(hall, facts, Wanted.read(request.query_params)))
        )

    async def _page(self, request: Request) -> Response:
        from . import pages
        from .places import PLACES
        from .wanted import Wanted

        place = PLACES.get(request.path_params["place"])
        if place is None:
            return self._lost(request)

        def answer(hall: Hall, facts: Connection) -> Response:
            if place not in hall.places():
                return _told(hall, 403, *NOT_YOURS)
            return _html(pages.page(hall, facts, place, Wanted.read(request.query_params)))

        return await self._answer(request, answer)

    async def _question(self, request: Request) -> Response:
        from . import pages
        from .wanted import Wanted

        def answer(hall: Hall, facts: Connection) -> Response:
            wanted = Wanted.read(request.query_params)
            found = pages.question(hall, facts, request.path_params["course"], request.path_params["question"], wanted)
            return _told(hall, 404, *NO_SUCH) if found is None else _html(found)

        return await self._answer(request, answer)

    async def _download(self, request: Request) -> Response:
        from xapi.reports.rule import Refused
        from xapi.reports.wording import as_sentence

        from .downloads import FORMS, download
        from .places import PLACES
        from .wanted import Wanted

        place, form = PLACES.get(request.path_params["place"]), request.path_params["form"]
        if place is None or form not in FORMS:
            return self._lost(request)

        def answer(hall: Hall, facts: Connection) -> Response:
            if place not in hall.places():
                return _told(hall, 403, *NOT_YOURS)
            try:
                content, kind = download(hall.reader, facts, place, Wanted.read(request.query_params), form)
            except Refused as refused:
                return _told(hall, 403, "This report was not made", as_sentence(str(refused)))
            name = {"Content-Disposition": f'attachment; filename="{place.path}.{form}"'}
            return Response(content, media_type=kind, headers=name)

        return await self._answer(request, answer)

    async def _answer(self, request: Request, answer: Callable[[Hall, Connection], Response]) -> Response:
        """In a thread of its own, so that a reader of reports keeps no learner waiting."""
        who = staff(request)
        assert who is not None  # the door lets nobody else in
        async with self._lock:
            return await asyncio.to_thread(self._answered, self._hall(who), answer)

    def _answered(self, hall: Hall, answer: Callable[[Hall, Connection], Response]) -> Response:
        from xapi.reports.wording import as_sentence

        refresh = self._clock() - self._refreshed >= FRESH
        try:
            with self._opened(refresh) as facts:
                if refresh:
                    self._refreshed = self._clock()
                return answer(hall, facts)
        except click.ClickException as problem:
            return _told(hall, 503, "The reports cannot be made", as_sentence(problem.message))

    async def _nowhere(self, request: Request) -> Response:
        """Without its stroke at the end, a page is still meant."""
        path = request.path_params["path"]
        if path and not path.endswith("/") and "." not in path:
            return RedirectResponse(f"{request.scope['root_path']}/{path}/", 308)
        return self._lost(request)

    def _lost(self, request: Request) -> Response:
        who = staff(request)
        assert who is not None  # the door lets nobody else in
        return _told(self._hall(who), 404, *NO_SUCH)

    def _hall(self, who: Staff) -> Hall:
        from .pages import Hall
        from .reader import Reader

        audience = "shared" if who.role == "evaluator" else "own"
        reader = Reader(audience, cohort=who.cohort, ledger=self._ledger, today=date.today())
        return Hall(reader, served=True, who=who.name, sources=self._sources)


def _html(text: str, status: int = 200) -> Response:
    return Response(text, status, media_type=PAGE)


def _told(hall: Hall, status: int, title: str, text: str) -> Response:
    """Why there is no report, as a page with a way back."""
    from .message import message

    return _html(message(hall, title, text), status)


async def _styles(request: Request) -> Response:
    from .theme import styles

    return Response(styles(), media_type="text/css")


async def _script(request: Request) -> Response:
    from .theme import script

    return Response(script(), media_type="text/javascript")
