"""Rules about options: none may give the key away, and each must be a choice of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from .item import Finding, Item
from .words import stem, subjects, words

LENGTHS = 1.8
"""Longest option to shortest, in characters."""
_LONG = 30
"""Below this many characters nobody compares lengths."""
_SUMMARY = re.compile(
    r"^(?:all|none|both|neither|any|some)(?: of)? (?:the above|the others?|these|them)\b|^(?:both )?[a-e] and [a-e]$",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?:always|never|every(?:one|body|thing|where)|nobody|no one|nothing|none|entirely|completely|invariably)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d[\d,.]*)\s*(?:%|per cent)?\s*(?:to|–|-|and)\s*£?(\d[\d,.]*)")
_NUMBER = re.compile(r"^\D{0,12}?(\d[\d,]*(?:\.\d+)?)")
_PARTICIPLE = re.compile(
    r"(?!(?:br|will|noth|someth|anyth|everyth|dur|accord|spr|morn|even)ing)[a-z]{2,}ing\b", re.IGNORECASE
)
_VOWEL = re.compile(r"^(?:[aeio]|u(?!ni|se|ti))", re.IGNORECASE)


def lengths(item: Item) -> Iterator[Finding]:
    if not item.chosen_from:
        return
    by_length = sorted(item.choices, key=lambda choice: len(choice.text))
    short, long = by_length[0], by_length[-1]
    ratio = len(long.text) / max(1, len(short.text))
    if ratio > LENGTHS and len(long.text) >= _LONG:
        key = " and is the key" if long.right and item.question.type != "multiple" else ""
        yield Finding(
            long.source,
            f"option '{long.id}' of question '{item.question.id}' is {ratio:.1f} times as long as option '{short.id}'{key}",
            f"bring their lengths nearer each other (at most {LENGTHS} to 1)",
        )


def summaries(item: Item) -> Iterator[Finding]:
    for choice in item.choices:
        if _SUMMARY.match(choice.text.strip(" .")):
            yield Finding(
                choice.source,
                f"option '{choice.id}' of question '{item.question.id}' reads '{choice.text}'",
                "say what it stands for, or use 'type: multiple'; options are shuffled, so nothing is above",
            )


def absolutes(item: Item) -> Iterator[Finding]:
    if not item.chosen_from or any(_ABSOLUTE.search(choice.text) for choice in item.right):
        return
    found = [(choice, word[0]) for choice in item.wrong if (word := _ABSOLUTE.search(choice.text))]
    if found and 2 * len(found) >= len(item.wrong):
        names = " and ".join(f"'{word.lower()}' in '{choice.id}'" for choice, word in found)
        yield Finding(
            found[0][0].source,
            f"question '{item.question.id}' gives wrong options away by absolute words: {names}",
            "say the wrong options as carefully as the right one",
        )


def grammar(item: Item) -> Iterator[Finding]:
    if not item.chosen_from:
        return
    article = re.search(r"\b(an?)[\s:…]*$", item.stem, re.IGNORECASE)
    if article:
        wants_vowel = article[1].lower() == "an"
        fits = [choice for choice in item.choices if bool(_VOWEL.match(choice.text)) == wants_vowel]
        if 0 < len(fits) < len(item.choices):
            yield Finding(
                item.at("prompt"),
                f"the prompt of question '{item.question.id}' ends in '{article[1]}', which fits only some options",
                "end it with 'a/an', or put the article into the options",
            )
    for what, looks in (
        ("ends with a full stop", lambda text: text.endswith(".")),
        ("begins with a small letter", lambda text: text[:1].islower()),
        ("begins with an -ing word", lambda text: bool(_PARTICIPLE.match(text))),
        ("begins with 'To'", lambda text: bool(re.match(r"to\b", text, re.IGNORECASE))),
    ):
        odd = [choice for choice in item.choices if looks(choice.text)]
        if len(item.choices) >= 3 and len(odd) == 1 and odd[0].right:
            yield Finding(
                odd[0].source,
                f"only the key '{odd[0].id}' of question '{item.question.id}' {what}",
                "write all options in the same form",
            )


def echoes(item: Item) -> Iterator[Finding]:
    if item.question.type != "single" or not item.right:
        return
    only_here = subjects(item.stem).difference(*(subjects(choice.text) for choice in item.wrong))
    key = {stem(word.casefold()): word for word in words(item.right[0].text)}
    shared = [word for stemmed, word in key.items() if stemmed in only_here and len(stemmed) >= 5]
    if len(shared) >= 2:
        yield Finding(
            item.right[0].source,
            f"only the key '{item.right[0].id}' of question '{item.question.id}' repeats words of the prompt: {', '.join(shared)}",
            "say the key in other words, or use those words in a wrong option too",
        )


def overlaps(item: Item) -> Iterator[Finding]:
    if not item.chosen_from:
        return
    for one, other in combinations(item.choices, 2):
        a, b = _folded(one.text), _folded(other.text)
        if a == b:
            said = "say the same"
        elif item.question.type == "single" and (_inside(a, b) or _inside(b, a)):
            said = "overlap: one repeats the whole of the other"
        elif item.question.type == "single" and _ranges_meet(one.text, other.text):
            said = "overlap: a number could stand in both"
        else:
            continue
        yield Finding(
            other.source,
            f"options '{one.id}' and '{other.id}' of question '{item.question.id}' {said}",
            "make each a choice of its own",
        )


def _folded(text: str) -> list[str]:
    return [word for word in (w.casefold() for w in words(text)) if word not in ("a", "an", "the")]


def _inside(part: list[str], whole: list[str]) -> bool:
    # A word or two inside a sentence is no overlap; "Consultation" and "Consultation and a vote" are told apart by
    # what follows, so only a longer run counts.
    return len(part) >= 4 and any(whole[n : n + len(part)] == part for n in range(len(whole) - len(part) + 1))


def _ranges_meet(one: str, other: str) -> bool:
    a, b = _range(one), _range(other)
    return bool(a and b and a[0] < b[1] and b[0] < a[1])


def _range(text: str) -> tuple[float, float] | None:
    found = _RANGE.search(text)
    if not found:
        return None
    low, high = (float(n.replace(",", "").rstrip(".")) for n in found.groups())
    return (low, high) if low < high else None


def numeric_order(item: Item) -> Iterator[Finding]:
    if item.question.type not in ("single", "multiple"):
        return
    numbers = [_NUMBER.match(choice.text) for choice in item.choices]
    if not all(numbers) or any(len(words(choice.text)) > 4 for choice in item.choices):
        return
    values = [float(number[1].replace(",", "")) for number in numbers if number]
    if len(set(values)) < len(values):
        return
    in_order = values in (sorted(values), sorted(values, reverse=True))
    if not in_order or not item.question.ordered:
        yield Finding(
            item.at("options"),
            f"the options of question '{item.question.id}' are numbers {'that are shuffled' if in_order else 'out of order'}",
            "add: ordered: true" if in_order else "put them in order of size and add: ordered: true",
        )


def how_many(item: Item) -> Iterator[Finding]:
    if item.question.type == "single" and not 3 <= len(item.choices) <= 5:
        yield Finding(
            item.at("options"),
            f"question '{item.question.id}' has {len(item.choices)} options; three to five serve best",
            "leave out what nobody would choose"
            if len(item.choices) > 5
            else "add a mistake that people make, or use 'type: true-false'",
        )


def same_start(item: Item) -> Iterator[Finding]:
    starts = {tuple(word.casefold() for word in words(choice.text)[:4]) for choice in item.choices}
    if item.chosen_from and len(starts) == 1 and len(next(iter(starts))) == 4:
        start = " ".join(words(item.choices[0].text)[:4])
        yield Finding(
            item.at("options"),
            f"every option of question '{item.question.id}' begins with '{start}'",
            "say it once, in the prompt",
        )


RULES: dict[str, Callable[[Item], Iterator[Finding]]] = {
    "absolute-words": absolutes,
    "all-or-none": summaries,
    "echo": echoes,
    "grammar-clue": grammar,
    "number-order": numeric_order,
    "option-count": how_many,
    "option-lengths": lengths,
    "same-options": overlaps,
    "same-start": same_start,
}
