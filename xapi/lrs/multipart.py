"""multipart/mixed (RFC 2046) as statements with attachments travel in, both ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from ..refused import Refused

BOUNDARY = re.compile(r";\s*boundary\s*=\s*(?:\"([^\"\r\n]{1,70})\"|([^\s;\"]{1,70}))", re.IGNORECASE)
MOST_PARTS = 1000


@dataclass(frozen=True, slots=True)
class Part:
    headers: dict[str, str]
    body: bytes


def parts(content_type: str, body: bytes) -> list[Part]:
    found = BOUNDARY.search(content_type)
    if found is None:
        raise Refused(400, "Content-Type: expected a boundary")
    delimiter = b"\r\n--" + (found[1] or found[2]).encode("latin-1")
    pieces = (b"\r\n" + body).split(delimiter, MOST_PARTS)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise Refused(400, "body: expected parts, and the boundary at their end")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    padding, newline, rest = piece.partition(b"\r\n")
    if padding.strip(b" \t") or not newline:
        raise Refused(400, "body: expected a new line after a boundary")
    head, blank, content = (b"\r\n" + rest).partition(b"\r\n\r\n")
    if not blank:
        raise Refused(400, "body: expected an empty line after the headers of a part")
    headers = {}
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, colon, value = line.partition(":")
        if not colon:
            raise Refused(400, "body: expected 'name: value' as the headers of a part")
        headers[name.strip().lower()] = value.strip()
    return Part(headers, content)


def joined(found: Iterable[Part]) -> tuple[str, bytes]:
    """A content type and a body."""
    boundary = uuid4().hex
    lines = []
    for part in found:
        head = "".join(f"{name}: {value}\r\n" for name, value in part.headers.items())
        lines.append(f"--{boundary}\r\n{head}\r\n".encode() + part.body + b"\r\n")
    return f"multipart/mixed; boundary={boundary}", b"".join(lines) + f"--{boundary}--\r\n".encode()
