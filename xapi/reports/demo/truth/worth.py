"""What is known of made-up learners on each level, person by person."""

from __future__ import annotations

import statistics
from typing import Any

from ...catalogues import PLAN_CHECK
from ..told import Row, Told

Counted = tuple[int, int] | None


def worth(course: dict[str, Any], told: list[Told]) -> list[Row]:
    figures = (
        _reaction(course, told),
        _learning(course, told),
        _behaviour(course, told, 30),
        _behaviour(course, told, 90),
        None,
    )
    return [
        {
            "course": course["id"],
            "level_at": at,
            "n": known and known[0],
            "those": known and known[1],
            "those_share": known and known[1] / known[0],
        }
        for at, known in enumerate(figures, start=1)
        if told
    ]


def _of(holds: list[bool]) -> Counted:
    return (len(holds), sum(holds)) if holds else None


def _reaction(course: dict[str, Any], told: list[Told]) -> Counted:
    scales = {
        question["id"]: [option["id"] for option in question["options"]]
        for question in course["questions"]
        if question["type"] == "rating" and not question["outcome"] and question["purpose"] == "post"
    }
    holds = []
    for each in told:
        levels = [
            scales[name].index(step.response) / (len(scales[name]) - 1)
            for name, (_, step) in each.firsts().items()
            if name in scales
        ]
        if levels:
            holds.append(statistics.fmean(levels) > 0.5)
    return _of(holds)


def _learning(course: dict[str, Any], told: list[Told]) -> Counted:
    twins = {question["id"]: question["twin_of"] for question in course["questions"] if question["twin_of"]}
    holds = []
    for each in told:
        firsts = each.firsts()
        both = [
            (firsts[old][1].score, firsts[new][1].score) for new, old in twins.items() if {new, old} <= firsts.keys()
        ]
        if both:
            before, after = (sum(map(float, scores)) for scores in zip(*both, strict=True))
            holds.append(after > before)
    return _of(holds)


def _behaviour(course: dict[str, Any], told: list[Told], days: int) -> Counted:
    pages = {page["id"] for page in course["pages"] if page["after"] == days}
    most = {
        question["id"]: question["options"][0]["id"]
        for question in course["questions"]
        if question["block_type"] == PLAN_CHECK and question["page"] in pages
    }
    holds = []
    for each in told:
        said = [step.response == most[name] for name, (_, step) in each.firsts().items() if name in most]
        if said:
            holds.append(all(said))
    return _of(holds)
