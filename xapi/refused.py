"""What the LRS answers instead of doing what it was asked: one exception, turned into a response in one place."""

from __future__ import annotations


class Refused(Exception):
    """A request that is not carried out, with the HTTP status and a sentence for whoever sent it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
