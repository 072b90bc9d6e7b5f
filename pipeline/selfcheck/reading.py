"""The folder ``diagnostic`` → an Instrument, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .. import located
from ..course import Course, Source
from ..folder import Folder
from ..located import Origin
from ..problems import Problem, did_you_mean, has_errors
from ..shapes import INVALID, Record
from .instrument import EACH, Barrier, Domain, Enabler, Instrument, Module, Pair, Statement
from .records import (
    CONTEXT,
    DOMAINS,
    PAIRS,
    STATEMENTS,
    BarrierRecord,
    ContextRecord,
    DomainsRecord,
    EnablerRecord,
    StatementRecord,
    StatementsRecord,
)

FOLDER = "diagnostic"
PAIRS_FILE = "contrasts.yml"
"""Beside the masterclasses, whose contrast blocks may use the same."""


def read(folder: Path, masterclasses: Path, shown: str, problems: list[Problem]) -> Instrument | None:
    """None when a file is missing or cannot be used. `shown` is the name of `masterclasses` in problems."""
    before = len(problems)
    ours, theirs = Folder(folder, folder.name, problems), Folder(masterclasses, shown, problems)
    domains = _file(ours, "domains.yml", DOMAINS)
    statements = _file(ours, "statements.yml", STATEMENTS)
    context = _file(ours, "enablers-barriers.yml", CONTEXT)
    pairs = _file(theirs, PAIRS_FILE, PAIRS)
    if INVALID in (domains, statements, context) or pairs is INVALID:
        return None
    problems += _faults(domains, statements, context, pairs)
    if has_errors(problems[before:]):
        return None
    return Instrument(
        period=statements.period,
        anchors=statements.anchors,
        domains=tuple(Domain(d.id, d.title, d.text) for d in domains.domains),
        statements=tuple(Statement(s.id, s.domain, s.text, s.practice) for s in statements.statements),
        enablers=tuple(Enabler(e.id, e.domain, e.text) for e in context.enablers),
        barriers=tuple(Barrier(b.id, b.domain, b.text, b.modules, b.peers, b.sponsor) for b in context.barriers),
        pairs=tuple(Pair(p.id, p.left, p.right, p.text) for p in pairs),
        modules=tuple(
            Module(m.id, m.title, m.for_, tuple((d, float(w)) for d, w in m.weights), m.written.at("weights"))
            for m in domains.modules
        ),
    )


def _file(folder: Folder, name: str, shape: Any) -> Any:
    text = folder.text(name)
    if text is None:
        return INVALID
    node = located.parse(text, Origin(f"{folder.name}/{name}"), folder.problems)
    return INVALID if node is None else shape.read(node, name, folder.problems)


def agree(instrument: Instrument, courses: Iterable[Course]) -> Iterator[Problem]:
    """A masterclass says in its own file how far it serves each domain; here it must say the same."""
    by_id = {course.id: course for course in courses}
    for module in instrument.modules:
        course = by_id.get(module.id)
        if course and dict(course.domains) != {domain: weight for domain, weight in module.weights if weight}:
            weights = ", ".join(f"{domain}: {weight:g}" for domain, weight in course.domains)
            message = f"the weights of '{module.id}' are not those of its masterclass.yml"
            yield Problem(module.source, message, f"write: {{{weights}}}, or change masterclass.yml", "count")


def _faults(
    domains: DomainsRecord, statements: StatementsRecord, context: ContextRecord, pairs: tuple[Any, ...]
) -> Iterator[Problem]:
    known = [domain.id for domain in domains.domains]
    context_of: tuple[EnablerRecord | BarrierRecord, ...] = (*context.enablers, *context.barriers)
    for named in (domains.domains, domains.modules, statements.statements, context_of, pairs):
        yield from _repeated(named)
    asked: tuple[StatementRecord | EnablerRecord | BarrierRecord, ...] = (*statements.statements, *context_of)
    for record in asked:
        if record.domain not in known:
            yield _unknown(record, "domain", record.domain, known)
    for module in domains.modules:
        yield from _weights(module, known)
    modules = [module.id for module in domains.modules]
    for barrier in context.barriers:
        for helping in barrier.modules:
            if helping not in modules:
                yield _unknown(barrier, "modules", helping, modules)
    for domain in domains.domains:
        number = sum(statement.domain == domain.id for statement in statements.statements)
        if number != EACH:
            message = f"domain '{domain.id}' has {number} statements; each has {EACH}"
            yield Problem(statements.written.at("statements"), message, "add or take out statements", "count")
    if not any(statement.practice for statement in statements.statements):
        message = "no statement has a practice to try"
        hint = "add: practice: … to those of the domain that no masterclass owns"
        yield Problem(statements.written.at("statements"), message, hint, "missing-key")


def _weights(module: Any, known: list[str]) -> Iterator[Problem]:
    for domain, _ in module.weights:
        if domain not in known:
            yield _unknown(module, "weights", domain, known)
    total = sum(weight for _, weight in module.weights)
    if abs(float(total) - 1) > 0.005:
        message = f"the weights of '{module.id}' add up to {total}, expected 1"
        yield Problem(module.written.at("weights"), message, "change them so that together they make 1", "count")


def _unknown(record: Record, name: str, found: str, known: list[str]) -> Problem:
    ident = record.id  # type: ignore[attr-defined]
    message = f"'{ident}' names '{found}', which domains.yml does not have"
    return Problem(record.written.at(name), message, did_you_mean(found, known), "unknown-id")


def _repeated(records: Iterable[Any]) -> Iterator[Problem]:
    first: dict[str, Source] = {}
    for record in records:
        at: Source = record.written.at("id")
        before = first.setdefault(record.id, at)
        if before != at:
            hint = f"the first is at {before.path}:{before.line}; change one of them"
            yield Problem(at, f"the id '{record.id}' is used twice", hint, "duplicate-id")
