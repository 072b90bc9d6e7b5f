"""What a block's content is made with."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..content import Prose
from ..course import Source
from ..lock import LockedBlock
from ..markdown import Renderer
from ..problems import Problem
from ..shapes import Record


@dataclass(frozen=True)
class Making:
    block: str
    locked: LockedBlock | None
    """For a block whose work is kept in resume strings."""
    renderer: Renderer
    problems: list[Problem]

    def prose(self, record: Record, name: str) -> Prose:
        """The text at the key `name` of `record` as HTML; nothing when it was left out."""
        text = getattr(record, name)
        return Prose(self.renderer.text(text) if text else Markup(""), record.written.at(name))

    def line(self, record: Record, name: str, whose: str) -> Prose:
        """The same for a text that must be a single paragraph: a button's words, say."""
        phrase, more = self.renderer.phrase(getattr(record, name))
        source: Source = record.written.at(name)
        if more or not phrase:
            said = "is more than one paragraph" if phrase else "is not a line of text but a heading, a list or the like"
            hint = "write one paragraph; the rest belongs into another key"
            self.problems.append(Problem(source, f"'{name}' of {whose} {said}", hint, "bad-text"))
        return Prose(phrase, source)
