"""Questions answered by putting things together: matching and ordering."""

from __future__ import annotations

from dataclasses import dataclass

from ..lists import ListOf
from ..mappings import RecordOf
from ..problems import Problem, did_you_mean
from ..scalars import Ident
from ..shapes import key
from .common import ChoiceRecord, Parts, ScoredRecord, needs_feedback, no_correct, repeated


@dataclass(frozen=True, kw_only=True)
class PairRecord(ChoiceRecord):
    match: str = key(Ident(hyphen=False, max=32, of="the target"), "Id of the target it belongs to")


@dataclass(frozen=True, kw_only=True)
class MatchingRecord(ScoredRecord):
    targets: tuple[ChoiceRecord, ...] = key(
        ListOf(RecordOf(ChoiceRecord, "target"), least=2, most=26, what="a list of targets"),
        "What can be matched with; may hold extras",
    )
    pairs: tuple[PairRecord, ...] = key(
        # SCORM 1.2 names the left side of a matching response by one digit.
        ListOf(RecordOf(PairRecord, "pair"), least=2, most=9, what="a list of pairs"),
        "What is to be matched",
    )


def matching(record: MatchingRecord, problems: list[Problem]) -> Parts:
    repeated(record.pairs, record.id, problems)
    repeated(record.targets, record.id, problems)
    needs_feedback(record.pairs, record.id, problems)
    no_correct((*record.pairs, *record.targets), record, problems)
    targets = [target.id for target in record.targets]
    for pair in record.pairs:
        if pair.match not in targets:
            message = f"'match' names '{pair.match}', which is not a target of question '{record.id}'"
            problems.append(Problem(pair.written.at("match"), message, did_you_mean(pair.match, targets), "wrong-key"))
    key_ = tuple(f"{pair.id}.{pair.match}" for pair in record.pairs)
    return Parts(options=record.pairs, targets=record.targets, key=(key_,))


@dataclass(frozen=True, kw_only=True)
class OrderingRecord(ScoredRecord):
    items: tuple[ChoiceRecord, ...] = key(
        ListOf(RecordOf(ChoiceRecord, "item"), least=3, most=12, what="a list of items"),
        "The items, in the correct order",
    )
    also: tuple[tuple[str, ...], ...] = key(
        ListOf(ListOf(Ident(hyphen=False, max=32, of="the item")), what="a list of lists of item ids"),
        "Other orders that are right too",
        default=(),
    )


def ordering(record: OrderingRecord, problems: list[Problem]) -> Parts:
    repeated(record.items, record.id, problems)
    needs_feedback(record.items, record.id, problems)
    no_correct(record.items, record, problems)
    order = tuple(item.id for item in record.items)
    for other in record.also:
        if sorted(other) != sorted(order):
            missing = ", ".join(sorted(set(order) - set(other))) or "nothing"
            extra = ", ".join(sorted(set(other) - set(order))) or "nothing"
            message = f"an order under 'also' of question '{record.id}' must hold every item once (missing: {missing}; unknown: {extra})"
            problems.append(
                Problem(record.written.at("also"), message, f"its items are {', '.join(order)}", "wrong-key")
            )
    return Parts(options=record.items, key=(order, *(other for other in record.also if other != order)))
