"""Personal links from a roster: a page that asks whether it is you, and follows nobody before you say so.

Mail filters open links to look at them; they press no buttons, and what a button sends is a POST.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from xapi.people.roster import People, Person

from ..templates import environment
from .sessions import Sessions

ANSWERS = ("me", "not-me")


class Links:
    def __init__(self, people: People, sessions: Sessions) -> None:
        self._people = people
        self._sessions = sessions

    async def page(self, request: Request) -> Response:
        person = await asyncio.to_thread(self._people.holder, request.path_params["token"])
        html = environment().get_template("my-link.html.jinja").render(person=person)
        return Response(
            html, 200 if person else 404, media_type="text/html", headers={"Referrer-Policy": "no-referrer"}
        )

    async def answer(self, request: Request) -> Response:
        said = request.path_params["said"]
        person = await asyncio.to_thread(self._people.holder, request.path_params["token"])
        if person is None or said not in ANSWERS:
            return PlainTextResponse("the link is not good, or no longer\n", 404)
        if said == "me":
            # Work that this browser followed under a random account goes along; another person's does not.
            response = JSONResponse({"said": said, "other": await self._is_of_another(request, person)})
            self._sessions.begin(request, response, person.account)
        else:
            response = JSONResponse({"said": said})
            await asyncio.to_thread(self._people.end, person.account, "refused")
        return response

    async def _is_of_another(self, request: Request, person: Person) -> bool:
        session = self._sessions.opened(request)
        if session is None or session.whose == person.account:
            return False
        return await self.person(session.whose) is not None or await self.is_over(*session)

    async def person(self, account: str) -> Person | None:
        return await asyncio.to_thread(self._people.person, account)

    async def is_over(self, account: str, began: int) -> bool:
        return await asyncio.to_thread(self._people.is_over, account, began)

    async def forget(self, account: str) -> None:
        await asyncio.to_thread(self._people.forget, account)
