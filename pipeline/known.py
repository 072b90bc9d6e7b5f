"""Masterclasses that a preview has read already: one whose files are as they were is not read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from . import project
from .cache import Memory
from .problems import Problem
from .project import Checked
from .render import RenderedCourse, render
from .settings import Settings

Stamps = dict[Path, tuple[int, int]]


@dataclass
class _Read:
    stamps: Stamps
    checked: Checked | None
    problems: list[Problem]
    rendered: RenderedCourse | None = None


class Known:
    def __init__(self) -> None:
        self._read: dict[Path, _Read] = {}
        self._caches: dict[Path, Memory] = {}

    def checked(
        self, settings: Settings, folder: Path, problems: list[Problem], release: date | None, writing: bool
    ) -> Checked | None:
        stamps = _stamps(folder)
        read = self._read.get(folder)
        if read is None or read.stamps != stamps:
            said: list[Problem] = []
            cache = self._caches.setdefault(folder, Memory(project.cached(settings, folder)))
            read = _Read(stamps, project.checked(settings, folder, said, release, writing, cache), said)
            self._read[folder] = read
        problems += read.problems
        return read.checked

    def rendered(self, checked: Checked) -> RenderedCourse:
        read = next(read for read in self._read.values() if read.checked is checked)
        if read.rendered is None:
            read.rendered = render(checked.course, checked.cache)
            checked.cache.save()
        return read.rendered


def _stamps(folder: Path) -> Stamps:
    """When its files changed, and those beside it, which several masterclasses may share."""
    found = {path: path.stat() for path in (*folder.rglob("*"), *folder.parent.iterdir()) if path.is_file()}
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in found.items()}
