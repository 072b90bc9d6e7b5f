"""The strings and numbers of xAPI: IRIs, UUIDs, language tags, timestamps, durations."""

from __future__ import annotations

import re
from typing import Any

from ..timestamps import micros
from .shapes import Check, Invalid, mapping

# No real identifier comes near; without a limit one key could be as long as a whole request.
LONGEST_IRI = 4096
LONGEST_REMEMBERED = 300

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f<>\"{}|\\^`]+")
MAILTO = re.compile(r"mailto:[^@\s\x00-\x20<>\"]+@[^@\s\x00-\x20<>\"]+")
SHA1 = re.compile(r"[0-9a-fA-F]{40}")
SHA2 = re.compile(r"(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})")
UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
# RFC 5646: language with up to three extlangs, script, region, variants, extensions, private use.
LANGUAGE = re.compile(
    r"(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|i-[a-z]{3,8}|en-gb-oed|sgn-be-fr|sgn-be-nl|sgn-ch-de|art-lojban|cel-gaulish|no-bok|no-nyn"
    r"|zh-guoyu|zh-hakka|zh-min|zh-min-nan|zh-xiang)",
    re.IGNORECASE | re.ASCII,
)
NUMBER = r"\d+(?:[.,]\d+)?"
DURATION = re.compile(
    rf"P(?:{NUMBER}W|(?=.)(?:{NUMBER}Y)?(?:{NUMBER}M)?(?:{NUMBER}D)?(?:T(?=\d)(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}S)?)?)",
    re.ASCII,
)
# Only the smallest unit of a duration may have a fraction.
EARLY_FRACTION = re.compile(r"[.,]\d+[A-Z]T?\d")
MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+[ \t]*(?:;[^\x00-\x1f\x7f]*)?", re.ASCII)


def matching(pattern: re.Pattern[str], rule: str, longest: int = LONGEST_IRI, remembered: int = 0) -> Check:
    """Where the same words come again and again, the good ones are remembered: so many, then others."""
    whole = pattern.fullmatch
    good: set[str] = set()

    def check(value: Any) -> None:
        if type(value) is not str:
            raise Invalid(rule)
        if value in good:
            return
        if len(value) > longest or whole(value) is None:
            raise Invalid(rule)
        if remembered and len(value) <= LONGEST_REMEMBERED:
            if len(good) >= remembered:
                good.clear()
            good.add(value)

    return check


iri = matching(IRI, "expected an IRI with a scheme, of at most 4,096 characters", remembered=5000)
mailto = matching(MAILTO, "expected a mailto: IRI")
sha1 = matching(SHA1, "expected 40 hexadecimal digits")
sha2 = matching(SHA2, "expected a SHA-2 hash in hexadecimal (256, 384 or 512 bits)")
uuid = matching(UUID, "expected a UUID")
language = matching(LANGUAGE, "expected a language tag (RFC 5646)", 255, remembered=500)
media_type = matching(MEDIA_TYPE, "expected an internet media type")


def text(value: Any) -> None:
    if type(value) is not str:
        raise Invalid("expected a string")


def boolean(value: Any) -> None:
    if type(value) is not bool:
        raise Invalid("expected true or false")


def number(value: Any) -> None:
    if type(value) is not int and type(value) is not float:
        raise Invalid("expected a number")


def scaled(value: Any) -> None:
    number(value)
    if not -1 <= value <= 1:
        raise Invalid("expected a number from -1 to 1")


def length(value: Any) -> None:
    if type(value) is not int or value < 0:
        raise Invalid("expected a whole number, 0 or more")


def timestamp(value: Any) -> None:
    try:
        micros(value)
    except (ValueError, TypeError):
        raise Invalid("expected an ISO 8601 timestamp, such as 2026-11-23T09:30:00Z") from None


def duration(value: Any) -> None:
    if type(value) is not str or len(value) > 255 or DURATION.fullmatch(value) is None or EARLY_FRACTION.search(value):
        raise Invalid("expected an ISO 8601 duration, such as PT1M30.5S")


language_map = mapping(language, text)
extensions = mapping(iri)
