"""Whether a facilitator's pack agrees with itself: times that add up, pages that exist, a brief that is brief."""

from __future__ import annotations

from collections.abc import Iterator

from ..course import Course
from ..markdown import plain_text
from ..problems import Problem, did_you_mean
from ..sources import Sources
from .document import minutes_of, timed
from .load import LoadedDocument
from .records import BriefRecord, DocumentRecord, SessionRecord

MOST_WORDS = 450
"""Of a brief: what fits on one printed page."""


def check(sources: Sources, course: Course) -> Iterator[Problem]:
    places = {document.place.split("/")[0] for document in course.documents}
    for page in sources.pages:
        if page.record.id in places:
            message = f"the page id '{page.record.id}' is taken by {page.record.id}{'.md' if page.record.id == 'brief' else '/'}"
            yield Problem(page.record.written.at("id"), message, "give the page another id", "duplicate-id")
    first: dict[str, DocumentRecord] = {}
    for loaded in sources.documents:
        if isinstance(loaded.record, BriefRecord):
            yield from _brief(loaded)
            continue
        before = first.setdefault(loaded.record.id, loaded.record)
        if before is not loaded.record:
            at = before.written.at("id")
            yield Problem(
                loaded.record.written.at("id"),
                f"the document id '{before.id}' is used twice",
                f"the first is at {at.path}:{at.line}; change one of them",
                "duplicate-id",
            )
        yield from _replaced(loaded.record, course)
        yield from _minutes(loaded.record, loaded.sessions)
        for session in loaded.sessions:
            yield from _begins(session)


def _brief(loaded: LoadedDocument) -> Iterator[Problem]:
    words = len(plain_text(loaded.rendered.html).split())
    if words > MOST_WORDS:
        message = f"this brief has {words} words; one printed page takes {MOST_WORDS}"
        yield Problem(loaded.source, message, "keep what a reader of ten minutes needs", "too-large")


def _replaced(record: DocumentRecord, course: Course) -> Iterator[Problem]:
    known = [page.id for page in course.pages]
    for page in record.replaces:
        if page not in known:
            message = f"'replaces' names the page '{page}', which does not exist"
            yield Problem(record.written.at("replaces"), message, did_you_mean(page, known), "unknown-id")


def _minutes(record: DocumentRecord, sessions: tuple[SessionRecord, ...]) -> Iterator[Problem]:
    if record.kind == "session" and not sessions:
        message = f"the session plan '{record.id}' has no session"
        yield Problem(record.written.at("kind"), message, "add a session block with its steps", "empty")
    total = int(sum(step.minutes for session in sessions for step in session.steps))
    if sessions and total != record.minutes:
        said = f"the front matter says {record.minutes}" if record.minutes else "the front matter names no minutes"
        hint = f"write: minutes: {total}" if not record.minutes else f"change a step, or write: minutes: {total}"
        at = record.written.at("minutes")
        yield Problem(at, f"the steps of the session add up to {total} minutes; {said}", hint, "times")


def _begins(session: SessionRecord) -> Iterator[Problem]:
    for begins, step in timed(session):
        if step.at and minutes_of(step.at) != begins:
            real = f"{begins // 60}:{begins % 60:02}"
            message = f"step '{step.title}' says that it begins at {step.at}; the minutes before it add up to {real}"
            yield Problem(
                step.written.at("at"), message, f"change the minutes before it, or write: at: {real}", "times"
            )
