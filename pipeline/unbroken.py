"""Where a line of a page may not end: after a short first part of a word, inside a range of years, before a source's number.

A span says so, and no special character, so that what is searched, copied and read aloud stays as it was written.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"(<[^>]*>)")
_PAIR = re.compile(
    r"(?<![\w-])(?:(?:[A-Za-z]{1,3}|[Ss]elf)-[A-Za-z]{2,13}|\d{1,4}[-–]\d{1,4}|--[a-z][a-z-]{1,14})(?![\w-])"
)
_SOURCE = re.compile(r' (?=<span class="citations">)')
_AS_IT_IS = re.compile(r"<(pre|script|style|title|option|textarea|svg)\b")


def unbroken(html: str) -> str:
    """The same words; those that must not break are held together."""
    pieces = _TAG.split(_SOURCE.sub("\u00a0", html))
    until = ""
    for place, piece in enumerate(pieces):
        if place % 2:
            if until:
                until = "" if piece == until else until
            elif found := _AS_IT_IS.match(piece):
                until = f"</{found[1]}>"
        elif not until and ("-" in piece or "–" in piece):
            pieces[place] = _PAIR.sub(r'<span class="whole">\g<0></span>', piece)
    return "".join(pieces)
