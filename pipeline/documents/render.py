"""Documents → a printable page of the site each, and a Word file of the same words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from .. import word, word_prose
from ..cache import Cache, digest
from ..course import UNVERIFIED, Course, Fact, Page
from ..practice.shown import source_time
from ..templates import cited, environment
from ..unbroken import unbroken
from .document import Document, Session

_BLOCK = re.compile(r"<!--block:(\d+)-->")
INDEX = "facilitator/index"


@dataclass(frozen=True)
class RenderedDocument:
    place: str
    """Where the site has it, from the masterclass's own folder."""
    title: str
    article: Markup
    """Links still ``page:ID`` and ``media/…``."""
    word: bytes
    """Nothing for the list of the pack."""


def documents(course: Course, cache: Cache) -> tuple[RenderedDocument, ...]:
    """The brief, then the pack's list and its documents."""
    known = digest(course.title, course.version, course.language, course.address, course.problems, course.reviewed_on,
                   repr(course.facts))  # fmt: skip

    def key(document: Document) -> str:
        return digest("document", document.digest, known, repr([page.title for page in _replaced(course, document)]))

    made = [
        cache.get(key(each), lambda each=each: _rendered(course, each))  # type: ignore[misc]
        for each in course.documents
    ]
    pack = [each for each in course.documents if each.kind != "brief"]
    if not pack:
        return tuple(made)
    article = environment().get_template("facilitator.html.jinja").render(course=course, documents=pack)
    brief = len(course.documents) - len(pack)
    return (*made[:brief], RenderedDocument(INDEX, "For facilitators", Markup(unbroken(article)), b""), *made[brief:])


def _replaced(course: Course, document: Document) -> list[Page]:
    return [page for page in course.pages if page.id in document.replaces]


def _rendered(course: Course, document: Document) -> RenderedDocument:
    facts = {fact.key: fact for fact in course.facts}
    template = environment().get_template("session.html.jinja")
    body = _BLOCK.sub(lambda match: template.render(session=document.sessions[int(match[1])]), document.body)
    html, citations = cited(body, facts)
    replaced = _replaced(course, document)
    article = (
        environment()
        .get_template("document.html.jinja")
        .render(
            course=course,
            document=document,
            body=Markup(html),
            citations=citations,
            replaced=replaced,
            facts_by=min((fact.review_by for _, fact in citations if fact.review_by), default=""),
        )
    )
    return RenderedDocument(
        document.place, document.title, Markup(unbroken(article)), _word(course, document, replaced, citations)
    )


def _word(course: Course, document: Document, replaced: list[Page], citations: list[tuple[int, Fact]]) -> bytes:
    made = word.document(f"{document.title} – {course.title}", course.language)
    made.add_heading(document.title, 0)
    about = [f"{course.title}, version {course.version}", document.called]
    about += [f"{document.minutes} minutes"] if document.minutes else []
    made.add_paragraph(" · ".join(about))
    if not course.reviewed_on:
        made.add_paragraph().add_run("Draft: awaiting review").bold = True
    if replaced:
        made.add_paragraph(f"Takes the place of these parts: {', '.join(page.title for page in replaced)}.")
    for number, piece in enumerate(_BLOCK.split(document.body)):
        if number % 2:
            _plan(made, document.sessions[int(piece)])
        else:
            word_prose.add(made, piece, below=-1)
    if citations:
        made.add_heading("Sources", 1)
        for _, fact in citations:
            unverified = " Not yet verified." if fact.status == UNVERIFIED else ""
            address = f" {fact.url}" if fact.url else ""
            source = f"{fact.source_name}{source_time(fact.source_name, fact.as_of)}."
            made.add_paragraph(f"[{fact.key}] {source}{address} {fact.text}{unverified}")
    return word.saved(made)


def _plan(made: Any, session: Session) -> None:
    def told(html: str, title: str, who: str) -> word_prose.Written:
        def write(cell: Any) -> None:
            cell.paragraphs[0].add_run(title).bold = True
            if who:
                cell.add_paragraph().add_run(who).italic = True
            word_prose.add(made, html, cell)

        return write

    rows: list[list[word_prose.Written | str]] = [
        [
            f"{session.clock(step.begins)}–{session.clock(step.begins + step.minutes)}",
            str(step.minutes),
            told(step.text.html, step.title, step.who),
            "\n".join(step.needs),
        ]
        for step in session.steps
    ]
    word_prose.table(made, [["Time", "Minutes", "What happens", "What it needs"], *rows], widths=(2.8, 2, 8.2, 4))
    if session.needs():
        made.add_heading("In the room", 2)
        for thing in session.needs():
            made.add_paragraph(thing, style="List Bullet")
