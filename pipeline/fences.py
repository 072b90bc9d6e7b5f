"""Where the fences of a page stand in its source: Markdown hands a block its text but not its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .course import Source
from .problems import Problem

_OPEN = re.compile(r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*\{?\.?(?P<name>[\w-]*)")


@dataclass(frozen=True)
class Located:
    """A fence found in the source: its name, its dedented text, and where that text starts."""

    name: str
    text: str
    line: int
    indent: int


def locate(body: str, first_line: int) -> list[Located]:
    """Every place that looks like a fence, in order; those inside a longer fence included."""
    lines = body.splitlines()
    found = []
    for number, line in enumerate(lines):
        opened = _OPEN.match(line)
        if opened and opened["name"]:
            indent = len(opened["indent"])
            end = _end(lines, number, opened["fence"])
            inside = lines[number + 1 : end if end is not None else len(lines)]
            text = "\n".join(part[min(indent, len(part) - len(part.lstrip())) :] for part in inside)
            found.append(Located(opened["name"], text, first_line + number + 1, indent))
    return found


def unclosed(body: str, first_line: int, path: str) -> list[Problem]:
    """A fence that is opened and never closed swallows the rest of the page."""
    lines = body.splitlines()
    number = 0
    while number < len(lines):
        opened = _OPEN.match(lines[number])
        if opened:
            end = _end(lines, number, opened["fence"])
            if end is None:
                word = f"'{opened['name']}' block" if opened["name"] else "fence"
                return [
                    Problem(
                        Source(path, first_line + number),
                        f"this {word} is opened and never closed",
                        f"write a line with {opened['fence']} after its last line, indented like this one",
                        "unclosed-fence",
                    )
                ]
            number = end
        number += 1
    return []


def _end(lines: list[str], start: int, fence: str) -> int | None:
    closing = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    return next((n for n in range(start + 1, len(lines)) if closing.match(lines[n])), None)
