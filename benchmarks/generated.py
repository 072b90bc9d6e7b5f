"""Courses made up for measuring: the same pages once for our compiler, once as ordinary Markdown for MkDocs alone."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MIX = (
    *("single",) * 10, *("multiple",) * 3, *("true-false",) * 2, "numeric", "short-text", "matching", "ordering", "judgement",
)  # fmt: skip
"""Types in the order in which questions take them: half single, the rest as real banks have them."""

_WORDS = str.split(
    "people who draw on care and the partners who plan it agree early what each decision needs and who has the right to "
    "take it so that money time and trust are spent where they change something for a place its councils trusts voluntary "
    "groups and neighbours share risk publish what they heard and come back with what was done about it"
)


@dataclass(frozen=True)
class Size:
    pages: int
    questions: int


BIG = Size(200, 1_000)
SMALL = Size(6, 20)


class _Prose:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def sentence(self, words: int) -> str:
        return " ".join(self.random.choices(_WORDS, k=words)).capitalize() + "."

    def paragraphs(self, count: int) -> str:
        return "\n\n".join(" ".join(self.sentence(14) for _ in range(5)) for _ in range(count))


def masterclass(folder: Path, size: Size) -> None:
    """`size` as a masterclass in `folder`, which is named after its id."""
    folder.mkdir(parents=True)
    pages = [f"page-{n}" for n in range(1, size.pages + 1)]
    (folder / "masterclass.yml").write_text(
        json.dumps(
            {
                "id": folder.name, "title": "Generated", "version": "1.0.0", "summary": "Made up for measuring.", "minutes": 60,
                "outcomes": [{"id": "first", "text": "Measure"}], "pages": [f"{n:03}-{page}.md" for n, page in enumerate(pages, 1)],
            }
        ),
        encoding="utf-8",
    )  # fmt: skip
    (folder / "facts.yml").write_text(
        "- {key: F1, text: A fact, source: A source, url: https://example.org/, as_of: '2026', status: verified}\n",
        encoding="utf-8",
    )
    for number, (page, questions) in enumerate(zip(pages, shares(size), strict=True), 1):
        front = f"---\nid: {page}\ntitle: Page {number}\nminutes: 3\n---\n"
        block = f"\n```quiz\nfrom: {page}.quiz.yml\n```\n" if questions else ""
        (folder / f"{number:03}-{page}.md").write_text(front + prose(number) + block, encoding="utf-8")
        if questions:
            (folder / f"{page}.quiz.yml").write_text("\n".join(_yaml(n) for n in questions), encoding="utf-8")


def plain(folder: Path, size: Size) -> None:
    """The same pages as Markdown files, each question an ordinary list."""
    folder.mkdir(parents=True)
    for number, questions in enumerate(shares(size), 1):
        text = f"# Page {number}\n\n" + prose(number).replace("[@F1]", "[1](https://example.org/)")
        text += "".join(f"\n\n{_listed(n)}" for n in questions)
        (folder / f"{'index' if number == 1 else f'page-{number}'}.md").write_text(text, encoding="utf-8")


def shares(size: Size) -> Iterator[range]:
    """Question numbers of each page."""
    for page in range(size.pages):
        yield range(page * size.questions // size.pages, (page + 1) * size.questions // size.pages)


def prose(page: int) -> str:
    words = _Prose(page)
    return (
        f"## {words.sentence(4)[:-1]}\n\n{words.paragraphs(3)} [@F1]\n\n"
        f"- {words.sentence(9)}\n- {words.sentence(9)}\n- {words.sentence(9)}\n\n"
        f"## {words.sentence(4)[:-1]}\n\n{words.paragraphs(3)}\n\n| Who | What |\n|---|---|\n| {words.sentence(3)} | {words.sentence(5)} |\n"
    )


@dataclass(frozen=True)
class _Asked:
    type: str
    prompt: str
    options: tuple[tuple[str, str, str], ...]
    """(id, text, feedback)"""


def _asked(number: int) -> _Asked:
    words = _Prose(10_000 + number)
    count = 5 if MIX[number % len(MIX)] in ("matching", "ordering", "judgement", "multiple") else 4
    options = tuple((f"option_{n}", words.sentence(8), words.sentence(28)) for n in range(count))
    return _Asked(MIX[number % len(MIX)], words.sentence(18), options)


def _yaml(number: int) -> str:
    asked = _asked(number)
    lines = [
        f"- id: question-{number}",
        f"  type: {asked.type}",
        "  outcome: first",
        f"  prompt: {asked.prompt}",
        "  source: [F1]",
    ]
    return "\n".join([*lines, *_BODIES[asked.type](asked)]) + "\n"


def _options(asked: _Asked, right: int) -> Iterator[str]:
    yield "  options:"
    for n, (ident, text, feedback) in enumerate(asked.options):
        yield from (f"    - id: {ident}", f"      text: {text}", f"      feedback: {feedback}")
        if n < right:
            yield "      correct: true"


def _true_false(asked: _Asked) -> Iterator[str]:
    yield from (
        "  answer: true",
        "  feedback:",
        f'    "true": {asked.options[0][2]}',
        f'    "false": {asked.options[1][2]}',
    )


def _numeric(asked: _Asked) -> Iterator[str]:
    yield from (
        "  unit: £",
        "  answers:",
        f"    - {{id: right, value: 1234567.25, tolerance: 0.5, correct: true, feedback: {asked.options[0][2]}}}",
    )
    yield f"  otherwise: {asked.options[1][2]}"


def _short_text(asked: _Asked) -> Iterator[str]:
    yield from (
        "  answers:",
        f"    - {{id: right, accept: [co-design, codesign], correct: true, feedback: {asked.options[0][2]}}}",
    )
    yield f"  otherwise: {asked.options[1][2]}"


def _matching(asked: _Asked) -> Iterator[str]:
    yield "  targets:"
    for n, (_, text, _) in enumerate(asked.options):
        yield f"    - {{id: target_{n}, text: {text}}}"
    yield "  pairs:"
    for n, (ident, text, feedback) in enumerate(asked.options):
        yield f"    - {{id: {ident}, text: Left {text}, match: target_{n}, feedback: {feedback}}}"


def _ordering(asked: _Asked) -> Iterator[str]:
    yield "  items:"
    for ident, text, feedback in asked.options:
        yield f"    - {{id: {ident}, text: {text}, feedback: {feedback}}}"


def _judgement(asked: _Asked) -> Iterator[str]:
    yield from _options(asked, 0)
    yield from ("  best: option_0", "  worst: option_4")


_BODIES = {
    "single": lambda asked: _options(asked, 1),
    "multiple": lambda asked: _options(asked, 2),
    "true-false": _true_false,
    "numeric": _numeric,
    "short-text": _short_text,
    "matching": _matching,
    "ordering": _ordering,
    "judgement": _judgement,
}


def _listed(number: int) -> str:
    """A question as people write it without a tool: the prompt, its options, and under each what to say to it."""
    asked = _asked(number)
    options = "\n".join(
        f"- {text}\n    - {feedback}"
        for _, text, feedback in asked.options[: 2 if asked.type in ("true-false", "numeric", "short-text") else None]
    )
    return f"**{asked.prompt}**\n\n{options}\n"
