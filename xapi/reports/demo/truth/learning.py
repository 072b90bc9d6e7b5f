"""What learners knew before and after, by their answers and in their own eyes."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from typing import Any

from ..told import Row, Told

SURE = {"low": "Guessing", "medium": "Fairly sure", "high": "Certain"}


def gain(course: dict[str, Any], told: list[Told]) -> list[Row]:
    twins = {question["id"]: question for question in course["questions"] if question["twin_of"]}
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for each in told:
        firsts = each.firsts()
        mine: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for name, question in twins.items():
            if name in firsts and question["twin_of"] in firsts:
                pair = (firsts[question["twin_of"]][1].score, firsts[name][1].score)
                for outcome in ("all", question["outcome"]):
                    mine[outcome].append(pair)  # type: ignore[arg-type]
        for outcome, some in mine.items():
            pairs[outcome].append((statistics.fmean(x for x, _ in some), statistics.fmean(y for _, y in some)))
    rows = []
    for outcome in sorted(pairs):
        before, after = (statistics.fmean(each) for each in zip(*pairs[outcome], strict=True))
        rows.append(
            {
                "course": course["id"],
                "outcome": outcome,
                "n": len(pairs[outcome]),
                "before": before,
                "after": after,
                "better": sum(y > x for x, y in pairs[outcome]),
                "worse": sum(y < x for x, y in pairs[outcome]),
                "gain": after - before,
                "normalised": (after - before) / (1 - before) if before < 1 else None,
            }
        )
    return rows


def _levels(course: dict[str, Any]) -> dict[str, dict[str, float]]:
    return {
        question["id"]: {
            option["id"]: at / (len(question["options"]) - 1) for at, option in enumerate(question["options"])
        }
        for question in course["questions"]
        if question["type"] == "rating"
    }


def then_test(course: dict[str, Any], told: list[Told]) -> list[Row]:
    levels = _levels(course)
    rated = [q for q in course["questions"] if q["type"] == "rating" and q["outcome"]]
    rows = []
    for outcome in sorted({question["outcome"] for question in rated}):
        triples = []
        for each in told:
            firsts = each.firsts()
            means = []
            for purpose in ("pre", "then", "post"):
                names = [
                    q["id"] for q in rated if q["outcome"] == outcome and q["purpose"] == purpose and q["id"] in firsts
                ]
                means.append(
                    statistics.fmean(levels[name][firsts[name][1].response] for name in names) if names else None
                )
            if None not in means:
                triples.append(means)
        if triples:
            before, back, after = (statistics.fmean(map(float, column)) for column in zip(*triples, strict=True))
            rows.append(
                {
                    "course": course["id"],
                    "outcome": outcome,
                    "n": len(triples),
                    "before": before,
                    "thinking_back": back,
                    "after": after,
                    "change": after - before,
                    "seen_change": after - back,
                    "shift": back - before,
                }
            )
    return rows


def confidence(course: dict[str, Any], told: list[Told]) -> list[Row]:
    answers: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    who: dict[str, set[str]] = defaultdict(set)
    for each in told:
        firsts = each.firsts()
        for name, (_, step) in firsts.items():
            if f"{name}.confidence" in firsts and step.score is not None:
                level = firsts[f"{name}.confidence"][1].response
                answers[level] += 1
                rights[level] += step.score == 1
                who[level].add(each.learner.row.lms_id)
    return [
        {
            "course": course["id"],
            "level_at": at,
            "level": words,
            "n": len(who[level]),
            "answers": answers[level],
            "right": rights[level],
            "right_share": rights[level] / answers[level],
        }
        for at, (level, words) in enumerate(SURE.items(), start=1)
        if answers[level]
    ]
