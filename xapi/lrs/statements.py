"""The Statements resource."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache, partial

from starlette.responses import Response

from ..refused import Refused
from ..statements import formats
from ..statements.incoming import Authority, Incoming, attachments, kept, read
from ..statements.languages import languages
from ..store import Database, activities, statements
from ..store.keys import Key
from ..store.statements import Found
from . import attachments as parts_of
from . import listing, parameters, publishable, scopes, signatures
from .call import Call, beside
from .documents import http_date
from .multipart import Part, joined, parts

JSON = "application/json"
MIXED = "multipart/mixed"


async def put(call: Call) -> Response:
    parameters.only(call, ("statementId",), ("statementId",))
    await _store(call, parameters.uuid_of(call, "statementId"))
    return Response(status_code=204)


async def post(call: Call) -> Response:
    parameters.only(call, ())
    batch = await _store(call, None)
    # UUIDs: there is nothing to escape.
    listed = ",".join(f'"{each.statement["id"]}"' for each in batch)
    return Response(f"[{listed}]", media_type=JSON)


async def _store(call: Call, put_id: str | None) -> Sequence[Incoming]:
    authority = _authority(call.key)
    batch, sent = await beside(len(call.body), partial(_read, call, authority, put_id))
    await call.store.write(statements.Recording(batch, sent))
    return batch


@lru_cache(maxsize=1000)
def _authority(key: Key) -> Authority:
    admit = None if key.course is None else publishable.admission(key.course, key.alias_secret)
    return Authority(key.key, json.loads(key.authority), key.authority, scopes.may_define(key), admit)


def _read(call: Call, authority: Authority, put_id: str | None) -> tuple[list[Incoming], dict[str, bytes]]:
    """The statements and attachments of a request, all of them right."""
    body = call.body
    sent: dict[str, bytes] = {}
    if call.content_type == MIXED:
        first, *rest = parts(call.headers["content-type"], body)
        if first.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
            raise Refused(400, f"body: expected {JSON} as the first part")
        body, sent = first.body, parts_of.contents(rest)
    elif call.content_type != JSON:
        raise Refused(400, f"Content-Type: expected {JSON} or {MIXED}")
    batch = read(body, call.version, authority, put_id)
    parts_of.check(batch, sent)
    for each in batch:
        signatures.check(each, sent, call.version)
    return batch, sent


async def get(call: Call) -> Response:
    wanted = parameters.one_of(call, "format", listing.FORMATS)
    attached = parameters.boolean(call, "attachments")
    headers = {}
    if any(name in call.parameters for name in listing.SINGLE):
        id_, voided = listing.single(call)
        one = await call.store.read(partial(statements.statement, id_=id_, voided=voided, mine=listing.mine(call)))
        if one is None:
            raise Refused(404, "there is no such statement")
        found = [one]
        headers["Last-Modified"] = http_date(one.seq)
        (body,) = await _formatted(call, found, wanted)
    else:
        query = listing.query(call)
        found, unfinished = await call.store.read(partial(statements.page, query=query))
        if attached:
            whole, found = found, await call.store.read(partial(statements.with_attachments, found=found))
            unfinished = unfinished or len(found) < len(whole)
        more = listing.more(call, found[-1].seq) if unfinished else ""
        body = _result(await _formatted(call, found, wanted), more)
    if attached:
        content_type, body = joined([Part({"Content-Type": JSON}, body), *await _attachments(call, found)])
        return Response(body, headers=headers | {"Content-Type": content_type})
    return Response(body, media_type=JSON, headers=headers)


def _result(listed: list[bytes], more: str) -> bytes:
    """A StatementResult; put together in one go, for a page is long enough for each copy of it to count."""
    first, *rest = listed or [b""]
    *middle, last = [b'{"statements":[' + first, *rest]
    return b",".join([*middle, last + b'],"more":' + json.dumps(more).encode() + b"}"])


async def _formatted(call: Call, found: Sequence[Found], wanted: str) -> list[bytes]:
    payloads = [each.payload for each in found]
    size = sum(map(len, payloads))
    if wanted == "ids":
        return await beside(size, partial(formats.all_ids, payloads))
    if wanted == "canonical":
        iris = await beside(size, partial(formats.all_activities, payloads))
        known = await call.store.read(partial(activities.definitions, iris=iris))
        spoken = languages(call.headers.get("accept-language", ""))
        return await beside(size, partial(formats.all_canonical, payloads, known, spoken))
    return payloads


async def _attachments(call: Call, found: Sequence[Found]) -> list[Part]:
    """Each attachment's contents once, with the type its statement gives it."""
    with_parts = [each for each in found if each.attached]
    if not with_parts:
        return []
    seqs = [each.seq for each in with_parts]

    def contents(database: Database) -> dict[str, bytes]:
        return statements.attachments(database, seqs)

    known = await call.store.read(contents)
    types = {
        item["sha2"].lower(): (item["contentType"], item["sha2"])
        for each in with_parts
        for item in attachments(kept(each.payload))
    }
    return [
        Part(
            {
                "Content-Type": types[sha2][0],
                "Content-Transfer-Encoding": "binary",
                "X-Experience-API-Hash": types[sha2][1],
            },
            body,
        )
        for sha2, body in known.items()
    ]
