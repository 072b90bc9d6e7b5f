"""Where learners left, and how long they took."""

from __future__ import annotations

import statistics
from typing import Any

from ..told import Row, Told, active


def dropoff(course: dict[str, Any], told: list[Told]) -> list[Row]:
    pages = [page for page in course["pages"] if not page["after"]]
    place = {page["id"]: at for at, page in enumerate(pages, start=1)}
    furthest = [(max((place.get(step.page, 0) for _, step in each.steps), default=0), each) for each in told]
    rows = []
    for at, title in enumerate(["Before the end of the first page", *(page["title"] for page in pages)]):
        reached = sum(far >= at for far, _ in furthest)
        left = sum(far == at and not {"completed", "passed"} & set(each.ended) for far, each in furthest)
        if reached:
            rows.append(
                {
                    "course": course["id"],
                    "page_at": at,
                    "page_title": title,
                    "reached": reached,
                    "left_here": left,
                    "left_here_share": left / reached,
                }
            )
    return rows


def quartiles(values: list[float]) -> Row:
    if len(values) == 1:
        lower = median = upper = values[0]
    else:
        lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
    return {"n": len(values), "lower": lower, "median": median, "upper": upper}


def time(course: dict[str, Any], told: list[Told]) -> list[Row]:
    rows = []
    for status, done in (("Completed", True), ("Not completed", False)):
        spent = [each.active for each in told if ("completed" in each.ended) is done and each.active]
        if spent:
            rows.append({"course": course["id"], "status": status, **quartiles(list(map(float, spent)))})
    return rows


def time_pages(course: dict[str, Any], told: list[Told]) -> list[Row]:
    rows = []
    for at, page in enumerate([page for page in course["pages"] if not page["after"]], start=1):
        sums = [sum(active(step) for _, step in each.steps if step.page == page["id"]) for each in told]
        spent = [float(each) for each in sums if each]
        if spent:
            rows.append({"course": course["id"], "page_at": at, "page": page["id"], **quartiles(spent)})
    return rows
