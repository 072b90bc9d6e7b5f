"""Parts of statements: what they say, read once for each way in which they are written. Statements repeat themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import NamedTuple, TypeVar

import msgspec

from ..statements.identity import identity
from ..statements.terms import RELATED_AGENT, term
from ..store.keys import SELF_REPORTED
from ..vocabulary import CONTEXT_EXTENSIONS, PROFILES, VERBS

COURSE = re.compile(r".*/masterclasses/([\w-]+)", re.ASCII)
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
VERB_NAMES = {iri: name for name, iri in VERBS.items()} | {VOIDED: VOIDED}
MOST = 100_000
"""Ways of writing that are remembered, before all are forgotten."""

Written = TypeVar("Written", bound=Hashable)
Read = TypeVar("Read")


class Known(dict[Written, Read]):
    """By the bytes of a part, what it says."""

    def __init__(self, read: Callable[[Written], Read]) -> None:
        self._read = read

    def __missing__(self, written: Written) -> Read:
        if len(self) == MOST:
            self.clear()
        found = self[written] = self._read(written)
        return found


class _Account(msgspec.Struct):
    home_page: str = msgspec.field(name="homePage")
    name: str


class _Actor(msgspec.Struct):
    kind: str = msgspec.field(name="objectType", default="Agent")
    account: _Account | None = None
    mbox: str | None = None
    mbox_sha1sum: str | None = None
    openid: str | None = None


class _Ref(msgspec.Struct):
    id: str = ""


class _Activities(msgspec.Struct):
    parent: list[_Ref] = []
    grouping: list[_Ref] = []
    category: list[_Ref] = []


class Asked(msgspec.Struct):
    """What extensions say of a question: which try it is, by which key, and what for."""

    attempt: int | None = msgspec.field(name=CONTEXT_EXTENSIONS["attempt"], default=None)
    revision: int | None = msgspec.field(name=CONTEXT_EXTENSIONS["key-revision"], default=None)
    purpose: str | None = msgspec.field(name=CONTEXT_EXTENSIONS["purpose"], default=None)


class Place(NamedTuple):
    course: str
    page: str | None = None
    question: str | None = None


_actor = msgspec.json.Decoder(_Actor).decode
_authority = msgspec.json.Decoder(_Actor | None).decode
_ref = msgspec.json.Decoder(_Ref).decode
_activities = msgspec.json.Decoder(_Activities | None).decode
_asked = msgspec.json.Decoder(Asked | None).decode


def target(written: bytes) -> str:
    return _ref(written).id


def verb(written: bytes) -> str | None:
    return VERB_NAMES.get(target(written))


def asked(written: bytes) -> Asked:
    return (_asked(written) if written else None) or Asked()


def place(written: tuple[bytes, bytes]) -> Place | None:
    """Where in our masterclasses something is that stands among these activities of the context; None when in none."""
    about, context = written
    activities = _activities(context) if context else None
    if activities is None or not any(each.id in PROFILES for each in activities.category):
        return None
    roots = ((each.id, found[1]) for each in activities.grouping if (found := COURSE.fullmatch(each.id)))
    root, course = next(roots, ("", ""))
    if not root:
        return None
    kind, _, name = target(about).removeprefix(f"{root}/").partition("/")
    if not target(about).startswith(f"{root}/"):
        return Place(course)
    if kind == "pages":
        return Place(course, page=name)
    pages = [
        each.id.removeprefix(f"{root}/pages/") for each in activities.parent if each.id.startswith(f"{root}/pages/")
    ]
    return Place(course, pages[-1] if pages else None, name if kind == "questions" else None)


def is_self_reported(written: bytes) -> bool:
    authority = _authority(written) if written else None
    account = authority.account if authority else None
    return account is not None and account.home_page.endswith(f"/{SELF_REPORTED}")


class Actors:
    """Whom statements are by: numbers for facts, and the aliases by which the roster finds its people."""

    def __init__(self, alias: Callable[[str], str]) -> None:
        self._alias = alias
        self._new: dict[int, tuple[str, str]] = {}
        self.numbers = Known(self._number)
        """By how an actor is written, and whether only a publishable key says so. None of a group, or of nobody."""

    def taken(self) -> dict[int, tuple[str, str]]:
        """Those met since this was last asked: by number the alias, and where the account is."""
        new, self._new = self._new, {}
        return new

    def _number(self, written: tuple[bytes, bool]) -> int | None:
        actor = _actor(written[0])
        kind, name = _identifier(actor)
        if actor.kind != "Agent" or not kind:
            return None
        as_values = {kind: name} if actor.account is None else {"account": {"homePage": kind, "name": name}}
        number = term(RELATED_AGENT, identity(as_values) or "")
        plain = name.removeprefix("mailto:") if actor.account is None else name
        # A publishable key's statements have the alias in the name's place already.
        self._new[number] = (plain if written[1] else self._alias(plain), kind)
        return number


def _identifier(actor: _Actor) -> tuple[str, str]:
    if actor.account is not None:
        return actor.account.home_page, actor.account.name
    for kind in ("mbox", "mbox_sha1sum", "openid"):
        value = getattr(actor, kind)
        if value is not None:
            return kind, value
    return "", ""
