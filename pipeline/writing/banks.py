"""Rules about a bank as a whole: what no single question shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..blocks import FinalCheckRecord
from .chances import at_least, chi_squared
from .item import Finding, Item
from .words import words

CHANCE = 0.05
"""A pattern less likely than this is not put down to chance."""
ABOVE_MEMORY = 0.6
_MEMORY = ("remember", "understand")
_SPARE = 2
"""A bank holds this many questions for each one drawn."""


@dataclass(frozen=True)
class Bank:
    """The questions of a final check."""

    record: FinalCheckRecord
    items: tuple[Item, ...]

    @property
    def singles(self) -> list[Item]:
        return [item for item in self.items if item.question.type == "single" and item.right]


def longest_key(bank: Bank) -> Iterator[Finding]:
    longest = [item for item in bank.singles if _is_longest(item)]
    chances = [1 / len(item.choices) for item in bank.singles]
    chance = at_least(len(longest), chances)
    if longest and chance < CHANCE:
        worst = sorted(longest, key=lambda item: -_margin(item))[:5]
        yield Finding(
            bank.record.written.source,
            f"the key is the longest option in {len(longest)} of {len(chances)} single questions; "
            f"by chance about {sum(chances):.0f} (p = {chance:.2g})",
            "shorten keys or fill out wrong options, first in: " + ", ".join(item.question.id for item in worst),
        )


def _is_longest(item: Item) -> bool:
    return all(len(item.right[0].text) > len(choice.text) for choice in item.wrong)


def _margin(item: Item) -> float:
    return len(item.right[0].text) / max(len(choice.text) for choice in item.wrong)


def key_position(bank: Bank) -> Iterator[Finding]:
    by_count: dict[int, list[Item]] = defaultdict(list)
    for item in bank.singles:
        # Options in an order of their own (numbers, dates) cannot be moved about.
        if not item.question.ordered:
            by_count[len(item.choices)].append(item)
    for options, items in sorted(by_count.items()):
        if len(items) < 5 * options:
            continue  # too few for the test: fewer than five expected at each place
        places = Counter(item.choices.index(item.right[0]) for item in items)
        counts = [places[place] for place in range(options)]
        statistic, chance = chi_squared(counts)
        if chance < CHANCE:
            yield Finding(
                bank.record.written.source,
                f"the key's place among {options} options is uneven: {', '.join(map(str, counts))} times "
                f"first to last (chi-squared {statistic:.1f}, p = {chance:.2g})",
                f"move some keys to place {counts.index(min(counts)) + 1}",
            )


def few_items(bank: Bank) -> Iterator[Finding]:
    held = Counter(item.question.outcome for item in bank.items)
    for outcome, drawn in bank.record.draw:
        if drawn <= held[outcome] < _SPARE * drawn:
            yield Finding(
                bank.record.written.at("draw"),
                f"a paper draws {drawn} questions of outcome '{outcome}' from a bank of {held[outcome]}",
                f"write {_SPARE * int(drawn) - held[outcome]} more",
            )


def above_memory(bank: Bank) -> Iterator[Finding]:
    said = [item.question.bloom for item in bank.items if item.question.bloom]
    above = sum(bloom not in _MEMORY for bloom in said)
    if said and above < ABOVE_MEMORY * len(said):
        yield Finding(
            bank.record.written.source,
            f"{above} of {len(said)} bank questions ask to apply or more ({above / len(said):.0%}), "
            f"expected {ABOVE_MEMORY:.0%}",
            "turn questions about words into questions about a situation",
        )


def same_prompt(bank: Bank) -> Iterator[Finding]:
    first: dict[tuple[str, ...], Item] = {}
    for item in bank.items:
        said = tuple(word.casefold() for word in words(item.stem))
        if first.setdefault(said, item) is not item:
            yield Finding(
                item.at("prompt"),
                f"question '{item.question.id}' has the prompt of '{first[said].question.id}'",
                "ask about another situation, or retire one of them",
            )


def twins(bank: Bank) -> Iterator[Finding]:
    for item in bank.items:
        if item.question.twin_of and item.question.id not in bank.record.always:
            yield Finding(
                item.at("twin_of"),
                f"question '{item.question.id}' is the twin of '{item.question.twin_of}', "
                "but not every learner's first paper has it",
                f"add it to 'always' of the final check: {item.question.id}",
            )


def pre_questions(bank: Bank) -> Iterator[Finding]:
    twinned = {item.question.outcome for item in bank.items if item.question.twin_of}
    # A masterclass that asks nothing before has chosen to; one that asks about some outcomes has forgotten the others.
    for outcome, _ in bank.record.draw if twinned else ():
        if outcome not in twinned:
            yield Finding(
                bank.record.written.at("draw"),
                f"no question of outcome '{outcome}' is asked before and after",
                "ask one with purpose: pre, and write its parallel into the bank with: twin_of: its id",
            )


RULES: dict[str, Callable[[Bank], Iterator[Finding]]] = {
    "few-above-memory": above_memory,
    "few-items": few_items,
    "key-length": longest_key,
    "key-position": key_position,
    "no-pre-question": pre_questions,
    "same-prompt": same_prompt,
    "twin-not-drawn": twins,
}
