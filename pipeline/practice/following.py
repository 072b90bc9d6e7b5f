"""Whether a plan can be made and come back to: one plan, in time; follow-up pages after everything else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..content import Plan
from ..course import Course, blocks, follow_ups
from ..problems import Problem

if TYPE_CHECKING:
    from ..sources import Sources


def plans(sources: Sources, course: Course) -> Iterator[Problem]:
    found = [(page, block) for page, block in blocks(course) if isinstance(block.content, Plan)]
    for page, block in found:
        if not page.counts:
            message = "a plan after the final check keeps nothing of what a learner does"
            yield Problem(block.source, message, "move it to a page before the final check", "wrong-kind")
    for _, extra in found[1:]:
        first = found[0][1].source
        message = "a masterclass has one plan; this is another"
        yield Problem(extra.source, message, f"the first is at {first.path}:{first.line}", "duplicate-id")
    for way in sources.record.complete_when:
        if way.plan and not found:
            message = "'plan: true' asks for a plan, and no page has one"
            yield Problem(way.written.at("plan"), message, "add a plan block", "wrong-kind")


def pages(sources: Sources, course: Course) -> Iterator[Problem]:
    began = False
    for page in sources.pages:
        record = page.record
        if record.purpose and not record.after:
            message = "this follow-up page does not say when it is for"
            yield Problem(record.written.at("purpose"), message, "add: after: 7 (days after the plan)", "missing-key")
        if record.after and not record.purpose:
            message = "'after' is for follow-up pages"
            yield Problem(record.written.at("after"), message, "add: purpose: follow-up", "missing-key")
        if began and not record.purpose:
            message = f"page '{record.id}' stands after a follow-up page, which nobody is led through"
            yield Problem(page.source, message, "list follow-up pages last", "wrong-kind")
        began = began or bool(record.purpose)
    if began and all(page.record.purpose for page in sources.pages):
        yield Problem(sources.pages[0].source, "there are follow-up pages only", "add a page to begin with", "empty")
    days = [page.after for page in follow_ups(course)]
    for page in sources.pages:
        if page.record.after and days.count(int(page.record.after)) > 1:
            message = f"two follow-up pages are for {page.record.after} days after the plan"
            yield Problem(page.record.written.at("after"), message, "give each its own number of days", "duplicate-id")


def checks(sources: Sources, course: Course) -> Iterator[Problem]:
    """A plan check asks for ratings on a follow-up page: nothing else can be reported without a word of the plan."""
    for page, block in blocks(course):
        if block.type != "plan-check":
            if page.after and block.type == "final-check":
                yield Problem(block.source, "a final check cannot stand on a follow-up page", "move it", "wrong-kind")
            if page.after and block.type == "quiz" and block.purpose != "follow-up":
                message = f"this quiz on a follow-up page is asked with the purpose '{block.purpose}'"
                yield Problem(block.source, message, "write in it: purpose: follow-up", "wrong-kind")
            continue
        if not page.after:
            message = "a plan check stands on a page with 'purpose: follow-up'"
            yield Problem(block.source, message, "move it to one, or use a quiz block", "wrong-kind")
        for question in block.questions:
            if question.type != "rating":
                message = (
                    f"question '{question.id}' of this plan check is {question.type}; a plan check asks ratings only"
                )
                yield Problem(question.source, message, "write: type: rating", "wrong-kind")


CHECKS = (plans, pages, checks)
