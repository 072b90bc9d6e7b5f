"""The LRS as an ASGI application: which resource answers, in which version, to whom; and every refusal as a response."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from ..refused import Refused
from ..store import Store
from ..timestamps import text
from ..validate.versions import VERSIONS, spoken
from . import about, activities, agents, documents, publishable, scopes, statements
from .alternate import LARGEST_FORM, unfold
from .auth import Keys
from .call import LARGEST_BODY, Call, check_size, headers, parameters, read_body
from .rates import Rates

Handler = Callable[[Call], Awaitable[Response]]

RESOURCES: Mapping[str, Mapping[str, Handler]] = {
    "statements": {"GET": statements.get, "PUT": statements.put, "POST": statements.post},
    **dict.fromkeys(documents.KINDS, documents.HANDLERS),
    "activities": {"GET": activities.get},
    "agents": {"GET": agents.get},
    "about": {"GET": about.get},
}

# Packages run inside any LMS, on any origin. Credentials travel in a header the page sets, never in cookies.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through"
    ),
}
CORS_HEADERS = [(name.lower().encode(), value.encode()) for name, value in CORS.items()]
PREFLIGHT = CORS | {
    "Access-Control-Allow-Methods": "GET, HEAD, PUT, POST, DELETE",
    "Access-Control-Allow-Headers": (
        "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match, Accept-Language"
    ),
    "Access-Control-Max-Age": "86400",
}
VERSION_HEADER = "x-experience-api-version"


class Lrs:
    """One mount of a store; the version is what requests are answered in that do not say theirs."""

    def __init__(self, store: Store, version: str, keys: Keys | None = None, rates: Rates | None = None) -> None:
        self._rates = rates or Rates()
        self._store = store
        self._version = version
        self._keys = keys or Keys(store)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await WebSocketClose()(scope, receive, send)
            return
        root = scope.get("root_path", "")
        path = scope["path"].removeprefix(root).strip("/")
        if scope["method"] == "OPTIONS":
            answer = PREFLIGHT | {"X-Experience-API-Version": self._version}
            await Response(status_code=204, headers=answer)(scope, receive, send)
            return
        call = Call(scope["method"], path, root, {}, headers(scope), b"", self._store, self._version)
        call.address = (scope.get("client") or ("",))[0]
        # Before what is read is looked up (which a POST may ask for, too), and after what is written is in.
        reads = call.method in scopes.READING or b"method=" in scope["query_string"]
        through = await self._consistent_through(path, writing=False) if reads else None
        try:
            call.parameters = parameters(scope["query_string"])
            response = await self._answer(call, receive)
        except Refused as refused:
            response = PlainTextResponse(f"{refused.message}\n", refused.status, refused.headers)
        # Not one by one through a mapping: each would be looked for among all the others.
        response.raw_headers += [*CORS_HEADERS, (b"x-experience-api-version", call.version.encode("latin-1"))]
        if through is None:
            through = await self._consistent_through(path, writing=True)
        if through is not None:
            response.raw_headers.append((b"x-experience-api-consistent-through", text(through).encode()))
        if call.method == "HEAD":
            response.body = b""
            if scope["method"] != "HEAD":  # asked for by a POST, whose answer is as long as it says
                response.headers["Content-Length"] = "0"
        await response(scope, receive, send)

    async def _consistent_through(self, path: str, *, writing: bool) -> int | None:
        return await self._store.consistent_through(writing=writing) if path == "statements" else None

    async def _answer(self, call: Call, receive: Receive) -> Response:
        """A body is read for whoever may send it, and no further than they may. Only a form says within who sends it."""
        handlers = RESOURCES.get(call.path)
        if handlers is None:
            raise Refused(404, "there is no such resource")
        if call.path == "about":
            return await _handler(handlers, call)(call)
        asked = call.headers.get(VERSION_HEADER, call.version)
        in_form = call.method == "POST" and "method" in call.parameters and spoken(asked.strip()) == "1.0.3"
        if in_form:
            call.body = await read_body(receive, call.headers, LARGEST_FORM)
            unfold(call)
        call.version = _version(call)
        handler = _handler(handlers, call)
        call.key = await self._keys.owner(call.headers.get("authorization", ""))
        most = LARGEST_BODY
        if call.key.course is not None:
            self._rates.take(call.key.key, call.address)
            most = publishable.LARGEST
        scopes.check(call.key, call.path, call.method)
        if in_form:
            check_size(len(call.body), most)
        else:
            call.body = await read_body(receive, call.headers, most)
        return await handler(call)


def _handler(handlers: Mapping[str, Handler], call: Call) -> Handler:
    method = "GET" if call.method == "HEAD" else call.method
    if method not in handlers:
        allowed = ", ".join([*handlers, "HEAD", "OPTIONS"])
        raise Refused(405, f"expected {allowed}", {"Allow": allowed})
    return handlers[method]


def _version(call: Call) -> str:
    header = call.headers.get(VERSION_HEADER)
    version = None if header is None else spoken(header.strip())
    if version is None:
        raise Refused(400, "X-Experience-API-Version: expected 1.0.x or 2.0.x")
    return version


def mounts(store: Store) -> list[Mount]:
    """`/xapi/2/` and `/xapi/`: both speak both versions; a request that names none is told 2.0.0 or 1.0.3."""
    keys, rates = Keys(store), Rates()
    old, new = VERSIONS
    return [Mount("/xapi/2", app=Lrs(store, new, keys, rates)), Mount("/xapi", app=Lrs(store, old, keys, rates))]
