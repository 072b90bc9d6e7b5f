"""What the LRS answers instead of doing what it was asked: one exception, turned into a response in one place."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """A request that is not carried out: the HTTP status, a sentence for whoever sent it, and what headers must say."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers
