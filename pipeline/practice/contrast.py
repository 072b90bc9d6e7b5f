"""Contrasts: two ways of leading, rated twice: where somebody stands, and what an issue needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ..content import Prose
from ..lists import ListOf
from ..mappings import RecordOf
from ..problems import Problem, did_you_mean
from ..scalars import Ident, Text
from ..shapes import Record, key
from .making import Making

MOST = 10
"""All the way to the right; all the way to the left is 0."""
_NAME = Text(markdown=False, max=120)
_ID = Ident(hyphen=False, max=32)


@dataclass(frozen=True, kw_only=True)
class PairRecord(Record):
    id: str = key(_ID, "Stable id of the pair")
    left: str = key(_NAME, "One end")
    right: str = key(_NAME, "The other end")
    text: str = key(Text(), "What the pair is about", default="")


PAIRS = ListOf(RecordOf(PairRecord, "pair"), least=1, most=20, what="a list of pairs")


@dataclass(frozen=True, kw_only=True)
class ContrastRecord(Record):
    id: str = key(Ident(), "Stable id of the block; made from the page's id when left out", default="")
    title: str = key(_NAME, "Heading")
    intro: str = key(Text(), "What is rated, and for which issue", default="")
    pairs: tuple[PairRecord, ...] = key(PAIRS, "The pairs, written here instead of in a file", default=())
    from_: str = key(
        Text(markdown=False, max=255), "A file of pairs; ../NAME.yml beside the masterclasses is shared", default=""
    )
    only: tuple[str, ...] = key(ListOf(_ID, least=1), "Only these pairs, in this order", default=())


@dataclass(frozen=True)
class Pair:
    id: str
    left: str
    right: str
    text: Prose


@dataclass(frozen=True)
class Contrast:
    title: str
    intro: Prose
    pairs: tuple[Pair, ...]
    most: int = MOST


def filled(record: ContrastRecord, pairs: tuple[Any, ...]) -> ContrastRecord:
    """With the pairs of the file it names."""
    return replace(record, pairs=pairs)


def contrast(record: ContrastRecord, making: Making) -> Contrast:
    by_id: dict[str, PairRecord] = {}
    for pair in record.pairs:
        before = by_id.setdefault(pair.id, pair)
        if before is not pair:
            hint = f"the first is on line {before.written.at('id').line}; change one of them"
            at = pair.written.at("id")
            making.problems.append(Problem(at, f"the pair '{pair.id}' is there twice", hint, "duplicate-id"))
    if not record.pairs or ("pairs" in record.written.keys and record.from_):
        hint = "add: pairs, or from: a file of pairs" if not record.pairs else "keep one of the two"
        message = (
            "this contrast has no pairs"
            if not record.pairs
            else "this contrast has pairs of its own and a file of pairs"
        )
        making.problems.append(Problem(record.written.source, message, hint, "missing-key"))
    for wanted in record.only:
        if wanted not in by_id:
            message, hint = f"'only' names the pair '{wanted}', which is not there", did_you_mean(wanted, by_id)
            making.problems.append(Problem(record.written.at("only"), message, hint, "unknown-id"))
    chosen = [by_id[wanted] for wanted in record.only if wanted in by_id] if record.only else record.pairs
    return Contrast(
        record.title,
        making.prose(record, "intro"),
        tuple(Pair(pair.id, pair.left, pair.right, making.prose(pair, "text")) for pair in chosen),
    )
