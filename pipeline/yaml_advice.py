"""What YAML's own error messages mean to somebody who is not a programmer, with the corrected line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from .problems import WARNING, Problem
from .yaml_repairs import TAB, Repair, repairs, without_tabs

if TYPE_CHECKING:
    from .located import Origin, Scalar

LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INVISIBLE = {
    "\u00a0": "a non-breaking space",
    "\u200b": "a zero-width space",
    "\ufeff": "a byte order mark",
    "\u2003": "a wide space",
    "\u202f": "a narrow non-breaking space",
}
_MENDED = str.maketrans({"\u00a0": " ", "\u2003": " ", "\u202f": " ", "\u200b": "", "\ufeff": ""})
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = r"[\s\u200b\ufeff]"
_BEFORE_TEXT = re.compile(rf"^(?:{_SPACE}|-)*(?:[\"“]?[\w-]+[\"”]?{_SPACE}*:(?={_SPACE}))?{_SPACE}*")
_BRACES = re.compile(rf"^{_SPACE}*(?:-{_SPACE}+)*(?:[\w-]+:{_SPACE}+)?\{{")
_KEY_IN_BRACES = re.compile(rf"[{{,]{_SPACE}*[\w-]+{_SPACE}*:{_SPACE}+")
_QUOTED_PART = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")
_COMMENT_IN_TEXT = re.compile(r"^(?P<start>\s*(?:- )*[\w-]+:\s+)(?P<text>[^\s\"'{\[|>#&*!].*?\s#(?=\w).*)$")

_PLAINLY = (
    ("mapping values are not allowed", "a colon stands where YAML cannot take one"),
    ("while scanning a quoted scalar", "a quote is opened and not closed"),
    ("expected ',' or", "a '{' or '[' is opened and not closed, or a comma is missing"),
    ("could not find expected ':'", "this line is neither 'key: value' nor the rest of a text above"),
    ("cannot start any token", "a text cannot begin with this sign unless it stands in quotes"),
    ("alias", "a word that begins with '*' needs quotes"),
    ("anchor", "a word that begins with '&' needs quotes"),
    ("tag", "a word that begins with '!' needs quotes"),
    ("block end", "this line does not start in the same column as the lines it belongs to"),
    ("indent", "this line does not start in the same column as the lines it belongs to"),
    ("escape", "a backslash inside double quotes must be written twice"),
)


def invisible(text: str, origin: Origin) -> list[Problem]:
    """Characters that Word and web pages leave in the indentation or round a key, where YAML cannot take them."""
    if not any(character in text for character in _INVISIBLE):
        return []
    problems = []
    for number, line in enumerate(text.split("\n")):
        found = next((at for at, c in enumerate(line) if c in _INVISIBLE and _stands_in_the_way(line, at)), None)
        if found is not None and line.strip():
            problems.append(
                Problem(
                    origin.source(number, found),
                    f"{_INVISIBLE[line[found]]} stands where YAML needs an ordinary one or none "
                    "(it often comes with text pasted from Word)",
                    write(" " * origin.indent + line.translate(_MENDED)),
                    "yaml",
                )
            )
    return problems


def _stands_in_the_way(line: str, at: int) -> bool:
    start = _BEFORE_TEXT.match(line)
    if start and at < start.end():
        return True
    if not _BRACES.match(line):
        return False
    words = _QUOTED_PART.sub(lambda part: "x" * len(part[0]), line)
    return any(key.start() <= at < key.end() for key in _KEY_IN_BRACES.finditer(words))


def cut_by_comment(text: str, origin: Origin) -> list[Problem]:
    """``Which is #1?``: YAML drops everything from a '#' after a space on. A comment has a space after it, too."""
    problems = []
    if " #" in text:
        for number, line in enumerate(text.split("\n")):
            cut = _COMMENT_IN_TEXT.match(line)
            if cut:
                column = cut.start("text") + re.search(r"\s#(?=\w)", cut["text"]).start() + 1  # type: ignore[union-attr]
                message = "YAML drops the rest of this line: '#' after a space begins a comment"
                mended = cut["start"] + '"' + cut["text"].replace("\\", "\\\\").replace('"', '\\"') + '"'
                problems.append(
                    Problem(
                        origin.source(number, column), message, write(" " * origin.indent + mended), "yaml", WARNING
                    )
                )
    return problems


def seen(text: str) -> str:
    """The text with names in place of spaces and marks that cannot be seen, so that problems show what was found."""
    for character, name in _INVISIBLE.items():
        text = text.replace(character, f"[{name.removeprefix('a ')}]")
    return text


def hidden(text: str) -> str | None:
    """The first character that neither a page nor a manifest can hold, in words; they get in as ``"\\0"``, too."""
    found = _HIDDEN.search(text)
    return f"an invisible character (code {ord(found[0])})" if found else None


def explained(error: yaml.YAMLError, text: str, origin: Origin) -> list[Problem]:
    """The problem behind a parser's exception, and where it is a tab all others: who uses one uses many."""
    first = _explained(error, text, origin)
    if first.message != TAB:
        return [first]
    tabs = [
        Problem(origin.source(number, line.index("\t")), TAB, write(" " * origin.indent + without_tabs(line)), "yaml")
        for number, line in enumerate(text.split("\n"))
        if re.match(r"[ -]*\t", line) and line.strip()
    ]
    return [first, *(tab for tab in tabs if tab.source.line != first.source.line)]


def _explained(error: yaml.YAMLError, text: str, origin: Origin) -> Problem:
    """Where, what was found, what to write instead."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        source = origin.source(before.count("\n"), len(before) - before.rfind("\n") - 1)
        what = f"an invisible character (code {error.character}) is not allowed in YAML"
        return Problem(source, what, "delete it, or write the words round it anew", "yaml")
    assert isinstance(error, yaml.MarkedYAMLError)
    lines = text.split("\n")
    while len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    mark = error.problem_mark or error.context_mark
    at = min(mark.line, len(lines) - 1) if mark else 0
    opened_at = min(error.context_mark.line, at) if error.context_mark else at
    for repair in repairs(lines, at, opened_at):
        if repair.text != lines[repair.line] and _helps(repair, lines, at):
            source = origin.source(repair.line, _differs(lines[repair.line], repair.text))
            hint = write(" " * origin.indent + repair.text) if repair.text else "delete the line"
            return Problem(source, repair.message, hint, "yaml")
    said = f"{error.context} {error.problem}"
    message = next((plainly for word, plainly in _PLAINLY if word in said), "this line cannot be read as YAML")
    hint = f"the mistake is in this line or just above it: {_short(lines[at].strip())}"
    return Problem(origin.source(at, mark.column if mark and mark.line == at else 0), message, hint, "yaml")


def _helps(repair: Repair, lines: list[str], at: int) -> bool:
    """Whether the repaired text can be read, or can be read further than before."""
    mended = [*lines[: repair.line], repair.text, *lines[repair.line + 1 :]]
    loader = LOADER("\n".join(mended) + "\n")
    try:
        loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        stopped = error.problem_mark or error.context_mark
        return stopped is not None and stopped.line > repair.line and stopped.line != at and stopped.line < len(lines)
    except (yaml.YAMLError, RecursionError):
        return False
    finally:
        loader.dispose()
    return True


def _differs(line: str, mended: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(line, mended, strict=False)) if a != b), min(len(line), len(mended)))


def repeated_key(key: Scalar, value: str, first: Scalar, starts_item: bool) -> Problem:
    """Two equal keys in one mapping: most often a list whose second item lost its dash."""
    hint = f"a new item starts with a dash, write: - {key.text}: {value}" if starts_item else "delete one of them"
    message = f"'{key.text}' is given twice here (first on line {first.source.line})"
    return Problem(key.source, message, hint, "repeated-key")


def curly_quotes(text: str) -> str | None:
    """What was meant by a text in Word's quotes, or None when it is not wholly inside them."""
    if len(text) > 1 and text[0] in "“„‘”’" and text[-1] in "”“’‘":
        return text[1:-1]
    return None


def write(line: str) -> str:
    return f"write: {line.rstrip()}"


def _short(line: str) -> str:
    return line if len(line) <= 100 else line[:97] + "…"
