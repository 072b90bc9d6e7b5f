"""Choosers: a few questions, and what to consider for the answers, with reasons."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from ..content import Prose
from ..lists import ListOf
from ..mappings import RecordOf, TableOf
from ..problems import Problem, did_you_mean
from ..records import OneOrMore
from ..scalars import Flag, Ident, Number, Text
from ..shapes import Record, key
from .making import Making

MOST_ANSWERS = 50_000
"""As many ways to answer as are tried when it is checked that each recommendation can come first."""
_NAME = Text(markdown=False, max=255)
_ID = Ident(hyphen=False, max=32)


@dataclass(frozen=True, kw_only=True)
class AnswerRecord(Record):
    id: str = key(_ID, "Stable id of the answer")
    text: str = key(_NAME, "What can be answered")


@dataclass(frozen=True, kw_only=True)
class AskedRecord(Record):
    id: str = key(_ID, "Stable id of the question")
    text: str = key(_NAME, "The question")
    options: tuple[AnswerRecord, ...] = key(
        ListOf(RecordOf(AnswerRecord, "option"), least=2, most=8, what="a list of options"), "What can be answered"
    )


@dataclass(frozen=True, kw_only=True)
class ReasonRecord(Record):
    when: tuple[tuple[str, tuple[str, ...]], ...] = key(
        TableOf(_ID, OneOrMore(_ID), "pairs of question and answer"),
        "Counts when each of these questions has this answer, or one of these",
    )
    weight: Decimal = key(Number("-5", "5", whole=True), "How much it counts for, or against", default=Decimal(1))
    rules_out: bool = key(Flag(), "True when nothing else matters then: it is left out", default=False)
    because: str = key(Text(), "The reason, as a full sentence")


@dataclass(frozen=True, kw_only=True)
class RecommendationRecord(Record):
    id: str = key(_ID, "Stable id of the recommendation")
    title: str = key(_NAME, "Its name")
    text: str = key(Text(), "What it is")
    reasons: tuple[ReasonRecord, ...] = key(
        ListOf(RecordOf(ReasonRecord, "reason", named=False), least=1, most=20, what="a list of reasons"),
        "What speaks for it, and what against it",
    )


@dataclass(frozen=True, kw_only=True)
class ChooserRecord(Record):
    id: str = key(Ident(), "Stable id of the chooser; made from the page's id when left out", default="")
    title: str = key(_NAME, "Heading of the chooser")
    intro: str = key(Text(), "What it helps to choose", default="")
    show: Decimal = key(Number("1", "10", whole=True), "How many recommendations are shown at most", default=Decimal(3))
    questions: tuple[AskedRecord, ...] = key(
        ListOf(RecordOf(AskedRecord, "question"), least=1, most=10, what="a list of questions"), "What is asked"
    )
    recommendations: tuple[RecommendationRecord, ...] = key(
        ListOf(RecordOf(RecommendationRecord, "recommendation"), least=2, most=30, what="a list of recommendations"),
        "What can be recommended; of two that are equal the first comes first",
    )


@dataclass(frozen=True)
class Reason:
    conditions: tuple[tuple[str, str], ...]
    """Questions and answers, in words."""
    because: Prose
    kind: str
    """``for``, ``against`` or ``out``."""


@dataclass(frozen=True)
class Recommendation:
    id: str
    title: str
    text: Prose
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Asked:
    id: str
    text: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chooser:
    title: str
    intro: Prose
    questions: tuple[Asked, ...]
    recommendations: tuple[Recommendation, ...]
    played: str
    """What the player weighs, as JSON."""


def chooser(record: ChooserRecord, making: Making) -> Chooser:
    found = [*_twice(record), *_unknown(record)]
    making.problems.extend(found or _unreachable(record))
    words = {(q.id, o.id): (q.text, o.text) for q in record.questions for o in q.options}
    return Chooser(
        title=record.title,
        intro=making.prose(record, "intro"),
        questions=tuple(Asked(q.id, q.text, tuple((o.id, o.text) for o in q.options)) for q in record.questions),
        recommendations=tuple(
            Recommendation(
                each.id, each.title, making.prose(each, "text"), tuple(_reason(r, words, making) for r in each.reasons)
            )
            for each in record.recommendations
        ),
        played=json.dumps(
            {
                "show": int(record.show),
                "weighed": [
                    {
                        "id": each.id,
                        "reasons": [(dict(r.when), None if r.rules_out else int(r.weight)) for r in each.reasons],
                    }
                    for each in record.recommendations
                ],
            },
            separators=(",", ":"),
        ),
    )


def _reason(record: ReasonRecord, words: dict[tuple[str, str], tuple[str, str]], making: Making) -> Reason:
    conditions = []
    for question, options in record.when:
        texts = [words[question, option] for option in options if (question, option) in words]
        if texts:
            conditions.append((texts[0][0], " or ".join(answer for _, answer in texts)))
    kind = "out" if record.rules_out else "against" if record.weight < 0 else "for"
    return Reason(tuple(conditions), making.line(record, "because", "a reason"), kind)


def _twice(record: ChooserRecord) -> Iterator[Problem]:
    lists: list[tuple[str, tuple[Any, ...]]] = [
        ("question", record.questions),
        ("recommendation", record.recommendations),
        *((f"option of '{question.id}'", question.options) for question in record.questions),
    ]
    for what, written in lists:
        first: dict[str, Any] = {}
        for one in written:
            before = first.setdefault(one.id, one)
            if before is not one:
                hint = f"the first is on line {before.written.at('id').line}; change one of them"
                yield Problem(one.written.at("id"), f"{what} '{one.id}' is there twice", hint, "duplicate-id")


def _unknown(record: ChooserRecord) -> Iterator[Problem]:
    known = {question.id: [option.id for option in question.options] for question in record.questions}
    for recommendation in record.recommendations:
        for reason in recommendation.reasons:
            at = reason.written.at("when")
            if not reason.when:
                hint = "name a question and an answer, like: when: {size: few}"
                yield Problem(at, f"a reason of '{recommendation.id}' has no condition", hint, "empty")
            if reason.weight == 0 or (reason.rules_out and "weight" in reason.written.keys):
                said = "weighs nothing" if reason.weight == 0 else "rules it out and has a weight"
                hint = "take the reason out, or give it a weight" if reason.weight == 0 else "keep one of the two"
                yield Problem(
                    reason.written.at("weight"), f"a reason of '{recommendation.id}' {said}", hint, "wrong-kind"
                )
            for question, options in reason.when:
                if question not in known:
                    message = f"a reason of '{recommendation.id}' asks for '{question}', which is not a question"
                    yield Problem(at, message, did_you_mean(question, known), "unknown-id")
                for option in options if question in known else ():
                    if option not in known[question]:
                        message = f"question '{question}' has no option '{option}'"
                        yield Problem(at, message, did_you_mean(option, known[question]), "unknown-id")


def ranked(record: ChooserRecord, answers: dict[str, str]) -> list[str]:
    """What speaks more for than against, the best first; the player's chooser does the same."""
    scores: list[tuple[int, str]] = []
    for each in record.recommendations:
        met = [r for r in each.reasons if all(answers[question] in options for question, options in r.when)]
        score = sum(int(r.weight) for r in met)
        if score > 0 and not any(r.rules_out for r in met):
            scores.append((-score, each.id))
    return [ident for _, ident in sorted(scores, key=lambda scored: scored[0])]


def _unreachable(record: ChooserRecord) -> Iterator[Problem]:
    ways = prod(len(question.options) for question in record.questions)
    if ways > MOST_ANSWERS:
        message = f"these questions can be answered in {ways:,} ways; at most {MOST_ANSWERS:,} can be checked"
        yield Problem(record.written.at("questions"), message, "ask fewer questions, or make two choosers", "too-large")
        return
    firsts: set[str] = set()
    nowhere: dict[str, str] | None = None
    for picked in product(*([(q.id, o.id) for o in q.options] for q in record.questions)):
        answers = dict(picked)
        order = ranked(record, answers)
        firsts |= set(order[:1])
        if not order and nowhere is None:
            nowhere = answers
    for each in record.recommendations:
        if each.id not in firsts:
            message = f"no answers bring '{each.id}' to the first place"
            hint = "give it a reason, or more weight, where nothing else fits as well; or take it out"
            yield Problem(each.written.at("id"), message, hint, "unreachable")
    if nowhere is not None:
        said = ", ".join(f"{question}: {answer}" for question, answer in nowhere.items())
        message = f"nothing can be recommended for {{{said}}}"
        yield Problem(record.written.at("recommendations"), message, "give one of them a reason for it", "no-end")
