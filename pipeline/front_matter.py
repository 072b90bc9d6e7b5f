"""The lines between ``---`` and ``---`` at the top of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .course import Source
from .problems import Problem

_LINES = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Parted:
    yaml: str
    body: str
    first_line: int
    """Of the body, in the file."""


def parted(text: str) -> Parted | None:
    found = _LINES.match(text)
    if found is None:
        return None
    return Parted(found["yaml"], text[found.end() :], text[: found.end()].count("\n") + 1)


def missing(
    text: str, path: str, what: str = "page", keys: str = "id: a-stable-id\ntitle: Title of the page"
) -> Problem:
    if re.match(r"---[ \t]*\n", text):
        hint = "write a line with --- after its last line"
        return Problem(Source(path), "the front matter is opened with --- and never closed", hint, "missing-key")
    dashes = re.match(r"[ \t]*([-–—─_]+)[ \t]*\n", text)
    if dashes:
        message = f"the front matter begins and ends with a line of three hyphens, found '{dashes[1]}'"
        return Problem(Source(path), message, "write: ---", "missing-key")
    hint = f"begin the file with these lines:\n---\n{keys}\n---"
    return Problem(Source(path), f"this {what} has no front matter", hint, "missing-key")
