"""What the generated parts of a page are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..accessibility import Statement
from ..course import Course
from ..publisher import Publisher
from ..skills import Skill


@dataclass(frozen=True)
class Shown:
    courses: tuple[Course, ...]
    publisher: Publisher
    statement: Statement
    domains: Mapping[str, str]
    """Titles of domains; one that is missing is called by its id."""
    skills: tuple[Skill, ...]
    """What leaders need to be skilled at; none when the site does not say."""
    address: Callable[[Course, str], str]
    """Of a page of a masterclass (its overview: ``""``), seen from the page that is being made."""
    folder: Callable[[Course], str]
    """Where the masterclass's own files are; ends in a slash."""
    own: Callable[[str], str]
    """Of a page of the site by the path of its source; nothing when there is none."""

    def domain(self, ident: str) -> str:
        return self.domains.get(ident) or ident.replace("-", " ").capitalize()
