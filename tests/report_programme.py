"""A small programme with what pages of reports are made from: facts, a roster, a catalogue. Nothing is drawn by lot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa

from report_facts import in_memory
from xapi.people.roster import Person
from xapi.reports import catalogues, connections, facts
from xapi.reports.connections import Connection
from xapi.reports.derived import DERIVED

START = datetime(2027, 3, 1, 9)
EVIL = "<script>document.title = 'caught'</script><img src=x onerror=\"document.title = 'caught'\">"
"""What somebody might send in the hope that a report runs it."""

PAGES = (("start", "Start"), ("why", "Why it matters"), ("practice", "Practice"), ("check", "Final check"))
OPTIONS = ("consult", "codesign", "inform")


def _question(ident: str, line: int, **more: Any) -> dict[str, Any]:
    return {
        "id": ident,
        "type": "single",
        "prompt": f"A panel comments on a finished plan. Which rung is {ident}?",
        "options": [{"id": name, "letter": name[0], "text": name.title()} for name in OPTIONS],
        "targets": [],
        "answers": [],
        "key": [["consult"]],
        "outcome": "ladder",
        "twin_of": "",
        "page": "check",
        "block": "final",
        "block_type": "final-check",
        "purpose": "post",
        "path": "masterclasses/small/bank.quiz.yml",
        "line": line,
        "revision": 1,
    } | more


QUESTIONS = (_question("rung-one", 2), _question("rung-two", 14, prompt=EVIL))
CATALOGUE = {
    "id": "small",
    "title": "Small steps",
    "version": "1.0.0",
    "pages": [{"id": name, "title": title, "after": 0} for name, title in PAGES],
    "questions": [*QUESTIONS],
}

GROUPS = (
    ("Northern Trust", "NHS", "Clinician", "spring", 20),
    ("County Council", "Council", "Councillor", "spring", 12),
    ("Hospice", "Charity", "Trustee", "spring", 6),
    ("Northern Trust", "NHS", "Manager", "autumn", 14),
    ("Tenants' Voice", "Housing", "Tenant", "autumn", 10),
)


def programme() -> Connection:
    """62 people in two cohorts. In each group, by their place: 1 of 6 never starts, 2 of 6 stop on the way."""
    people: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    names: dict[int, Person] = {}
    for organisation, sector, role, cohort, number in GROUPS:
        for place in range(number):
            learner = len(people) + 1
            people.append(
                {
                    "learner": learner,
                    "on_roster": True,
                    "organisation": organisation,
                    "sector": sector,
                    "role": role,
                    "cohort": cohort,
                    "invited": date(2027, 2, 1),
                    "due": date(2027, 4, 1),
                }
            )
            identity = (f"Person {learner:02} {cohort}", organisation, sector, role, cohort)
            names[learner] = Person(f"account-{learner}", f"alias-{learner}", f"id{learner}", *identity, "", "", "none")
            rows += _events(learner, place, len(rows))
    schema = {"facts": facts.FACTS, "learners": facts.LEARNERS}
    made = in_memory(
        pa.Table.from_pylist(rows, schema=schema["facts"]),
        pa.Table.from_pylist(people, schema=schema["learners"]),
        catalogues.made([CATALOGUE]),
    )
    # Worked out once, as a ledger on disk would have it.
    for name, derive in DERIVED.items():
        made.backend.create_table(name, derive(made.tables.facts))
    return replace(made, people=names, tables=connections.tables(made.backend, frozenset(DERIVED)))


def _events(learner: int, place: int, first: int) -> list[dict[str, Any]]:
    if place % 6 == 5:
        return []
    far = {3: 1, 4: 2}.get(place % 6, len(PAGES))
    at = START + timedelta(days=learner % 25, minutes=learner)
    found: list[dict[str, Any]] = [{"verb": "initialized"}]
    found += [{"verb": "experienced", "page": name} for name, _ in PAGES[:far]]
    if far == len(PAGES):
        for number, question in enumerate(("rung-one", "rung-two")):
            chosen = OPTIONS[(learner + number) % 3] if learner % 2 else "consult"
            right = chosen == "consult"
            answer = {"verb": "answered", "page": "check", "question": question, "attempt": 1, "revision": 1}
            found.append(answer | {"purpose": "post", "success": right, "score": float(right), "response": chosen})
        found += [{"verb": "completed"}, {"verb": "passed", "score": 0.8}]
    return [
        {field.name: None for field in facts.FACTS}
        | {
            "statement": first + number,
            "source": "",
            "stored": at + timedelta(minutes=3 * number),
            "timestamp": at + timedelta(minutes=3 * number),
            "at": at + timedelta(minutes=3 * number),
            "actor": learner,
            "learner": learner,
            "channel": "site" if learner % 3 else "scorm12",
            "course": "small",
            "version": "1.0.0",
            "self_reported": False,
            "active_seconds": 180.0 if number else 0.0,
        }
        | one
        for number, one in enumerate(found)
    ]
