"""A folder with masterclasses in it: which there are, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from . import accessibility, assemble, check, freshness, load, reviews, skills
from .cache import Cache
from .course import Course, Source
from .problems import ERROR, WARNING, Problem, has_errors
from .selfcheck import reading
from .selfcheck.instrument import Instrument
from .settings import INVALID_BASE, Settings
from .sources import MASTERCLASS_FILE
from .writing.lint import lint

_ID = re.compile(r"^[a-z][a-z0-9-]*$")


class Checked(NamedTuple):
    """A course that could be assembled, and what is remembered about it."""

    course: Course
    cache: Cache


def cached(settings: Settings, folder: Path) -> Path | None:
    """Where it is kept what was worked out about a masterclass."""
    return settings.caches / f"{folder.name}.pickle" if settings.caches else None


Read = Callable[[Settings, Path, list[Problem], date | None, bool], Checked | None]


def courses(
    settings: Settings,
    wanted: tuple[str, ...],
    problems: list[Problem],
    release: date | None = None,
    writing: bool = False,
    read: Read | None = None,
) -> list[Checked]:
    """Every masterclass asked for (all without `wanted`) that could be assembled; the problems say what is wrong.

    With `release`, also what would be wrong with publishing them on that day. With `writing`, also what could be
    written better, which no build needs to know. `read` reads each in place of ``checked``.
    """
    one = read or checked
    folders = load.find([settings.masterclasses])
    if wanted:
        folders = [chosen(settings, ident, folders) for ident in dict.fromkeys(wanted)]
    misnamed = [] if wanted else load.misnamed(settings.masterclasses)
    for path in misnamed:
        message = f"this folder is not read: it has no {MASTERCLASS_FILE}"
        hint = f"rename {path.name} to {MASTERCLASS_FILE}"
        problems.append(Problem(Source(settings.shown(path.parent)), message, hint, "missing-file"))
    if not folders and not misnamed:
        where, hint = Source(settings.shown(settings.masterclasses)), "make one with: masterclass new ID"
        problems.append(Problem(where, "there is no masterclass here", hint, "missing-file"))
    found = [each for folder in folders if (each := one(settings, folder, problems, release, writing))]
    whole = not wanted and all(folder.parent == settings.masterclasses for folder in folders)
    if whole and (settings.root / reading.FOLDER).is_dir():  # one masterclass alone does not know what others there are
        _agree(settings, [course for course, _ in found], problems)
    if settings.config_file:
        accessibility.statement(settings.root, problems)
    problems += _publishable(settings, bool(found), release is not None)
    return found


def _agree(settings: Settings, courses: list[Course], problems: list[Problem]) -> None:
    """The self-check and the skills speak of all masterclasses."""
    asked = instrument(settings, problems)
    problems += reading.agree(asked, courses) if asked else []
    practised = skills.read(settings.root / reading.FOLDER, problems)
    problems += skills.agree(practised, courses, asked.modules if asked else ())


def _publishable(settings: Settings, found: bool, release: bool) -> Iterator[Problem]:
    """What mkdocs.yml must say before masterclasses are published."""
    where = Source(settings.shown(settings.config_file) if settings.config_file else "mkdocs.yml")
    if settings.iri_base == INVALID_BASE and found:
        hint = "add to mkdocs.yml: site_url: https://… (or iri_base under the masterclass plugin)"
        message = "activities have no lasting address: neither site_url nor iri_base is set"
        yield Problem(where, message, hint, "no-address", ERROR if release else WARNING)
    if release and settings.config_file and not settings.publisher.reachable:
        hint = "add under the masterclass plugin: publisher: {name: …, email: …}"
        message = "the accessibility statement must name who publishes the site and how to reach them"
        yield Problem(where, message, hint, "no-publisher")
    if release and settings.lrs and not settings.lrs.secure:
        message = f"packages would speak to {settings.lrs.origin} without encryption"
        yield Problem(where, message, "give lrs.endpoint an https address", "not-https")


def instrument(settings: Settings, problems: list[Problem]) -> Instrument | None:
    """The self-check's instrument; None when there is none, or it cannot be used."""
    folder = settings.root / reading.FOLDER
    if not folder.is_dir():
        message, hint = "there is no folder for the self-check here", "its files are described in the authors' guide"
        problems.append(Problem(Source(settings.shown(folder)), message, hint, "missing-file"))
        return None
    return reading.read(folder, settings.masterclasses, settings.shown(settings.masterclasses), problems)


def chosen(settings: Settings, ident: str, folders: list[Path]) -> Path:
    for folder in folders:
        if folder.name == ident or folder == Path(ident) or settings.shown(folder) == ident.rstrip("/"):
            return folder
    known = ", ".join(folder.name for folder in folders) or "none"
    raise click.UsageError(f"there is no masterclass '{ident}'; there are: {known}")


def checked(
    settings: Settings,
    folder: Path,
    problems: list[Problem],
    release: date | None = None,
    writing: bool = False,
    cache: Cache | None = None,
) -> Checked | None:
    before = len(problems)
    cache = cache or Cache(cached(settings, folder))
    sources = load.load(folder, problems, settings.shown(folder), cache)
    if sources is None:
        return None
    course = assemble.assemble(sources, settings.iri_base, problems, settings.publisher)
    course = reviews.reviewed(sources, course)
    found = [*check.check(sources, course), *reviews.check(sources)]
    if release:
        found += freshness.check(sources, course, release)
    if folder.name != course.id and _ID.match(folder.name):
        at = sources.record.written.at("id")
        problems.append(
            Problem(
                at,
                f"the id '{course.id}' and the folder's name '{folder.name}' differ",
                f"rename the folder to {course.id}",
                "folder-name",
                WARNING,
            )
        )
    # A page or file that could not be read makes its links and ids look broken: say what is wrong, not what follows.
    unread = [p.source.path for p in problems[before:] if p.level == ERROR and p.code in _HIDES]
    problems += [
        p for p in found if not (p.code in _FOLLOWS and any(path.endswith(_FOLLOWS[p.code]) for path in unread))
    ]
    if writing and not has_errors(problems[before:]):
        problems += lint(sources, course)
    return Checked(course, cache)


_HIDES = {
    "yaml",
    "wrong-kind",
    "missing-key",
    "unknown-key",
    "unknown-type",
    "encoding",
    "too-large",
    "unclosed-fence",
    "missing-file",
    "bad-id",
    "repeated-key",
    "empty",
    "outside-folder",
    "count",
}
_ANY = ("",)
_FOLLOWS = {
    "unknown-id": _ANY, "unknown-fact": ("facts.yml",), "broken-link": (".md", "masterclass.yml"), "count": _ANY,
    "published-id": _ANY, "empty": _ANY, "never-drawn": _ANY,
}  # fmt: skip
"""What looks broken when a file cannot be read, and the files whose names end so."""
