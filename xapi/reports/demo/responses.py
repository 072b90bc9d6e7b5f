"""Responses to questions, as statements have them: the right one, and one of the wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

Question = dict[str, Any]

FORMS = {
    "single": "choice",
    "multiple": "choice",
    "true-false": "true-false",
    "short-text": "fill-in",
    "numeric": "numeric",
    "matching": "matching",
    "judgement": "matching",
    "ordering": "sequencing",
    "rating": "likert",
}
"""The interaction types of xAPI."""


def right(question: Question) -> str:
    tokens = question["key"][0]
    paired = question["type"] in ("matching", "judgement")
    return "[,]".join(token.replace(".", "[.]") if paired else token for token in tokens)


def wrong(question: Question, random: Random) -> str:
    return WRONG[question["type"]](question, random)


def _ids(items: list[dict[str, Any]]) -> list[str]:
    return [item["id"] for item in items]


def _another(question: Question, random: Random) -> str:
    """Of the wrong options one that many fall for, mostly."""
    options = [option for option in _ids(question["options"]) if [option] not in question["key"]]
    return random.choices(options, [6, 3, 1, 1, 1, 1, 1, 1][: len(options)])[0]


def _other_set(question: Question, random: Random) -> str:
    key = set(question["key"][0])
    ids = _ids(question["options"])
    left_out = random.choice(sorted(key))
    added = random.choice([option for option in ids if option not in key])
    return "[,]".join(option for option in ids if (option in key and option != left_out) or option == added)


def _opposite(question: Question, random: Random) -> str:
    return "false" if question["key"][0] == ["true"] else "true"


def _recognised(question: Question, random: Random) -> str:
    mistaken = [answer["id"] for answer in question["answers"] if not answer["correct"]]
    return str(random.choice([*mistaken, "other"]))


def _figure(question: Question, random: Random) -> str:
    mistaken = [answer["value"] for answer in question["answers"] if not answer["correct"]]
    return str(random.choice([*mistaken, "1"]))


def _mismatched(question: Question, random: Random) -> str:
    pairs = [token.split(".") for token in question["key"][0]]
    turned = [right for _, right in pairs[1:] + pairs[:1]]
    if turned == [right for _, right in pairs]:  # all go to one target: any other will do
        turned = [next(t for t in _ids(question["targets"]) if t != right) for right in turned]
    return "[,]".join(f"{left}[.]{to}" for (left, _), to in zip(pairs, turned, strict=True))


def _misordered(question: Question, random: Random) -> str:
    tokens = list(question["key"][0])
    at = random.randrange(len(tokens) - 1)
    tokens[at], tokens[at + 1] = tokens[at + 1], tokens[at]
    return "[,]".join(tokens)


def _misjudged(question: Question, random: Random) -> str:
    best, worst = (token.partition(".")[2] for token in question["key"][0])
    other = random.choice([option for option in _ids(question["options"]) if option not in (best, worst)])
    return f"best[.]{other}[,]worst[.]{worst}"


WRONG: dict[str, Callable[[Question, Random], str]] = {
    "single": _another,
    "multiple": _other_set,
    "true-false": _opposite,
    "short-text": _recognised,
    "numeric": _figure,
    "matching": _mismatched,
    "judgement": _misjudged,
    "ordering": _misordered,
}
