"""Where the fences of a page stand in its source: Markdown hands a block its text but not its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from .course import Source
from .problems import Problem

_OPEN = re.compile(r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*(?:\{[ \t]*)?\.?(?P<name>[\w-]*)(?P<rest>[^`]*)$")

_OTHER_MARKS = re.compile(r"^[ \t>]*(?P<marks>['’‘‛′´]{2,}|`{1,2})[ \t]*(?P<name>[\w-]+)[ \t]*$")


@dataclass(frozen=True)
class Located:
    """A fence found in the source: its name, its dedented text, and where that text starts."""

    name: str
    text: str
    line: int
    indent: int


def locate(body: str, first_line: int) -> list[Located]:
    """Every place that looks like a fence, in order; those inside a longer fence included."""
    lines = body.split("\n")
    found = []
    for number, line in enumerate(lines):
        opened = _OPEN.match(line)
        if opened and opened["name"]:
            end = _end(lines, number, opened["fence"])
            inside = lines[number + 1 : end if end is not None else len(lines)]
            text = "\n".join(_without(part, opened["indent"]) for part in inside)
            found.append(Located(opened["name"], text, first_line + number + 1, len(opened["indent"])))
    return found


def _without(line: str, indent: str) -> str:
    """A line inside a fence without what stands before the fence: spaces, and in a quotation ``>``."""
    at = 0
    while at < min(len(indent), len(line)) and line[at] in (" \t>" if ">" in indent else " \t"):
        at += 1
    return line[at:]


def place_of(name: str, text: str, places: list[Located]) -> Located:
    """The place that a block found by Markdown has in the source; taken out of `places`."""
    words = text.split()
    same = [place for place in places if place.name == name]
    place = next((place for place in same if place.text.split() == words), None)
    if place is None:
        # Markdown has read the page in another way than we have: its text, and a line near it.
        place = Located(name, text, same[0].line if same else 1, 0)
    if place in places:
        places.remove(place)
    return place


def unclosed(body: str, first_line: int, path: str) -> list[Problem]:
    """A fence that is opened and never closed swallows the rest of the page."""
    for number, opened, closed in _outermost(body.split("\n")):
        if not closed:
            word = f"'{opened['name']}' block" if opened["name"] else "fence"
            hint = f"write a line with {opened['fence']} after its last line, indented like this one"
            source = Source(path, first_line + number)
            return [Problem(source, f"this {word} is opened and never closed", hint, "unclosed-fence")]
    return []


def misspelt(body: str, first_line: int, path: str, known: tuple[str, ...]) -> list[Problem]:
    """A fence named "quizz": Markdown would show it as an example of some language."""
    problems = []
    for number, opened, _ in _outermost(body.split("\n")):
        name = opened["name"]
        near = [] if name in known else get_close_matches(name.lower(), known, n=1, cutoff=0.75)
        if near:
            source = Source(path, first_line + number)
            hint = f"write: {opened['fence']}{near[0]}"
            problems.append(Problem(source, f"there is no block '{name}'", hint, "unknown-type"))
    return problems


def wrong_marks(body: str, first_line: int, path: str, known: tuple[str, ...]) -> list[Problem]:
    """A block that begins with quotes, as Word makes them, or with too few backticks: Markdown takes it for text."""
    problems = []
    for number, line in enumerate(body.split("\n")):
        found = _OTHER_MARKS.match(line)
        if found and found["name"] in known:
            message = f"a block begins with three backticks, found '{found['marks']}'"
            source = Source(path, first_line + number)
            hint = f"write: ```{found['name']} (and ``` in a line of its own after its last)"
            problems.append(Problem(source, message, hint, "unclosed-fence"))
    return problems


def untaken(body: str, first_line: int, path: str, taken: Sequence[str], left: list[Located]) -> list[Problem]:
    """Blocks that Markdown has not taken for such. It has `taken` those of these names; `left` are the places of none."""
    problems = []
    begun = {number + first_line: opened for number, opened, _ in _outermost(body.split("\n"))}
    written = Counter(opened["name"] for opened in begun.values())
    for place in left:
        opened = begun.get(place.line - 1)
        if opened is None or len(opened["indent"]) > 3 or written[place.name] <= taken.count(place.name):
            continue  # it stands in an example, is one itself, or has been read from other lines
        rest = opened["rest"].strip()
        message = f"this '{place.name}' is shown as it stands and is no block"
        hint = "begin it, and all its lines, where the lines round it begin; in a list, four spaces further in"
        if rest:
            hint = f"write: {opened['fence']}{place.name} (and what follows in the lines below)"
        problems.append(Problem(Source(path, place.line - 1), message, hint, "unclosed-fence"))
    return problems


def _outermost(lines: list[str]) -> Iterator[tuple[int, re.Match[str], bool]]:
    """Fences that do not stand inside another: where each opens, how, and whether it is closed."""
    number = 0
    while number < len(lines):
        opened = _OPEN.match(lines[number])
        if opened:
            end = _end(lines, number, opened["fence"])
            yield number, opened, end is not None
            if end is None:
                return
            number = end
        number += 1


def _end(lines: list[str], start: int, fence: str) -> int | None:
    closing = re.compile(rf"^[ \t>]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    return next((n for n in range(start + 1, len(lines)) if closing.match(lines[n])), None)
