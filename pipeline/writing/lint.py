"""How questions and pages are written: all rules over a masterclass, less what its authors allow with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..blocks import FinalCheckRecord
from ..course import Course, Source, questions
from ..problems import WARNING, Problem
from ..sources import Sources
from . import banks, options, pages, rules, stems
from .banks import Bank
from .item import Finding, Item

_ITEM_RULES = {**options.RULES, **stems.RULES}


@dataclass(frozen=True)
class _Allowing:
    """What a record of the author's allows, and where it says so."""

    allow: tuple[tuple[str, str], ...]
    source: Source


def lint(sources: Sources, course: Course) -> Iterator[Problem]:
    records = {record.id: record for record in sources.question_records()}
    items = [Item(question, records[question.id], block) for _, block, question in questions(course)]
    scored = [item for item in items if item.question.scored]
    for item in scored:
        found = ((code, finding) for code, rule in _ITEM_RULES.items() for finding in rule(item))
        yield from _problems(found, _Allowing(item.record.allow, item.at("allow")), rules.ITEM)
    for page in sources.pages:
        for block in page.blocks:
            if block and isinstance(block.record, FinalCheckRecord):
                bank = Bank(block.record, tuple(item for item in scored if item.block.source == block.source))
                found = ((code, finding) for code, bank_rule in banks.RULES.items() for finding in bank_rule(bank))
                allowing = _Allowing(block.record.allow, block.record.written.at("allow"))
                yield from _problems(found, allowing, rules.BANK)
    loaded = {page.record.id: page for page in sources.pages}
    for each in pages.readings(course):
        written = loaded[each.page.id].record
        found = (("page-grade", finding) for finding in pages.hard(each))
        yield from _problems(found, _Allowing(written.allow, written.written.at("allow")), rules.PAGE)


def _problems(found: Iterable[tuple[str, Finding]], allowing: _Allowing, reasons: dict[str, str]) -> Iterator[Problem]:
    unused = dict(allowing.allow)
    for code, finding in found:
        if code in dict(allowing.allow):
            unused.pop(code, None)
            continue
        hint = f"{finding.hint}\n{reasons[code]} To keep it, say why: allow: {{{code}: …}}"
        yield Problem(finding.source, finding.message, hint, code, WARNING)
    for code in unused:
        yield Problem(
            allowing.source,
            f"'allow' names the rule '{code}', which nothing breaks here",
            f"take it out: {code}",
            "unused-allow",
            WARNING,
        )
