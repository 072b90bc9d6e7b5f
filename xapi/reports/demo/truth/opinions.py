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
    completed = sum("completed" in each.ended for each in told)
    return [
        {"course": course["id"], **row}
        for at, question in enumerate(course["questions"])
        if question["type"] == "rating" and not question["outcome"] and question["purpose"] == "post"
        for row in _distribution(question, at, told, completed, "completed")
    ]


def plans(course: dict[str, Any], told: list[Told]) -> list[Row]:
    made = sum("planned" in each.ended for each in told)
    return (
        [{"course": course["id"], "started": len(told), "made": made, "made_share": made / len(told)}] if made else []
    )


def plans_kept(course: dict[str, Any], told: list[Told]) -> list[Row]:
    made = sum("planned" in each.ended for each in told)
    days = {page["id"]: page["after"] for page in course["pages"]}
    rows = [
        {"course": course["id"], "days_after": days[question["page"]], **row}
        for at, question in enumerate(course["questions"])
        if question["block_type"] == PLAN_CHECK
        for row in _distribution(question, at, told, made, "made")
    ]
    return sorted(rows, key=lambda row: (row["days_after"], row["question_at"], row["option_at"]))
