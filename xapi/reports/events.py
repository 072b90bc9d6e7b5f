"""A statement → a fact, or why it is none. Nothing is guessed: what is not surely ours is counted and left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec
import pyarrow as pa

from .. import timestamps
from .facts import FACTS, LMS
from .parts import VOIDED, Actors, Known, asked, is_self_reported, place, target, verb

# Later than stored by more than this, a clock was wrong: nobody's clock is exact.
AHEAD = 5 * 60 * timestamps.MICROSECOND
# There were no statements before the first version of xAPI.
FIRST = timestamps.micros("2013-04-26T00:00:00Z")
LONGEST, UNKNOWN = 24 * 3600.0, "unknown"
# Rows that are kept as Python has them: more take much memory, and are slow to go through once more.
GATHERED = 5_000
NOTHING = msgspec.Raw(b"")

DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?")


class _Score(msgspec.Struct, gc=False):
    scaled: float | None = None


class _Result(msgspec.Struct, gc=False):
    success: bool | None = None
    score: _Score | None = None
    response: str | None = None
    duration: str | None = None


class _Context(msgspec.Struct, gc=False):
    registration: str | None = None
    revision: str = ""
    platform: str = UNKNOWN
    activities: msgspec.Raw = msgspec.field(name="contextActivities", default=NOTHING)
    extensions: msgspec.Raw = NOTHING


class _Statement(msgspec.Struct, gc=False):
    id: str
    actor: msgspec.Raw
    verb: msgspec.Raw
    object: msgspec.Raw
    stored: str
    timestamp: str
    result: _Result | None = None
    context: _Context | None = None
    authority: msgspec.Raw = NOTHING


decode = msgspec.json.Decoder(_Statement).decode

NO_RESULT = _Result()
NO_CONTEXT = _Context()

UNREADABLE, OTHER_VERB, NOT_OURS, NOBODY = (
    "cannot be read",
    "another verb",
    "not about a masterclass in our vocabulary",
    "by a group, or nobody",
)


class Reader:
    """Reads statements into columns; `take` is called for each, `batch` for what has gathered."""

    def __init__(self, source: str, actors: Actors) -> None:
        self._source = source
        self.actors = actors
        self._verbs = Known(verb)
        self._places = Known(place)
        self._asked = Known(asked)
        self._self_reported = Known(is_self_reported)
        self._rows: list[tuple[Any, ...]] = []
        self._tables: list[pa.Table] = []
        self.unknown: Counter[str] = Counter()
        self.voided: list[int] = []
        """Statements, by number, that are to be left out."""

    def take(self, payload: bytes | str, stored: int | None = None) -> None:
        """`stored`: its place in a store's sequence, where that is known better than from the statement."""
        try:
            row = self._row(decode(payload), stored)
        except (msgspec.MsgspecError, ValueError):
            self.unknown[UNREADABLE] += 1
            return
        if isinstance(row, str):
            self.unknown[row] += 1
        elif row is not None:
            self._rows.append(row)
            if len(self._rows) == GATHERED:
                self._tables.append(self._gathered())

    def _row(self, said: _Statement, stored: int | None) -> tuple[Any, ...] | str | None:
        """The fact, or why it is none; None where a statement only says that another one does not count."""
        happened = self._verbs[bytes(said.verb)]
        if happened is None:
            return OTHER_VERB
        if happened == VOIDED:
            self.voided.append(number(target(bytes(said.object))))
            return None
        context = said.context or NO_CONTEXT
        where = self._places[bytes(said.object), bytes(context.activities)]
        if where is None:
            return NOT_OURS
        self_reported = self._self_reported[bytes(said.authority)]
        actor = self.actors.numbers[bytes(said.actor), self_reported]
        if actor is None:
            return NOBODY
        if stored is None:
            stored = micros(said.stored)
        timestamp = micros(said.timestamp)
        result = said.result or NO_RESULT
        about = self._asked[bytes(context.extensions)]
        duration = None if result.duration is None else seconds(result.duration)
        at, flag = timestamp, None
        if timestamp > stored + AHEAD:
            at, flag = stored, "later than it was stored"
        elif timestamp < FIRST:
            at, flag = stored, "before there was xAPI"
        elif duration is not None and duration > LONGEST:
            flag = "longer than a day"
        return (
            number(said.id),
            self._source,
            stored,
            timestamp,
            at,
            actor,
            actor,
            context.platform if context.platform != LMS else UNKNOWN,  # exports are taken in otherwise
            where.course,
            context.revision,
            where.page,
            where.question,
            happened,
            about.attempt,
            about.revision,
            about.purpose,
            result.success,
            None if result.score is None else result.score.scaled,
            result.response,
            duration,
            context.registration,
            self_reported,
            flag,
            0.0,
        )

    def _gathered(self) -> pa.Table:
        rows, self._rows = self._rows, []
        return arrow(rows)

    def batch(self) -> pa.Table:
        tables, self._tables = [*self._tables, self._gathered()], []
        return pa.concat_tables(tables)


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


@lru_cache(4096)
def seconds(duration: str) -> float | None:
    """None of what has years, months or weeks: nobody sits that long."""
    found = DURATION.fullmatch(duration)
    if found is None:
        return None
    days, hours, minutes, rest = found.groups(default="0")
    return int(days) * 86_400 + int(hours) * 3600 + int(minutes) * 60 + float(rest.replace(",", "."))
