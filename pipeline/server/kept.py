"""What a server keeps: records of learning, who people are, and what sessions are signed with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xapi.people import People
from xapi.store import Store
from xapi.store.opening import opened

from .sessions import signing_key

# Where learning records are kept when nobody says otherwise.
DATA = "data"


@dataclass(frozen=True)
class Kept:
    """Where learning records are, who learners are, and what sessions are signed with."""

    store: Store
    people: People
    key: bytes

    @classmethod
    def at(cls, data: str) -> Kept:
        """In a folder; or in a database named by its address, with people and key in the default folder."""
        folder = Path(DATA if "://" in data else data)
        return cls(opened(data), People(folder), signing_key(folder))
