"""A statement's result and its score."""

from __future__ import annotations

from typing import Any

from .shapes import Invalid, record
from .values import boolean, duration, extensions, number, scaled, text


def score_range(score: dict[str, Any]) -> None:
    least, most = score.get("min"), score.get("max")
    if least is not None and most is not None and least >= most:
        raise Invalid("expected min to be less than max")
    raw = score.get("raw")
    if raw is not None and ((least is not None and raw < least) or (most is not None and raw > most)):
        raise Invalid("expected raw to lie between min and max")


SCORE = record({"scaled": scaled, "raw": number, "min": number, "max": number}, (), score_range)
RESULT = record(
    {
        "score": SCORE,
        "success": boolean,
        "completion": boolean,
        "response": text,
        "duration": duration,
        "extensions": extensions,
    }
)
