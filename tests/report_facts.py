"""Facts made for a test, and a connection to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from xapi.reports import catalogues, connections, facts
from xapi.reports.catalogues import Catalogue
from xapi.reports.connections import Connection

START = datetime(2027, 3, 1, 9)  # a Monday


def in_memory(facts: pa.Table, learners: pa.Table, words: Catalogue) -> Connection:
    """Facts that are nowhere else."""
    database = duckdb.connect()
    listed = {name: getattr(words, name) for name in connections.WORDS}
    connections.put(database, {"facts": facts, "learners": learners, **listed})
    backend = ibis.duckdb.from_connection(database)
    return Connection(backend, connections.tables(backend), words, connections.newest(backend))


def connection(
    events: list[tuple[int, int, dict[str, Any]]],
    roster: list[tuple[int, str, str | None]],
    questions: list[dict[str, Any]] | None = None,
    pages: tuple[str, ...] = ("one",),
    after: Mapping[str, int] = MappingProxyType({}),
) -> Connection:
    """Events are a learner, a minute, and what differs from a bare fact; the roster a learner, sector and due date."""
    rows = [
        {field.name: None for field in facts.FACTS}
        | {
            "statement": number,
            "source": "",
            "stored": START + timedelta(minutes=minute),
            "timestamp": START + timedelta(minutes=minute),
            "at": START + timedelta(minutes=minute),
            "actor": learner,
            "learner": learner,
            "channel": "cmi5",
            "course": "small",
            "version": "1.0.0",
            "self_reported": False,
            "active_seconds": 0.0,
        }
        | differs
        for number, (learner, minute, differs) in enumerate(events)
    ]
    people = [
        {
            "learner": learner,
            "on_roster": True,
            "organisation": "Trust",
            "sector": sector,
            "role": "Lead",
            "cohort": "A",
            "invited": None,
            "due": None if due is None else date.fromisoformat(due),
        }
        for learner, sector, due in roster
    ]
    others = [
        {"learner": learner, "on_roster": False, "invited": None, "due": None}
        | dict.fromkeys(("organisation", "sector", "role", "cohort"), facts.NOT_ON_ROSTER)
        for learner in sorted({learner for learner, _, _ in events} - {learner for learner, _, _ in roster})
    ]
    entry = {
        "id": "small",
        "title": "Small",
        "version": "1.0.0",
        "pass_mark": 0.7,
        "pages": [
            {"id": page, "title": page.title(), "after": after.get(page, 0)}
            for page in dict.fromkeys([*pages, *(each["page"] for each in questions or ())])
        ],
    }
    catalogue = catalogues.made([entry | {"questions": questions or []}])
    return in_memory(
        pa.Table.from_pylist(rows, schema=facts.FACTS),
        pa.Table.from_pylist(people + others, schema=facts.LEARNERS),
        catalogue,
    )


def question(name: str) -> dict[str, Any]:
    """With two options, the right one first."""
    return {
        "id": name,
        "revision": 1,
        "type": "single",
        "prompt": f"What of {name}?",
        "options": [{"id": option, "text": option.title()} for option in ("right", "wrong")],
        "targets": [],
        "answers": [],
        "key": [["right"]],
        "partial": False,
        "outcome": "",
        "page": "one",
        "block_type": "final-check",
        "purpose": "post",
        "twin_of": "",
    }


def of_matrix(scores: list[list[float]]) -> Connection:
    """Every row a learner, every column a question that was answered once."""
    names = [f"q{at:02}" for at in range(len(scores[0]))]
    events = [
        (
            learner,
            minute,
            {
                "verb": "answered",
                "question": name,
                "page": "one",
                "attempt": 1,
                "revision": 1,
                "score": score,
                "success": score == 1,
                "response": "right" if score == 1 else "wrong",
            },
        )
        for learner, row in enumerate(scores)
        for minute, (name, score) in enumerate(zip(names, row, strict=True))
    ]
    return connection(events, [], [question(name) for name in names])
