"""The lines in which a question is written, to be shown beside what became of it."""

from __future__ import annotations

from pathlib import Path

MOST = 40


def lines_of(folder: Path, path: str, line: int) -> list[tuple[int, str]]:
    """The lines of a question as its author wrote them: until the next one begins, or the file ends."""
    file = folder / path
    if not file.is_file():
        return []
    written = file.read_text(encoding="utf-8").splitlines()
    begin = line - 1
    indent = len(written[begin]) - len(written[begin].lstrip()) if begin < len(written) else 0
    found = []
    for at, text in enumerate(written[begin : begin + MOST], start=line):
        if at > line and text.strip() and len(text) - len(text.lstrip()) <= indent and text.lstrip().startswith("- "):
            break
        found.append((at, text))
    while found and not found[-1][1].strip():
        found.pop()
    return found
