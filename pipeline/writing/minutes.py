"""How long a page takes, by one rule: what `minutes` in its front matter should say."""

from __future__ import annotations

from collections.abc import Iterator

from ..content import Plan, Scenario, Scene, Worksheet, prose
from ..course import Block, Page
from ..markdown import plain_text
from ..practice.chooser import Chooser

WORDS = 230
"""Read in a minute, tables and captions included."""
QUESTION, RATING = 0.75, 0.15
"""Minutes for a question with its feedback, and for one that asks how sure or how satisfied somebody is."""
CHOICE = 0.5
"""For each choice on the way through a scenario; the words of the way are read as well."""
WORKSHEET, PLAN, TOOL = 6.0, 4.0, 1.0
"""For one filled in as far as it can be at the first go; TOOL for any other block that something is done with."""
_TOOLS = ("calculator", "contrast")


def estimate(page: Page) -> float:
    """In minutes, of somebody who reads everything and does everything once."""
    read: float = _words(str(page.body))
    doing = 0.0
    for block in page.blocks:
        if isinstance(block.content, Scenario):
            words, choices = _way(block.content)
            read += words
            doing += CHOICE * choices
        elif isinstance(block.content, Worksheet):
            doing += WORKSHEET
        elif isinstance(block.content, Plan):
            doing += PLAN
        elif isinstance(block.content, Chooser):
            read += _words(str(block.content.intro.html))  # two or three of its recommendations are read, in TOOL
            doing += TOOL
        else:
            read += sum(_words(str(text.html)) for text in prose(block.content))
            doing += TOOL * (block.type in _TOOLS) + _asked(block)
    return read / WORDS + doing


def _asked(block: Block) -> float:
    if block.blueprint:
        return QUESTION * sum(number for _, number in block.blueprint)
    ratings = sum(question.type == "rating" for question in block.questions)
    asked = len(block.questions) - ratings
    return QUESTION * (asked if block.draw is None else min(asked, block.draw)) + RATING * ratings


def _way(scenario: Scenario) -> tuple[float, float]:
    """Words read and choices made on a way through it, as a mean of all ways."""
    ways = list(_ways(scenario, scenario.scenes[0], _words(str(scenario.intro.html)), 0))
    return sum(words for words, _ in ways) / len(ways), sum(choices for _, choices in ways) / len(ways)


def _ways(scenario: Scenario, scene: Scene, words: int, choices: int) -> Iterator[tuple[int, int]]:
    words += _words(str(scene.text.html)) + _words(str(scene.debrief.html))
    if not scene.choices:
        yield words, choices
        return
    words += sum(_words(str(choice.text.html)) for choice in scene.choices)
    for choice in scene.choices:
        after = scenario.scenes[choice.to_number - 1]
        yield from _ways(scenario, after, words + _words(str(choice.consequence.html)), choices + 1)


def _words(html: str) -> int:
    return sum(any(letter.isalnum() for letter in word) for word in plain_text(html).split())
