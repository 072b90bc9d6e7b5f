"""What the self-check asks and weighs: frozen facts. Its scores and its pathway are worked out in the browser."""

from __future__ import annotations

from dataclasses import dataclass

from ..course import Source

ANSWERS = 5
"""Points of the scale of part A."""
EACH = 6
"""Statements of each domain; four of them answered make a score."""


@dataclass(frozen=True)
class Domain:
    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Module:
    """A masterclass, written or not yet, and how far it serves each domain."""

    id: str
    title: str
    helps: str
    """Read after "helps you to"."""
    weights: tuple[tuple[str, float], ...]
    source: Source


@dataclass(frozen=True)
class Statement:
    id: str
    domain: str
    text: str
    practice: str
    """What somebody can do who does this least; in the domain that no masterclass owns."""


@dataclass(frozen=True)
class Enabler:
    id: str
    domain: str
    text: str


@dataclass(frozen=True)
class Barrier:
    id: str
    domain: str
    text: str
    modules: tuple[str, ...]
    peers: bool
    sponsor: str
    """What to ask of a sponsor, read after "Ask your sponsor to", where learning does not mend it."""


@dataclass(frozen=True)
class Pair:
    """Two ways of leading, neither always right."""

    id: str
    left: str
    right: str
    text: str


@dataclass(frozen=True)
class Instrument:
    period: str
    anchors: tuple[str, ...]
    domains: tuple[Domain, ...]
    statements: tuple[Statement, ...]
    enablers: tuple[Enabler, ...]
    barriers: tuple[Barrier, ...]
    pairs: tuple[Pair, ...]
    modules: tuple[Module, ...]
