"""State, Activity Profile and Agent Profile: one set of functions, three tables of parameters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from functools import partial

from starlette.responses import Response

from .. import exact
from ..refused import Refused
from ..store import documents
from ..store.documents import Context, Document, document_of
from ..timestamps import EPOCH
from . import conditions, parameters
from .call import Call, beside

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Kind:
    """What names a document of a resource."""

    kind: str
    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def context(self, call: Call) -> Context:
        return Context(
            self.kind,
            parameters.iri_of(call, "activityId") or "" if "activityId" in self.required else "",
            parameters.identity_of(call) if "agent" in self.required else "",
            parameters.uuid_of(call, "registration"),
        )


KINDS = {
    "activities/state": Kind("state", "stateId", ("activityId", "agent"), ("registration",)),
    "activities/profile": Kind("activity", "profileId", ("activityId",)),
    "agents/profile": Kind("agent", "profileId", ("agent",)),
}


def _named(call: Call) -> tuple[Context, str]:
    kind = KINDS[call.path]
    parameters.only(call, (*kind.required, *kind.optional, kind.name), (*kind.required, kind.name))
    return kind.context(call), parameters.name_of(call, kind.name) or ""


async def put(call: Call) -> Response:
    context, name = _named(call)
    sent = document_of(call.headers.get("content-type", "application/octet-stream"), call.body)

    def replaced(known: Document | None) -> Document:
        conditions.check_put(call.headers, known, profile=context.kind != "state", version=call.version)
        return sent

    await call.store.write(partial(documents.change, context=context, name=name, to=replaced))
    return Response(status_code=204)


async def post(call: Call) -> Response:
    context, name = _named(call)
    content_type = call.headers.get("content-type", "application/octet-stream")
    sent = document_of(content_type, call.body)
    if call.content_type == JSON:
        await beside(len(call.body), partial(_object, call.body, "body"))

    def merged(known: Document | None) -> Document:
        conditions.check(call.headers, known)
        if known is None:
            return sent
        if call.content_type != JSON or known.content_type.partition(";")[0].strip().lower() != JSON:
            raise Refused(400, "body: only a JSON object can be merged into a JSON object; use PUT")
        both = _object(known.contents, "the document that is there") | _object(call.body, "body")
        return document_of(known.content_type, exact.join(both).encode())

    await call.store.write(partial(documents.change, context=context, name=name, to=merged))
    return Response(status_code=204)


def _object(contents: bytes, where: str) -> exact.Members:
    """The members of a JSON object, as they were sent."""
    try:
        text = exact.decode(contents)
        found, is_array = exact.objects(text)
    except exact.NotJson as problem:
        raise Refused(400, f"{where}: {problem}") from None
    if is_array:
        raise Refused(400, f"{where}: expected a JSON object")
    return exact.members(found[0][1])


async def get(call: Call) -> Response:
    kind = KINDS[call.path]
    if kind.name not in call.parameters:
        return await _list(call, kind)
    context, name = _named(call)
    found = await call.store.read(partial(documents.document, context=context, name=name))
    if found is None:
        raise Refused(404, "there is no such document")
    headers = {"ETag": found.etag, "Last-Modified": http_date(found.updated), "Content-Type": found.content_type}
    # What someone stored must not run as a page of this site.
    headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return Response(found.contents, headers=headers)


async def _list(call: Call, kind: Kind) -> Response:
    parameters.only(call, (*kind.required, *kind.optional, "since"), kind.required)
    since = parameters.instant(call, "since")
    task = partial(documents.names, context=kind.context(call), since=-1 if since is None else since)
    names, updated = await call.store.read(task)
    headers = {} if updated is None else {"Last-Modified": http_date(updated)}
    return Response(json.dumps(names), media_type=JSON, headers=headers)


async def delete(call: Call) -> Response:
    kind = KINDS[call.path]
    if kind.kind == "state" and kind.name not in call.parameters:
        parameters.only(call, (*kind.required, *kind.optional), kind.required)
        await call.store.write(partial(documents.delete_all, context=kind.context(call)))
        return Response(status_code=204)
    context, name = _named(call)

    def gone(known: Document | None) -> None:
        conditions.check(call.headers, known)

    await call.store.write(partial(documents.change, context=context, name=name, to=gone))
    return Response(status_code=204)


def http_date(instant: int) -> str:
    return format_datetime(EPOCH + timedelta(microseconds=instant), usegmt=True)


HANDLERS = {"PUT": put, "POST": post, "GET": get, "DELETE": delete}
