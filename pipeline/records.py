"""What authors write, key by key: masterclass.yml, front matter, facts, blocks. Questions are in ``questions/``."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .lists import ListOf
from .located import Node, Scalar, Sequence
from .mappings import RecordOf, TableOf
from .problems import Problem
from .scalars import Day, FactKey, Flag, Ident, Matching, Number, OneOf, Text
from .shapes import INVALID, Invalid, Record, key
from .writing import rules

_NAME = Text(markdown=False, max=255)
ADDRESS = Matching(
    r"^(https://[^\s<>\"]+|[^\s<>\"@?&/:]+@[^\s<>\"@?&/:]+\.[A-Za-z]+)$",
    "an e-mail address or an address beginning with https://",
    "someone@example.org",
)
# 2011-12 is December to one reader and a financial year to another: nobody may have to guess.
_TWO_YEARS = "|".join(f"{first:02}-{first + 1:02}" for first in range(12))
AS_OF = Matching(
    rf"^(?!\d\d({_TWO_YEARS})$)\d{{4}}(-\d\d(-\d\d)?|/\d\d)?$",
    "a year, a month or a day, and no month that could be two years",
    '"2016", 2026-03, or "2011/12" for the year from 2011 to 2012',
    year=True,
)


@dataclass(frozen=True)
class OneOrMore:
    """A value, or a list of such values."""

    item: Any

    def read(self, node: Node, name: str, problems: list[Problem]) -> tuple[Any, ...] | Invalid:
        if isinstance(node, Sequence):
            several: tuple[Any, ...] | Invalid = ListOf(self.item, least=1).read(node, name, problems)
            return several
        one = self.item.read(node, name, problems)
        return INVALID if one is INVALID else (one,)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.item.schema(), ListOf(self.item, least=1).schema()]}


@dataclass(frozen=True, kw_only=True)
class OutcomeRecord(Record):
    id: str = key(Ident(), "Stable id of the outcome")
    domain: tuple[str, ...] = key(OneOrMore(Ident()), "The domain it belongs to, or a list of them", default=())
    text: str = key(_NAME, "What a learner can do afterwards, beginning with a verb")


@dataclass(frozen=True)
class PagesWanted:
    """``all`` or a list of page ids."""

    def read(self, node: Node, name: str, problems: list[Problem]) -> tuple[str, ...] | Invalid | None:
        if isinstance(node, Scalar) and node.text == "all":
            return None
        if isinstance(node, Scalar):
            problems.append(
                Problem(
                    node.source,
                    f"'{name}' must be 'all' or a list of page ids, found '{node.text}'",
                    f"write: {name}: [{node.text}]" if node.text else f"write: {name}: all",
                    "wrong-kind",
                )
            )
            return INVALID
        ids: tuple[str, ...] | Invalid = ListOf(Ident(), least=1).read(node, name, problems)
        return ids

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [{"const": "all"}, ListOf(Ident(), least=1).schema()]}


@dataclass(frozen=True, kw_only=True)
class CompletionRecord(Record):
    pages: tuple[str, ...] | None = key(PagesWanted(), "'all', or the ids of the pages that must be seen", default=())
    final_check: str = key(OneOf(("passed",)), "'passed' when passing the final check completes", default="")
    scenario: bool = key(Flag(), "True when every scenario must have been played to an ending", default=False)
    plan: bool = key(Flag(), "True when the learner's plan must have been made", default=False)


@dataclass(frozen=True, kw_only=True)
class MasterclassRecord(Record):
    id: str = key(Ident(), "Stable for ever: part of every activity's address")
    title: str = key(_NAME, "Shown everywhere")
    version: str = key(
        Matching(r"^\d{1,4}\.\d{1,4}\.\d{1,4}$", "a version of three numbers", "1.0.0"), "Raise it with every release"
    )
    language: str = key(
        Matching(r"^[a-z]{2,3}(-[A-Z]{2})?$", "a language's code", "en-GB"), "Language of the text", default="en-GB"
    )
    summary: str = key(Text(markdown=False, max=1000), "One or two sentences for course cards and LMS catalogues")
    minutes: Decimal = key(Number("1", "6000", whole=True), "How long a learner needs")
    domains: tuple[tuple[str, Decimal], ...] = key(
        TableOf(Ident(), Number("0", "1")), "Weights of the domains, together 1", default=()
    )
    outcomes: tuple[OutcomeRecord, ...] = key(
        ListOf(RecordOf(OutcomeRecord, "outcome"), least=1), "What learners can do afterwards"
    )
    pass_mark: Decimal = key(Number("0", "1"), "Share of the final check that passes", default=Decimal("0.7"))
    complete_when: tuple[CompletionRecord, ...] = key(
        OneOrMore(RecordOf(CompletionRecord, "complete_when", named=False)),
        "What completes the masterclass; alternatives as a list",
        default=(),
    )
    pages: tuple[str, ...] = key(
        ListOf(_NAME, least=1), "Page files in order; without it every NN-*.md by name", default=()
    )
    owner: str = key(_NAME, "Who answers for the content", default="")
    reviewed_on: str = key(Day(), "When it was last reviewed", default="")
    review_by: str = key(Day(), "When it must be reviewed again", default="")
    reviewers: tuple[str, ...] = key(
        ListOf(_NAME, least=1), "Roles that must have reviewed it; until then pages say that it is a draft", default=()
    )
    problems: str = key(ADDRESS, "Where readers report problems; the site's address when left out", default="")


@dataclass(frozen=True, kw_only=True)
class PageRecord(Record):
    id: str = key(Ident(), "Stable id of the page")
    title: str = key(_NAME, "Heading of the page")
    minutes: Decimal = key(Number("0", "600", whole=True), "How long the page takes", default=Decimal(0))
    outcomes: tuple[str, ...] = key(ListOf(Ident()), "Outcomes this page teaches", default=())
    allow: tuple[tuple[str, str], ...] = key(
        rules.allowed(rules.PAGE), "Rules of writing it breaks on purpose, each with the reason", default=()
    )
    purpose: str = key(OneOf(("follow-up",)), "'follow-up' for a page to come back to days later", default="")
    after: Decimal = key(
        Number("1", "366", whole=True), "A follow-up page: how many days after the plan was made", default=Decimal(0)
    )


@dataclass(frozen=True, kw_only=True)
class OverrideRecord(Record):
    until: str = key(Day(), "The last day on which a release may go out all the same")
    why: str = key(Text(markdown=False), "Why it cannot wait")


@dataclass(frozen=True, kw_only=True)
class FactRecord(Record):
    key_: str = key(FactKey(), "How pages and questions cite it, like COP9")
    text: str = key(Text(), "The claim, in our own words")
    source: str = key(Text(markdown=False), "Where it was read, as readers see it")
    url: str = key(
        Matching(r"^https?://[^\s<>\"]+$", "an address beginning with https://", "https://…"),
        "Where to read it",
        default="",
    )
    as_of: str = key(AS_OF, "The time it speaks of")
    status: str = key(OneOf(("verified", "from-knowledge", "derived")), "How sure we are")
    volatile: bool = key(Flag(), "True when it may change soon", default=False)
    review_by: str = key(Day(), "When it must be looked at again", default="")
    owner: str = key(_NAME, "Who looks", default="")
    override: OverrideRecord | None = key(
        RecordOf(OverrideRecord, "the override", named=False),
        "Lets a release out although this fact is past its review date or not verified",
        default=None,
    )


@dataclass(frozen=True, kw_only=True)
class RetiredRecord(Record):
    on: str = key(Day(), "Since when it is no longer asked")
    why: str = key(Text(markdown=False), "Why")


@dataclass(frozen=True, kw_only=True)
class ReviewRecord(Record):
    role: str = key(_NAME, "One of the roles that masterclass.yml names under 'reviewers'")
    name: str = key(_NAME, "Who reviewed it")
    date: str = key(Day(), "When they said so")
    content: str = key(
        Matching(r"^[0-9a-f]{12}$", "the 12 characters on the first page of the review copy", "0123456789ab"),
        "What they reviewed: the code on the first page of their copy",
    )


REVIEWS = ListOf(RecordOf(ReviewRecord, "review", named=False), what="a list of reviews", keep_valid=True)
MASTERCLASS = RecordOf(MasterclassRecord, "masterclass.yml", named=False)
PAGE = RecordOf(PageRecord, "the front matter", named=False)
FACTS = ListOf(RecordOf(FactRecord, "fact"), what="a list of facts", keep_valid=True)
