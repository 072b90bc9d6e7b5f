"""What still has somebody in it who was forgotten here: LRSs that were told, and copies that were made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..store import Database, forgetting
from ..timestamps import text


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class Copy:
    path: str
    kind: str
    made: str


@dataclass(frozen=True, slots=True)
class Leftovers:
    targets: tuple[Target, ...]
    copies: tuple[Copy, ...]

    def __bool__(self) -> bool:
        return bool(self.targets or self.copies)


def leftovers(database: Database) -> Leftovers:
    """Copies that are gone need nobody's hand."""
    targets, copies = forgetting.still_to_act_on(database)
    there = [(path, kind, made) for path, kind, made in copies if Path(path).exists()]
    return Leftovers(
        tuple(Target(name, endpoint) for name, endpoint in targets),
        tuple(Copy(path, kind, text(made)) for path, kind, made in there),
    )


def lines(left: Leftovers) -> list[str]:
    return [
        *(
            f"Still to act on: {each.name} ({each.endpoint}), to which statements are forwarded"
            for each in left.targets
        ),
        *(f"Still to act on: {each.path}, {each.kind} of {each.made[:10]}" for each in left.copies),
    ]


def as_json(left: Leftovers) -> dict[str, Any]:
    return {"targets": [asdict(each) for each in left.targets], "copies": [asdict(each) for each in left.copies]}
