"""A statement → a fact, or why it is none. Nothing is guessed: what is not surely ours is counted and left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import blake2b
from typing import Any

import msgspec
import pyarrow as pa

from .. import timestamps
from ..statements.identity import identity
from ..statements.terms import RELATED_AGENT, term
from ..store.keys import SELF_REPORTED
from ..vocabulary import CONTEXT_EXTENSIONS, PROFILES, VERBS
from .facts import FACTS, LMS

# Later than stored by more than this, a clock was wrong: nobody's clock is exact.
AHEAD = 5 * 60 * timestamps.MICROSECOND
# There were no statements before the first version of xAPI.
FIRST = timestamps.micros("2013-04-26T00:00:00Z")
LONGEST, UNKNOWN = 24 * 3600.0, "unknown"

COURSE = re.compile(r".*/masterclasses/([\w-]+)", re.ASCII)
DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?")
VERB_NAMES = {iri: name for name, iri in VERBS.items()}
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


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


class _Score(msgspec.Struct):
    scaled: float | None = None


class _Result(msgspec.Struct):
    success: bool | None = None
    score: _Score | None = None
    response: str | None = None
    duration: str | None = None


class _Activities(msgspec.Struct):
    parent: list[_Ref] = []
    grouping: list[_Ref] = []
    category: list[_Ref] = []


class _Extensions(msgspec.Struct):
    attempt: int | None = msgspec.field(name=CONTEXT_EXTENSIONS["attempt"], default=None)
    revision: int | None = msgspec.field(name=CONTEXT_EXTENSIONS["key-revision"], default=None)
    purpose: str | None = msgspec.field(name=CONTEXT_EXTENSIONS["purpose"], default=None)


class _Context(msgspec.Struct):
    registration: str | None = None
    revision: str = ""
    platform: str = UNKNOWN
    activities: _Activities | None = msgspec.field(name="contextActivities", default=None)
    extensions: _Extensions | None = None


class _Statement(msgspec.Struct):
    id: str
    actor: _Actor
    verb: _Ref
    object: _Ref
    stored: str
    timestamp: str
    result: _Result | None = None
    context: _Context | None = None
    authority: _Actor | None = None


decode = msgspec.json.Decoder(_Statement).decode

NO_RESULT = _Result()
NO_EXTENSIONS = _Extensions()

UNREADABLE, OTHER_VERB, NOT_OURS, NOBODY = (
    "cannot be read",
    "another verb",
    "not about a masterclass in our vocabulary",
    "by a group, or nobody",
)


class Actors:
    """Whom statements are by: numbers for facts, and the aliases by which the roster finds its people."""

    def __init__(self, alias: Callable[[str], str]) -> None:
        self._alias = alias
        self._numbers: dict[tuple[str, str, bool], int] = {}
        self._new: dict[int, tuple[str, str]] = {}

    def taken(self) -> dict[int, tuple[str, str]]:
        """Those met since this was last asked: by number the alias, and where the account is."""
        new, self._new = self._new, {}
        return new

    def number(self, actor: _Actor, self_reported: bool) -> int | None:
        if actor.kind != "Agent":
            return None
        account = actor.account
        kind, value = _identifier(actor) if account is None else (account.home_page, account.name)
        if not kind:
            return None
        key = (kind, value, self_reported)
        known = self._numbers.get(key)
        if known is None:
            as_values = {"account": {"homePage": kind, "name": value}} if account is not None else {kind: value}
            known = self._numbers[key] = term(RELATED_AGENT, identity(as_values) or "")
            # A publishable key's statements have the alias in the name's place already.
            name = value.removeprefix("mailto:") if account is None else value
            alias = name if self_reported else self._alias(name)
            self._new[known] = (alias, kind)
        return known


def _identifier(actor: _Actor) -> tuple[str, str]:
    for kind in ("mbox", "mbox_sha1sum", "openid"):
        value = getattr(actor, kind)
        if value is not None:
            return kind, value
    return "", ""


class Reader:
    """Reads statements into columns; `take` is called for each, `batch` for what has gathered."""

    def __init__(self, source: str, actors: Actors) -> None:
        self._source = source
        self.actors = actors
        self._rows: list[tuple[Any, ...]] = []
        self._courses: dict[str, str | None] = {}
        self.unknown: Counter[str] = Counter()
        self.voided: list[int] = []
        """Statements, by number, that are to be left out."""

    def take(self, payload: bytes | str, stored: int | None = None) -> None:
        """`stored`: its place in a store's sequence, where that is known better than from the statement."""
        try:
            said = decode(payload)
            verb = VERB_NAMES.get(said.verb.id)
            if verb is None:
                if said.verb.id == VOIDED:
                    self.voided.append(number(said.object.id))
                else:
                    self.unknown[OTHER_VERB] += 1
                return
            row = self._row(said, verb, stored)
        except (msgspec.MsgspecError, ValueError):
            self.unknown[UNREADABLE] += 1
            return
        if isinstance(row, str):
            self.unknown[row] += 1
        else:
            self._rows.append(row)

    def _row(self, said: _Statement, verb: str, stored: int | None) -> tuple[Any, ...] | str:
        context = said.context
        if context is None or context.activities is None:
            return NOT_OURS
        activities = context.activities
        for each in activities.category:
            if each.id in PROFILES:
                break
        else:
            return NOT_OURS
        for each in activities.grouping:
            course = self._course(each.id)
            if course is not None:
                root = each.id
                break
        else:
            return NOT_OURS
        authority = said.authority
        self_reported = (
            authority is not None
            and authority.account is not None
            and authority.account.home_page.endswith(f"/{SELF_REPORTED}")
        )
        actor = self.actors.number(said.actor, self_reported)
        if actor is None:
            return NOBODY
        if stored is None:
            stored = micros(said.stored)
        timestamp = micros(said.timestamp)
        result = said.result or NO_RESULT
        extensions = context.extensions or NO_EXTENSIONS
        duration = None if result.duration is None else seconds(result.duration)
        at, flag = timestamp, None
        if timestamp > stored + AHEAD:
            at, flag = stored, "later than it was stored"
        elif timestamp < FIRST:
            at, flag = stored, "before there was xAPI"
        elif duration is not None and duration > LONGEST:
            flag = "longer than a day"
        page = question = None
        about = said.object.id
        if about.startswith(root) and len(about) > len(root):
            kind, _, name = about[len(root) + 1 :].partition("/")
            if kind == "pages":
                page = name
            else:
                question = name if kind == "questions" else None
                for each in activities.parent:
                    if each.id.startswith(f"{root}/pages/"):
                        page = each.id[len(root) + 7 :]
        return (
            number(said.id),
            self._source,
            stored,
            timestamp,
            at,
            actor,
            actor,
            context.platform if context.platform != LMS else UNKNOWN,  # exports are taken in otherwise
            course,
            context.revision,
            page,
            question,
            verb,
            extensions.attempt,
            extensions.revision,
            extensions.purpose,
            result.success,
            None if result.score is None else result.score.scaled,
            result.response,
            duration,
            context.registration,
            self_reported,
            flag,
            0.0,
        )

    def _course(self, iri: str) -> str | None:
        if iri not in self._courses:
            found = COURSE.fullmatch(iri)
            self._courses[iri] = found[1] if found else None
        return self._courses[iri]

    def batch(self) -> pa.Table:
        rows, self._rows = self._rows, []
        return arrow(rows)


def arrow(rows: list[tuple[Any, ...]]) -> pa.Table:
    """Rows with times as microseconds, as a table of facts."""
    columns: Iterable[Any] = zip(*rows, strict=True) if rows else [()] * len(FACTS)
    return pa.table(
        [
            pa.array(column, pa.int64()).cast(field.type)
            if pa.types.is_timestamp(field.type)
            else pa.array(column, field.type)
            for column, field in zip(columns, FACTS, strict=True)
        ],
        schema=FACTS,
    )


def number(id_: str) -> int:
    """What stands for a statement's id: two among ten million share a number with a chance of 3 in a million."""
    return int.from_bytes(blake2b(id_.lower().encode(), digest_size=8).digest(), "big", signed=True)


def micros(text: str) -> int:
    if len(text) > 20 and text[-1] == "Z" and text[10] == "T":
        since = datetime.fromisoformat(text) - timestamps.EPOCH
        return (since.days * 86_400 + since.seconds) * timestamps.MICROSECOND + since.microseconds
    return timestamps.micros(text)


def seconds(duration: str) -> float | None:
    """None of what has years, months or weeks: nobody sits that long."""
    found = DURATION.fullmatch(duration)
    if found is None:
        return None
    days, hours, minutes, rest = found.groups(default="0")
    return int(days) * 86_400 + int(hours) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))
