"""Load → check → assemble → render → package, and the table of what was made. Disk is touched at the two ends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from . import project, resume, schemas
from .cache import Cache, digest
from .catalogue import catalogue
from .course import Course
from .files import Member, member, sha256, swap_in, workspace, write, zipped
from .package import content, dated, file_name, package
from .problems import Problem, has_errors
from .render import RenderedCourse, render
from .settings import Settings
from .side_channel import Side
from .targets import FORMATS, PRESET_FORMATS, TARGETS

CACHES = ".cache"
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """One thing a build has made; the fields are the keys of ``build --json``."""

    course: str
    format: str
    path: str
    bytes: int
    sha256: str
    pages: int
    questions: int
    suspend_chars: int


@dataclass(frozen=True)
class Wanted:
    courses: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    preset: str = ""
    release: date | None = None
    """The day on which what is built must be fit to publish; None for a draft."""


def steps(wanted: Wanted, courses: int) -> int:
    """How many times a build reports progress, for the progress bar."""
    packages = sum(format_ in TARGETS for format_ in wanted.formats)
    return courses * (1 + packages) + ("site" in wanted.formats)


def build(
    settings: Settings, out: Path, wanted: Wanted, problems: list[Problem], progress: Progress = lambda _: None
) -> list[Made]:
    """Everything `wanted` into `out`, or nothing when a problem is an error."""
    courses = project.courses(replace(settings, caches=out / CACHES), wanted.courses, problems, wanted.release)
    if has_errors(problems):
        return []
    rendered = []
    made: list[Made] = []
    with workspace(out) as folder:
        for course, cache in courses:
            progress(course.title)
            rendered.append(render(course, cache))
            side = Side.of(settings.lrs, course.id, settings.iri_base) if settings.lrs else None
            made += _packages(rendered[-1], wanted, folder / "packages", out, cache, progress, side)
            cache.save()
        (folder / "catalogue.json").write_text(
            json.dumps(catalogue([each.course for each in rendered]), ensure_ascii=False) + "\n", encoding="utf-8"
        )
        write(folder / "schemas", schemas.files())
        if "site" in wanted.formats:
            progress("site")
            made += _site(settings, rendered, folder / "site", out)
        _publish(folder, out, whole=not wanted.courses and set(wanted.formats) == set(FORMATS))
    return made


def _packages(
    rendered: RenderedCourse,
    wanted: Wanted,
    folder: Path,
    out: Path,
    cache: Cache,
    progress: Progress,
    side: Side | None,
) -> list[Made]:
    course = rendered.course
    made = []

    def pack(file: bytes) -> Member:
        return cache.get(digest("member", file), lambda: member(file))

    folder.mkdir(exist_ok=True)
    shared = content(rendered)
    for format_ in wanted.formats:
        if format_ not in TARGETS:
            continue
        preset = wanted.preset if format_ in PRESET_FORMATS else ""
        progress(TARGETS[format_].TITLE)
        packed = zipped(package(rendered, shared, TARGETS[format_], preset, side), pack, dated(course))
        name = file_name(course, format_, preset)
        (folder / name).write_bytes(packed)
        made.append(_made(course, format_, out / "packages" / name, len(packed), sha256(packed)))
    return made


def _made(course: Course, format_: str, path: Path, size: int, digest: str) -> Made:
    questions = sum(len(block.questions) for page in course.pages for block in page.blocks)
    return Made(
        course.id, format_, path.as_posix(), size, digest, len(course.pages), questions, resume.worst_case(course)
    )


def _site(settings: Settings, rendered: list[RenderedCourse], folder: Path, out: Path) -> list[Made]:
    from .plugin import building  # imports MkDocs, which takes longer than all our packages

    building.build_site(settings, rendered, folder)
    made = []
    for each in rendered:
        size, digest_ = _weighed(folder / "masterclasses" / each.course.id)
        made.append(_made(each.course, "site", out / "site" / "masterclasses" / each.course.id, size, digest_))
    return made


def _weighed(folder: Path) -> tuple[int, str]:
    """Bytes of a folder's files, and a digest of their names and contents."""
    size, found = 0, hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        size += len(content)
        found.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return size, found.hexdigest()


def _publish(made: Path, out: Path, whole: bool) -> None:
    """Swap what was made in; a build of everything also removes packages of earlier versions."""
    swap_in(made / "schemas", out / "schemas")
    if (made / "site").exists():
        swap_in(made / "site", out / "site")
    if whole:
        swap_in(made / "packages", out / "packages")
    else:
        (out / "packages").mkdir(exist_ok=True)
        for path in (made / "packages").iterdir():
            path.replace(out / "packages" / path.name)
    (made / "catalogue.json").replace(out / "catalogue.json")


def as_json(made: list[Made]) -> str:
    return json.dumps([asdict(each) for each in made], indent=2)
