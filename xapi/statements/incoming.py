"""A statement on its way in: valid, with what the LRS adds, and with what it can be found by."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import uuid4

from .. import exact
from ..refused import Refused
from ..timestamps import text as as_text
from ..validate import STATEMENT, Invalid
from ..validate.statements import VOIDED
from ..validate.versions import STATED
from .definitions import definitions
from .terms import KEY, term, terms

Admit = Callable[[dict[str, Any], str], str]


@dataclass(frozen=True, slots=True)
class Authority:
    """Whose key a statement came with, as the statement will say."""

    key: str
    agent: dict[str, Any]
    text: str
    defines: bool
    admit: Admit | None = None
    """What a key that may do less makes of a valid statement (its values in place, its text as the result)."""


class Incoming(NamedTuple):
    """Made for every statement that comes, and a tuple is made in no time."""

    id: str
    statement: dict[str, Any]
    head: str
    """The JSON up to where `stored` goes."""
    timed: bool
    terms: list[int]
    target: str | None
    voiding: bool
    definitions: list[tuple[str, dict[str, Any]]]
    attachments: list[dict[str, Any]]

    def payload(self, stored: int) -> bytes:
        moment = as_text(stored)
        timestamp = "" if self.timed else f',"timestamp":"{moment}"'
        return f'{self.head}{timestamp},"stored":"{moment}"}}'.encode()


def read(body: bytes, version: str, authority: Authority, put_id: str | None = None) -> list[Incoming]:
    """The statements of a request; with `put_id`, exactly one, which has that id."""
    try:
        found, is_array = exact.objects(exact.decode(body))
    except exact.NotJson as problem:
        raise Refused(400, f"body: {problem}") from None
    if put_id is not None and is_array:
        raise Refused(400, "body: expected one statement")
    incoming = []
    for position, (values, text) in enumerate(found):
        try:
            STATEMENT[version](values)
        except Invalid as invalid:
            where = f"[{position}]." if is_array else ""
            raise Refused(400, f"{where}{invalid}") from None
        incoming.append(_incoming(values, text, version, authority, put_id))
    _refuse_repeated(incoming)
    return incoming


def _refuse_repeated(incoming: Sequence[Incoming]) -> None:
    seen: set[str] = set()
    for position, each in enumerate(incoming):
        if each.id in seen:
            raise Refused(400, f"[{position}].id: expected each id once in a batch")
        seen.add(each.id)


def _incoming(values: dict[str, Any], text: str, version: str, authority: Authority, put_id: str | None) -> Incoming:
    if put_id is not None and values.get("id", put_id).lower() != put_id.lower():
        raise Refused(400, "id: expected the statementId of the request")
    if authority.admit is not None:
        text = authority.admit(values, text)
    if _rewritten(values):
        text = _mended(values, text)
    added = f',"authority":{authority.text}'
    if "id" not in values:
        values["id"] = put_id or str(uuid4())
        added += f',"id":"{values["id"]}"'
    if "version" not in values:
        added += f',"version":"{STATED[version]}"'
    values["authority"] = authority.agent
    target = values["object"]
    refers = target.get("objectType") == "StatementRef"
    return Incoming(
        id=values["id"].lower(),
        statement=values,
        head=text[:-1].rstrip() + added,
        timed="timestamp" in values,
        terms=[*terms(values), term(KEY, authority.key)],
        target=target["id"].lower() if refers else None,
        voiding=values["verb"]["id"] == VOIDED,
        definitions=list(definitions(values)) if authority.defines else [],
        attachments=list(attachments(values)),
    )


def attachments(statement: dict[str, Any]) -> Iterable[dict[str, Any]]:
    yield from statement.get("attachments", ())
    if statement["object"].get("objectType") == "SubStatement":
        yield from statement["object"].get("attachments", ())


def _rewritten(values: dict[str, Any]) -> bool:
    """Whether a statement says what only the LRS may say, or has a context activity that stands alone."""
    return (
        "stored" in values
        or "authority" in values
        or _alone(values)
        or (values["object"].get("objectType") == "SubStatement" and _alone(values["object"]))
    )


def _mended(values: dict[str, Any], text: str) -> str:
    """A context activity that stands alone becomes a list of one (xAPI 1.0.3, Data 2.4.6.2)."""
    parts = exact.members(text)
    parts.pop("stored", None)
    parts.pop("authority", None)
    if _alone(values):
        parts["context"] = _listed_context(parts["context"])
    target = values["object"]
    if target.get("objectType") == "SubStatement" and _alone(target):
        inner = exact.members(parts["object"])
        inner["context"] = _listed_context(inner["context"])
        parts["object"] = exact.join(inner)
    return exact.join(parts)


def _alone(statement: dict[str, Any]) -> bool:
    activities = statement.get("context", {}).get("contextActivities", {})
    return any(type(listed) is dict for listed in activities.values())


def _listed_context(text: str) -> str:
    context = exact.members(text)
    activities = exact.members(context["contextActivities"])
    context["contextActivities"] = exact.join(
        {name: f"[{listed}]" if listed.startswith("{") else listed for name, listed in activities.items()}
    )
    return exact.join(context)


def kept(payload: bytes) -> dict[str, Any]:
    """A stored statement as values."""
    statement: dict[str, Any] = json.loads(payload)
    return statement
