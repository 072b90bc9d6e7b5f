"""Parameters of the query, each read by its kind. Anything unexpected is refused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .. import exact
from ..refused import Refused
from ..statements.identity import identity
from ..timestamps import micros
from ..validate import AGENT, Check, Invalid, actor
from ..validate.values import iri, uuid
from .call import Call


def only(call: Call, allowed: Iterable[str], required: Iterable[str] = ()) -> None:
    known = frozenset(allowed)
    for name in call.parameters:
        if name not in known:
            raise Refused(400, f"unknown parameter '{name[:60]}'; expected {', '.join(sorted(known)) or 'none'}")
    for name in required:
        if name not in call.parameters:
            raise Refused(400, f"expected the parameter '{name}'")


def checked(call: Call, name: str, rule: Check) -> str | None:
    value = call.parameters.get(name)
    if value is not None:
        try:
            rule(value)
        except Invalid as invalid:
            raise Refused(400, f"{name}: {invalid.rule}") from None
    return value


def iri_of(call: Call, name: str) -> str | None:
    return checked(call, name, iri)


def uuid_of(call: Call, name: str) -> str | None:
    value = checked(call, name, uuid)
    return None if value is None else value.lower()


def name_of(call: Call, name: str) -> str | None:
    """The id of a document: any text at all, but for the character databases end text with."""
    value = call.parameters.get(name)
    if value is not None and (not value or "\0" in value):
        raise Refused(400, f"{name}: expected a name")
    return value


def boolean(call: Call, name: str) -> bool:
    value = call.parameters.get(name, "false")
    if value not in ("true", "false"):
        raise Refused(400, f"{name}: expected true or false")
    return value == "true"


def whole(call: Call, name: str) -> int:
    value = call.parameters.get(name, "0")
    if not (value.isascii() and value.isdecimal() and len(value) < 18):
        raise Refused(400, f"{name}: expected a whole number, 0 or more")
    return int(value)


def instant(call: Call, name: str) -> int | None:
    value = call.parameters.get(name)
    if value is None:
        return None
    try:
        # A plus sign that was not escaped arrives as a space.
        return micros(value.replace(" ", "+"))
    except ValueError:
        raise Refused(400, f"{name}: expected an ISO 8601 timestamp") from None


def one_of(call: Call, name: str, words: tuple[str, ...]) -> str:
    value = call.parameters.get(name, words[0])
    if value not in words:
        raise Refused(400, f"{name}: expected one of {', '.join(words)}")
    return value


def agent(call: Call, group: bool = True) -> dict[str, Any]:
    """The `agent` parameter: an agent, or an identified group."""
    try:
        value = exact.parse(call.parameters["agent"])
        (actor if group else AGENT)(value)
    except exact.NotJson as problem:
        raise Refused(400, f"agent: {problem}") from None
    except Invalid as invalid:
        raise Refused(400, str(Invalid(invalid.rule, "agent", *invalid.path))) from None
    found: dict[str, Any] = value
    return found


def identity_of(call: Call) -> str:
    found = identity(agent(call))
    if found is None:
        raise Refused(400, "agent: expected one of mbox, mbox_sha1sum, openid, account")
    return found
