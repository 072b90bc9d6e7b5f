"""What a server keeps: records of learning, who people are, and what sessions are signed with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xapi.people.registers import Register, register, secret
from xapi.people.self_checks import Counts
from xapi.store import Store
from xapi.store.opening import folder, opened


@dataclass(frozen=True)
class Kept:
    store: Store
    register: Register
    key: bytes
    counts: Counts
    """Of self-checks, and apart from all else: nobody can be found in them."""
    data: str
    """Its address: a folder, or that of a database."""

    @property
    def folder(self) -> Path:
        """Where files are that are beside a database, too."""
        return folder(self.data)

    @classmethod
    def at(cls, data: str) -> Kept:
        """In a folder, or in a database named by its address: all of it, so that several servers can share it."""
        people = register(data)
        earlier = None if "://" in data else _earlier_key(Path(data))
        return cls(opened(data), people, secret(people, "sessions", earlier), Counts.at(data), data)

    def close(self) -> None:
        self.store.close()
        self.register.close()
        self.counts.close()


def _earlier_key(folder: Path) -> bytes | None:
    """Sessions begun when the key was a file of its own go on."""
    file = folder / "session.key"
    return file.read_bytes() if file.is_file() else None
