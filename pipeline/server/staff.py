"""Who of the staff asks, and what nobody else is shown.

A personal link opens a page that says whose it is; *Continue* (a POST of that page) begins a session in a cookie of its
own. What stands behind a `Door` is shown to the roles it is for, and each opening goes into the access log.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xapi.people.grants import Grants

from ..templates import environment
from .sessions import Sessions

# Of a page of reports these say nothing about anybody, and are not in the log.
LOOKS = ("text/css", "text/javascript", "image/", "font/")


@dataclass(frozen=True, slots=True)
class Staff:
    name: str
    role: str
    cohort: str
    """The one cohort they may see; all when empty."""
    grant: str


def staff(request: HTTPConnection) -> Staff | None:
    """Who asks, when it is somebody whose access stands."""
    found: Staff | None = request.scope.get("state", {}).get("staff")
    return found


class Recognised:
    """Looks up whose session a request belongs to, once, for whatever answers it."""

    def __init__(self, app: ASGIApp, grants: Grants, sessions: Sessions) -> None:
        self._app = app
        self._grants = grants
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["state"] = {**scope.get("state", {}), "staff": await self._who(HTTPConnection(scope))}
        await self._app(scope, receive, send)

    async def _who(self, request: HTTPConnection) -> Staff | None:
        session = self._sessions.opened(request)
        if session is None:
            return None
        grant = await asyncio.to_thread(self._grants.standing, session.whose)
        return Staff(grant.name, grant.role, grant.cohort, grant.id) if grant else None


class Door:
    """Before an application that is for some roles only."""

    def __init__(self, app: ASGIApp, grants: Grants, *roles: str) -> None:
        self._app = app
        self._grants = grants
        self._roles = roles

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        who = staff(request)
        if who is None or who.role not in self._roles:
            await kept_out(who, self._roles)(scope, receive, send)
            return

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-store")
                if message["status"] < 300 and not _looks(headers):
                    await asyncio.to_thread(self._grants.note, who.grant, request.url.path)
            await send(message)

        await self._app(scope, receive, noted)


def _looks(headers: Headers) -> bool:
    return headers.get("content-type", "").startswith(LOOKS)


def kept_out(who: Staff | None, roles: tuple[str, ...]) -> Response:
    """401 to somebody unknown, 403 to one whose role has no business here: both are told how to get in."""
    if who is None:
        return page(401, "Reports are for the people who run a programme")
    return page(403, "This is not part of your access", who=who, roles=roles)


NOTHING = {"grant": None, "is_link": False, "who": None, "roles": (), "reports": ""}


def page(status: int, title: str, **values: Any) -> Response:
    html = environment().get_template("staff.html.jinja").render(NOTHING | values, title=title)
    return HTMLResponse(html, status, {"Cache-Control": "no-store"})
