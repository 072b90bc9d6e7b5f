"""The rules of item writing, by the code that names one in problems and under ``allow:``, each with its reason."""

from __future__ import annotations

from ..mappings import TableOf
from ..scalars import OneOf, Text

ITEM = {
    "absolute-words": "Learners know that 'always' and 'never' are seldom right.",
    "all-or-none": "'All of the above' is answered from knowing one part of it.",
    "blank": "A blank in the middle must be held in mind while reading on.",
    "echo": "Words that only the prompt and the key share point at the key.",
    "feedback-length": "Feedback that gives the reason teaches most, and a long one is not read.",
    "grammar-clue": "An option that stands out, or does not fit the sentence, is judged without thinking.",
    "negative": "Those who know the answer overlook a negative.",
    "no-bloom": "Without it nobody sees whether the bank asks for more than memory.",
    "number-order": "Numbers out of order test care in reading, not the outcome.",
    "option-count": "Three good options do better than four padded ones.",
    "option-lengths": "A long option looks like the careful, right one.",
    "reading-grade": "A hard prompt tests reading, not the outcome.",
    "same-options": "Two options that say the same cannot be the key, so both are struck out.",
    "same-start": "What every option begins with is read several times for nothing.",
    "verdict": "The player itself says whether an answer is right.",
}
BANK = {
    "few-above-memory": "Leaders are here to decide, not to recall.",
    "few-items": "With few questions to draw from, a second attempt repeats the first.",
    "key-length": "Who knows nothing but picks the longest option should not pass.",
    "key-position": "Printed and unshuffled, a favourite place gives keys away.",
    "no-pre-question": "Without a question asked before, nobody can say what was learnt.",
    "same-prompt": "Two questions with one prompt count one thing twice.",
    "twin-not-drawn": "What was learnt is measured by pairs: both of each must be asked.",
}
PAGE = {
    "page-grade": "Leaders read between two meetings.",
}


def allowed(rules: dict[str, str]) -> TableOf:
    """The shape of ``allow:``, rules that are broken on purpose, each with its reason."""
    return TableOf(OneOf(tuple(rules)), Text(markdown=False, max=300), "pairs of rule and reason")
