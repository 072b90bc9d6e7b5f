"""However facts arrive and leave, the ledger has what it would have if all that is left had come at once, in order."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from xapi.reports.derived import DERIVED
from xapi.reports.events import arrow
from xapi.reports.facts import FACTS
from xapi.reports.ledger import Ledger

ACTOR = FACTS.names.index("actor")
MINUTE = 60_000_000
VERBS = ("initialized", "experienced", "answered", "answered", "completed", "terminated")


def happened(number: int, random: Random) -> tuple[Any, ...]:
    """Something one of four people did in one of two masterclasses, within an hour."""
    learner, verb = random.randrange(4), random.choice(VERBS)
    at = random.randrange(60) * MINUTE
    answered = verb == "answered"
    about = {
        "statement": number,
        "source": "",
        "stored": number,
        "timestamp": at,
        "at": at,
        "actor": learner,
        "learner": learner,
        "channel": random.choice(("cmi5", "site")),
        "course": random.choice(("small", "large")),
        "version": "1.0.0",
        "page": random.choice(("start", "end")) if answered or verb == "experienced" else None,
        "question": random.choice(("one", "two", "one.confidence")) if answered else None,
        "verb": verb,
        "attempt": random.choice((1, 1, 2)) if answered else None,
        "revision": 1 if answered else None,
        "success": random.random() < 0.5 if answered else None,
        "self_reported": False,
        "active_seconds": 0.0,
    }
    return tuple(about.get(field.name) for field in FACTS)


def tables(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """Which number an item has, depends on when it was met; that it is this item's, does not."""
    asked = {name: f"SELECT * FROM {name}" for name in ("facts", "latest", *DERIVED) if name != "items"}
    asked["responses"] = (
        "SELECT responses.* EXCLUDE (item), items.* EXCLUDE (item) FROM responses JOIN items USING (item)"
    )
    return {name: sorted(ledger.sql(text), key=repr) for name, text in asked.items()}


def at_once(path: Path, rows: list[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    with Ledger.opened(path) as ledger:
        with ledger.whole():
            ledger.arrive(arrow(rows), "", {})
            ledger.derive()
        return tables(ledger)


@pytest.mark.parametrize("seed", range(12))
def test_step_by_step_is_as_at_once(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    rows = [happened(number, random) for number in range(1, 61)]
    left = {row[0]: row for row in rows}
    with Ledger.opened(tmp_path / "steps.duckdb") as ledger:
        ledger.replace("people", pa.table({"actor": pa.array([], pa.int64()), "learner": pa.array([], pa.int64())}))
        while rows:
            some, rows = rows[: (size := random.choice((1, 2, 5, 20)))], rows[size:]
            with ledger.whole():
                ledger.arrive(arrow(some + some[:1]), "", {})  # one of them twice
                if random.random() < 0.5:
                    gone = random.choice(some)[0]
                    ledger.void([gone])
                    del left[gone]
                if random.random() < 0.2:
                    who = random.randrange(4)
                    ledger.forget([who])
                    left = {number: row for number, row in left.items() if row[ACTOR] != who or row in rows}
                if random.random() < 0.7:
                    ledger.derive()
        with ledger.whole():
            ledger.derive()
        found = tables(ledger)
    assert found == at_once(tmp_path / "once.duckdb", [*left.values()])


def test_who_is_on_the_roster_is_known_by_what_comes_first(tmp_path: Path) -> None:
    """Nothing has to be moved to them afterwards."""
    random = Random(0)
    rows = [happened(number, random) for number in range(1, 30)]
    with Ledger.opened(tmp_path / "facts.duckdb") as ledger:
        ledger.expect({"ann": 100, "cat": 300})
        with ledger.whole():
            ledger.arrive(arrow(rows), "", {0: ("ann", "home"), 1: ("bob", "home")})
        assert ledger.sql("SELECT DISTINCT actor, learner FROM facts ORDER BY ALL") == [
            (0, 100),
            (1, 1),
            (2, 2),
            (3, 3),
        ]
        assert ledger.sql("SELECT * FROM people") == [(0, 100)]
