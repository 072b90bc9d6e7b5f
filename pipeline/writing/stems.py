"""Rules about prompts and feedback."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .item import Finding, Item
from .words import reading, words

GRADE = 14.0
"""Years of schooling that a prompt may ask for; more than a page may, since so few words are a rough measure."""
FEEDBACK = {True: (40, 80), False: (20, 50)}
"""Words of the feedback to a right and to a wrong choice."""
_NEGATIVE = re.compile(r"\b(?:not|except|never|least|cannot|incorrect|untrue|false)\b|n[’']t\b", re.IGNORECASE)
_LOUD = re.compile(r"<strong>[^<]*\b(?:NOT|EXCEPT|NEVER|LEAST|CANNOT|INCORRECT|UNTRUE|FALSE)\b[^<]*</strong>")
_BLANK = re.compile(r"_{3,}|…{1,}|\.{4,}")
_VERDICT = re.compile(
    r"^(?:yes|no|correct|incorrect|right|wrong|true|false|well done|good|exactly|sorry)[.!,:]", re.IGNORECASE
)
# What is looked for among the options. "Why is that not enough?" asks for a reason, which is no exception to find.
_SOUGHT = re.compile(r"\b(?:which|what|who|whom|whose|where|when)\b.*", re.IGNORECASE)


def negative(item: Item) -> Iterator[Finding]:
    # "Which is not…" turns the task round; "She did not ask. What now?" only tells a story.
    sought = None if item.asked.lower().startswith(("why", "how")) else _SOUGHT.search(item.asked)
    word = _NEGATIVE.search(sought[0]) if sought else None
    if word and item.question.type in ("single", "multiple") and not _LOUD.search(item.question.prompt):
        yield Finding(
            item.at("prompt"),
            f"question '{item.question.id}' asks in the negative: '{word[0]}'",
            "ask what is so; where you cannot, write **NOT** in bold capitals",
        )


def blank(item: Item) -> Iterator[Finding]:
    text = item.stem.rstrip(" .…_")
    if _BLANK.search(text):
        yield Finding(
            item.at("prompt"),
            f"the prompt of question '{item.question.id}' has a blank in its middle",
            "ask a whole question, or put the blank at the end",
        )


def hard_to_read(item: Item) -> Iterator[Finding]:
    read = reading(item.stem)
    if read.words >= 12 and read.grade > GRADE:
        yield Finding(
            item.at("prompt"),
            f"the prompt of question '{item.question.id}' needs reading grade {read.grade:.0f}, expected at most {GRADE:.0f}; "
            f"its longest sentence has {read.longest} words",
            "use shorter sentences and everyday words",
        )


def feedback_length(item: Item) -> Iterator[Finding]:
    # Parts of a whole (pairs, steps) are each right or wrong as placed: they get the shorter range.
    whole = item.question.type not in ("matching", "ordering")
    said = [(choice.feedback, choice.right and whole, f"'{choice.id}'", choice.source) for choice in item.choices]
    for text, right, name, source in said:
        low, high = FEEDBACK[right]
        count = len(words(text))
        if text and not low <= count <= high:
            yield Finding(
                source,
                f"the feedback of {name} in question '{item.question.id}' has {count} words, expected {low} to {high}",
                "say why somebody chooses it, and what a leader does next"
                if count < low
                else "keep the reason and the next step; the rest belongs on the page",
            )


def verdict(item: Item) -> Iterator[Finding]:
    for choice in item.choices:
        begins = _VERDICT.match(choice.feedback)
        if begins:
            yield Finding(
                choice.source,
                f"the feedback of '{choice.id}' in question '{item.question.id}' begins with '{begins[0]}'",
                "begin with the reason: whether it is right is said already",
            )


def no_bloom(item: Item) -> Iterator[Finding]:
    if not item.question.bloom:
        yield Finding(
            item.record.written.source,
            f"question '{item.question.id}' does not say what thinking it asks for",
            "add: bloom: remember | understand | apply | analyse | evaluate | create",
        )


RULES: dict[str, Callable[[Item], Iterator[Finding]]] = {
    "blank": blank,
    "feedback-length": feedback_length,
    "negative": negative,
    "no-bloom": no_bloom,
    "reading-grade": hard_to_read,
    "verdict": verdict,
}
