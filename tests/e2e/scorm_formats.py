"""The formats SCORM's data model asks of values, as narrow as all the LMSs that matter take them.

A check says what is wrong with a value; an empty answer means nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

Check = Callable[[str], str]

LETTER = "[a-z]"
SHORT_ID = "[A-Za-z0-9_]{1,250}"  # 2004's short_identifier_type, without what real LMSs trip over
DECIMAL = r"-?\d+(\.\d+)?"


def pattern(regex: str, expected: str) -> Check:
    compiled = re.compile(regex, re.ASCII)
    return lambda value: "" if compiled.fullmatch(value) else f"expected {expected}"


def one_of(*words: str) -> Check:
    return lambda value: "" if value in words else f"expected one of {', '.join(words)}"


def either(first: Check, second: Check) -> Check:
    return lambda value: first(value) and second(value)


def text(limit: int) -> Check:
    """At most so many UTF-16 units, which is how browsers and LMSs count; no control characters."""

    def check(value: str) -> str:
        if utf16_units(value) > limit:
            return f"{utf16_units(value)} characters, at most {limit}"
        return "a control character" if re.search(r"[\x00-\x1f\x7f]", value) else ""

    return check


def number(low: str, high: str, places: int) -> Check:
    def check(value: str) -> str:
        if not re.fullmatch(DECIMAL, value, re.ASCII):
            return "expected a decimal number"
        if not Decimal(low) <= Decimal(value) <= Decimal(high):
            return f"expected {low} to {high}"
        decimals = len(value.partition(".")[2])
        return f"{decimals} decimals, at most {places}" if decimals > places else ""

    return check


def joined(item: str, separator: str, expected: str) -> Check:
    """A list of different items."""

    def check(value: str) -> str:
        items = value.split(separator)
        if not all(re.fullmatch(item, part, re.ASCII) for part in items):
            return f"expected {expected}"
        return "" if len(set(items)) == len(items) else "the same item twice"

    return check


def number_range(value: str) -> str:
    """2004's correct pattern of a numeric interaction: ``min[:]max``, either side open."""
    low, colon, high = value.partition("[:]")
    try:
        ends = [Decimal(end) for end in (low, high) if end]
    except InvalidOperation:
        return "expected min[:]max"
    if not colon or not ends:
        return "expected min[:]max"
    return "the minimum is above the maximum" if ends != sorted(ends) else ""


def utf16_units(value: str) -> int:
    return len(value.encode("utf-16-le")) // 2


IDENTIFIER = pattern(r"[!-~]{1,250}", "printable ASCII without spaces, at most 250")
CLOCK_TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?", "HH:MM:SS with two digits each")
TIMESPAN = pattern(r"\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?", "HHHH:MM:SS.SS, hours of two digits at least")
TIMESTAMP = pattern(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?(Z|[+-]\d\d:\d\d)?",
    "YYYY-MM-DDThh:mm:ss with at most two decimals",
)
DURATION = pattern(
    r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?",
    "an ISO 8601 duration with at most two decimals",
)

RESPONSES_12: dict[str, Check] = {
    "true-false": pattern("[tf01]", "t or f"),
    "choice": joined(LETTER, ",", "letters joined by commas"),
    "fill-in": pattern(r"[ -~]{0,255}", "at most 255 ASCII characters"),
    "matching": joined(r"[0-9a-z]\.[a-z]", ",", "pairs such as 1.a,2.b"),
    "sequencing": joined(LETTER, ",", "letters joined by commas"),
    "likert": pattern(LETTER, "one letter"),
    "numeric": pattern(DECIMAL, "a decimal number"),
}
"""By interaction type; ``performance`` is left out: nothing in a masterclass performs."""

RESPONSES_2004: dict[str, Check] = {
    "true-false": one_of("true", "false"),
    "choice": joined(SHORT_ID, "[,]", "identifiers joined by [,]"),
    "fill-in": text(250),
    "matching": joined(rf"{SHORT_ID}\[\.\]{SHORT_ID}", "[,]", "pairs such as a[.]b[,]c[.]d"),
    "sequencing": joined(SHORT_ID, "[,]", "identifiers joined by [,]"),
    "likert": pattern(SHORT_ID, "one identifier"),
    "numeric": pattern(DECIMAL, "a decimal number"),
}

PATTERNS_2004: dict[str, Check] = {**RESPONSES_2004, "numeric": number_range}
