"""What learners chose of scales: of the masterclass, and of what became of their plans."""

from __future__ import annotations

from typing import Any

from ...catalogues import PLAN_CHECK
from ..told import Row, Told


def _distribution(question: dict[str, Any], at: int, told: list[Told], whole: int, name: str) -> list[Row]:
    given = [firsts[question["id"]][1].response for each in told if question["id"] in (firsts := each.firsts())]
    return [
        {
            "question": question["id"],
            "question_at": at,
            "option_at": place,
            "option": option["id"],
            "n": len(given),
            "chosen": given.count(option["id"]),
            "chosen_share": given.count(option["id"]) / len(given),
            name: whole,
            "n_share": len(given) / whole if whole else None,
        }
        for place, option in enumerate(question["options"])
        if given
    ]


def ratings(course: dict[str, Any], told: list[Told]) -> list[Row]:
    asked = [(at, question) for at, question in enumerate(course["questions"]) if _is_opinion(question)]
    at_the_end = sum("completed" in each.ended or _answered(each, asked) for each in told)
    return [
        {"course": course["id"], **row}
        for at, question in asked
        for row in _distribution(question, at, told, at_the_end, "asked")
    ]


def _is_opinion(question: dict[str, Any]) -> bool:
    return question["type"] == "rating" and not question["outcome"] and question["purpose"] == "post"


def _answered(one: Told, asked: list[tuple[int, dict[str, Any]]]) -> bool:
    return bool({question["id"] for _, question in asked} & one.firsts().keys())


def plans(course: dict[str, Any], told: list[Told]) -> list[Row]:
    made = sum("planned" in each.ended for each in told)
    return (
        [{"course": course["id"], "started": len(told), "made": made, "made_share": made / len(told)}] if made else []
    )


def plans_kept(course: dict[str, Any], told: list[Told]) -> list[Row]:
    days = {page["id"]: page["after"] for page in course["pages"]}
    asked = [(at, question) for at, question in enumerate(course["questions"]) if question["block_type"] == PLAN_CHECK]
    made = sum("planned" in each.ended or _answered(each, asked) for each in told)
    rows = [
        {"course": course["id"], "days_after": days[question["page"]], **row}
        for at, question in asked
        for row in _distribution(question, at, told, made, "made")
    ]
    return sorted(rows, key=lambda row: (row["days_after"], row["question_at"], row["option_at"]))
