"""What is known of each activity: the definitions statements bring, merged into one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LANGUAGE_MAPS = ("name", "description")


def definitions(statement: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every activity of a statement that comes with a definition."""
    target = statement["object"]
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        if target.get("definition"):
            yield target["id"], target["definition"]
    elif kind == "SubStatement":
        yield from definitions(target)
    for listed in statement.get("context", {}).get("contextActivities", {}).values():
        for activity in listed if type(listed) is list else [listed]:
            if activity.get("definition"):
                yield activity["id"], activity["definition"]


def merged(known: dict[str, Any], news: dict[str, Any]) -> dict[str, Any]:
    """The newer word wins; languages it does not speak stay."""
    both = known | news
    for name in LANGUAGE_MAPS:
        if name in known and name in news:
            both[name] = known[name] | news[name]
    return both
