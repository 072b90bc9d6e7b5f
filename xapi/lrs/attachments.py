"""The attachments of a request: every part belongs to a statement, every statement has its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from ..refused import Refused
from ..statements.incoming import Incoming
from .multipart import Part
from .signatures import SIGNATURE

# A SHA-2 hash says by its length which it is.
HASHES = {64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}


def contents(parts: Sequence[Part]) -> dict[str, bytes]:
    """The parts after the first, by their hash."""
    found = {}
    for part in parts:
        named = part.headers.get("x-experience-api-hash", "").lower()
        if part.headers.get("content-transfer-encoding", "").lower() != "binary":
            raise Refused(400, "attachment: expected Content-Transfer-Encoding: binary")
        if len(named) not in HASHES or HASHES[len(named)](part.body).hexdigest() != named:
            raise Refused(400, "attachment: expected X-Experience-API-Hash, the SHA-2 hash of the part")
        found[named] = part.body
    return found


def check(batch: Sequence[Incoming], sent: dict[str, bytes]) -> None:
    wanted = set()
    for each in batch:
        for attachment in each.attachments:
            sha2 = attachment["sha2"].lower()
            wanted.add(sha2)
            if sha2 not in sent and ("fileUrl" not in attachment or attachment["usageType"] == SIGNATURE):
                raise Refused(400, f"attachments: expected a part with the hash {sha2}, or a fileUrl")
    if not wanted >= sent.keys():
        raise Refused(400, "body: a part belongs to none of the statements' attachments")
