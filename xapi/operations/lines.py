"""The lines of an export: JSON Lines, each an object with one thing of the store.

A statement stands in its line as it is stored, byte for byte; one that has a line break between its values stands there
as a string. Attachments come before the first statement that has them.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

import click

from .. import exact
from ..statements.incoming import Incoming, attachments, kept
from ..statements.terms import KEY, term, terms
from ..store.restoring import Past
from ..timestamps import micros
from ..validate import STATEMENT, Invalid
from ..validate.statements import VOIDED
from ..validate.versions import spoken

HEADER = {"export": "masterclass-lrs", "format": 1}

Line = dict[str, str]
"""The text of each of its values."""


class NotAnExport(click.ClickException):
    """A line that no export has."""


def line(**values: object) -> bytes:
    return exact.dumps(values).encode() + b"\n"


def statement_line(seq: int, voided: bool, key: str | None, payload: bytes) -> bytes:
    text = payload.decode()
    if "\n" in text or "\r" in text:
        text = exact.dumps(text)
    parts = {"statement": text, "seq": str(seq)}
    if voided:
        parts["voided"] = "true"
    if key is not None:
        parts["key"] = exact.dumps(key)
    return exact.join(parts).encode() + b"\n"


def read(raw: bytes, number: int) -> Line:
    try:
        text = exact.decode(raw)
        if not text.startswith("{") or not text.endswith("}\n"):
            raise exact.NotJson("expected an object and a line break; the file may be cut off")
        return exact.members(text)
    except exact.NotJson as problem:
        raise NotAnExport(f"line {number}: {problem}") from None


def check_header(parts: Line) -> None:
    if {name: json.loads(text) for name, text in parts.items()} != HEADER:
        raise NotAnExport(f"line 1: expected {json.dumps(HEADER)}: this is no export that can be read")


def past(parts: Line, number: int) -> Past:
    """The statement of a line, checked like one that comes in."""
    text = parts["statement"]
    if text.startswith('"'):
        text = json.loads(text)
    try:
        ((values, _),), _ = exact.objects(text)
        version = spoken(values.get("version", "1.0.0")) or "2.0.0"
        STATEMENT[version](values)
        for name in ("id", "stored", "timestamp"):
            if name not in values:
                raise Invalid("expected it, as in every stored statement", name)
    except (exact.NotJson, Invalid) as problem:
        raise NotAnExport(f"line {number}: {problem}") from None
    target = values["object"]
    keys = [term(KEY, json.loads(parts["key"]))] if "key" in parts else []
    seq = int(parts["seq"]) if "seq" in parts else micros(values["stored"])
    incoming = Incoming(
        id=values["id"].lower(),
        statement=values,
        head="",
        timed=True,
        terms=[*terms(values), *keys],
        target=target["id"].lower() if target.get("objectType") == "StatementRef" else None,
        voiding=values["verb"]["id"] == VOIDED,
        definitions=[],
        attachments=list(attachments(values)),
    )
    return Past(seq, parts.get("voided") == "true", incoming, text.encode(), about(values))


def about(statement: Mapping[str, Any]) -> frozenset[int]:
    """The terms of a statement without its authority: a key's owner is not who its statements are about."""
    return frozenset(terms({name: value for name, value in statement.items() if name != "authority"}))


def possible_keys(payload: bytes) -> list[str]:
    """What the key a statement was sent with may be called: as its authority, or on the site one for each learner."""
    statement = kept(payload)
    key = statement.get("authority", {}).get("account", {}).get("name")
    learner = statement["actor"].get("account", {}).get("name")
    return [] if key is None else [key, f"{key}:{learner}"]


def in_text(contents: bytes) -> str:
    return base64.b64encode(contents).decode()


def in_bytes(text: str) -> bytes:
    return base64.b64decode(json.loads(text), validate=True)
