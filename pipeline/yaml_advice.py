"""What YAML's own error messages mean to somebody who is not a programmer, with the corrected line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from .problems import Problem

if TYPE_CHECKING:
    from .located import Origin, Scalar

_INVISIBLE = {
    "\u00a0": "a non-breaking space",
    "\u200b": "a zero-width space",
    "\ufeff": "a byte order mark",
    "\u2003": "a wide space",
}
_BEFORE_TEXT = re.compile(r"^[\s\u200b\ufeff-]*(?:[\w-]+[\s\u200b\ufeff]*:(?=[\s\u200b\ufeff]))?[\s\u200b\ufeff]*")
_KEY_AND_SENTENCE = re.compile(r"^(?P<start>\s*(?:- )*[\w-]+:\s+)(?P<text>[^\"'{\[|>].*)$")
_FLOW_SENTENCE = re.compile(
    r"(?P<start>[{,]\s*[\w-]+:\s+)(?P<text>[^\"'{}\[\],:][^{}\[\],]*:[^{}\[\],]*?)(?P<end>\s*[,}])"
)


def invisible(text: str, origin: Origin) -> list[Problem]:
    """Characters that Word and web pages leave in the indentation or round a key, where YAML cannot take them."""
    problems = []
    for number, line in enumerate(text.splitlines()):
        start = _BEFORE_TEXT.match(line)
        found = next((c for c in start.group() if c in _INVISIBLE), None) if start else None
        if found is None or (start is not None and not line.strip()):
            continue
        cleaned = line.replace("\u00a0", " ").replace("\u2003", " ").replace("\u200b", "").replace("\ufeff", "")
        problems.append(
            Problem(
                origin.source(number, line.index(found)),
                f"{_INVISIBLE[found]} stands where YAML needs an ordinary one or none (it often comes with text pasted from Word)",
                _write(cleaned),
                "yaml",
            )
        )
    return problems


def explain(error: yaml.YAMLError, text: str, origin: Origin) -> Problem:
    """The problem behind a parser's exception: where, what was found, what to write instead."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        source = origin.source(before.count("\n"), len(before) - before.rfind("\n") - 1)
        return Problem(
            source, f"a control character (code {error.character}) is not allowed in YAML", "delete it", "yaml"
        )
    assert isinstance(error, yaml.MarkedYAMLError)
    mark = error.problem_mark or error.context_mark
    lines = text.splitlines() or [""]
    at = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark else 0
    found = str(error.problem)
    for rule in (_tab, _colon_in_sentence, _reserved_start, _unclosed_quote, _undefined_alias, _lost_indent):
        advice = rule(found, lines, at)
        if advice:
            line, message, hint = advice
            return Problem(origin.source(line, column if line == at else 0), message, hint, "yaml")
    return Problem(
        origin.source(at, column), f"this is not valid YAML: {found}", f"the line reads: {lines[at].strip()}", "yaml"
    )


_Advice = tuple[int, str, str] | None


def _tab(found: str, lines: list[str], at: int) -> _Advice:
    for number in (at, at - 1):
        if 0 <= number < len(lines) and "\t" in lines[number]:
            return number, "a tab is used to indent; YAML takes spaces only", _write(lines[number].replace("\t", "  "))
    return None


def _colon_in_sentence(found: str, lines: list[str], at: int) -> _Advice:
    for number in (at, at - 1):
        if number < 0:
            continue
        line = lines[number]
        sentence = _KEY_AND_SENTENCE.match(line)
        if sentence and re.search(r":(\s|$)", sentence["text"]):
            return (
                number,
                "a colon inside a sentence: YAML takes what stands before it for a key",
                _write(sentence["start"] + _quoted(sentence["text"])),
            )
        inside = _FLOW_SENTENCE.search(line)
        if inside and re.search(r":\s", inside["text"]):
            fixed = (
                line[: inside.start()]
                + inside["start"]
                + _quoted(inside["text"])
                + inside["end"]
                + line[inside.end() :]
            )
            return number, "a colon inside a sentence: YAML takes what stands before it for a key", _write(fixed)
    return None


def _reserved_start(found: str, lines: list[str], at: int) -> _Advice:
    value = re.match(r"^(\s*(?:- )*(?:[\w-]+:\s+)?)([@`%&*!|>].*)$", lines[at])
    if value and ("cannot start any token" in found or "alphabetic or numeric" in found or "expected" in found):
        return at, f"a text that begins with '{value[2][0]}' needs quotes", _write(value[1] + _quoted(value[2]))
    return None


def _unclosed_quote(found: str, lines: list[str], at: int) -> _Advice:
    opened = re.compile(r"""^\s*(?:- )*(?:[\w-]+:\s+)?(["'])""")
    if (
        "unexpected end of stream" in found
        or "document separator" in found
        or "expected <block end>" in found
        or "did not find expected key" in found
    ):
        for number in range(min(at, len(lines) - 1), -1, -1):
            quote = opened.match(lines[number])
            if quote and lines[number].count(quote[1]) % 2:
                mark = "double" if quote[1] == '"' else "single"
                return (
                    number,
                    f"a {mark} quote is opened here and not closed on the line",
                    _write(lines[number].rstrip() + quote[1]),
                )
            if quote and lines[number].rstrip()[-1] not in quote[1] + ",}]":
                start, text = lines[number][: quote.start(1)], lines[number][quote.start(1) :]
                return number, "text goes on after the closing quote", _write(start + _quoted(text))
    return None


def _undefined_alias(found: str, lines: list[str], at: int) -> _Advice:
    if "undefined alias" in found:
        return (
            at,
            "a word that begins with '*' needs quotes here",
            _write(re.sub(r"(\*\S.*)$", lambda m: _quoted(m[1]), lines[at])),
        )
    return None


def _lost_indent(found: str, lines: list[str], at: int) -> _Advice:
    if not (
        "block end" in found
        or "expected '-'" in found
        or "expected key" in found
        or "could not find expected ':'" in found
        or "expected ',' or" in found
    ):
        return None
    if "expected ',' or" in found:
        return (
            at,
            "a '{' or '[' is opened and not closed, or a comma is missing",
            f"the line reads: {lines[at].strip()}",
        )
    if "expected ':'" in found:
        number = at - 1 if at and not re.search(r":(\s|$)", lines[at - 1]) else at
        return (
            number,
            "this line is neither 'key: value' nor the rest of a text above",
            (f"indent it under the text it belongs to, or give it a key: {lines[number].strip()}"),
        )
    before = next((lines[n] for n in range(at - 1, -1, -1) if lines[n].strip()), "")
    wanted = len(before) - len(before.lstrip(" "))
    if before.lstrip().startswith("- ") and not lines[at].lstrip().startswith("- "):
        wanted += 2
    return (
        at,
        "this line does not start in the same column as the lines it belongs to",
        _write(" " * wanted + lines[at].strip()),
    )


def repeated_key(key: Scalar, first_line: int) -> Problem:
    """Two equal keys in one mapping: most often a list whose second item lost its dash."""
    hint = (
        f"a new item starts with a dash, write: - {key.text}: …"
        if key.text in ("id", "key")
        else "delete or rename one of them"
    )
    return Problem(key.source, f"'{key.text}' is given twice here (first on line {first_line})", hint, "repeated-key")


def curly_quotes(text: str) -> str | None:
    """What was meant by a text in Word's quotes, or None when it is not wholly inside them."""
    if len(text) > 1 and text[0] in "“„‘" and text[-1] in "”“’":
        return text[1:-1]
    return None


def _quoted(text: str) -> str:
    inner = text.strip().strip("“”").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'


def _write(line: str) -> str:
    shown = line.strip()
    return f"write: {line.rstrip() if len(shown) < 100 else shown[:97] + '…'}"
