"""Statements and state of learners on the site: what the LRS does with a key, for whoever a session's cookie names.

The page holds no credential. Whose statement it is the server says, whatever the page sends.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from xapi import exact
from xapi.lrs import documents, statements
from xapi.lrs.call import Call, headers, parameters, read_body
from xapi.lrs.publishable import PEOPLE
from xapi.lrs.rates import Rates
from xapi.operations.leftovers import Leftovers, leftovers
from xapi.people.erasing import erase
from xapi.people.roster import Person
from xapi.refused import Refused
from xapi.statements.identity import identity
from xapi.statements.terms import AGENT, term
from xapi.store import Database, Store, forgetting
from xapi.store.forgetting import Removed
from xapi.store.keys import Key
from xapi.store.tombstones import Tombstones

VERSION = "1.0.3"
STATE_ID = "masterclass"
# The player sends 45 kB at most, and a course's state fits SCORM's 4,096 characters.
LARGEST = {"statements": 100_000, "activities/state": 16_000}

SCOPES = frozenset({"statements/write", "statements/read/mine", "state"})


class Channel:
    """To one store, for activities whose ids begin with `base`."""

    def __init__(self, store: Store, base: str) -> None:
        self.store = store
        self._activities = f"{base}/masterclasses/"
        self.home_page = f"{base}/"
        authority = {"objectType": "Agent", "name": "site", "account": {"homePage": self.home_page, "name": "site"}}
        self._rates = Rates()
        self._authority = json.dumps(authority)

    def actor(self, account: str) -> dict[str, Any]:
        return {"objectType": "Agent", "account": {"homePage": self.home_page, "name": account}}

    def shortened(self, activity: str) -> str:
        return activity.removeprefix(self._activities)

    def identity(self, account: str) -> str:
        return identity(self.actor(account)) or ""

    async def is_forgotten(self, account: str) -> bool:
        """Another device's cookie may be good for longer than the account is."""
        agent = term(AGENT, self.identity(account))
        return await self.store.read(lambda database: Tombstones(database).of_document(agent))

    async def forget(self, account: str, person: Person | None) -> tuple[Removed, Leftovers]:
        """What was removed, and what still has them in it. Of somebody on the roster also what an LMS recorded."""

        def gone(database: Database) -> tuple[Removed, Leftovers]:
            elsewhere = erase(database, person) if person else Removed(0, 0, 0)
            here = forgetting.forget(database, self.identity(account))
            return here + elsewhere, leftovers(database)

        return await self.store.write(gone)

    def limit(self, request: Request) -> None:
        """Anybody may begin to be followed: what one address can fill the disk with is limited."""
        self._rates.take("site", request.client.host if request.client else "")

    async def answer(self, request: Request, account: str, resource: str) -> Response:
        try:
            return await self._answer(request, account, resource)
        except Refused as refused:
            return PlainTextResponse(f"{refused.message}\n", refused.status, refused.headers)

    async def _answer(self, request: Request, account: str, resource: str) -> Response:
        # A key of one's own: `mine` then finds what this account has sent, and nothing else.
        key = Key(f"site:{account}", "site", b"", SCOPES, self._authority)
        given = headers(request.scope)
        asked = parameters(request.scope["query_string"])
        call = Call(request.method, resource, "/learner", asked, given, b"", self.store, version=VERSION, key=key)
        if request.method != "GET":
            self.limit(request)
        call.body = await read_body(request.receive, given, LARGEST[resource])
        if resource == "activities/state":
            return await self._state(call, account)
        if request.method == "POST":
            call.body = self._signed(call.body, account)
            return await statements.post(call)
        if set(asked) != {"statementId"}:
            raise Refused(400, "query: expected statementId and nothing else")
        return await statements.get(call)

    async def _state(self, call: Call, account: str) -> Response:
        if call.parameters.get("stateId") != STATE_ID:
            raise Refused(400, f"stateId: expected {STATE_ID}")
        self._check(call.parameters.get("activityId"), "activityId")
        call.parameters["agent"] = json.dumps(self.actor(account))
        if call.method == "PUT":
            return await documents.put(call)
        try:
            return await documents.get(call)
        except Refused as refused:
            if refused.status != 404:
                raise
            # A learner who has only begun is no error, and must not be one in the browser's console.
            return JSONResponse({})

    def _signed(self, body: bytes, account: str) -> bytes:
        """The statements with this account as their actor."""
        try:
            sent = exact.parse(exact.decode(body))
        except exact.NotJson as problem:
            raise Refused(400, f"body: {problem}") from None
        if not isinstance(sent, list) or not all(isinstance(each, dict) for each in sent):
            raise Refused(400, "body: expected an array of statements")
        for each in sent:
            target = each.get("object")
            about = isinstance(target, dict) and target.get("objectType", "Activity") == "Activity" and target.get("id")
            self._check(about, "object.id")
            _check_alone(each.get("context"))
        actor = self.actor(account)
        return json.dumps([each | {"actor": actor} for each in sent]).encode()

    def _check(self, activity: object, where: str) -> None:
        """Nothing but our own masterclasses; so nothing here can void or refer to a statement of somebody else's."""
        if not isinstance(activity, str) or not activity.startswith(self._activities):
            raise Refused(403, f"{where}: expected an activity of a masterclass on this site")


def _check_alone(context: object) -> None:
    """What names somebody is found, given and deleted as theirs."""
    for name in PEOPLE:
        if isinstance(context, dict) and name in context:
            raise Refused(403, f"context.{name}: expected nobody")
