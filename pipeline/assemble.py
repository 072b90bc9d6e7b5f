"""Sources → Course: questions get their slots and letters, texts become HTML, blocks find their questions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from . import lock as locks
from .blocks import BLOCKS, QuizRecord
from .cache import digest
from .course import Block, Completion, Course, Fact, Outcome, Override, Page, Retired
from .documents.document import documents
from .lock import Lock, LockedQuestion
from .markdown import Renderer
from .practice.making import Making
from .problems import Problem
from .publisher import NOBODY, Publisher
from .questions import TYPES, Parts, QuestionRecord
from .questions.assembled import question
from .records import FactRecord
from .sources import LoadedBlock, LoadedPage, Sources

_CITED = re.compile(r'<cite data-fact="([^"]+)">')


@dataclass(frozen=True)
class _Asked:
    record: QuestionRecord
    parts: Parts


@dataclass(frozen=True)
class _PlannedBlock:
    id: str
    loaded: LoadedBlock
    questions: tuple[_Asked, ...]
    retired: tuple[_Asked, ...]


def course_iri(iri_base: str, ident: str) -> str:
    """What the ids of a masterclass's activities begin with."""
    return f"{iri_base.rstrip('/')}/masterclasses/{ident}"


def assemble(sources: Sources, iri_base: str, problems: list[Problem], publisher: Publisher = NOBODY) -> Course:
    planned = [_blocks(page, sources, problems) for page in sources.pages]
    lock = _lock(sources, planned)
    check_at = next(
        (n for n, blocks in enumerate(planned) if any(b.loaded.name == "final-check" for b in blocks)), None
    )
    pages = tuple(
        _page(page, blocks, lock, sources, problems, _counts(page, n, check_at))
        for n, (page, blocks) in enumerate(zip(sources.pages, planned, strict=True))
    )
    record = sources.record
    return Course(
        id=record.id,
        title=record.title,
        version=record.version,
        language=record.language,
        summary=record.summary,
        minutes=int(record.minutes),
        domains=tuple((name, float(weight)) for name, weight in record.domains),
        outcomes=tuple(
            Outcome(o.id, o.domain, o.text, _taught_on(o.id, sources.pages, pages)) for o in record.outcomes
        ),
        pass_mark=float(record.pass_mark),
        complete_when=_completion(sources, pages, check_at),
        pages=pages,
        facts=tuple(_fact(fact) for fact in sources.facts),
        retired=_retired(lock, planned),
        documents=documents(sources.documents, sources.renderer),
        media=sources.media,
        owner=record.owner,
        reviewed_on=record.reviewed_on,
        review_by=record.review_by,
        problems=record.problems or publisher.problems,
        iri=course_iri(iri_base, record.id),
        lineage=sources.lock.lineage if sources.lock else _draft_lineage(lock),
        source=record.written.source,
        address=f"{publisher.site.rstrip('/')}/masterclasses/{record.id}/" if publisher.site else "",
        directories=publisher.directories,
    )


def _fact(record: FactRecord) -> Fact:
    return Fact(
        key=record.key_,
        text=record.text,
        source_name=record.source,
        url=record.url,
        as_of=record.as_of,
        status=record.status,
        volatile=record.volatile,
        review_by=record.review_by,
        owner=record.owner,
        source=record.written.source,
        override=Override(record.override.until, record.override.why) if record.override else None,
    )


def _counts(page: LoadedPage, number: int, check_at: int | None) -> bool:
    return not page.record.purpose and (check_at is None or number <= check_at)


def next_lock(sources: Sources) -> Lock:
    """The lock that releasing these sources writes; for sources without problems."""
    ignored: list[Problem] = []
    return _lock(sources, [_blocks(page, sources, ignored) for page in sources.pages])


def _lock(sources: Sources, planned: list[tuple[_PlannedBlock, ...]]) -> Lock:
    """Slots, letters and revisions as of now; of two questions with one id (a problem) the first counts."""
    asked = [(a.record, a.parts) for blocks in planned for b in blocks for a in (*b.questions, *b.retired)]
    unique = list({record.id: (record, parts) for record, parts in reversed(asked)}.values())[::-1]
    page_ids = tuple(page.record.id for page in sources.pages)
    return locks.updated(sources.record.version, sources.record.id, sources.lock, page_ids, unique, _kept(planned))


def _kept(planned: list[tuple[_PlannedBlock, ...]]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Blocks whose work resume strings keep, with the names of what can be done in them."""
    named = ((b.id, b.loaded.name, BLOCKS[b.loaded.name].kept(b.loaded.record)) for blocks in planned for b in blocks)
    return tuple((ident, name, names) for ident, name, names in named if names)


def _draft_lineage(lock: Lock) -> str:
    """Changes with every change of structure, since an unreleased course promises no stable slots."""
    return locks.fingerprint(
        lock.pages,
        {k: (q.slot, q.type, q.options, q.targets, q.answers) for k, q in lock.questions.items()},
        *((ident, block.slot, block.names) for ident, block in lock.blocks.items()),
    )[:6]


def _blocks(page: LoadedPage, sources: Sources, problems: list[Problem]) -> tuple[_PlannedBlock, ...]:
    planned: list[_PlannedBlock] = []
    for loaded in page.blocks:
        if loaded is None:
            planned.append(
                _PlannedBlock("", LoadedBlock("quiz", QuizRecord(written=page.record.written), page.source), (), ())
            )
            continue
        same = sum(b.loaded.name == loaded.name for b in planned)
        ident = loaded.record.id or f"{page.record.id}-{loaded.name}" + (f"-{same + 1}" if same else "")
        records = BLOCKS[loaded.name].asked(loaded.record, sources.questions, problems)
        asked = [_Asked(record, TYPES[record.type].parts(record, problems)) for record in records]
        planned.append(
            _PlannedBlock(
                ident,
                loaded,
                tuple(a for a in asked if a.record.retired is None),
                tuple(a for a in asked if a.record.retired is not None),
            )
        )
    return tuple(planned)


def _page(
    page: LoadedPage,
    planned: tuple[_PlannedBlock, ...],
    lock: Lock,
    sources: Sources,
    problems: list[Problem],
    counts: bool,
) -> Page:
    locked = [(a.record.id, lock.questions[a.record.id]) for b in planned for a in b.questions]
    kept = [(b.id, lock.blocks[b.id]) for b in planned if b.id in lock.blocks]
    page_digest = digest(sources.digest, page.digest, repr(locked), repr(kept), str(counts))

    def make() -> tuple[Page, list[Problem]]:
        found: list[Problem] = []
        return _made_page(page, planned, lock, sources.renderer, found, counts, page_digest), found

    made, found = sources.cache.get(digest("assembled", page_digest), make)
    problems += found
    return made


def _made_page(
    page: LoadedPage,
    planned: tuple[_PlannedBlock, ...],
    lock: Lock,
    renderer: Renderer,
    problems: list[Problem],
    counts: bool,
    page_digest: str,
) -> Page:
    blocks = tuple(_block(b, lock, renderer, problems) for b in planned)
    body = re.sub(r"<!--block:(\d+)-->", lambda m: f"<!--block:{blocks[int(m[1])].id}-->", page.rendered.html)
    return Page(
        id=page.record.id,
        slot=lock.pages[page.record.id],
        title=page.record.title,
        minutes=int(page.record.minutes),
        counts=counts,
        body=Markup(body),
        headings=page.rendered.headings,
        blocks=tuple(b for b in blocks if b.id),
        facts=tuple(dict.fromkeys(_CITED.findall(body))),
        digest=page_digest,
        source=page.source,
        after=int(page.record.after),
    )


def _block(planned: _PlannedBlock, lock: Lock, renderer: Renderer, problems: list[Problem]) -> Block:
    rules = BLOCKS[planned.loaded.name].rules(planned.loaded.record)
    # A paper is handed in as a whole, and then drawn anew.
    purpose = "" if rules.blueprint else rules.purpose
    return Block(
        id=planned.id,
        type=planned.loaded.name,
        purpose=rules.purpose,
        questions=tuple(
            question(a.record, a.parts, _locked(a, lock), renderer, problems, purpose) for a in planned.questions
        ),
        draw=rules.draw,
        blueprint=rules.blueprint,
        always=rules.always,
        source=planned.loaded.source,
        content=BLOCKS[planned.loaded.name].content(
            planned.loaded.record, Making(planned.id, lock.blocks.get(planned.id), renderer, problems)
        ),
    )


def _locked(asked: _Asked, lock: Lock) -> LockedQuestion:
    """What the lock says of a question; of a second one with the same id (which is a problem) what it would say."""
    locked, parts = lock.questions[asked.record.id], asked.parts
    ids = {*(o.id for o in (*parts.options, *parts.targets)), *(answer.id for answer in parts.answers)}
    if ids <= {*locked.options, *locked.targets, *locked.answers}:
        return locked
    return locks.locked_question(asked.record, parts, None, locked.slot)


def _taught_on(outcome: str, loaded: tuple[LoadedPage, ...], pages: tuple[Page, ...]) -> tuple[str, ...]:
    """Pages that say they teach it; when none does, pages whose practice questions test it."""
    said = tuple(page.record.id for page in loaded if outcome in page.record.outcomes)
    return said or tuple(
        page.id
        for page in pages
        if any(b.purpose == "practice" and any(q.outcome == outcome for q in b.questions) for b in page.blocks)
    )


def _completion(sources: Sources, pages: tuple[Page, ...], check_at: int | None) -> tuple[Completion, ...]:
    """``all`` is every page before the final check, or every page when there is none."""
    every = tuple(page.id for n, page in enumerate(pages) if page.counts and (check_at is None or n < check_at))
    written = sources.record.complete_when
    ways = [
        Completion(every if way.pages is None else way.pages, way.final_check == "passed", way.scenario, way.plan)
        for way in written
    ]
    return tuple(ways) or (Completion(every, not every),)


def _retired(lock: Lock, planned: list[tuple[_PlannedBlock, ...]]) -> tuple[Retired, ...]:
    asked = {a.record.id for blocks in planned for b in blocks for a in b.questions}
    return tuple(Retired(q.slot, q.type) for ident, q in lock.questions.items() if ident not in asked)
