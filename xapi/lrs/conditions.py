"""If-Match and If-None-Match, and what happens without them."""

from __future__ import annotations

from collections.abc import Mapping

from ..refused import Refused
from ..store.documents import Document


def check(headers: Mapping[str, str], known: Document | None) -> None:
    wanted, unwanted = headers.get("if-match"), headers.get("if-none-match")
    if wanted is not None and not _names(wanted, known):
        raise Refused(412, "If-Match: the document is not the one you know; read it again")
    if unwanted is not None and _names(unwanted, known):
        raise Refused(412, "If-None-Match: there is such a document already; read it first")


def check_put(headers: Mapping[str, str], known: Document | None, *, profile: bool, version: str) -> None:
    """Replacing a document unseen is refused, but for State in 1.0.3; there a new profile must say that it is new."""
    check(headers, known)
    if "if-match" in headers or "if-none-match" in headers:
        return
    if known is not None and (profile or version == "2.0.0"):
        raise Refused(
            409,
            "There is a document already. Read it, then send its ETag in If-Match to replace it, "
            "or If-None-Match: * to write only where there is none.",
        )
    if known is None and profile and version == "1.0.3":
        raise Refused(400, "expected If-Match or If-None-Match; for a new document, If-None-Match: *")


def _names(header: str, known: Document | None) -> bool:
    if known is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or known.etag in tags or known.etag.strip('"') in tags
