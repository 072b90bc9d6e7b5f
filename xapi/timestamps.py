"""ISO 8601 timestamps as xAPI allows them, and instants as whole microseconds since 1970.

Python's own parser takes week dates, a space for the T and offsets of -00:00; xAPI takes none of them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

TIMESTAMP = re.compile(
    r"(\d{4}-\d\d-\d\d|\d{4}\d\d\d\d)T(\d\d:\d\d:\d\d|\d{6})(?:[.,](\d+))?(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII
)
NEGATIVE_ZERO = frozenset({"-00", "-0000", "-00:00"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = 1_000_000


def micros(text: str) -> int:
    """The instant a timestamp names; one without an offset is taken as UTC. ValueError when it is not a timestamp."""
    found = TIMESTAMP.fullmatch(text)
    if found is None:
        raise ValueError("not an ISO 8601 timestamp")
    date, time, fraction, offset = found.groups()
    if offset in NEGATIVE_ZERO:
        raise ValueError("an offset of minus zero")
    moment = datetime.fromisoformat(f"{date}T{time}{'+00:00' if offset in (None, 'Z') else offset}")
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * MICROSECOND + int(f"{fraction or '0':0<6.6}")


def text(instant: int) -> str:
    """`2026-11-23T03:21:02.123456Z`."""
    moment = EPOCH + timedelta(microseconds=instant)
    return moment.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
