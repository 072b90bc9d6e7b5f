"""What a build made, as a table for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from .build import Made
from .columns import aligned

_HEADINGS = ("File", "Size", "SHA-256", "Suspend data", "Questions", "Pages")


def table(made: Sequence[Made]) -> str:
    where = PurePosixPath(made[0].path).parent.parent.as_posix() if made else ""
    return "\n".join(
        [
            *aligned(_HEADINGS, [_row(each) for each in made], left=(0, 2)),
            "",
            f"{len(made)} made in {where}. Suspend data is the worst case, of 4,096 characters in SCORM 1.2.",
            "",
        ]
    )


def _row(made: Made) -> tuple[str, ...]:
    name = f"site/masterclasses/{made.course}/" if made.format == "site" else PurePosixPath(made.path).name
    return name, _size(made.bytes), made.sha256[:16], str(made.suspend_chars), str(made.questions), str(made.pages)


def _size(count: int) -> str:
    return f"{count / 1000:,.1f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"
