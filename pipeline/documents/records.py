"""What authors write in ``facilitator/*.md`` and ``brief.md``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..lists import ListOf
from ..mappings import RecordOf
from ..scalars import Ident, Matching, Number, OneOf, Text
from ..shapes import Record, key

_NAME = Text(markdown=False, max=255)
_CLOCK = Matching(r"^\d{1,2}:[0-5]\d$", "hours and minutes", "0:20")
KINDS = {
    "session": "Session plan",
    "materials": "Materials",
    "handout": "Handout",
    "slides": "Slides outline",
    "access": "Access list",
    "notes": "Notes",
}
"""Of a facilitator's documents, with the name that readers see."""


@dataclass(frozen=True, kw_only=True)
class StepRecord(Record):
    at: str = key(_CLOCK, "When it begins, from the start of the session", default="")
    minutes: Decimal = key(Number("1", "600", whole=True), "How long it takes")
    title: str = key(_NAME, "What it is")
    who: str = key(_NAME, "Who leads it", default="")
    text: str = key(Text(), "What the facilitators do and say", default="")
    needs: tuple[str, ...] = key(ListOf(_NAME), "What must be in the room", default=())


@dataclass(frozen=True, kw_only=True)
class SessionRecord(Record):
    starts: str = key(_CLOCK, "The clock when it begins; without it the times count from 0:00", default="")
    steps: tuple[StepRecord, ...] = key(
        ListOf(RecordOf(StepRecord, "step", named=False), least=1, what="a list of steps"), "The plan, in order"
    )


@dataclass(frozen=True, kw_only=True)
class DocumentRecord(Record):
    id: str = key(Ident(), "Stable id; the last part of its address")
    kind: str = key(OneOf(tuple(KINDS)), "What it is for")
    title: str = key(_NAME, "Heading of the document")
    minutes: Decimal = key(
        Number("0", "6000", whole=True), "Of a session: what its steps add up to", default=Decimal(0)
    )
    replaces: tuple[str, ...] = key(ListOf(Ident()), "Pages that a group which meets may leave out", default=())


@dataclass(frozen=True, kw_only=True)
class BriefRecord(Record):
    title: str = key(_NAME, "Heading of the brief")
    minutes: Decimal = key(Number("1", "60", whole=True), "How long it takes to read", default=Decimal(10))


SESSION = RecordOf(SessionRecord, "session", named=False)
DOCUMENT = RecordOf(DocumentRecord, "the front matter", named=False)
BRIEF = RecordOf(BriefRecord, "the front matter", named=False)
