"""Another LRS, spoken to patiently: what reports read from and statements are forwarded to.

On tincan, which has neither a time limit nor a second try, and turns statements into objects and back: here they stay
the text they are, so that numbers arrive as they were sent.
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import uuid4

import click
from tincan import RemoteLRS
from tincan.http_request import HTTPRequest
from tincan.lrs_response import LRSResponse

from . import exact, transport
from .lrs.multipart import Part, joined

T = TypeVar("T")

# What is sent at once; less when the LRS says it is too much.
MOST, MOST_BYTES = 50, 1024 * 1024
# Answers that may be another next time: too early, too many, and what is wrong on the server's side.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 507})
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0


class LrsFailed(click.ClickException):
    """An LRS did not do what it was asked; `status` is 0 when it did not answer."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Unreachable(LrsFailed):
    """No answer, or one that will do after a while."""


class KeyRefused(LrsFailed):
    """The key is not known there, or may not do this."""


class Rejected(LrsFailed):
    """An answer that will be the same next time."""


class _Remote(RemoteLRS):  # type: ignore[misc]  # tincan has no types
    _props = (*RemoteLRS._props, "timeout")
    timeout = 30.0

    def _send_request(self, request: HTTPRequest) -> LRSResponse:
        headers = {"X-Experience-API-Version": self.version, "Authorization": self.auth, **request.headers}
        url = urljoin(self.endpoint, request.resource)
        if request.query_params:
            url += f"?{urlencode(request.query_params)}"
        # tincan's requests hold text; Latin-1 has a character for every byte of an attachment.
        body = request.content.encode("latin-1") if request.content is not None else None
        response, answer = transport.ask(request.method, url, body, headers, self.timeout)
        success = 200 <= response.status < 300
        return LRSResponse(success=success, request=request, response=response, data=answer.decode(errors="replace"))


class Client:
    """One LRS, with one key. `tries` are all tries, the first included."""

    def __init__(
        self,
        endpoint: str,
        key: str,
        secret: str,
        *,
        version: str = "1.0.3",
        timeout: float = 30,
        tries: int = 5,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        if not _is_address(endpoint):
            raise Rejected(f"{endpoint}: expected the address of an LRS, such as https://lrs.example.org/xapi/")
        auth = base64.b64encode(f"{key}:{secret}".encode()).decode()
        self._remote = _Remote(endpoint=endpoint, auth=f"Basic {auth}", timeout=timeout)
        self._version = version
        self._tries = tries
        self._pause = pause

    @property
    def endpoint(self) -> str:
        return str(self._remote.endpoint)

    def send(self, statements: Sequence[str], parts: Sequence[Part] = (), version: str | None = None) -> list[str]:
        """Stores statements, given as JSON; their ids. Each has one before it is sent, so a second try doubles nothing.

        `parts` are the contents of attachments, and go with all of them.
        """
        named = [_named(text) for text in statements]
        for batch in _batches(named):
            self._send(batch, parts, version or self._version)
        return [id_ for id_, _ in named]

    def _send(self, batch: Sequence[tuple[str, str]], parts: Sequence[Part], version: str) -> None:
        body = f"[{','.join(text for _, text in batch)}]".encode()
        content_type = "application/json"
        if parts:
            content_type, body = joined([Part({"Content-Type": content_type}, body), *parts])
        headers = {"Content-Type": content_type, "X-Experience-API-Version": version}
        try:
            answer = self._ask("POST", "statements", {}, body, headers, _ids)
        except Rejected as rejected:
            if rejected.status != 413 or len(batch) == 1 or parts:
                raise
            middle = len(batch) // 2
            self._send(batch[:middle], parts, version)
            self._send(batch[middle:], parts, version)
            return
        if [id_.lower() for id_ in answer] != [id_.lower() for id_, _ in batch]:
            raise Rejected(f"{self.endpoint} answered with other ids than those of the statements it was sent")

    def statements(
        self, *, since: datetime | None = None, until: datetime | None = None, **filters: str
    ) -> Iterator[dict[str, Any]]:
        """What was stored after `since`, up to and with `until`, the oldest first; as many pages as there are."""
        query = {"ascending": "true"} | filters
        query |= {name: _instant(moment) for name, moment in (("since", since), ("until", until)) if moment}
        resource = "statements"
        seen: set[int] = set()
        while True:
            page = self._ask("GET", resource, query, None, {}, _page)
            yield from page["statements"]
            more = page.get("more") or ""
            if not more:
                return
            resource, query = urljoin(self.endpoint, more), {}
            if _origin(resource) != _origin(self.endpoint):
                raise Rejected(
                    f"{self.endpoint} goes on at another server, {resource[:200]}: not followed with this key"
                )
            # Also where each page has a new address, but the same statements, or none.
            marks = {hash(resource), hash(tuple(each.get("id") for each in page["statements"]))}
            if marks & seen:
                raise Rejected(f"{self.endpoint} lists the same page again and again: {more[:200]}")
            seen |= marks

    def holds(self, id_: str) -> bool:
        """Whether there is a statement with this id, voided or not."""
        return any(self._found({name: id_}) for name in ("statementId", "voidedStatementId"))

    def _found(self, query: dict[str, str]) -> bool:
        try:
            self._ask("GET", "statements", query, None, {}, json.loads)
        except Rejected as rejected:
            if rejected.status == 404:
                return False
            raise
        return True

    def versions(self) -> list[str]:
        """The versions of xAPI that are spoken there."""
        return self._ask("GET", "about", {}, None, {}, _versions)

    def _ask(
        self,
        method: str,
        resource: str,
        query: dict[str, str],
        body: bytes | None,
        headers: dict[str, str],
        read: Callable[[str], T],
    ) -> T:
        content = None if body is None else body.decode("latin-1")
        headers = {"X-Experience-API-Version": self._version} | headers
        request = HTTPRequest(method=method, resource=resource, headers=headers, query_params=query, content=content)
        for tried in range(1, self._tries + 1):
            wait = min(FIRST_PAUSE * 2 ** (tried - 1), LONGEST_PAUSE)
            try:
                answer = self._remote._send_request(request)
            except transport.FAILURES as failure:
                problem = Unreachable(f"{self.endpoint} does not answer: {str(failure) or type(failure).__name__}")
            else:
                if answer.success:
                    return self._read(answer, read)
                problem = self._passing(answer)
                wait = max(wait, _retry_after(answer))
            if tried < self._tries:
                self._pause(wait)
        raise problem

    def _read(self, answer: LRSResponse, read: Callable[[str], T]) -> T:
        try:
            return read(answer.data)
        except (ValueError, TypeError, KeyError):
            raise Unreachable(
                f"{self.endpoint} answered {answer.response.status} and something that is no LRS's: {_excerpt(answer)}"
            ) from None

    def _passing(self, answer: LRSResponse) -> Unreachable:
        """The failure, when another try is worth it; any other is raised."""
        status = answer.response.status
        said = f"{self.endpoint} answered {status}: {_excerpt(answer)}"
        if status in PASSING:
            return Unreachable(said, status)
        if status in (401, 403):
            raise KeyRefused(f"{self.endpoint} refuses the key ({status}): {_excerpt(answer)}", status)
        if 300 <= status < 400:
            raise Rejected(
                f"{self.endpoint} has moved to {answer.response.headers.get('Location', 'elsewhere')}", status
            )
        raise Rejected(said, status)


def _named(text: str) -> tuple[str, str]:
    """The id of a statement, and the statement with it."""
    parts = exact.members(text)
    if "id" not in parts:
        parts = {"id": f'"{uuid4()}"'} | parts
        text = exact.join(parts)
    return json.loads(parts["id"]), text


def _batches(named: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    batch: list[tuple[str, str]] = []
    size = 0
    for id_, text in named:
        if batch and (len(batch) == MOST or size + len(text) > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append((id_, text))
        size += len(text)
    if batch:
        yield batch


def _instant(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("expected a time zone")
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _is_address(url: str) -> bool:
    try:
        scheme, host, _ = _origin(url)
    except ValueError:
        return False
    return scheme in ("http", "https") and host is not None


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _ids(text: str) -> list[str]:
    found = json.loads(text)
    if type(found) is not list or not all(type(id_) is str for id_ in found):
        raise ValueError
    return found


def _page(text: str) -> dict[str, Any]:
    found = json.loads(text)
    if type(found["statements"]) is not list or type(found.get("more") or "") is not str:
        raise ValueError
    return dict(found)


def _versions(text: str) -> list[str]:
    return list(json.loads(text)["version"])


def _retry_after(answer: LRSResponse) -> float:
    seconds = answer.response.headers.get("Retry-After", "")
    return min(float(seconds), LONGEST_PAUSE) if seconds.isdecimal() else 0.0


def _excerpt(answer: LRSResponse) -> str:
    """One line of what was answered, without what would move a terminal's cursor."""
    return "".join(character if character.isprintable() else " " for character in answer.data[:200]).strip()
