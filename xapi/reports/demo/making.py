"""A whole demonstration: learners and what they did, as decided; then told to a store, a roster and an LMS's export."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from ...people.rows import Row
from ...store import Database, Store
from . import self_checks
from .door import Door, door, open_door
from .lives import Life, lives
from .people import Learner, people
from .saying import Json
from .self_checks import Given
from .telling import HOME, foreign, told, withdrawn
from .told import Told

MARK = "demo"
"""The setting of a store that says it holds nobody's records."""
LRS = "https://demo.invalid/xapi/"
LMS = "https://lms.demo.invalid/"
# Every so many lives, something happens that reports have to cope with.
MISTAKEN, FOREIGN = 40, 25


@dataclass(frozen=True, slots=True)
class Demo:
    seed: int
    until: datetime
    learners: list[Learner]
    lives: list[Life]
    confirmed: frozenset[int]
    """Those of the lives that an LMS's export tells of."""
    courses: Sequence[dict[str, Any]]
    given: Given
    """Results of self-checks."""

    def told(self) -> list[Told]:
        """What anybody can know of: an LMS without xAPI says who completed, and nothing of the others."""
        known = [(life, at in self.confirmed) for at, life in enumerate(self.lives)]
        return [Told(life, is_confirmed) for life, is_confirmed in known if life.learner.way != "lms" or is_confirmed]


def decided(count: int, seed: int, courses: Sequence[dict[str, Any]], until: date) -> Demo:
    random = Random(seed)
    learners = people(count, random, until)
    end = datetime.combine(until, time(23, 59))
    every = lives(learners, list(courses), random, end)
    confirmed = frozenset(
        at
        for at, life in enumerate(every)
        if any(step.what == "completed" for step in life.steps)
        and (life.learner.way == "lms" or (life.learner.way == "scorm12" and random.random() < 0.5))
    )
    given = self_checks.decided(learners, seed, until)
    return Demo(seed, end, learners, every, confirmed, courses, given)


def roster(demo: Demo) -> list[Row]:
    return [learner.row for learner in demo.learners if not learner.uninvited]


async def mark(store: Store, demo: Demo) -> None:
    def marked(database: Database) -> None:
        database.run("set_if_missing", name=MARK, value=str(demo.seed).encode())

    await store.write(marked)


async def tell(demo: Demo, store: Store, accounts: dict[str, str], tick: Callable[[int], None]) -> int:
    """Through the LRS's door; how many statements. `accounts` are those of the roster, by the LMS's id."""
    random = Random(demo.seed + 1)
    trusted = await door(store, "demo", LRS)
    public = {
        course["iri"]: await open_door(store, f"demo {course['id']}", LRS, course["iri"]) for course in demo.courses
    }
    guests = {
        each.row.lms_id: str(UUID(int=random.getrandbits(128), version=4)) for each in demo.learners if each.uninvited
    }
    accounts = accounts | guests
    sent = 0
    for at, life in enumerate(demo.lives):
        if life.learner.way == "lms":
            continue
        actor = _actor(life.learner, accounts)
        through: Door = public[life.course["iri"]] if life.learner.way == "scorm12" else trusted
        statements = list(told(life, actor, random))
        sent += await through.send(statements)
        if at % MISTAKEN == 0 and through is trusted:
            sent += await trusted.send(withdrawn(life, actor, random))
        if at % FOREIGN == 0:
            sent += await trusted.send([foreign(actor, random)])
        tick(1)
    return sent


def _actor(learner: Learner, accounts: dict[str, str]) -> Json:
    if learner.way == "site":
        return {"objectType": "Agent", "account": {"homePage": HOME, "name": accounts[learner.row.lms_id]}}
    return {"objectType": "Agent", "account": {"homePage": LMS, "name": learner.row.lms_id}}


def export(demo: Demo, path: Path) -> None:
    """What the LMS would export: who completed, on which day."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["lms_id", "course", "completed", "passed"])
        for each in demo.told():
            if each.confirmed:
                day = each.ended["completed"].date().isoformat()
                out.writerow([each.learner.row.lms_id, each.course, day, day if "passed" in each.ended else ""])
