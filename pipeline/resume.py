"""How long a resume string can get: the worst case of what ``site/player/src/resume.ts`` writes.

SCORM 1.2 gives ``cmi.suspend_data`` 4,096 characters; a course whose worst case passes 3,500 does not build.
"""

from __future__ import annotations

from collections.abc import Callable

from .content import Plan, Scenario
from .course import Course, Question, blocks
from .practice.story import longest

LIMIT = 3_500
_LETTER = 5
NUMERIC_CHARACTERS = 12
"""As many as are kept of a typed number."""
_HEADER = 32 + 8 + 10 + 8 + 14 + 10 + 12
"""Seed, flags, page, attempt, best score, and the two counts."""
_ANSWERED = 1 + 2 + 1 + 2
"""Answered, tries, and a confidence."""
_STORIES = 6
"""Number of scenario slots, and likewise of plan slots."""
_BEGUN = 1 + 2 + 5
"""Of a scenario that has been begun: played to an ending, runs, number of steps."""
_CHOICE = 6
MOST_STEPS = 31
_AROUND = 1 + 6 + 4
"""Format, lineage and checksum characters round the payload."""

_Bits = Callable[[Question], int]


def _highest(letters: list[str]) -> int:
    return max((ord(letter) - ord("a") for letter in letters), default=0) + 1


_RESPONSE_BITS: dict[str, _Bits] = {
    "single": lambda q: _LETTER,
    "true-false": lambda q: _LETTER,
    "rating": lambda q: _LETTER,
    "short-text": lambda q: _LETTER,
    "judgement": lambda q: 2 * _LETTER,
    "multiple": lambda q: _LETTER + _highest([o.letter for o in q.options]),
    "matching": lambda q: _LETTER + _LETTER * _highest([o.letter for o in q.options]),
    "ordering": lambda q: _LETTER + _LETTER * len(q.options),
    "numeric": lambda q: 4 * (NUMERIC_CHARACTERS + 1),
}


def worst_case(course: Course) -> int:
    """Characters of the longest resume string: every page seen, every question answered, of a final check one paper."""
    asked = [
        q
        for page in course.pages
        if page.counts
        for b in page.blocks
        for q in _answerable(b.questions, b.blueprint, b.draw)
    ]
    saved = [q for page in course.pages if page.counts for b in page.blocks for q in b.questions]
    page_slots = max((p.slot for p in course.pages), default=-1) + 1
    question_slots = max([q.slot for q in saved] + [r.slot for r in course.retired], default=-1) + 1
    bits = _HEADER + page_slots + question_slots + sum(_bits(q) for q in asked) + _story_bits(course)
    return _AROUND + -(-bits // 6)


def _story_bits(course: Course) -> int:
    """Every scenario played to the end of its longest path, and plans; nothing in a course without either."""
    stories = [b.content for _, b in blocks(course) if isinstance(b.content, Scenario)]
    slots = max((story.slot for story in stories), default=-1) + 1
    played = sum(_BEGUN + _CHOICE * min(MOST_STEPS, longest(story)) for story in stories)
    plans = max((b.content.slot for _, b in blocks(course) if isinstance(b.content, Plan)), default=-1) + 1
    return (_STORIES + slots + played if slots or plans else 0) + (_STORIES + plans if plans else 0)


def _bits(question: Question) -> int:
    return _ANSWERED - 1 + _RESPONSE_BITS[question.type](question)


def _answerable(
    questions: tuple[Question, ...], blueprint: tuple[tuple[str, int], ...], draw: int | None
) -> list[Question]:
    """The longest answers a learner can have given of a block's questions at one time."""
    longest = sorted(questions, key=_bits, reverse=True)
    if not blueprint:
        return longest[: draw or len(longest)]
    return [q for outcome, number in blueprint for q in [q for q in longest if q.outcome == outcome][:number]]
