"""Blocks to be read: then and now, cases, quotations, glossaries, one point seen from each sector."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ..content import Case, Dated, Glossary, Lens, Prose, Quote, Sector, Term, ThenNow
from ..lists import ListOf
from ..mappings import RecordOf
from ..problems import Problem
from ..records import AS_OF
from ..scalars import FactKey, Ident, Matching, Text
from ..shapes import Record, key
from .making import Making

MOST_WORDS = 50
"""Of a quotation: what fair dealing and a reader's patience allow."""
_NAME = Text(markdown=False, max=255)


@dataclass(frozen=True, kw_only=True)
class ShownRecord(Record):
    id: str = key(Ident(), "Stable id of the block; made from the page's id when left out", default="")


@dataclass(frozen=True, kw_only=True)
class DatedRecord(Record):
    as_of: str = key(AS_OF, "The time it speaks of")
    text: str = key(Text(), "What was, or is, so")


_DATED = RecordOf(DatedRecord, "a claim and its date", named=False)


@dataclass(frozen=True, kw_only=True)
class ThenNowRecord(ShownRecord):
    topic: str = key(_NAME, "What has changed")
    then: DatedRecord = key(_DATED, "The claim as it was made")
    now: DatedRecord = key(_DATED, "The position today")


@dataclass(frozen=True, kw_only=True)
class CaseRecord(ShownRecord):
    title: str = key(_NAME, "Name of the case")
    where: str = key(_NAME, "The place or the organisation", default="")
    as_of: str = key(AS_OF, "The time it speaks of")
    text: str = key(Text(), "What happened")
    now: str = key(Text(), "What has become of it, or that this is not known")


@dataclass(frozen=True, kw_only=True)
class QuoteRecord(ShownRecord):
    text: str = key(Text(), f"The words, at most {MOST_WORDS}, without quotation marks")
    name: str = key(_NAME, "Who said it; for somebody unnamed: A chief executive")
    role: str = key(_NAME, "What they were then")
    year: str = key(Matching(r"^\d{4}$", "a year", "2018", year=True), "When they said it")
    source: str = key(FactKey(), "Key of the fact that says where")


@dataclass(frozen=True, kw_only=True)
class TermRecord(Record):
    term: str = key(_NAME, "The word or the abbreviation")
    text: str = key(Text(), "What it means here")


@dataclass(frozen=True, kw_only=True)
class GlossaryRecord(ShownRecord):
    terms: tuple[TermRecord, ...] = key(
        ListOf(RecordOf(TermRecord, "term", named=False), least=1, what="a list of terms"), "Words and what they mean"
    )


@dataclass(frozen=True, kw_only=True)
class SectorRecord(ShownRecord):
    point: str = key(Text(), "What is true for everybody")
    nhs: str = key(Text(), "What it means in the NHS", default="")
    council: str = key(Text(), "What it means in a council", default="")
    care_provider: str = key(Text(), "What it means for a social care provider", default="")
    housing: str = key(Text(), "What it means in housing", default="")
    vcse: str = key(Text(), "What it means in a voluntary organisation", default="")
    lived_experience: str = key(Text(), "What it means for people with lived experience", default="")


SECTORS = {
    "nhs": "NHS",
    "council": "Council",
    "care_provider": "Social care provider",
    "housing": "Housing",
    "vcse": "Voluntary and community organisation",
    "lived_experience": "People with lived experience",
}


def in_words(as_of: str) -> str:
    """``2018-11`` is November 2018; ``2018-11-05`` is 5 November 2018; the years ``2018``, ``2018-19`` and ``2011/12`` stay."""
    year, *rest = as_of.split("-")
    if not rest or not 1 <= int(rest[0]) <= 12:
        return as_of
    day = date(int(year), int(rest[0]), 1)
    return " ".join([*(str(int(number)) for number in rest[1:]), f"{day:%B}", year])


def source_time(name: str, as_of: str) -> str:
    """The time of a source in brackets, after its name; nothing when the name gives it: “The Journal, January 2020”."""
    said = in_words(as_of)
    given = said in name if "-" in as_of else name.rstrip(")").endswith(said)
    return "" if given else f" ({said})"


def _dated(record: DatedRecord, making: Making) -> Dated:
    return Dated(in_words(record.as_of), making.prose(record, "text"))


def then_now(record: ThenNowRecord, making: Making) -> ThenNow:
    return ThenNow(record.topic, _dated(record.then, making), _dated(record.now, making))


def case(record: CaseRecord, making: Making) -> Case:
    text, now = making.prose(record, "text"), making.prose(record, "now")
    return Case(record.title, record.where, in_words(record.as_of), text, now)


def quote(record: QuoteRecord, making: Making) -> Quote:
    words = len(record.text.split())
    if words > MOST_WORDS:
        hint = "shorten it with …, or say it in your own words and cite the source"
        message = f"this quotation has {words} words; at most {MOST_WORDS} are allowed"
        making.problems.append(Problem(record.written.at("text"), message, hint, "too-large"))
    cites = Markup('<cite data-fact="{}"></cite>').format(record.source)
    return Quote(
        making.prose(record, "text"), record.name, record.role, record.year, Prose(cites, record.written.at("source"))
    )


def glossary(record: GlossaryRecord, making: Making) -> Glossary:
    first: dict[str, TermRecord] = {}
    for term in record.terms:
        before = first.setdefault(term.term.casefold(), term)
        if before is not term:
            hint = f"the first is on line {before.written.at('term').line}; keep one of them"
            message = f"the term '{term.term}' is explained twice"
            making.problems.append(Problem(term.written.at("term"), message, hint, "duplicate-id"))
    terms = sorted(record.terms, key=lambda term: term.term.casefold())
    return Glossary(tuple(Term(term.term, making.prose(term, "text")) for term in terms))


def sector(record: SectorRecord, making: Making) -> Sector:
    lenses = tuple(Lens(name, making.prose(record, word)) for word, name in SECTORS.items() if getattr(record, word))
    if not lenses and record.written.keys.keys() <= {"id", "point"}:  # a misspelt one is complained about already
        hint = f"add one or more of: {', '.join(SECTORS)}"
        making.problems.append(Problem(record.written.source, "this sector block has no lens", hint, "missing-key"))
    return Sector(making.prose(record, "point"), lenses)
