"""*Follow my progress*: what a masterclass on the site asks the server, and the learner's view of what is kept.

Without it nothing here is asked but once a page whether it is on.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import partial
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from xapi.lrs.rates import Rates
from xapi.operations.leftovers import as_json
from xapi.refused import Refused

from .. import assets
from . import my_data
from .channel import Channel
from .codes import MINUTES, Codes
from .journal import log
from .links import Links
from .sessions import Sessions, from_our_own_page

PATH = "/learner/"
HEADER = "Masterclass-Learner"
"""Sent with each course.json: the player asks nothing of a server that does not send it."""
RESOURCES = {"statements": ["GET", "POST"], "activities/state": ["GET", "PUT"]}
LONGEST_REQUEST = 1000
# Codes that one address may try at once: a room full of people. Afterwards few enough that others' guesses are left.
TRIES, TRIES_PER_SECOND = 30, 1 / 6
STYLES = ("tokens.css", "package.css", "blocks.css")

Answer = Callable[[Request], Awaitable[Response]]


class Learners:
    def __init__(self, channel: Channel, sessions: Sessions, codes: Codes, links: Links) -> None:
        self._channel = channel
        self._sessions = sessions
        self._codes = codes
        self._links = links
        self._tries = Rates(burst=TRIES, per_second=TRIES_PER_SECOND)

    def routes(self) -> list[Route]:
        resources = [
            Route(f"/{name}", self._guarded(partial(self._resource, name)), methods=methods)
            for name, methods in RESOURCES.items()
        ]
        return [
            Route("/session", self._guarded(self._session), methods=["GET", "POST", "DELETE"]),
            Route("/code", self._guarded(self._code), methods=["POST"]),
            Route("/forget", self._guarded(self._forget), methods=["POST"]),
            Route("/my-data/my-data.js", self._guarded(_script("my-data.js")), methods=["GET"]),
            Route("/my-data/", self._guarded(self._page), methods=["GET"]),
            Route("/my-data/my-data.css", self._guarded(self._styles), methods=["GET"]),
            Route("/my-data/my-data.json", self._guarded(self._download), methods=["GET"]),
            Route("/my-data/my-link.js", self._guarded(_script("my-link.js")), methods=["GET"]),
            Route("/me/{token}", self._guarded(self._links.page), methods=["GET"]),
            Route("/me/{token}/{said}", self._guarded(self._links.answer), methods=["POST"]),
            *resources,
        ]

    def _guarded(self, answer: Answer) -> Answer:
        """Changes are taken from our own pages only, and as JSON, which no form of another site can send."""

        async def guarded(request: Request) -> Response:
            if request.method not in ("GET", "HEAD"):
                if not from_our_own_page(request):
                    return PlainTextResponse("expected a request of this site's own pages\n", 403)
                kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
                if request.method != "DELETE" and kind != "application/json":
                    return PlainTextResponse("Content-Type: expected application/json\n", 415)
            try:
                response = await answer(request)
            except Refused as refused:
                response = PlainTextResponse(f"{refused.message}\n", refused.status)
            response.headers["Cache-Control"] = "no-store"
            return response

        return guarded

    async def _session(self, request: Request) -> Response:
        if request.method == "DELETE":
            response = self._told(None)
            self._sessions.end(response)
            return response
        account = await self._account(request)
        if request.method == "POST":
            account = account or str(uuid4())
            asked = await _small(request)
            if asked is None:
                return PlainTextResponse("body: expected a JSON object\n", 400)
            if "code" in asked:
                self._tries.take("code", request.client.host if request.client else "")
                account = await asyncio.to_thread(self._codes.redeem, str(asked["code"]))
                if account is None:
                    return PlainTextResponse("code: not known, used, or too old\n", 404)
        response = self._told(account)
        if account is not None:
            self._sessions.begin(request, response, account)
        return response

    async def _account(self, request: Request) -> str | None:
        session = self._sessions.opened(request)
        if session is None or await self._channel.is_forgotten(session.whose) or await self._links.is_over(*session):
            return None
        return session.whose

    def _told(self, account: str | None) -> JSONResponse:
        return JSONResponse({"actor": None if account is None else self._channel.actor(account)})

    async def _code(self, request: Request) -> Response:
        account = await self._account(request)
        if account is None:
            return _nobody()
        self._channel.limit(request)
        return JSONResponse({"code": await asyncio.to_thread(self._codes.issue, account), "minutes": MINUTES})

    async def _resource(self, name: str, request: Request) -> Response:
        account = await self._account(request)
        return _nobody() if account is None else await self._channel.answer(request, account, name)

    async def _page(self, request: Request) -> Response:
        account = await self._account(request)
        if account is None:
            return RedirectResponse("/", 303)
        person = await self._links.person(account)
        return Response(await my_data.page(self._channel, account, person), media_type="text/html")

    async def _styles(self, request: Request) -> Response:
        text = "\n".join((assets.package() / name).read_text(encoding="utf-8") for name in STYLES)
        return Response(text, media_type="text/css")

    async def _download(self, request: Request) -> Response:
        account = await self._account(request)
        if account is None:
            return _nobody()
        whole = await self._channel.store.read(partial(my_data.download, self._channel, account))
        person = await self._links.person(account)
        if person is not None:
            whole = json.dumps({"roster": asdict(person), "records": json.loads(whole)})
        disposition = {"Content-Disposition": 'attachment; filename="my-data.json"'}
        return Response(whole, media_type="application/json", headers=disposition)

    async def _forget(self, request: Request) -> Response:
        account = await self._account(request)
        if account is None:
            return _nobody()
        self._channel.limit(request)
        removed, left = await self._channel.forget(account, await self._links.person(account))
        await self._links.forget(account)
        log.info("a learner was forgotten at their own wish", extra={"fields": asdict(removed)})
        if left:
            # The one line that says who: without it, nobody could forget them there.
            fields = {"account": account, "home_page": self._channel.home_page} | as_json(left)
            log.warning("still to act on: a learner who was forgotten here", extra={"fields": fields})
        response = self._told(None)
        self._sessions.end(response)
        return response


def _script(name: str) -> Answer:
    async def script(request: Request) -> Response:
        return FileResponse(assets.package() / name, media_type="text/javascript")

    return script


def _nobody() -> Response:
    """401 tells the player to keep what it has until there is a session again."""
    return PlainTextResponse("expected a session: follow my progress is not on\n", 401)


async def _small(request: Request) -> dict[str, object] | None:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_REQUEST:
            return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
