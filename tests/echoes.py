"""Runs of words that a text shares with the 2018 report the masterclasses begin from.

The report is not ours to publish, so what is kept beside the tests is its runs of eight words as short salted hashes, in
the order of the hashes. `python tests/echoes.py REPORT.txt` makes that list anew from a copy of the report.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

RUN = 8
SALT = "leadership-2018:"
LIST = Path(__file__).resolve().parent / "golden" / "report-2018.runs"

WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
CITATION = re.compile(r"\[@[^\]]*\]")
ADDRESS = re.compile(r"\]\([^)\s]*\)")
# Quoting is allowed where it is marked: a block quotation, a quote block, or quotation marks within one paragraph.
QUOTE_BLOCK = re.compile(r"^( *)```quote\n.*?^\1```$", re.MULTILINE | re.DOTALL)
QUOTED_LINES = re.compile(r"(?:^ *>.*\n?)+", re.MULTILINE)
IN_MARKS = re.compile(r"“(?:[^”\n]|\n(?!\s*\n))*”")


@dataclass(frozen=True)
class Echo:
    line: int
    words: str


def fingerprint(words: Iterable[str]) -> str:
    return hashlib.sha256((SALT + " ".join(words)).encode()).hexdigest()[:12]


def fingerprints(text: str) -> set[str]:
    words = WORD.findall(text.lower().replace("’", "'"))
    return {fingerprint(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def known() -> set[str]:
    return set(LIST.read_text(encoding="utf-8").split())


def without_quotations(text: str) -> str:
    """The same number of lines, with what is marked as quoted made a full stop that no run crosses."""
    for marked in (QUOTE_BLOCK, QUOTED_LINES, IN_MARKS):
        text = marked.sub(lambda match: " \x00 " + "\n" * match.group().count("\n"), text)
    return text


def echoes(text: str, runs: set[str]) -> Iterator[Echo]:
    """Each run of eight words or more that the text shares, outside marked quotations, once and at its full length."""
    plain = ADDRESS.sub("] ", CITATION.sub(" ", without_quotations(text)))
    start = 0
    for piece in plain.split("\x00"):
        found = list(WORD.finditer(piece.lower().replace("’", "'")))
        words = [word.group() for word in found]
        shared = [fingerprint(words[at : at + RUN]) in runs for at in range(len(words) - RUN + 1)]
        for at, here in enumerate(shared):
            if here and not (at and shared[at - 1]):
                end = next((stop for stop in range(at, len(shared)) if not shared[stop]), len(shared))
                line = plain.count("\n", 0, start + found[at].start()) + 1
                yield Echo(line, " ".join(words[at : end + RUN - 1]))
        start += len(piece) + 1


if __name__ == "__main__":
    report = Path(sys.argv[1]).read_text(encoding="utf-8")
    LIST.write_text("\n".join(sorted(fingerprints(report))) + "\n", encoding="utf-8")
    print(f"{LIST.name}: {len(known())} runs of {RUN} words")
