"""A request as the resources see it, and how it is taken from ASGI."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope

from ..refused import Refused
from ..store import Store
from ..store.keys import Key

T = TypeVar("T")

# More than a batch of a thousand statements; attachments included.
LARGEST_BODY = 16 * 1024 * 1024
# What is larger is read and put together beside the event loop, so that nobody waits for one long batch.
LARGE = 256 * 1024
# A body that takes longer than this to come, in seconds, is not waited for.
PATIENCE = 30
# A query with more parameters than any resource has.
MOST_PARAMETERS = 30


NOBODY = Key("", "", b"", frozenset(), "")


@dataclass(slots=True)
class Call:
    method: str
    path: str
    root: str
    """Where the LRS is mounted."""
    parameters: dict[str, str]
    headers: dict[str, str]
    body: bytes
    store: Store
    version: str = ""
    address: str = ""
    key: Key = NOBODY

    @property
    def content_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


async def beside(size: int, work: Callable[[], T]) -> T:
    return await asyncio.to_thread(work) if size > LARGE else work()


def parameters(query: bytes | str, what: str = "query") -> dict[str, str]:
    if not query:
        return {}
    text = query.decode("latin-1") if isinstance(query, bytes) else query
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise Refused(400, f"{what}: the text is not UTF-8") from None
    except ValueError:
        raise Refused(400, f"{what}: expected at most {MOST_PARAMETERS} parameters") from None
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused(400, f"{what}: expected each parameter once")
    return found


def check_size(size: int, most: int) -> None:
    if size > most:
        raise Refused(413, f"body: expected at most {most} bytes")


async def read_body(receive: Receive, headers: dict[str, str], most: int = LARGEST_BODY) -> bytes:
    if headers.get("content-encoding", "identity") != "identity":
        raise Refused(415, "Content-Encoding: expected none")
    length = headers.get("content-length", "0")
    if length == "0" and "transfer-encoding" not in headers:
        return b""
    if length.isdecimal():
        check_size(int(length), most)
    return await _in_time(_all(receive, most))


async def _in_time(body: Coroutine[Any, Any, bytes]) -> bytes:
    """As `asyncio.timeout` does it, at a tenth of what that costs: nearly every body has come before it is asked for."""
    task = asyncio.current_task()
    late = False

    def give_up() -> None:
        nonlocal late
        late = True
        if task is not None:
            task.cancel()

    timer = asyncio.get_running_loop().call_later(PATIENCE, give_up)
    try:
        return await body
    except asyncio.CancelledError:
        if late and task is not None and not task.uncancel():
            raise Refused(408, f"body: expected within {PATIENCE} seconds") from None
        raise
    finally:
        timer.cancel()


async def _all(receive: Receive, most: int) -> bytes:
    parts = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "body: the connection was closed")
        part = message.get("body", b"")
        size += len(part)
        check_size(size, most)
        parts.append(part)
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def headers(scope: Scope) -> dict[str, str]:
    """By their names in small letters; one that comes more than once is a list."""
    sent = scope["headers"]
    found = {name.decode("latin-1"): value.decode("latin-1") for name, value in sent}
    if len(found) < len(sent):
        for several in found:
            found[several] = b", ".join(value for name, value in sent if name.decode("latin-1") == several).decode(
                "latin-1"
            )
    return found
