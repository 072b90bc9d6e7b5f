"""What loading cannot see: whether the words of a masterclass agree with each other.

Each check is a function of the sources and the course; CHECKS is the list of all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from . import bank, resume, texts
from .blocks import BLOCKS
from .course import Block, Course, Source, blocks, questions
from .documents.check import check as documents_agree
from .practice import following, media, paper, story
from .problems import ERROR, WARNING, Problem, did_you_mean, nearest
from .sources import MASTERCLASS_FILE, Sources

Check = Callable[[Sources, Course], Iterator[Problem]]


def check(sources: Sources, course: Course) -> list[Problem]:
    return [problem for each in CHECKS for problem in each(sources, course)]


def _repeats(named: Iterator[tuple[str, Source]], what: str) -> Iterator[Problem]:
    first: dict[str, Source] = {}
    for ident, source in named:
        if first.setdefault(ident, source) != source:
            where = first[ident]
            yield Problem(
                source,
                f"{what} '{ident}' is used twice",
                f"the first is at {where.path}:{where.line}; change one of them",
                "duplicate-id",
            )


def unique_ids(sources: Sources, course: Course) -> Iterator[Problem]:
    yield from _repeats(((page.record.id, page.record.written.at("id")) for page in sources.pages), "the page id")
    yield from _repeats(((o.id, o.written.at("id")) for o in sources.record.outcomes), "the outcome id")
    yield from _repeats(((f.key_, f.written.at("key")) for f in sources.facts), "the fact key")
    yield from _repeats(((block.id, block.source) for _, block in blocks(course)), "the block id")
    written = ((q.id, q.written.at("id")) for q in sources.question_records())
    yield from _repeats(written, "the question id")


def asked_once(sources: Sources, course: Course) -> Iterator[Problem]:
    # A question written twice is complained about already.
    written = Counter(record.id for record in sources.question_records())
    first: dict[str, Block] = {}
    for _, block in blocks(course):
        for ident, times in Counter(question.id for question in block.questions).items():
            if written[ident] > 1:
                continue
            if times > 1:
                hint = "name it, or its file, once"
                yield Problem(block.source, f"question '{ident}' is asked twice in this block", hint, "asked-twice")
            if first.setdefault(ident, block) is not block:
                where = first[ident].source
                yield Problem(
                    block.source,
                    f"question '{ident}' is asked in two blocks",
                    f"the other block is at {where.path}:{where.line}; use 'ask:' to share out a file's questions",
                    "asked-twice",
                )


def not_empty(sources: Sources, course: Course) -> Iterator[Problem]:
    for _, block in blocks(course):
        if not block.questions and BLOCKS[block.type].asks:
            yield Problem(
                block.source,
                f"this {block.type} asks no question",
                "add: from: a file of questions, or write them here; retired questions are not asked",
                "empty",
            )


def outcomes_known(sources: Sources, course: Course) -> Iterator[Problem]:
    known = [outcome.id for outcome in course.outcomes]
    for record in sources.question_records():
        at = record.written.at("outcome")
        if record.outcome and record.outcome not in known:
            yield Problem(
                at,
                f"question '{record.id}' names the outcome '{record.outcome}', which masterclass.yml does not have",
                did_you_mean(record.outcome, known),
                "unknown-id",
            )
        if not record.outcome and record.type != "rating":
            yield Problem(
                at, f"question '{record.id}' names no outcome", "add: outcome: " + " | ".join(known), "missing-key"
            )
    for page in sources.pages:
        for outcome in page.record.outcomes:
            if outcome not in known:
                yield Problem(
                    page.record.written.at("outcomes"),
                    f"this page names the outcome '{outcome}', which masterclass.yml does not have",
                    did_you_mean(outcome, known),
                    "unknown-id",
                )


def domains_known(sources: Sources, course: Course) -> Iterator[Problem]:
    weights = dict(sources.record.domains)
    if weights and abs(float(sum(weights.values())) - 1) > 0.005:
        yield Problem(
            sources.record.written.at("domains"),
            f"the domains' weights add up to {sum(weights.values())}, expected 1",
            "change the weights so that together they make 1",
            "count",
        )
    for outcome in sources.record.outcomes:
        for domain in outcome.domain:
            if weights and domain not in weights:
                yield Problem(
                    outcome.written.at("domain"),
                    f"outcome '{outcome.id}' names the domain '{domain}', which 'domains' does not have",
                    did_you_mean(domain, weights),
                    "unknown-id",
                )


def facts_known(sources: Sources, course: Course) -> Iterator[Problem]:
    known = {fact.key for fact in course.facts}
    for record in sources.question_records():
        for key in record.source:
            if key not in known:
                yield Problem(
                    record.written.at("source"),
                    f"question '{record.id}' names the fact '{key}', which facts.yml does not have",
                    texts.fact_hint(key, known),
                    "unknown-fact",
                )
        if not record.source and record.type != "rating":
            yield Problem(
                record.written.source,
                f"question '{record.id}' names no source",
                "add: source: [a fact's key]",
                "missing-source",
                WARNING,
            )
    for fact in sources.facts:
        if fact.volatile and not fact.review_by:
            yield Problem(
                fact.written.at("volatile"),
                f"fact '{fact.key_}' is volatile and has no review date",
                "add: review_by: a date like 2027-06-30",
                "missing-key",
            )


def twins_known(sources: Sources, course: Course) -> Iterator[Problem]:
    purposes = {question.id: block.purpose for _, block, question in questions(course)}
    for record in sources.question_records():
        twin = record.twin_of
        if twin and purposes.get(twin) != "pre":
            found = "does not exist" if twin not in purposes else f"is asked with purpose '{purposes[twin]}'"
            yield Problem(
                record.written.at("twin_of"),
                f"'twin_of' of question '{record.id}' must name a pre-question; '{twin}' {found}",
                did_you_mean(twin, [q for q, p in purposes.items() if p == "pre"])
                or "pre-questions stand in a quiz block with: purpose: pre",
                "unknown-id",
            )


def _before_check(course: Course) -> bool:
    return bool(course.pages) and not any(block.type == "final-check" for block in course.pages[0].blocks)


def completable(sources: Sources, course: Course) -> Iterator[Problem]:
    known = {page.id: page for page in course.pages}
    for way in sources.record.complete_when:
        if way.pages == () and not way.final_check and not way.scenario and not way.plan:
            yield Problem(
                way.written.source,
                "this way to complete asks for nothing",
                "write: complete_when: {pages: all}",
                "empty",
            )
        if way.pages is None and not way.final_check and not _before_check(course):
            yield Problem(
                way.written.at("pages"),
                "'pages: all' means the pages before the final check, and there are none",
                "write: {final_check: passed}",
                "empty",
            )
        for page in way.pages or ():
            if page not in known:
                yield Problem(
                    way.written.at("pages"),
                    f"'complete_when' names the page '{page}', which does not exist",
                    did_you_mean(page, known),
                    "unknown-id",
                )
            elif not known[page].counts:
                follows = known[page].after
                why = "is a page to come back to" if follows else "comes after the final check"
                yield Problem(
                    way.written.at("pages"),
                    f"page '{page}' {why} and cannot count towards completion",
                    "take it out" if follows else "take it out, or move the page before the final check",
                    "wrong-kind",
                )


def published_ids(sources: Sources, course: Course) -> Iterator[Problem]:
    if sources.lock is None:
        return
    records = {record.id: record for record in sources.question_records()}
    for ident, locked in sources.lock.questions.items():
        record = records.get(ident)
        if record is None and not locked.retired:
            now = nearest(ident, (i for i in records if i not in sources.lock.questions))
            hint = (
                f"if it is '{now}' now, give it back its id: {ident}"
                if now
                else "put it back and add: retired: {on: 2027-01-31, why: …}"
            )
            yield Problem(
                Source(f"{sources.name}/{MASTERCLASS_FILE}"),
                f"question '{ident}' was published in version {sources.lock.version} and is gone",
                hint,
                "published-id",
            )
        elif record is not None and record.type != locked.type:
            yield Problem(
                record.written.at("type"),
                f"question '{ident}' was published as {locked.type} and is now {record.type}",
                "give it a new id, and retire the old one",
                "published-id",
            )


def fits_suspend_data(sources: Sources, course: Course) -> Iterator[Problem]:
    size = resume.worst_case(course)
    if size > resume.LIMIT:
        message = f"a learner's place in this masterclass can take {size:,} characters; at most {resume.LIMIT:,} are safe in SCORM 1.2"
        yield Problem(
            sources.record.written.source,
            message,
            "ask fewer questions, or split the masterclass",
            "suspend-data",
            ERROR,
        )


CHECKS: tuple[Check, ...] = (
    unique_ids,
    asked_once,
    not_empty,
    outcomes_known,
    domains_known,
    facts_known,
    *bank.CHECKS,
    *story.CHECKS,
    *media.CHECKS,
    *following.CHECKS,
    *paper.CHECKS,
    twins_known,
    completable,
    *texts.CHECKS,
    documents_agree,
    published_ids,
    fits_suspend_data,
)
