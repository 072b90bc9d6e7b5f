"""``POST /aggregate``: the quarters of the scale that a learner's scores fell into, given away by choice and counted.

Nothing of the request but these is looked at for longer than it lasts: no cookie, no actor; of the time the month is kept.
"""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from xapi.lrs.rates import Rates
from xapi.people.self_checks import BANDS, Counts, middles
from xapi.refused import Refused
from xapi.reports.rule import SMALLEST_SHOWN

from .sessions import from_our_own_page

PATH = "/aggregate"
HEADER = "Masterclass-Aggregate"
MIDDLE = "Masterclass-Middle"
LARGEST = 1_000
# A hospital is one address; a script that would drown the counts is let through once in a minute after the first few.
BURST, PER_SECOND = 60.0, 1 / 60


class Aggregate:
    """`data` is the site's self-check.json, which says which domains there are."""

    def __init__(self, counts: Counts, data: Path) -> None:
        self._counts = counts
        self._data = data
        self._rates = Rates(burst=BURST, per_second=PER_SECOND)

    def middle(self) -> str:
        """Where others stand, for the page that shows a learner's own scores: ``DOMAIN=QUARTER, …``; nothing while they are few."""
        found = middles(self._counts.by_month(), _month(), SMALLEST_SHOWN)
        return ", ".join(f"{domain}={band}" for domain, band in found.items())

    def route(self) -> Route:
        return Route(PATH, self._answer, methods=["POST"])

    async def _answer(self, request: Request) -> Response:
        try:
            await self._take(request)
        except Refused as refused:
            return PlainTextResponse(f"{refused.message}\n", refused.status, refused.headers)
        return Response(status_code=204, headers={"Cache-Control": "no-store"})

    async def _take(self, request: Request) -> None:
        if not from_our_own_page(request):
            raise Refused(403, "expected a request of this site's own pages")
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refused(415, "Content-Type: expected application/json")
        self._rates.take("aggregate", request.client.host if request.client else "")
        bands = self._bands(await _body(request))
        await asyncio.to_thread(self._counts.add, _month(), bands)

    def _bands(self, body: bytes) -> dict[str, int]:
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError):
            raise Refused(400, "body: expected JSON") from None
        bands = sent.get("bands") if isinstance(sent, dict) and set(sent) == {"bands"} else None
        if not isinstance(bands, dict) or not bands:
            raise Refused(400, "body: expected {bands: {…}} and nothing else")
        known = self._domains()
        for domain, band in bands.items():
            if domain not in known:
                raise Refused(400, "bands: expected this site's domains and nothing else")
            if type(band) is not int or not 0 <= band < BANDS:
                raise Refused(400, f"bands.{domain}: expected a whole number from 0 to {BANDS - 1}")
        return bands

    def _domains(self) -> set[str]:
        if not self._data.is_file():
            raise Refused(404, "this site has no self-check")
        return {domain["id"] for domain in json.loads(self._data.read_text(encoding="utf-8"))["domains"]}


def _month() -> str:
    return f"{datetime.now(UTC):%Y-%m}"


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise Refused(413, f"body: expected at most {LARGEST} bytes")
    return body
