"""The few settings that say how a project's masterclasses are published."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from .publisher import NOBODY, Publisher
from .side_channel import SideChannel

INVALID_BASE = "https://masterclass.invalid"
"""Stands in activity ids where nobody has said what the site's address is; '.invalid' can never be one."""


class Unusable(click.ClickException):
    """Something outside the masterclasses stands in the way."""


@dataclass(frozen=True)
class Settings:
    root: Path
    masterclasses: Path
    iri_base: str = INVALID_BASE
    config_file: Path | None = None
    """mkdocs.yml, when there is one."""
    publisher: Publisher = NOBODY
    caches: Path | None = None
    """Folder where what was worked out is kept for the next run; None keeps nothing."""
    lrs: SideChannel | None = None
    """What SCORM packages tell beside their LMS."""
    repository: str = ""
    """Address of the repository of the sources, when mkdocs.yml names one."""

    def shown(self, folder: Path) -> str:
        """A folder as authors name it: from where the project is, with forward slashes."""
        try:
            return folder.resolve().relative_to(self.root.resolve()).as_posix()
        except ValueError:
            return folder.as_posix()
