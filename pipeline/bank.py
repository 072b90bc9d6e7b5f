"""Checks of draws: whether a block's questions are enough for what it asks of each learner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .blocks import FinalCheckRecord, QuizRecord
from .course import Block, Course, blocks
from .problems import WARNING, Problem, did_you_mean
from .sources import Sources


def drawable(sources: Sources, course: Course) -> Iterator[Problem]:
    for _, block in blocks(course):
        record = _record_of(sources, block)
        if isinstance(record, QuizRecord) and block.draw is not None and block.draw > len(block.questions):
            yield Problem(
                record.written.at("draw"),
                f"'draw' asks for {block.draw} questions, but this block has {len(block.questions)}",
                "draw fewer, or take 'draw' away to ask all",
                "count",
            )
        if isinstance(record, FinalCheckRecord):
            yield from _paper(block, record, course)


def _paper(block: Block, record: FinalCheckRecord, course: Course) -> Iterator[Problem]:
    known = [outcome.id for outcome in course.outcomes]
    yield from _blueprint(block, record, known)
    yield from _always(block, record)
    yield from _bank(block, known)


def _blueprint(block: Block, record: FinalCheckRecord, known: list[str]) -> Iterator[Problem]:
    at = record.written.at("draw")
    scored = [q for q in block.questions if q.scored]
    for outcome, wanted in block.blueprint:
        bank = sum(q.outcome == outcome for q in scored)
        if outcome not in known:
            message = f"'draw' names the outcome '{outcome}', which masterclass.yml does not have"
            yield Problem(at, message, did_you_mean(outcome, known), "unknown-id")
        elif bank < wanted:
            message = f"'draw' wants {wanted} questions of outcome '{outcome}', but the bank has {bank}"
            yield Problem(at, message, "write more questions, or draw fewer", "count")


def _always(block: Block, record: FinalCheckRecord) -> Iterator[Problem]:
    at = record.written.at("always")
    by_id = {q.id: q for q in block.questions}
    for ident in block.always:
        if ident not in by_id:
            yield Problem(
                at, f"'always' names '{ident}', which is not in the bank", did_you_mean(ident, by_id), "unknown-id"
            )
    for outcome, wanted in block.blueprint:
        fixed = [i for i in block.always if i in by_id and by_id[i].outcome == outcome]
        if len(fixed) > wanted:
            message = f"'always' names {len(fixed)} questions of outcome '{outcome}', but 'draw' asks for {wanted}"
            yield Problem(at, message, "draw more of that outcome, or name fewer", "count")


def _bank(block: Block, known: list[str]) -> Iterator[Problem]:
    drawn = dict(block.blueprint)
    for question in block.questions:
        if not question.scored:
            message = f"question '{question.id}' is not scored and cannot stand in a final check"
            yield Problem(question.source, message, "move it to a quiz block", "wrong-kind")
        elif question.outcome in known and question.outcome not in drawn:
            message = (
                f"question '{question.id}' can never be drawn: 'draw' has no number for outcome '{question.outcome}'"
            )
            yield Problem(question.source, message, f"add to 'draw': {question.outcome}: 1", "never-drawn", WARNING)


def _record_of(sources: Sources, block: Block) -> Any:
    return next(b.record for page in sources.pages for b in page.blocks if b and b.source == block.source)


def one_final_check(sources: Sources, course: Course) -> Iterator[Problem]:
    checks = [block for _, block in blocks(course) if block.type == "final-check"]
    for extra in checks[1:]:
        yield Problem(
            extra.source,
            "a masterclass has one final check; this is another",
            f"the first is at {checks[0].source.path}:{checks[0].source.line}",
            "duplicate-id",
        )
    for way in sources.record.complete_when:
        if way.final_check and not checks:
            yield Problem(
                way.written.at("final_check"),
                "'final_check: passed' asks for a final check, and no page has one",
                "add a final-check block",
                "wrong-kind",
            )


CHECKS = (drawable, one_final_check)
