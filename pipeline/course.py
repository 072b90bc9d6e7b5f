"""The one representation in the middle: Course → Page → Block → Question, as frozen facts.

Loading and assembling make these records; rendering, checking and packaging are functions about them.
Texts are HTML already (``Markup``): authors' Markdown is rendered once, before a target sees it.
``course.json`` carries a subset of these fields under the same names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from .documents.document import Document


@dataclass(frozen=True, order=True)
class Source:
    """Where something was written: a path as the author would name it, and a line counted from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Option:
    """Something a learner chooses, orders, matches or is matched with."""

    id: str
    letter: str
    """``a``..``z``; never reused for another option of the same question once released."""
    text: Markup
    feedback: Markup
    source: Source


@dataclass(frozen=True)
class Answer:
    """What a learner may type into a ``numeric`` or ``short-text`` question, and what we say to it."""

    id: str
    letter: str
    correct: bool
    feedback: Markup
    value: str = ""
    """``numeric``: the number as written (``"23"``)."""
    tolerance: str = "0"
    """``numeric``: how far off still counts, as written."""
    accept: tuple[str, ...] = ()
    """``short-text``: the wordings taken for this answer, already folded when ``fold_case`` says so."""


@dataclass(frozen=True)
class Question:
    id: str
    slot: int
    """Position in resume strings; never reused once released."""
    revision: int
    """Counts corrections of the key since the first release; starts at 1."""
    type: str
    outcome: str
    prompt: Markup
    """The first paragraph, phrasing content only: it becomes the ``legend``."""
    more: Markup
    """What follows the first paragraph of the prompt (lists, figures); often empty."""
    options: tuple[Option, ...]
    """Choices; for ``matching`` the left-hand items, for ``ordering`` the items in the correct order."""
    targets: tuple[Option, ...]
    """``matching``: the right-hand side."""
    answers: tuple[Answer, ...]
    key: tuple[tuple[str, ...], ...]
    """Every correct response, each a tuple of tokens (see ``responses`` in CONTRIBUTING.md)."""
    choose: int
    """``multiple``: how many are to be chosen; 1 elsewhere."""
    unit: str
    ordered: bool
    """Options keep the author's order instead of being shuffled."""
    retries: int
    """How often a practice question may be tried again after a wrong answer."""
    partial: bool
    confidence: bool
    fold_case: bool
    fold_spaces: bool
    correct_feedback: Markup
    incorrect_feedback: Markup
    """Said whatever was chosen; for typed answers: said to what no ``answers`` entry recognises."""
    hint: Markup
    facts: tuple[str, ...]
    bloom: str
    twin_of: str
    scored: bool
    source: Source


@dataclass(frozen=True)
class Block:
    """A fence on a page. ``settings`` belongs to the block's type and is empty for a plain quiz."""

    id: str
    type: str
    purpose: str
    questions: tuple[Question, ...]
    draw: int | None
    """``quiz``: ask this many, chosen per learner; None asks all."""
    blueprint: tuple[tuple[str, int], ...]
    """``final-check``: how many questions of each outcome make one paper."""
    always: tuple[str, ...]
    source: Source
    content: Any = None
    """What a block that is no quiz holds: a record of ``content.py``."""


@dataclass(frozen=True)
class Heading:
    """An entry of a page's table of contents."""

    level: int
    id: str
    text: str


UNVERIFIED = "from-knowledge"
"""The status of a fact that nobody has checked against its source."""


@dataclass(frozen=True)
class Override:
    """A reason to release although a fact is overdue or unverified, and the last day on which it holds."""

    until: str
    why: str


@dataclass(frozen=True)
class Fact:
    """A claim with its source, cited as ``[@KEY]`` on pages and by key from questions."""

    key: str
    text: str
    source_name: str
    url: str
    as_of: str
    status: str
    volatile: bool
    review_by: str
    owner: str
    source: Source
    override: Override | None = None


@dataclass(frozen=True)
class Page:
    id: str
    slot: int
    title: str
    minutes: int
    counts: bool
    """False for pages after the final check and for follow-up pages: they save nothing and complete nothing."""
    body: Markup
    """The page's HTML with one ``<!--block:ID-->`` per block, links still ``page:ID`` and ``media/…``."""
    headings: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    facts: tuple[str, ...]
    """Keys cited by the text, in order of first use; questions add theirs when the page is rendered."""
    digest: str
    """Of everything that the page's HTML is made from."""
    source: Source
    after: int = 0
    """A follow-up page: for how many days after the plan was made; 0 for the pages of the masterclass itself."""


@dataclass(frozen=True)
class Outcome:
    id: str
    domains: tuple[str, ...]
    text: str
    pages: tuple[str, ...]
    """Pages that teach it: where a learner who missed it should look again."""


@dataclass(frozen=True)
class Completion:
    """One way to complete; a course is complete when any of its ways is met."""

    pages: tuple[str, ...]
    final_check: bool
    scenario: bool = False
    """Every scenario on a page that counts has been played to an ending."""
    plan: bool = False
    """The learner's plan has been made."""


@dataclass(frozen=True)
class Retired:
    slot: int
    type: str


@dataclass(frozen=True)
class Course:
    id: str
    title: str
    version: str
    language: str
    summary: str
    minutes: int
    domains: tuple[tuple[str, float], ...]
    outcomes: tuple[Outcome, ...]
    pass_mark: float
    complete_when: tuple[Completion, ...]
    pages: tuple[Page, ...]
    facts: tuple[Fact, ...]
    retired: tuple[Retired, ...]
    documents: tuple[Document, ...]
    """The brief and the facilitators' pack: on the site only, never in a package."""
    media: tuple[tuple[str, Path], ...]
    """(path inside the masterclass, file on disk) of everything under ``media/``."""
    owner: str
    reviewed_on: str
    """Nothing while it is a draft: never reviewed, or without the reviews that it asks for."""
    review_by: str
    problems: str
    """Where readers report problems: an e-mail address, an address beginning with https://, or nothing."""
    iri: str
    lineage: str
    """Six characters; a resume string is read only by a build of the same lineage."""
    source: Source
    address: str = ""
    """Where the site has it, as far as mkdocs.yml says; ends in a slash."""
    directories: bool = True
    """Whether the site's pages are folders, ``…/PAGE/``, or files, ``…/PAGE.html``."""


def main_pages(course: Course) -> tuple[Page, ...]:
    """Those one goes through from the first to the last."""
    return tuple(page for page in course.pages if not page.after)


def follow_ups(course: Course) -> tuple[Page, ...]:
    """Those to come back to, in order of their days."""
    return tuple(sorted((page for page in course.pages if page.after), key=lambda page: page.after))


def blocks(course: Course) -> Iterator[tuple[Page, Block]]:
    return ((page, block) for page in course.pages for block in page.blocks)


def questions(course: Course) -> Iterator[tuple[Page, Block, Question]]:
    return ((page, block, question) for page, block in blocks(course) for question in block.questions)
