"""Documents as facts, like the records of ``course.py``, and how they are made from what authors wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..content import Prose
from ..course import Heading, Source
from ..markdown import Renderer
from .load import BRIEF_FILE, FACILITATOR, LoadedDocument
from .records import KINDS, BriefRecord, SessionRecord, StepRecord


@dataclass(frozen=True)
class Step:
    begins: int
    """Minutes after the session's start."""
    minutes: int
    title: str
    who: str
    text: Prose
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Session:
    starts: int | None
    """Minutes after midnight; None when the times count from the session's start."""
    steps: tuple[Step, ...]

    def clock(self, minutes: int) -> str:
        hours, rest = divmod((self.starts or 0) + minutes, 60)
        return f"{hours:0{1 if self.starts is None else 2}}:{rest:02}"

    def needs(self) -> tuple[str, ...]:
        """Everything that must be in the room, each once."""
        return tuple(dict.fromkeys(thing for step in self.steps for thing in step.needs))


@dataclass(frozen=True)
class Document:
    id: str
    kind: str
    """One of KINDS, or ``brief``."""
    title: str
    minutes: int
    replaces: tuple[str, ...]
    body: Markup
    """HTML with one ``<!--block:N-->`` for each of `sessions`, links still ``page:ID``."""
    headings: tuple[Heading, ...]
    sessions: tuple[Session, ...]
    digest: str
    source: Source

    @property
    def place(self) -> str:
        """Where the site has it, from the masterclass's own folder."""
        return self.id if self.kind == "brief" else f"{FACILITATOR}/{self.id}"

    @property
    def called(self) -> str:
        return KINDS.get(self.kind, "Brief")


def documents(loaded: Sequence[LoadedDocument], renderer: Renderer) -> tuple[Document, ...]:
    return tuple(_document(each, renderer) for each in loaded)


def _document(loaded: LoadedDocument, renderer: Renderer) -> Document:
    record = loaded.record
    ident, kind, replaces = (
        (BRIEF_FILE.removesuffix(".md"), "brief", ())
        if isinstance(record, BriefRecord)
        else (record.id, record.kind, record.replaces)
    )
    return Document(
        id=ident,
        kind=kind,
        title=record.title,
        minutes=int(record.minutes),
        replaces=replaces,
        body=Markup(loaded.rendered.html),
        headings=loaded.rendered.headings,
        sessions=tuple(_session(session, renderer) for session in loaded.sessions),
        digest=loaded.digest,
        source=loaded.source,
    )


def _session(record: SessionRecord, renderer: Renderer) -> Session:
    steps = tuple(
        Step(begins, int(step.minutes), step.title, step.who, _text(step, renderer), step.needs)
        for begins, step in timed(record)
    )
    return Session(minutes_of(record.starts) if record.starts else None, steps)


def timed(record: SessionRecord) -> Iterator[tuple[int, StepRecord]]:
    """Each step with the minute it begins at."""
    begins = 0
    for step in record.steps:
        yield begins, step
        begins += int(step.minutes)


def minutes_of(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _text(step: StepRecord, renderer: Renderer) -> Prose:
    return Prose(renderer.text(step.text) if step.text else Markup(""), step.written.at("text"))
