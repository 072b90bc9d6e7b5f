"""What loading cannot see: whether the words of a masterclass agree with each other.

Each check is a function of the sources and the course; CHECKS is the list of all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from . import resume
from .blocks import FinalCheckRecord, QuizRecord
from .course import Block, Course, Page, Question, Source
from .load import MASTERCLASS_FILE, LoadedPage, Sources
from .problems import ERROR, WARNING, Problem, did_you_mean

Check = Callable[[Sources, Course], Iterator[Problem]]

_ADDRESS = re.compile(r'<(a|img)\b[^>]*?\b(?:href|src)="([^"]*)"[^>]*>')
_IDS = re.compile(r'\bid="([^"]+)"')
_STYLE = re.compile(r'<[a-z][^>]*\b(style|on[a-z]+)="')


def check(sources: Sources, course: Course) -> list[Problem]:
    return [problem for each in CHECKS for problem in each(sources, course)]


def _blocks(course: Course) -> Iterator[tuple[Page, Block]]:
    return ((page, block) for page in course.pages for block in page.blocks)


def _questions(course: Course) -> Iterator[tuple[Page, Block, Question]]:
    return ((page, block, q) for page, block in _blocks(course) for q in block.questions)


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
    yield from _repeats(((block.id, block.source) for _, block in _blocks(course)), "the block id")
    written = [q for questions in sources.questions.values() for q in questions]
    written += [
        q
        for page in sources.pages
        for b in page.blocks
        if b and isinstance(b.record, QuizRecord)
        for q in b.record.questions
    ]
    yield from _repeats(((q.id, q.written.at("id")) for q in written), "the question id")


def asked_once(sources: Sources, course: Course) -> Iterator[Problem]:
    first: dict[str, Block] = {}
    for _, block, question in _questions(course):
        if first.setdefault(question.id, block) is not block:
            where = first[question.id].source
            yield Problem(
                block.source,
                f"question '{question.id}' is asked in two blocks",
                f"the other block is at {where.path}:{where.line}; use 'ask:' to share out a file's questions",
                "asked-twice",
            )


def not_empty(sources: Sources, course: Course) -> Iterator[Problem]:
    for _, block in _blocks(course):
        if not block.questions:
            yield Problem(
                block.source,
                f"this {block.type} asks no question",
                "add: from: a file of questions, or write them here; retired questions are not asked",
                "empty",
            )


def outcomes_known(sources: Sources, course: Course) -> Iterator[Problem]:
    known = [outcome.id for outcome in course.outcomes]
    for record in _question_records(sources):
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


def _question_records(sources: Sources) -> list[Any]:
    inline = [
        q
        for page in sources.pages
        for b in page.blocks
        if b and isinstance(b.record, QuizRecord)
        for q in b.record.questions
    ]
    return [*(q for questions in sources.questions.values() for q in questions), *inline]


def domains_known(sources: Sources, course: Course) -> Iterator[Problem]:
    weights = dict(sources.record.domains)
    if weights and abs(float(sum(weights.values())) - 1) > 0.005:
        yield Problem(
            sources.record.written.at("domains"),
            f"the domains' weights add up to {sum(weights.values())}, expected 1",
            "",
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
    for page, loaded in zip(course.pages, sources.pages, strict=True):
        for key in page.facts:
            if key not in known:
                yield Problem(
                    loaded.line_of(f"@{key}"),
                    f"[@{key}] cites a fact that facts.yml does not have",
                    did_you_mean(key, known),
                    "unknown-fact",
                )
    for record in _question_records(sources):
        for key in record.source:
            if key not in known:
                yield Problem(
                    record.written.at("source"),
                    f"question '{record.id}' names the fact '{key}', which facts.yml does not have",
                    did_you_mean(key, known),
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


def drawable(sources: Sources, course: Course) -> Iterator[Problem]:
    for _, block in _blocks(course):
        record = _record_of(sources, block)
        if isinstance(record, QuizRecord) and block.draw is not None and block.draw > len(block.questions):
            yield Problem(
                record.written.at("draw"),
                f"'draw' asks for {block.draw} questions, but there are {len(block.questions)}",
                "",
                "count",
            )
        if isinstance(record, FinalCheckRecord):
            yield from _paper(block, record, course)


def _paper(block: Block, record: FinalCheckRecord, course: Course) -> Iterator[Problem]:
    known = [outcome.id for outcome in course.outcomes]
    at = record.written.at("draw")
    scored = [q for q in block.questions if q.scored]
    for outcome, wanted in block.blueprint:
        bank = sum(q.outcome == outcome for q in scored)
        if outcome not in known:
            yield Problem(
                at,
                f"'draw' names the outcome '{outcome}', which masterclass.yml does not have",
                did_you_mean(outcome, known),
                "unknown-id",
            )
        elif bank < wanted:
            yield Problem(
                at,
                f"'draw' wants {wanted} questions of outcome '{outcome}', but the bank has {bank}",
                "write more questions, or draw fewer",
                "count",
            )
    blueprint = dict(block.blueprint)
    by_id = {q.id: q for q in block.questions}
    for ident in block.always:
        if ident not in by_id:
            yield Problem(
                record.written.at("always"),
                f"'always' names '{ident}', which is not in the bank",
                did_you_mean(ident, by_id),
                "unknown-id",
            )
    for outcome, wanted in block.blueprint:
        fixed = [i for i in block.always if i in by_id and by_id[i].outcome == outcome]
        if len(fixed) > wanted:
            yield Problem(
                record.written.at("always"),
                f"'always' names {len(fixed)} questions of outcome '{outcome}', but 'draw' asks for {wanted}",
                "",
                "count",
            )
    for question in block.questions:
        if not question.scored:
            yield Problem(
                question.source,
                f"question '{question.id}' is not scored and cannot stand in a final check",
                "move it to a quiz block",
                "wrong-kind",
            )
        elif question.outcome in known and question.outcome not in blueprint:
            yield Problem(
                question.source,
                f"question '{question.id}' can never be drawn: 'draw' has no number for outcome '{question.outcome}'",
                "",
                "never-drawn",
                WARNING,
            )


def _record_of(sources: Sources, block: Block) -> Any:
    return next(b.record for page in sources.pages for b in page.blocks if b and b.source == block.source)


def one_final_check(sources: Sources, course: Course) -> Iterator[Problem]:
    checks = [block for _, block in _blocks(course) if block.type == "final-check"]
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


def twins_known(sources: Sources, course: Course) -> Iterator[Problem]:
    purposes = {question.id: block.purpose for _, block, question in _questions(course)}
    for record in _question_records(sources):
        twin = record.twin_of
        if twin and purposes.get(twin) != "pre":
            found = "does not exist" if twin not in purposes else f"is asked with purpose '{purposes[twin]}'"
            yield Problem(
                record.written.at("twin_of"),
                f"'twin_of' of question '{record.id}' must name a pre-question; '{twin}' {found}",
                did_you_mean(twin, [q for q, p in purposes.items() if p == "pre"]),
                "unknown-id",
            )


def completable(sources: Sources, course: Course) -> Iterator[Problem]:
    known = {page.id: page for page in course.pages}
    for way in sources.record.complete_when:
        if way.pages == () and not way.final_check:
            yield Problem(
                way.written.source,
                "this way to complete asks for nothing",
                "write: complete_when: {pages: all}",
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
                yield Problem(
                    way.written.at("pages"),
                    f"page '{page}' comes after the final check and cannot count towards completion",
                    "",
                    "wrong-kind",
                )


def links_resolve(sources: Sources, course: Course) -> Iterator[Problem]:
    pages = {page.id: page for page in course.pages}
    media = {name for name, _ in course.media}
    ids = {page.id: set(_IDS.findall(page.body)) for page in course.pages}
    for page, loaded in zip(course.pages, sources.pages, strict=True):
        for tag, address in _ADDRESS.findall(page.body):
            yield from _address(
                tag, unescape(address), loaded.line_of(_as_written(loaded, unescape(address))), page, pages, media, ids
            )
        for image in re.findall(r"<img\b[^>]*>", page.body):
            if not re.search(r'\balt="[^"]+"', image):
                name = re.search(r'src="([^"]*)"', image)
                yield Problem(
                    loaded.line_of(name[1] if name else "!["),
                    "this image has no text alternative",
                    "write what it shows: ![what it shows](media/…)",
                    "missing-alt",
                )
        styled = _STYLE.search(page.body)
        if styled:
            yield Problem(
                loaded.line_of(styled[1]),
                f"'{styled[1]}' attributes do not work under the packages' security policy",
                "remove it; use a class",
                "bad-attribute",
            )
    for page, _, question in _questions(course):
        for text in _texts(question):
            if "<a" in text or "<img" in text:
                for tag, address in _ADDRESS.findall(text):
                    yield from _address(tag, unescape(address), question.source, page, pages, media, ids)


def _as_written(loaded: LoadedPage, address: str) -> str:
    """Markdown may have percent-encoded an address; the line is found by how it starts."""
    return address if address in loaded.text else address.split("%")[0]


def _texts(question: Question) -> Iterator[str]:
    yield from (question.prompt, question.more, question.hint, question.correct_feedback, question.incorrect_feedback)
    for option in (*question.options, *question.targets):
        yield from (option.text, option.feedback)
    yield from (answer.feedback for answer in question.answers)


def _address(
    tag: str,
    address: str,
    source: Source,
    page: Page,
    pages: Mapping[str, Page],
    media: set[str],
    ids: Mapping[str, set[str]],
) -> Iterator[Problem]:
    scheme, netloc, path, _, fragment = urlsplit(address) if _splits(address) else ("invalid", "", address, "", "")
    if scheme == "page":
        if path not in pages:
            yield Problem(
                source,
                f"the link '{address}' leads to a page that does not exist",
                did_you_mean(path, pages),
                "broken-link",
            )
        elif fragment and fragment not in ids[path]:
            yield Problem(
                source, f"page '{path}' has no heading '#{fragment}'", did_you_mean(fragment, ids[path]), "broken-link"
            )
    elif scheme in ("http", "https", "mailto", "tel"):
        if tag == "img":
            yield Problem(
                source,
                f"the image '{address}' is on another site; packages must work without it",
                "copy it to media/ and name it here",
                "remote-media",
            )
    elif scheme or netloc:
        yield Problem(
            source,
            f"the link '{address}' is not allowed",
            "links begin with https://, mailto:, page: or media/",
            "broken-link",
        )
    elif not path:
        if fragment not in ids[page.id]:
            yield Problem(
                source, f"this page has no heading '#{fragment}'", did_you_mean(fragment, ids[page.id]), "broken-link"
            )
    elif path not in media:
        hint = (
            did_you_mean(path, media)
            if path.startswith("media/")
            else "link to pages as page:ID and to files as media/NAME"
        )
        what = "image" if tag == "img" else "link"
        yield Problem(
            source, f"the {what} '{address}' does not lead to a file of this masterclass", hint, "broken-link"
        )


def _splits(address: str) -> bool:
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def headings(sources: Sources, course: Course) -> Iterator[Problem]:
    for page, loaded in zip(course.pages, sources.pages, strict=True):
        for heading in page.headings:
            if heading.level == 1:
                yield Problem(
                    loaded.line_of(f"# {heading.text}"),
                    f"the heading '{heading.text}' has one #; the page's title is already its main heading",
                    f"write: ## {heading.text}",
                    "bad-heading",
                )


def published_ids(sources: Sources, course: Course) -> Iterator[Problem]:
    if sources.lock is None:
        return
    records = {record.id: record for record in _question_records(sources)}
    for ident, locked in sources.lock.questions.items():
        record = records.get(ident)
        if record is None and not locked.retired:
            hint = "put it back and add: retired: {on: 2027-01-31, why: …}"
            near = did_you_mean(ident, [i for i in records if sources.lock and i not in sources.lock.questions])
            yield Problem(
                Source(f"{sources.name}/{MASTERCLASS_FILE}"),
                f"question '{ident}' was published in version {sources.lock.version} and is gone",
                near if near.startswith("did") else hint,
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
    drawable,
    one_final_check,
    twins_known,
    completable,
    links_resolve,
    headings,
    published_ids,
    fits_suspend_data,
)
