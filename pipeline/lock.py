"""``masterclass.lock``: which slot, letters and key revision every published id has, for ever.

Resume strings and SCORM 1.2 responses name questions by slot and options by letter, so both are appended to and
never reused. A course without a lock uses the order in which things are written.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .course import Source
from .problems import Problem
from .questions.common import Parts, QuestionRecord, ScoredRecord

LOCK_FILE = "masterclass.lock"
_FORMAT = 1


@dataclass(frozen=True)
class LockedQuestion:
    slot: int
    type: str
    revision: int
    key: str
    """Fingerprint of the key at that revision."""
    options: dict[str, str]
    targets: dict[str, str]
    answers: dict[str, str]
    retired: bool


@dataclass(frozen=True)
class LockedBlock:
    """A block whose work is kept in resume strings, such as a scenario."""

    slot: int
    type: str
    names: dict[str, int]
    """What a learner can do in it, each with a number that is never used for anything else."""


@dataclass(frozen=True)
class Lock:
    version: str
    """The version released last."""
    lineage: str
    pages: dict[str, int]
    questions: dict[str, LockedQuestion]
    blocks: dict[str, LockedBlock] = field(default_factory=dict)


def read_lock(folder: Path, name: str, problems: list[Problem]) -> Lock | None:
    path = folder / LOCK_FILE
    if not path.is_file():
        return None
    where = Source(f"{name}/{LOCK_FILE}")
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != _FORMAT:
            hint = "install the version of masterclass that wrote it, or a newer one"
            problems.append(Problem(where, f"this lock file has the format {found['format']}", hint, "lock"))
            return None
        questions = {key: LockedQuestion(**value) for key, value in found["questions"].items()}
        blocks = {key: LockedBlock(**value) for key, value in found.get("blocks", {}).items()}
        lock = Lock(found["version"], found["lineage"], found["pages"], questions, blocks)
        if _sound(lock):
            return lock
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    hint = "restore it from version control; without it learners lose their place"
    problems.append(Problem(where, "this lock file is damaged", hint, "lock"))
    return None


def _sound(lock: Lock) -> bool:
    """Whether a lock that somebody may have edited or merged holds what a release writes."""
    slots = [q.slot for q in lock.questions.values()]
    tables = [table for q in lock.questions.values() for table in (q.options, q.targets, q.answers)]
    return (
        re.fullmatch(r"\d+\.\d+\.\d+", lock.version) is not None
        and re.fullmatch(r"[\w-]{6}", lock.lineage, re.ASCII) is not None
        and all(type(slot) is int and slot >= 0 for slot in (*slots, *lock.pages.values()))
        and len(set(slots)) == len(slots)
        and len(set(lock.pages.values())) == len(lock.pages)
        and all(re.fullmatch(r"[a-z]", letter) for table in tables for letter in table.values())
        and all(len(set(table.values())) == len(table) for table in tables)
        and all(type(q.revision) is int and type(q.type) is str for q in lock.questions.values())
        and len({block.slot for block in lock.blocks.values()}) == len(lock.blocks)
        and all(
            type(number) is int and number >= 0
            for block in lock.blocks.values()
            for number in (block.slot, *block.names.values())
        )
        and all(len(set(block.names.values())) == len(block.names) for block in lock.blocks.values())
    )


def as_text(lock: Lock) -> str:
    written = {
        "format": _FORMAT,
        "version": lock.version,
        "lineage": lock.lineage,
        "pages": lock.pages,
        "questions": {key: vars(question) for key, question in lock.questions.items()},
        **({"blocks": {key: vars(block) for key, block in lock.blocks.items()}} if lock.blocks else {}),
    }
    return json.dumps(written, indent=1, ensure_ascii=False) + "\n"


def fingerprint(*parts: Any) -> str:
    """Of plain values: texts, numbers, tuples, lists, dicts."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def key_fingerprint(parts: Parts, partial: bool = False) -> str:
    """Changes exactly when some response is graded differently."""
    answers = [(a.id, a.correct, a.value, a.tolerance, sorted(a.accept)) for a in parts.answers]
    return fingerprint(sorted(parts.key), sorted(answers), parts.fold_case, parts.fold_spaces, partial)


def letters(ids: tuple[str, ...], locked: dict[str, str]) -> dict[str, str]:
    """Letters of today's ids: the locked ones kept, new ones after the last ever given."""
    given = dict(locked)
    free = max((ord(letter) for letter in locked.values()), default=ord("a") - 1) + 1
    for ident in ids:
        if ident not in given:
            given[ident] = chr(free)
            free += 1
    return given


def locked_question(record: QuestionRecord, parts: Parts, before: LockedQuestion | None, slot: int) -> LockedQuestion:
    """The lock entry a question has now, whether or not it is written down yet."""
    key = key_fingerprint(parts, isinstance(record, ScoredRecord) and record.partial)
    revision = 1 if before is None else before.revision + (before.key != key)
    return LockedQuestion(
        slot=slot,
        type=record.type,
        revision=revision,
        key=key,
        options=letters(tuple(o.id for o in parts.options), before.options if before else {}),
        targets=letters(tuple(t.id for t in parts.targets), before.targets if before else {}),
        answers=letters(tuple(a.id for a in parts.answers), before.answers if before else {}),
        retired=record.retired is not None,
    )


def locked_block(type_: str, names: tuple[str, ...], before: LockedBlock | None, slot: int) -> LockedBlock:
    given = dict(before.names) if before else {}
    for name in names:
        given.setdefault(name, max(given.values(), default=-1) + 1)
    return LockedBlock(before.slot if before else slot, type_, given)


def updated(
    version: str,
    course: str,
    before: Lock | None,
    pages: tuple[str, ...],
    asked: list[tuple[QuestionRecord, Parts]],
    kept: tuple[tuple[str, str, tuple[str, ...]], ...] = (),
) -> Lock:
    """The lock a release of `asked` would write: everything ever locked, then what is new in source order.

    `kept` are the blocks with work of their own: id, type, and the names of what can be done in them.
    """
    page_slots = dict(before.pages) if before else {}
    for page in pages:
        page_slots.setdefault(page, max(page_slots.values(), default=-1) + 1)
    questions = dict(before.questions) if before else {}
    free = max((q.slot for q in questions.values()), default=-1) + 1
    for record, parts in asked:
        old = questions.get(record.id)
        questions[record.id] = locked_question(record, parts, old, old.slot if old else free)
        free += old is None
    blocks = dict(before.blocks) if before else {}
    for ident, type_, names in kept:
        slot = max((block.slot for block in blocks.values()), default=-1) + 1
        blocks[ident] = locked_block(type_, names, blocks.get(ident), slot)
    lineage = before.lineage if before else fingerprint(course, "1")[:6]
    return Lock(version, lineage, page_slots, questions, blocks)
