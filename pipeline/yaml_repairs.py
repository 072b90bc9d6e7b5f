"""What people do to YAML without knowing it, and the line as they meant it.

Each rule looks at the line a parser stumbled over, or at lines near it, and proposes repairs; whether a repair helps
is found out by parsing (``yaml_advice.py``), so a rule may guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Repair:
    line: int
    """Counted from 0."""
    message: str
    text: str
    """The whole line, mended; empty when the line should go."""


Rule = Callable[[list[str], int], Iterator[Repair]]

_START = r"\s*(?:- )*"
_SENTENCE = re.compile(rf"^(?P<start>{_START}(?:[\w-]+:\s+|- ))(?P<text>[^\"'{{\[|>].*)$")
_FLOW_SENTENCE = re.compile(
    r"(?P<start>[{,]\s*[\w-]+:\s+)(?P<text>[^\"'{}\[\],:][^{}\[\],]*:\s[^{}\[\],]*?)(?P<end>\s*[,}])"
)
_FLOW_BRACKETS = re.compile(r"(?P<start>[{,]\s*[\w-]+:\s+)(?P<text>[^\"'{}\[\],]+\[[^\[\]]*\][^{}\[\],]*?)(?=\s*[,}])")
_FLOW_QUOTE = re.compile(r"(?P<start>[{,]\s*[\w-]+:\s+)\"(?P<text>[^\"]*?)(?P<end>\s*(?:,\s*[\w-]+:\s|\}\s*$))")
_FLOW_KEYS = r"(?:id|text|correct|feedback|match|value|tolerance|accept|domain)"
_QUOTED_TEXT = re.compile(rf"^(?P<start>{_START}(?:[\w-]+:\s+)?)(?P<text>(?P<quote>[\"']).*)$")
_RESERVED = re.compile(rf"^(?P<start>{_START}(?:[\w-]+:\s+)?)(?P<text>(?:[@`%&*!|>]|\[[^\]]*\]\s*[^\s,]).*)$")
_DASHED = re.compile(rf"^(?P<start>{_START}[\w-]+:\s+)(?P<text>(?:[-?]\s|\{{[^}}]*\}}\s*[^\s,]).*)$")
_COLON = "a colon inside a sentence: YAML takes what stands before it for a key"


def quoted(text: str) -> str:
    """In double quotes; Word's own quotes round it are taken away."""
    inner = text.strip().strip("“”").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'


def repairs(lines: list[str], at: int, opened_at: int) -> Iterator[Repair]:
    """Likely repairs first. `at` is where the parser gave up, `opened_at` where the thing it was reading began."""
    near = [n for n in dict.fromkeys((at, at - 1, opened_at)) if 0 <= n < len(lines)]
    for rule in _NEAR:
        for number in near:
            yield from rule(lines, number)
    for number in [n for n in range(at, -1, -1) if lines[n].count('"') % 2 or lines[n].count("'") % 2][:5]:
        yield from _quotes(lines, number)
    for number in dict.fromkeys((opened_at, at)):
        yield from _unclosed_bracket(lines, number)
    for number in near:
        yield from _indent(lines, number)


TAB = "a tab is used to indent; YAML takes spaces only"


def without_tabs(line: str) -> str:
    return line.replace("\t", "  ")


def _tab(lines: list[str], at: int) -> Iterator[Repair]:
    if "\t" in lines[at]:
        yield Repair(at, TAB, without_tabs(lines[at]))


def _second_document(lines: list[str], at: int) -> Iterator[Repair]:
    if re.match(r"(---|\.\.\.)(\s|$)", lines[at]):
        yield Repair(at, f"a line with {lines[at][:3]} divides this YAML in two; it must be one", "")


def _other_dash(lines: list[str], at: int) -> Iterator[Repair]:
    other = re.match(r"^(\s*)([–—•·*−])\s+", lines[at])
    if other:
        message = f"'{other[2]}' is not the dash of a list; YAML takes the keyboard's hyphen, -"
        yield Repair(at, message, f"{other[1]}- {lines[at][other.end() :]}")


def _dash_without_space(lines: list[str], at: int) -> Iterator[Repair]:
    if re.match(r"^\s*-[\w\"'{\[]", lines[at]):
        yield Repair(at, "a list's dash needs a space after it", lines[at].replace("-", "- ", 1))


def _colon_without_space(lines: list[str], at: int) -> Iterator[Repair]:
    glued = re.match(rf"^({_START}[\w-]+):(?=[^\s:/])", lines[at])
    if glued:
        yield Repair(at, "a key's colon needs a space after it", f"{glued[1]}: {lines[at][glued.end() :]}")


def _missing_colon(lines: list[str], at: int) -> Iterator[Repair]:
    keys = r"(?:id|type|outcome|prompt|options|answers|source|feedback|text|correct|title|hint|answer|from|draw|key)"
    bare = re.match(rf"^({_START}{keys})(\s.*)?$", lines[at])
    if bare and ":" not in lines[at].split('"')[0]:
        yield Repair(at, "a key needs a colon after it", f"{bare[1]}:{bare[2] or ''}")


def _comma_between_keys(lines: list[str], at: int) -> Iterator[Repair]:
    joined = re.sub(rf"([^\s,{{])\s+(?={_FLOW_KEYS}:\s)", r"\1, ", lines[at])
    if "{" in lines[at] and joined != lines[at]:
        yield Repair(at, "a comma is missing between two keys", joined)


def _colon_in_sentence(lines: list[str], at: int) -> Iterator[Repair]:
    line = lines[at]
    sentence = _SENTENCE.match(line)
    if sentence and re.search(r":(\s|$)", sentence["text"]):
        yield Repair(at, _COLON, sentence["start"] + quoted(sentence["text"]))
    mended = line
    while inside := _FLOW_SENTENCE.search(mended):
        mended = mended[: inside.start()] + inside["start"] + quoted(inside["text"]) + mended[inside.start("end") :]
    if mended != line:
        yield Repair(at, _COLON, mended)


def _brackets_in_braces(lines: list[str], at: int) -> Iterator[Repair]:
    mended = _FLOW_BRACKETS.sub(lambda m: m["start"] + quoted(m["text"]), lines[at])
    if mended != lines[at]:
        yield Repair(at, "a text with brackets needs quotes inside { }", mended)


def _reserved_start(lines: list[str], at: int) -> Iterator[Repair]:
    value = _RESERVED.match(lines[at]) or _DASHED.match(lines[at])
    if value:
        message = f"a text that begins with '{value['text'][0]}' needs quotes"
        yield Repair(at, message, value["start"] + quoted(value["text"]))
    keys = re.sub(r"([\[,]\s*)@([A-Z])", r"\1\2", lines[at])
    if keys != lines[at]:
        yield Repair(at, "a fact's key is written without '@' here", keys)
    mended = re.sub(r"([{,]\s*[\w-]+:\s+)([@`%&*!][^,{}]*)", lambda m: m[1] + quoted(m[2]), lines[at])
    if mended != lines[at]:
        yield Repair(at, "a text that begins with a sign such as '*', '%' or '@' needs quotes", mended)


def _quotes(lines: list[str], at: int) -> Iterator[Repair]:
    line = lines[at].rstrip()
    found = _QUOTED_TEXT.match(line)
    if found:
        quote, text = found["quote"], found["text"]
        mark = "double" if quote == '"' else "single"
        if text.count(quote) == 1:
            yield Repair(at, f"a {mark} quote is opened here and not closed on the line", line + quote)
        elif text.endswith(quote):
            inside = quote in text[1:-1]
            message = "quotes stand inside a quoted text" if inside else "a backslash in double quotes is written twice"
            yield Repair(at, message, found["start"] + quoted(text[1:-1]))
        else:
            yield Repair(at, "text goes on after the closing quote", found["start"] + quoted(text))
    mended = _FLOW_QUOTE.sub(r'\g<start>"\g<text>"\g<end>', line, count=1)
    if mended != line:
        yield Repair(at, "a double quote is opened here and not closed", mended)


def _words_after_quote(lines: list[str], at: int) -> Iterator[Repair]:
    found = _QUOTED_TEXT.match(lines[at].rstrip())
    if found and found["text"].count(found["quote"]) > 1:
        yield from _quotes(lines, at)


def _unclosed_bracket(lines: list[str], at: int) -> Iterator[Repair]:
    line = lines[at].rstrip()
    for opening, closing in ("{}", "[]"):
        if line.count(opening) > line.count(closing):
            yield Repair(at, f"'{opening}' is opened here and not closed", line + closing)


def _indent(lines: list[str], at: int) -> Iterator[Repair]:
    """The same line in other columns: as an item, beside the line above, under it, beside any line above."""
    text = lines[at].strip()
    above = [line for line in lines[:at] if line.strip() and not line.lstrip().startswith("#")]
    if not text or not above:
        return
    message = "this line does not start in the same column as the lines it belongs to"
    if re.match(r"(id|key):\s", text):
        dashes = [len(line) - len(line.lstrip()) for line in reversed(above) if line.lstrip().startswith("- ")]
        for column in dict.fromkeys(dashes):
            yield Repair(at, "a new item of a list starts with a dash", " " * column + "- " + text)
    columns = [_column(line) for line in reversed(above[-50:])]
    is_key = re.match(r"(- )*[\w-]+:(\s|$)", text)
    if not is_key:
        message = "this line is neither 'key: value' nor indented under the text it goes on with"
        columns = [columns[0] + 2]
    for column in dict.fromkeys((*columns, columns[0] + 2)):
        yield Repair(at, message, " " * column + text)


def _column(line: str) -> int:
    """Where a line's first key or word starts, after its dashes."""
    start = re.match(_START, line)
    return start.end() if start else 0


_NEAR: tuple[Rule, ...] = (
    _tab, _second_document, _other_dash, _dash_without_space, _colon_without_space, _comma_between_keys,
    _words_after_quote, _colon_in_sentence, _brackets_in_braces, _reserved_start, _missing_colon,
)  # fmt: skip
