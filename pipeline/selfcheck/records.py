"""The instrument's four files, key by key."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..lists import ListOf
from ..mappings import RecordOf, TableOf
from ..scalars import Flag, Ident, Number, Text
from ..shapes import Record, key
from .instrument import ANSWERS

_LINE = Text(markdown=False, max=255)
_TEXT = Text(markdown=False, max=1000)
_ID = Ident(hyphen=False)


@dataclass(frozen=True, kw_only=True)
class DomainRecord(Record):
    id: str = key(Ident(), "Stable id of the domain, as masterclasses name it")
    title: str = key(_LINE, "Its name")
    text: str = key(_TEXT, "What it is about, in a sentence")


@dataclass(frozen=True, kw_only=True)
class ModuleRecord(Record):
    id: str = key(Ident(), "The masterclass's id, whether or not it is written yet")
    title: str = key(_LINE, "Its title")
    for_: str = key(_TEXT, "What it helps somebody to do, read after “helps you to”")
    weights: tuple[tuple[str, Decimal], ...] = key(
        TableOf(Ident(), Number("0", "1")), "How far it serves each domain, together 1"
    )


@dataclass(frozen=True, kw_only=True)
class DomainsRecord(Record):
    domains: tuple[DomainRecord, ...] = key(
        ListOf(RecordOf(DomainRecord, "domain"), least=3, most=6, what="a list of domains"), "What is scored"
    )
    modules: tuple[ModuleRecord, ...] = key(
        ListOf(RecordOf(ModuleRecord, "module"), least=1, what="a list of modules"),
        "What is recommended; of two as good as each other the one written first",
    )


@dataclass(frozen=True, kw_only=True)
class StatementRecord(Record):
    id: str = key(_ID, "Stable id of the statement")
    domain: str = key(Ident(), "The domain it belongs to")
    text: str = key(_TEXT, "What somebody did, beginning with I")
    practice: str = key(_TEXT, "What to try for those who do it least", default="")


@dataclass(frozen=True, kw_only=True)
class StatementsRecord(Record):
    period: str = key(_LINE, "The time it asks about, like “In the last three months”")
    anchors: tuple[str, ...] = key(
        ListOf(_LINE, least=ANSWERS, most=ANSWERS, what="a list of words"), f"{ANSWERS} words, from least to most often"
    )
    statements: tuple[StatementRecord, ...] = key(
        ListOf(RecordOf(StatementRecord, "statement"), least=1, what="a list of statements"), "Part A"
    )


@dataclass(frozen=True, kw_only=True)
class EnablerRecord(Record):
    id: str = key(_ID, "Stable id of the enabler")
    domain: str = key(Ident(), "The domain it belongs to")
    text: str = key(_TEXT, "What helps, as a full sentence")


@dataclass(frozen=True, kw_only=True)
class BarrierRecord(Record):
    id: str = key(_ID, "Stable id of the barrier")
    domain: str = key(Ident(), "The domain it belongs to")
    text: str = key(_TEXT, "What stands in the way, as a full sentence")
    modules: tuple[str, ...] = key(ListOf(Ident()), "Masterclasses that help with it", default=())
    peers: bool = key(Flag(), "True when peers help most", default=False)
    sponsor: str = key(_TEXT, "Where learning does not mend it: read after “Ask your sponsor to”", default="")


@dataclass(frozen=True, kw_only=True)
class ContextRecord(Record):
    enablers: tuple[EnablerRecord, ...] = key(
        ListOf(RecordOf(EnablerRecord, "enabler"), least=1, what="a list of enablers"), "What helps"
    )
    barriers: tuple[BarrierRecord, ...] = key(
        ListOf(RecordOf(BarrierRecord, "barrier"), least=1, what="a list of barriers"), "What stands in the way"
    )


@dataclass(frozen=True, kw_only=True)
class PairRecord(Record):
    id: str = key(_ID, "Stable id of the pair")
    left: str = key(_LINE, "One pole")
    right: str = key(_LINE, "The other")
    text: str = key(_TEXT, "What the pair means", default="")


DOMAINS = RecordOf(DomainsRecord, "domains.yml", named=False)
STATEMENTS = RecordOf(StatementsRecord, "statements.yml", named=False)
CONTEXT = RecordOf(ContextRecord, "enablers-barriers.yml", named=False)
PAIRS = ListOf(RecordOf(PairRecord, "pair"), least=1, what="a list of pairs")
