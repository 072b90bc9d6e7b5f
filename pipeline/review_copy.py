"""A masterclass as a Word file for its reviewers: every text, question, key, feedback and source, each with its place
in the files and room for comments."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from . import word
from .citations import uses
from .content import Prose
from .course import Answer, Block, Course, Fact, Option, Page, Question, Source
from .markdown import plain_text
from .reviews import content_code
from .word_prose import add, table

if TYPE_CHECKING:
    from docx.document import Document

_BLOCK = re.compile(r"<!--block:([^>]+)-->")
_COMMENT_LINES = 3
_TWO = (4, 13)
"""In centimetres: what a line is about, and the line."""


def review_copy(course: Course, reviewers: tuple[str, ...]) -> bytes:
    made = word.document(f"Review copy: {course.title} {course.version}", course.language)
    made.add_heading(course.title, 0)
    made.add_paragraph(course.summary)
    _front(made, course, reviewers)
    for page in course.pages:
        _page(made, page)
    _facts(made, course)
    return word.saved(made)


def _front(made: Document, course: Course, reviewers: tuple[str, ...]) -> None:
    table(
        made,
        [
            ["About this copy", ""],
            ["Version", course.version],
            ["Code of the content", content_code(course)],
            ["Reviews asked for", ", ".join(reviewers) or "none is named in masterclass.yml"],
            ["To pass", f"{course.pass_mark:.0%} of the final check"],
            ["Looked after by", course.owner or "nobody is named"],
        ],
        widths=_TWO,
    )
    add(
        made,
        "<p>Write in the boxes under the texts, or use Word’s own comments. Each text names the file and line it stands in. "
        "A review counts for the content whose code stands above; when any of it changes, so does the code.</p>",
    )
    made.add_heading("What learners will be able to do", 1)
    table(made, [["Outcome", "In words"], *([outcome.id, outcome.text] for outcome in course.outcomes)], widths=_TWO)
    _comment(made)


def _page(made: Document, page: Page) -> None:
    made.add_heading(page.title, 1).paragraph_format.page_break_before = True
    _place(made, f"page {page.id}", page.source)
    blocks = {block.id: block for block in page.blocks}
    for number, piece in enumerate(_BLOCK.split(page.body)):
        if number % 2:
            _block(made, blocks[piece])
        elif plain_text(piece):
            add(made, piece)
            _comment(made)


def _place(made: Document, what: str, source: Source) -> None:
    paragraph = made.add_paragraph()
    paragraph.add_run(f"{what} · {source.path}:{source.line}").italic = True


def _comment(made: Document) -> None:
    table(made, [["Comments" + "\n" * _COMMENT_LINES]])


def _block(made: Document, block: Block) -> None:
    made.add_heading(f"{block.type.capitalize().replace('-', ' ')}: {block.id}", 2)
    _place(made, f"block {block.id}", block.source)
    if block.questions:
        made.add_paragraph(_rules(block))
    for question in block.questions:
        _question(made, question)
    if block.content is not None:
        _content(made, block.content, "")
        _comment(made)


def _rules(block: Block) -> str:
    said = [f"Purpose: {block.purpose}", f"{len(block.questions)} questions"]
    said += [f"{block.draw} are chosen for each learner"] if block.draw else []
    said += [f"{number} of the outcome {outcome} make a paper" for outcome, number in block.blueprint]
    said += [f"in every first paper: {', '.join(block.always)}"] if block.always else []
    return "; ".join(said) + "."


def _question(made: Document, question: Question) -> None:
    made.add_heading(f"{question.id} ({question.type})", 3)
    _place(made, f"question {question.id}", question.source)
    add(made, f"<p><strong>{question.prompt}</strong></p>{question.more}")
    if question.options:
        right = {token for response in question.key for token in response}
        rows = [[item.id, "✓" if item.id in right else "", *_texts(item)] for item in question.options]
        table(made, [["Id", "Key", "Text", "Feedback"], *rows], widths=(3.4, 1.2, 4.8, 7.6))
    if question.targets:
        table(
            made, [["Matched with", "Text"], *([item.id, _html(item.text)] for item in question.targets)], widths=_TWO
        )
    if question.answers:
        table(
            made,
            [["Id", "Recognised", "Right", "Feedback"], *(_answer(answer) for answer in question.answers)],
            widths=(3.4, 4, 1.6, 8),
        )
    for what, text in (
        ("Key", _key(question)),
        ("Said when right", question.correct_feedback),
        ("Said when wrong", question.incorrect_feedback),
        ("Hint", question.hint),
        ("Outcome", question.outcome),
        ("Sources", ", ".join(question.facts)),
    ):
        if text:
            add(made, f"<p><strong>{what}:</strong></p>{text}" if "<p>" in text else _pair(what, text))
    _comment(made)


def _pair(what: str, text: str) -> str:
    return Markup("<p><strong>{}:</strong> {}</p>").format(what, text)


def _key(question: Question) -> str:
    if not question.scored:
        return "not scored"
    keys = [", ".join(response) for response in question.key]
    kind = " in this order" if question.type == "ordering" else ""
    return "; or ".join(keys) + kind + (" (part marks)" if question.partial else "")


def _html(html: str) -> Any:
    return lambda cell: add(cell.part.document, html, cell)


def _texts(option: Option) -> tuple[Any, Any]:
    return _html(option.text), _html(option.feedback)


def _answer(answer: Answer) -> list[Any]:
    off = f" ± {answer.tolerance}" if answer.tolerance != "0" else ""
    recognised = ", ".join(answer.accept) or f"{answer.value}{off}"
    return [answer.id, recognised, "yes" if answer.correct else "no", _html(answer.feedback)]


_UNSAID = {"slot", "number", "to_number", "letter", "source", "to_source"}


def _content(made: Document, content: Any, name: str) -> None:
    """What any block holds, by the names of its fields: so that no type of block is forgotten here."""
    if isinstance(content, Prose):
        if content.html:
            made.add_paragraph().add_run(f"{name}:" if name else "").bold = True
            add(made, content.html)
    elif is_dataclass(content):
        for each in fields(content):
            if each.name not in _UNSAID:
                _content(made, getattr(content, each.name), each.name.replace("_", " "))
    elif isinstance(content, tuple) and any(is_dataclass(item) or isinstance(item, tuple) for item in content):
        for number, item in enumerate(content, start=1):
            made.add_paragraph(f"{name} {number}").runs[0].bold = True
            _content(made, item, name)
    elif content not in ("", None, False, ()):
        shown = ", ".join(map(str, content)) if isinstance(content, tuple) else str(content)
        add(made, _pair(name, shown))


def _facts(made: Document, course: Course) -> None:
    made.add_heading("Facts and their sources", 1).paragraph_format.page_break_before = True
    used = uses(course)
    for fact in course.facts:
        made.add_heading(fact.key, 2)
        _place(made, f"fact {fact.key}", fact.source)
        made.add_paragraph(fact.text)
        where = [*used[fact.key].pages, *used[fact.key].questions]
        table(
            made, [["Source", fact.source_name], *_about(fact), ["Used on", ", ".join(where) or "nothing"]], widths=_TWO
        )
        _comment(made)


def _about(fact: Fact) -> list[list[Any]]:
    checked = {"Address": fact.url, "As of": fact.as_of, "Status": fact.status, "To be checked by": fact.review_by}
    return [[name, value] for name, value in {**checked, "Looked after by": fact.owner}.items() if value]
