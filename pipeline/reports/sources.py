"""Where questions are written: the lines, to be shown beside what became of them, and the way to mend them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MOST = 40


@dataclass(frozen=True)
class Sources:
    folder: Path
    """That the catalogue's paths begin in."""
    repository: str = ""
    """The address under which the same paths can be edited; empty where nobody has said."""

    def address(self, path: str, line: int) -> str:
        return f"{self.repository}/blob/HEAD/{path}#L{line}" if self.repository else ""

    def lines(self, path: str, line: int) -> list[tuple[int, str]]:
        """The lines of a question as its author wrote them: until the next one begins, or the file ends."""
        file = self.folder / path
        if not file.is_file():
            return []
        written = file.read_text(encoding="utf-8").splitlines()
        begin = line - 1
        indent = len(written[begin]) - len(written[begin].lstrip()) if begin < len(written) else 0
        found = []
        for at, text in enumerate(written[begin : begin + MOST], start=line):
            if (
                at > line
                and text.strip()
                and len(text) - len(text.lstrip()) <= indent
                and text.lstrip().startswith("- ")
            ):
                break
            found.append((at, text))
        while found and not found[-1][1].strip():
            found.pop()
        return found


HERE = Sources(Path())
