"""One request to a server: within a time, of a size, and nothing kept open."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

# More than a page of statements with attachments from any LRS that limits its pages.
LARGEST_ANSWER = 256 * 1024 * 1024
CHUNK = 64 * 1024

FAILURES = (OSError, http.client.HTTPException)
"""What a request raises that got no answer, or only a part of one."""


def ask(
    method: str, url: str, body: bytes | None, headers: Mapping[str, str], timeout: float
) -> tuple[http.client.HTTPResponse, bytes]:
    """Redirects are not followed: they would carry credentials to wherever they point."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    ends = time.monotonic() + timeout
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request(method, target, body, dict(headers))
        with connection.getresponse() as response:
            return response, _read(response, ends)
    finally:
        connection.close()


def _read(response: http.client.HTTPResponse, ends: float) -> bytes:
    """The socket's own timeout begins anew with every byte; this one does not."""
    parts = []
    size = 0
    while chunk := response.read1(CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > LARGEST_ANSWER:
            raise OSError(f"the answer is larger than {LARGEST_ANSWER} bytes")
        if time.monotonic() > ends:
            raise TimeoutError("timed out")
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    return b"".join(parts)
