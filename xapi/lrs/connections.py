"""Connections that are given up on: uvicorn waits for ever for the rest of a request, and each that waits is a file."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Seconds from the moment a connection is made, or a request on it begun, until its headers must be there.
HEAD = 30.0
# And from there until its body must be. What reads a body says so sooner, in an answer; not everything reads.
BODY = 60.0


class Connection(HttpToolsProtocol):
    """For uvicorn's `http`."""

    _giving_up: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait(HEAD)

    def on_message_begin(self) -> None:
        self._wait(HEAD)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._wait(BODY)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._stop_waiting()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._giving_up = self.loop.call_later(seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
