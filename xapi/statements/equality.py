"""Whether two statements with one id are the same statement.

By the specification what the LRS sets, the wording of verbs and definitions, the order in a group and the way an
instant or a duration is written make no difference (xAPI 1.0.3, Data 2.3.1).
"""

from __future__ import annotations

import re
from typing import Any

from ..timestamps import micros
from .identity import identity

SET_BY_LRS = frozenset({"id", "authority", "stored", "timestamp", "version", "attachments", "actor", "object", "verb"})
SECONDS = re.compile(r"(\d+)(?:[.,](\d+))?S")


def same(sent: dict[str, Any], kept: dict[str, Any]) -> bool:
    if "timestamp" in sent and micros(sent["timestamp"]) != micros(kept["timestamp"]):
        return False
    return _body(sent) == _body(kept)


def _body(statement: dict[str, Any]) -> dict[str, Any]:
    body = {key: value for key, value in statement.items() if key not in SET_BY_LRS}
    body["actor"] = _actor(statement["actor"])
    body["verb"] = statement["verb"]["id"]
    body["object"] = _object(statement["object"])
    body["attachments"] = [_attachment(item) for item in statement.get("attachments", ())]
    if "result" in body:
        body["result"] = _result(body["result"])
    if "context" in body:
        body["context"] = _context(body["context"])
    return body


def _actor(actor: dict[str, Any]) -> Any:
    own = identity(actor)
    if own is not None and "member" not in actor:
        return actor.get("objectType", "Agent"), own
    members = sorted(identity(member) or "" for member in actor.get("member", ()))
    return actor.get("objectType", "Agent"), own, members


def _object(target: dict[str, Any]) -> Any:
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        return kind, target["id"]
    if kind == "StatementRef":
        return kind, target["id"].lower()
    if kind == "SubStatement":
        inner = _body(target)
        if "timestamp" in target:
            inner["timestamp"] = micros(target["timestamp"])
        return kind, inner
    return _actor(target)


def _attachment(attachment: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in attachment.items() if key not in ("display", "description")}
    return plain | {"sha2": attachment["sha2"].lower()}


def _result(result: dict[str, Any]) -> dict[str, Any]:
    if "duration" not in result:
        return result
    return result | {"duration": SECONDS.sub(_hundredths, result["duration"])}


def _hundredths(found: re.Match[str]) -> str:
    return f"{int(found[1])}.{(found[2] or '') + '00':.2}S"


def _context(context: dict[str, Any]) -> dict[str, Any]:
    plain = dict(context)
    if "registration" in context:
        plain["registration"] = context["registration"].lower()
    for name in ("instructor", "team"):
        if name in context:
            plain[name] = _actor(context[name])
    if "statement" in context:
        plain["statement"] = context["statement"]["id"].lower()
    if "contextActivities" in context:
        plain["contextActivities"] = {
            name: sorted(item["id"] for item in (listed if type(listed) is list else [listed]))
            for name, listed in context["contextActivities"].items()
        }
    return plain


def signed_same(signed: dict[str, Any], statement: dict[str, Any]) -> bool:
    """Whether a signature is of this statement, which has the signature as an attachment more."""
    for name, read in (("id", str.lower), ("timestamp", micros)):
        if name in signed and name in statement and read(signed[name]) != read(statement[name]):
            return False
    return _body(signed) | {"attachments": []} == _body(statement) | {"attachments": []}
