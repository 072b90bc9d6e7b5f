"""How questions and their options did, and the checks they make."""

from __future__ import annotations

import statistics
from collections import defaultdict
from typing import Any

from ...catalogues import check_of
from ..told import Row, Told


def papers(course: dict[str, Any], told: list[Told]) -> dict[str, list[dict[str, float]]]:
    """By check, what each learner scored on each question that was answered first."""
    checks = {question["id"]: check_of(question) for question in course["questions"] if question["key"]}
    found: dict[str, list[dict[str, float]]] = defaultdict(list)
    for each in told:
        mine: dict[str, dict[str, float]] = defaultdict(dict)
        for name, (_, step) in each.firsts().items():
            if name in checks and step.score is not None:
                mine[checks[name]][name] = step.score
        for check, paper in mine.items():
            found[check].append(paper)
    return found


def questions(course: dict[str, Any], told: list[Told]) -> list[Row]:
    found = papers(course, told)
    rows = []
    for at, question in enumerate(course["questions"]):
        mine = [paper for paper in found.get(check_of(question), ()) if question["id"] in paper]
        if not question["key"] or not mine:
            continue
        scores = [paper[question["id"]] for paper in mine]
        pairs = [
            (paper[question["id"]], (sum(paper.values()) - paper[question["id"]]) / (len(paper) - 1))
            for paper in mine
            if len(paper) > 1
        ]
        rows.append(
            {
                "course": course["id"],
                "question": question["id"],
                "revision": question["revision"],
                "question_at": at,
                "n": len(scores),
                "difficulty": statistics.fmean(scores),
                "discrimination": _correlation(pairs),
            }
        )
    return rows


def _correlation(pairs: list[tuple[float, float]]) -> float | None:
    if len(pairs) < 2 or len({x for x, _ in pairs}) == 1 or len({round(y, 9) for _, y in pairs}) == 1:
        return None
    return statistics.correlation([x for x, _ in pairs], [y for _, y in pairs])


def options(course: dict[str, Any], told: list[Told]) -> list[Row]:
    rows = []
    for at, question in enumerate(course["questions"]):
        if question["type"] not in ("single", "multiple"):
            continue
        given = [firsts[question["id"]][1].response for each in told if question["id"] in (firsts := each.firsts())]
        if not given:
            continue
        for place, option in enumerate(question["options"]):
            chosen = sum(option["id"] in response.split("[,]") for response in given)
            rows.append(
                {
                    "course": course["id"],
                    "question": question["id"],
                    "revision": question["revision"],
                    "question_at": at,
                    "option_at": place,
                    "option": option["id"],
                    "n": len(given),
                    "chosen": chosen,
                    "chosen_share": chosen / len(given),
                }
            )
    return rows


def checks(course: dict[str, Any], told: list[Told]) -> list[Row]:
    """Alpha from the mean variance of a question and the mean covariance of two, pair by pair."""
    rows = []
    for check, every in sorted(papers(course, told).items()):
        all_papers = [paper for paper in every if len(paper) > 1]
        if not all_papers:
            continue
        answers: dict[str, list[float]] = defaultdict(list)
        for paper in all_papers:
            for name, score in paper.items():
                answers[name].append(score)
        means = {name: statistics.fmean(scores) for name, scores in answers.items()}
        squares, products = [], []
        for paper in all_papers:
            for one, score in paper.items():
                squares.append((score - means[one]) ** 2)
                products += [
                    (score - means[one]) * (other_score - means[other])
                    for other, other_score in paper.items()
                    if other != one
                ]
        k = statistics.fmean(map(len, all_papers))
        v, c = statistics.fmean(squares), statistics.fmean(products)
        rows.append(
            {
                "course": course["id"],
                "check": check,
                "n": len(all_papers),
                "questions": k,
                "mean": statistics.fmean(statistics.fmean(paper.values()) for paper in all_papers),
                "alpha": k * c / (v + (k - 1) * c) if v + (k - 1) * c else None,
            }
        )
    return rows
