"""Accept-Language: which entry of a language map to give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

RANGE = re.compile(
    r"\s*(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?\s*"
)


@dataclass(frozen=True, slots=True)
class Languages:
    """Language ranges, the most wanted first; those with q=0 are not wanted at all."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...] = ()

    def choose(self, entries: dict[str, str]) -> dict[str, str]:
        """The map with its best entry only; its first entry when none is asked for, or comes near."""
        usable = [tag for tag in entries if not any(_matches(tag, away) for away in self.unwanted)] or list(entries)
        nearly = [shorter for wanted in self.wanted for shorter in _shortened(wanted)]
        for wanted in (*self.wanted, *nearly):
            for tag in usable:
                if wanted == "*" or _matches(tag, wanted):
                    return {tag: entries[tag]}
        return {tag: entries[tag] for tag in usable[:1]}


def _matches(tag: str, wanted: str) -> bool:
    tag = tag.lower()
    return tag == wanted or tag.startswith(f"{wanted}-")


def _shortened(wanted: str) -> Iterator[str]:
    """Of `de-ch-1996` first `de-ch`, then `de` (RFC 4647, Lookup)."""
    while "-" in wanted:
        wanted = wanted.rpartition("-")[0]
        yield wanted


def languages(header: str) -> Languages:
    """A header's language ranges; parts that are not one are passed over."""
    found = [RANGE.fullmatch(part) for part in header.split(",")]
    ranges = [(float(part[2] or 1), part[1].lower()) for part in found if part]
    wanted = sorted((part for part in ranges if part[0] > 0), key=lambda part: -part[0])
    return Languages(tuple(tag for _, tag in wanted), tuple(tag for quality, tag in ranges if quality == 0))
