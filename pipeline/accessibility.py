"""The accessibility statement: what our tests have found by machine, and what only the publisher can know.

The machine's results are written by the browser tests, so the statement never says more than they do. What people have
tested and what is known not to work stands in accessibility.yml beside mkdocs.yml.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import assets, located
from .folder import Folder
from .lists import ListOf
from .located import Origin
from .mappings import RecordOf
from .problems import Problem
from .scalars import Day, Matching, OneOf, Text
from .shapes import INVALID, Record, key

FILE = "accessibility.yml"
RESULTS = "accessibility.json"
PARTIALLY, NOT, FULLY = "partially", "not", "fully"
_NAME = Text(markdown=False, max=255)
_TEXT = Text(markdown=False, max=2000)


@dataclass(frozen=True, kw_only=True)
class AuditRecord(Record):
    on: str = key(Day(), "When")
    by: str = key(_NAME, "Who tested")
    how: str = key(_TEXT, "What was tested, with what, and how the sample was chosen")
    found: str = key(_TEXT, "What they found", default="")


@dataclass(frozen=True, kw_only=True)
class IssueRecord(Record):
    what: str = key(_TEXT, "What does not work, and for whom")
    criterion: str = key(
        Matching(r"^[1-4]\.\d\.\d{1,2} .+$", "a success criterion of WCAG", "1.1.1 Non-text content"),
        "Which criterion it fails",
    )
    instead: str = key(_TEXT, "What people can use meanwhile")
    mended_by: str = key(Day(), "When it is to be mended", default="")


@dataclass(frozen=True, kw_only=True)
class StatementRecord(Record):
    status: str = key(OneOf((PARTIALLY, NOT, FULLY)), "How far the site meets WCAG 2.2 AA", default=PARTIALLY)
    prepared_on: str = key(Day(), "When the statement was prepared", default="")
    reviewed_on: str = key(Day(), "When it was last reviewed", default="")
    audits: tuple[AuditRecord, ...] = key(
        ListOf(RecordOf(AuditRecord, "audit", named=False), what="a list of audits"), "Tests with people", default=()
    )
    issues: tuple[IssueRecord, ...] = key(
        ListOf(RecordOf(IssueRecord, "issue", named=False), what="a list of issues"),
        "What is known to fail",
        default=(),
    )
    burden: tuple[str, ...] = key(ListOf(_TEXT), "What would be a disproportionate burden, and why", default=())
    out_of_scope: tuple[str, ...] = key(ListOf(_TEXT), "Content that the regulations leave out", default=())


STATEMENT = RecordOf(StatementRecord, "accessibility.yml", named=False)


@dataclass(frozen=True)
class Checks:
    """One run of the machine: which pages it looked at, how, and the rules that they broke."""

    what: str
    pages: int
    looks: tuple[str, ...]
    """Each a width and, after a comma, a colour scheme."""
    faults: tuple[str, ...]

    @property
    def seen(self) -> str:
        """The looks, by width: "320 pixels wide, light and dark"."""
        schemes: dict[str, list[str]] = {}
        for look in self.looks:
            width, _, scheme = look.partition(", ")
            schemes.setdefault(width, []).append(scheme)
        return "; ".join(f"{width}, {' and '.join(sorted(each, reverse=True))}" for width, each in schemes.items())


@dataclass(frozen=True)
class Machine:
    on: str
    """The day on which the results last changed."""
    tool: str
    checks: tuple[Checks, ...]


@dataclass(frozen=True)
class Statement:
    machine: Machine
    publisher: StatementRecord | None
    """None where nobody has written accessibility.yml."""


def machine(path: Path | None = None) -> Machine:
    written = json.loads((path or assets.package() / RESULTS).read_text(encoding="utf-8"))
    checks = (
        Checks(what, each["pages"], tuple(each["looks"]), tuple(each["faults"]))
        for what, each in written["checks"].items()
    )
    return Machine(written["on"], written["tool"], tuple(checks))


def statement(root: Path, problems: list[Problem]) -> Statement:
    tested = machine()
    if not (root / FILE).is_file():
        return Statement(tested, None)
    folder = Folder(root, ".", problems)
    text = folder.text(FILE)
    node = located.parse(text, Origin(FILE), problems) if text is not None else None
    record: Any = INVALID if node is None else STATEMENT.read(node, FILE, problems)
    if record is INVALID:
        return Statement(tested, None)
    problems += _claims(record, tested)
    return Statement(tested, record)


def _claims(record: StatementRecord, tested: Machine) -> Iterator[Problem]:
    """Nobody is fully compliant because a machine has found nothing."""
    if record.status != FULLY:
        return
    faults = sum(len(check.faults) for check in tested.checks)
    reasons = {
        "no audit with people is named": not record.audits,
        "issues are listed": bool(record.issues or record.burden),
        f"the automatic checks found faults ({faults})": faults > 0,
    }
    for reason, holds in reasons.items():
        if holds:
            message = f"'status' says that the site is fully compliant, and {reason}"
            yield Problem(record.written.at("status"), message, "write: status: partially", "claim")
