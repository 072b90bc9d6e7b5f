"""Personal links of staff: a page that says whose it is, and lets nobody in before they have said so."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from xapi.people.grants import ROLES, Grant, Grants

from .sessions import Sessions, from_our_own_page
from .staff import page, staff

PATH = "/staff/"
REPORTS = "/reports/"
# Who is shown reports: each sees of them what the role and the cohort allow.
READERS = ROLES
# What a proxy adds to a request from somewhere else.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "via")


class StaffLinks:
    def __init__(self, grants: Grants, sessions: Sessions) -> None:
        self._grants = grants
        self._sessions = sessions

    def routes(self) -> list[Route]:
        return [
            Route("/", self._home, methods=["GET"]),
            Route("/out", self._out, methods=["POST"]),
            Route("/me/{token}", self._shown, methods=["GET"]),
            Route("/me/{token}", self._continue, methods=["POST"]),
        ]

    async def _home(self, request: Request) -> Response:
        who = staff(request)
        if who is None:
            return page(401, "For the people who run a programme")
        return page(200, "You are in", who=who, reports=REPORTS if who.role in READERS else "")

    async def _shown(self, request: Request) -> Response:
        """Mail filters open links to look at them: that begins nothing."""
        grant = await self._grant(request)
        if grant is None:
            return _no_longer_good()
        until = f"{datetime.fromtimestamp(grant.expires, UTC):%d %B %Y}"
        return page(200, "Open the reports" if grant.local else "Is this you?", grant=grant, until=until)

    async def _continue(self, request: Request) -> Response:
        if not from_our_own_page(request):
            return _foreign()
        grant = await self._grant(request)
        if grant is None:
            return _no_longer_good()
        await asyncio.to_thread(self._grants.note, grant.id, "came in")
        response = RedirectResponse(REPORTS if grant.role in READERS else PATH, 303)
        self._sessions.begin(request, response, grant.id)
        return response

    async def _out(self, request: Request) -> Response:
        if not from_our_own_page(request):
            return _foreign()
        response = RedirectResponse(PATH, 303)
        self._sessions.end(response)
        return response

    async def _grant(self, request: Request) -> Grant | None:
        grant = await asyncio.to_thread(self._grants.holder, request.path_params["token"])
        return None if grant and grant.local and not _from_this_computer(request) else grant


def _from_this_computer(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    return is_local(request.client.host)


def is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _no_longer_good() -> Response:
    return page(404, "This link is no longer good", is_link=True)


def _foreign() -> Response:
    return PlainTextResponse("expected a request of this site's own pages\n", 403)
