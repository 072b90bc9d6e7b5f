"""The table of packages. A target is a module that names its adapter and makes its manifest; the rest is shared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..course import Course
from ..files import File
from . import cmi5, scorm12, scorm2004, xapi


class Target(Protocol):
    TITLE: str
    ADAPTER: str
    """The player's adapter for it."""
    CSP: str
    SIDE_CHANNEL: bool
    """Whether its packages can speak to an LRS beside the LMS; others speak to one already."""

    def manifest(self, course: Course, names: list[str]) -> list[File]:
        """The files that make a folder of pages a package: `names` are the paths already in it, index.html first."""
        ...


TARGETS: dict[str, Target] = {"scorm12": scorm12, "scorm2004": scorm2004, "cmi5": cmi5, "xapi": xapi}
FORMATS = ("site", *TARGETS)
"""What can be built: the site, and a package for each target."""


@dataclass(frozen=True)
class Preset:
    """What learners in one kind of LMS are told, since the LMS itself will not."""

    title: str
    note: str


PRESETS: dict[str, Preset] = {
    "learning-hub": Preset(
        "NHS Learning Hub",
        "On the Learning Hub your place and answers are kept until you finish. After that a new start begins empty, "
        "so print or note what you want to keep before you close this window.",
    ),
    "moodle": Preset(
        "Moodle",
        "In Moodle your answers are saved as you give them. When you close this window, your course page may need to "
        "be reloaded before it shows your new status.",
    ),
}
PRESET_FORMATS = ("scorm12",)
