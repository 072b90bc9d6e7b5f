"""Where a fact is used: the pages that cite it, and the questions that rest on it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .content import prose
from .course import Course, Page, Question

CITED = re.compile(r'<cite data-fact="([^"]+)">')


@dataclass(frozen=True)
class Use:
    """Ids, each once, in the order of the masterclass."""

    pages: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


def texts_of(question: Question) -> list[str]:
    """Everything a question says, as HTML."""
    return [
        question.prompt,
        question.more,
        question.hint,
        question.correct_feedback,
        question.incorrect_feedback,
        *(text for option in (*question.options, *question.targets) for text in (option.text, option.feedback)),
        *(answer.feedback for answer in question.answers),
    ]


def rests_on(question: Question) -> tuple[str, ...]:
    """The facts a question names or cites."""
    cited = (key for text in texts_of(question) if "<cite" in text for key in CITED.findall(text))
    return tuple(dict.fromkeys([*question.facts, *cited]))


def used_on(page: Page) -> set[str]:
    """The facts that a page shows: cited by its text and its blocks, or behind its questions."""
    read = {key for block in page.blocks for text in prose(block.content) for key in CITED.findall(text.html)}
    asked = {key for block in page.blocks for question in block.questions for key in rests_on(question)}
    return {*page.facts} | read | asked


def uses(course: Course) -> dict[str, Use]:
    """By the fact's key, also of facts that nothing uses; a key that facts.yml does not have is left out."""
    pages: dict[str, list[str]] = {fact.key: [] for fact in course.facts}
    questions: dict[str, list[str]] = {fact.key: [] for fact in course.facts}
    for page in course.pages:
        read = (key for block in page.blocks for text in prose(block.content) for key in CITED.findall(text.html))
        for key in pages.keys() & {*page.facts, *read}:
            pages[key].append(page.id)
        for block in page.blocks:
            for question in block.questions:
                for key in questions.keys() & set(rests_on(question)):
                    questions[key].append(question.id)
    for document in course.documents:
        told = (step.text.html for session in document.sessions for step in session.steps)
        for key in pages.keys() & {key for text in (document.body, *told) for key in CITED.findall(text)}:
            pages[key].append(document.place)
    return {key: Use(tuple(pages[key]), tuple(questions[key])) for key in pages}
