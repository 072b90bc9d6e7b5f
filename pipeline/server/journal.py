"""What the server tells whoever runs it: one line of JSON per event, and numbers for Prometheus.

Neither holds anything personal: no address, no name, no query, and of a path only the part of the server it leads to.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections import Counter
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

AREAS = ("xapi", "learner", "staff", "reports", "packages", "health", "metrics")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
# Files that were there to be had say nothing; there are dozens to a page.
QUIET = ("site", "packages", "health", "metrics")

log = logging.getLogger("masterclass")


class Lines(logging.Formatter):
    """A record as JSON. Of an exception the kind and the place: its message may quote what somebody sent."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.msg if record.exc_info else record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line["exception"] = kind.__name__
            line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return json.dumps(line)


def write_lines() -> None:
    """Our events and the web server's warnings, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    for name, level in (("masterclass", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False


class Journal:
    """Counts the requests, and says them."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._seconds: dict[str, float] = {}
        self._started = time.time()

    def watching(self, app: ASGIApp) -> ASGIApp:
        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            began = time.perf_counter()
            status = 500

            async def noted(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                await send(message)

            try:
                await app(scope, receive, noted)
            finally:
                self._note(scope, status, time.perf_counter() - began)

        return watched

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        first = scope["path"].lstrip("/").partition("/")[0]
        area = first if first in AREAS else "site"
        method = scope["method"] if scope["method"] in METHODS else "other"
        self._requests[area, method, status] += 1
        self._seconds[area] = self._seconds.get(area, 0.0) + seconds
        if area not in QUIET or status >= 400:
            fields = {"area": area, "method": method, "status": status, "ms": round(seconds * 1000, 1)}
            log.info("request", extra={"fields": fields})

    async def metrics(self, request: Request) -> Response:
        """Prometheus' text format, version 0.0.4."""
        lines = [
            "# HELP masterclass_started_seconds When the server started, in seconds since 1970.",
            "# TYPE masterclass_started_seconds gauge",
            f"masterclass_started_seconds {self._started:.3f}",
            "# HELP masterclass_requests_total Requests answered.",
            "# TYPE masterclass_requests_total counter",
        ]
        for (area, method, status), count in sorted(self._requests.items()):
            lines.append(f'masterclass_requests_total{{area="{area}",method="{method}",status="{status}"}} {count}')
        lines += [
            "# HELP masterclass_request_seconds Time from a request's head to its answer's end.",
            "# TYPE masterclass_request_seconds summary",
        ]
        for area, seconds in sorted(self._seconds.items()):
            count = sum(n for (where, _, _), n in self._requests.items() if where == area)
            lines.append(f'masterclass_request_seconds_sum{{area="{area}"}} {seconds:.6f}')
            lines.append(f'masterclass_request_seconds_count{{area="{area}"}} {count}')
        text = "\n".join(lines) + "\n"
        return PlainTextResponse(text, media_type="text/plain; version=0.0.4")
