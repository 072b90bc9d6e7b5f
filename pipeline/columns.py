"""Tables for a terminal."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def aligned(headings: Sequence[str], rows: Sequence[Sequence[str]], left: Collection[int] = (0,)) -> list[str]:
    """A line for each row below headings and a rule; columns stand to the right but for those named in `left`."""
    lines = [headings, *rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(headings))]
    drawn = [_line(line, widths, left) for line in lines]
    return [drawn[0], "  ".join("-" * width for width in widths), *drawn[1:]]


def _line(row: Sequence[str], widths: Sequence[int], left: Collection[int]) -> str:
    cells = zip(row, widths, strict=True)
    return "  ".join(
        cell.ljust(width) if n in left else cell.rjust(width) for n, (cell, width) in enumerate(cells)
    ).rstrip()
