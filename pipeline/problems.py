"""What is wrong with what an author wrote, as values: collected by every step, sorted, printed at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from .course import Source

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True, order=True)
class Problem:
    source: Source
    message: str
    hint: str = ""
    code: str = "invalid"
    """Stable, for scripts: ``unknown-key``, ``yaml``, ``missing-file`` …"""
    level: str = ERROR


_LISTED = 20
"""How many known words a hint lists: more than the keys of a question."""


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.level == ERROR for problem in problems)


def nearest(word: str, known: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(word, sorted(known), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint naming the nearest known word, or listing what there is when none is near."""
    words = sorted(known)
    near = nearest(word, words)
    if near:
        return f"did you mean '{near}'?"
    more = f" and {len(words) - _LISTED} more" if len(words) > _LISTED else ""
    return "known here: " + ", ".join(words[:_LISTED]) + more if words else ""


def as_text(problems: Sequence[Problem]) -> str:
    """``file:line: message`` with the hint below, then a line that counts."""
    lines = []
    for problem in sorted(problems):
        mark = "" if problem.level == ERROR else f"{problem.level}: "
        lines.append(f"{problem.source.path}:{problem.source.line}: {mark}{problem.message}")
        lines += [f"    {'hint: ' if n == 0 else '      '}{line}" for n, line in enumerate(problem.hint.splitlines())]
    return "\n".join([*lines, count(problems)]) + "\n"


def count(problems: Sequence[Problem]) -> str:
    if not problems:
        return "No problems found."
    files = len({problem.source.path for problem in problems})
    errors = sum(problem.level == ERROR for problem in problems)
    warnings = len(problems) - errors
    found = [_plural(number, word) for number, word in ((errors, "problem"), (warnings, "warning")) if number]
    return f"{' and '.join(found)} in {_plural(files, 'file')}"


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def as_json(problems: Sequence[Problem]) -> str:
    """In ASCII, which every console and every script's pipe passes on unharmed."""
    return json.dumps(
        [
            {
                "path": problem.source.path,
                "line": problem.source.line,
                "column": problem.source.column,
                "level": problem.level,
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in sorted(problems)
        ],
        indent=2,
    )


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands that GitHub shows beside the line (docs.github.com, "Workflow commands")."""
    lines = []
    for problem in sorted(problems):
        where = f"file={_property(problem.source.path)},line={problem.source.line},col={problem.source.column}"
        said = problem.message + (f"\n{problem.hint}" if problem.hint else "")
        lines.append(f"::{problem.level} {where},title={_property(problem.code)}::{_escaped(said)}")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "json": as_json, "github": as_github}
