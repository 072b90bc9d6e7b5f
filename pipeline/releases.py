"""``masterclass release``: write down what is published, and say what it means for learners half-way through."""

from __future__ import annotations

import json
from pathlib import Path

from . import assemble, load, lock, project
from .catalogue import course_entry
from .lock import LOCK_FILE, Lock
from .problems import Problem, has_errors
from .settings import Settings

CATALOGUES = "releases"


def release(settings: Settings, ident: str, problems: list[Problem], dry_run: bool = False) -> str | None:
    """Write the lock and this version's catalogue; returns what changed in words, None after an error."""
    folder = project.chosen(settings, ident, load.find([settings.masterclasses]))
    checked = project.checked(settings, folder, problems)
    if checked is None or has_errors(problems):
        return None
    sources = load.load(folder, [], settings.shown(folder))
    assert sources is not None
    before, after = sources.lock, assemble.next_lock(sources)
    if before is not None and before.version == after.version and before != after:
        at = sources.record.written.at("version")
        hint = f"write: version: {_next(after.version)}"
        problems.append(
            Problem(
                at,
                f"version {after.version} is released already and the masterclass has changed since",
                hint,
                "version",
            )
        )
        return None
    if before is not None and _numbers(after.version) < _numbers(before.version):
        message = f"version {after.version} is not above {before.version}, which is released already"
        hint = f"write: version: {_next(before.version)}"
        problems.append(Problem(sources.record.written.at("version"), message, hint, "version"))
        return None
    if not dry_run:
        _write(folder / LOCK_FILE, lock.as_text(after))
        entry = json.dumps(course_entry(checked.course), ensure_ascii=False, indent=1) + "\n"
        _write(folder / CATALOGUES / f"{after.version}.json", entry)
    return report(before, after)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _next(version: str) -> str:
    major, minor, _ = version.split(".")
    return f"{major}.{int(minor) + 1}.0"


def report(before: Lock | None, after: Lock) -> str:
    lines = [
        f"Released version {after.version}: {len(after.pages)} pages and {len(after.questions)} questions have fixed ids."
    ]
    if before is None:
        return lines[0] + "\nThis is the first release. Ids that are published now must stay, or be retired.\n"
    lines += _changes(before, after)
    return "\n".join([*lines, "", *_for_learners(before, after)]) + "\n"


def _changes(before: Lock, after: Lock) -> list[str]:
    new = [i for i in after.questions if i not in before.questions]
    rekeyed = [
        i for i, q in after.questions.items() if i in before.questions and q.revision != before.questions[i].revision
    ]
    retired = [
        i
        for i, q in after.questions.items()
        if q.retired and not (i in before.questions and before.questions[i].retired)
    ]
    pages = [i for i in after.pages if i not in before.pages]
    found = {
        "new questions": new,
        "questions with a corrected key": rekeyed,
        "retired questions": retired,
        "new pages": pages,
    }
    return [f"  {what}: {', '.join(idents)}" for what, idents in found.items() if idents] or [
        "  no question or page is new, corrected or retired"
    ]


def _for_learners(before: Lock, after: Lock) -> list[str]:
    lost = [
        i for i, q in after.questions.items() if q.retired and i in before.questions and not before.questions[i].retired
    ]
    loses = f"their answers to {', '.join(lost)}" if lost else "nothing"
    return [
        f"A learner half-way through version {before.version}:",
        "  keeps their place, the pages seen, and every answer to a question that is still asked;",
        f"  loses {loses};",
        "  is marked with the corrected key from the next answer on; what was reported before stays as it was.",
        "In each LMS:",
        "  Moodle: replace the package in the same activity; attempts go on, because the item's identifier is the same.",
        "  NHS Learning Hub: a learner who has not finished goes on; one who has finished starts empty, as always there.",
        "  SCORM 2004 LMSs: update the package in place; a new upload as a new course starts everybody afresh.",
        "  cmi5 and xAPI: the same registration goes on; a new registration starts afresh.",
        "  The site: learners go on in the same browser.",
    ]
