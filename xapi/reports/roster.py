"""The roster as reports need it: its people as numbers, and which actors are which of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from datetime import date
from hashlib import sha256

import pyarrow as pa

from ..people.roster import Person
from .facts import LEARNERS, NOT_GIVEN


@dataclass(frozen=True, slots=True)
class Roster:
    people: dict[int, Person]
    """By the number of the learner."""
    aliases: dict[str, int]
    """What an actor's name becomes, for every name that one of them goes by."""

    def table(self) -> pa.Table:
        return pa.Table.from_pylist([_row(number, person) for number, person in self.people.items()], schema=LEARNERS)

    def mark(self) -> str:
        """Changes when somebody comes, goes, or is somewhere else."""
        return sha256(repr(sorted(astuple(person) for person in self.people.values())).encode()).hexdigest()


def roster(people: Iterable[Person], alias: Callable[[str], str]) -> Roster:
    """A person goes by the id that the LMS knows, and by the account that a personal link gives."""
    numbered = {number_of(person.alias): person for person in people}
    aliases: dict[str, int] = {}
    for number, person in numbered.items():
        aliases[person.alias] = number
        aliases[alias(person.account)] = number
    return Roster(numbered, aliases)


def number_of(alias: str) -> int:
    """64 of the 256 bits of an HMAC that only this server can make."""
    return int.from_bytes(bytes.fromhex(alias)[:8], "big", signed=True)


def _row(number: int, person: Person) -> dict[str, object]:
    about = {name: getattr(person, name) or NOT_GIVEN for name in ("organisation", "sector", "role", "cohort")}
    return {
        "learner": number,
        "on_roster": True,
        "invited": _day(person.invited),
        "due": _day(person.due),
        **about,
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
