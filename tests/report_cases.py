"""A small programme that a person can count: its statements, roster and catalogue, in a store of their own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml

from xapi.people.registers import register
from xapi.people.roster import People
from xapi.people.rows import Row
from xapi.reports.demo.door import door, open_door
from xapi.reports.demo.saying import Json, Speaker
from xapi.store import Store
from xapi.store.keys import ALIAS_SECRET, alias, server_secret
from xapi.store.opening import opened

CASES = Path(__file__).parent / "cases" / "reports"
ROOT = "https://academy.example/masterclasses/small"
START = datetime(2024, 3, 4, 9)  # a Monday
NAMES = UUID("7a6c2c0e-6b0e-4a53-9a68-1f4f7ee1d0c1")
RESULTS: dict[str, Json] = {
    "completed": {"completion": True},
    "passed": {"success": True},
    "failed": {"success": False},
}

ROSTER = (
    Row("ann", "Ann Adams", "Trust", "NHS", "Lead", "A", "2024-03-01", "2024-03-31"),
    Row("bob", "Bob Brown", "Borough", "Council", "Lead", "A", "2024-03-01", "2024-03-31"),
    Row("cat", "Cat Clark", "Trust", "NHS", "Nurse", "B", "2024-03-01", ""),
    Row("eve", "Eve Evans", "Charity", "VCSE", "Lead", "B", "2024-03-01", "2024-03-31"),
)


def catalogue(folder: Path) -> Path:
    """As `catalogue.json`, written there."""
    said = yaml.safe_load((CASES / "catalogue.yml").read_text(encoding="utf-8"))
    questions = [
        {
            "id": name,
            "iri": f"{ROOT}/questions/{name}",
            "revision": 2 if name == "f-a" else 1,
            "type": kind,
            "prompt": f"What of {name}?",
            "options": [{"id": option, "letter": "abc"[at], "text": option.title()} for at, option in enumerate(options)],
            "targets": [],
            "answers": [],
            "key": key,
            "partial": False,
            "outcome": outcome,
            "twin_of": twin,
            "page": page,
            "block": block,
            "block_type": block,
            "purpose": purpose,
            "path": "masterclasses/small/small.quiz.yml",
            "line": at,
        }
        for at, (name, (kind, block, purpose, page, outcome, twin, key, options)) in enumerate(said["questions"].items(), 1)
    ]  # fmt: skip
    pages = [
        {"id": page, "title": f"Page {page}", "minutes": 5, "after": after} for page, after in said["pages"].items()
    ]
    course = {"id": said["id"], "iri": ROOT, "title": said["title"], "version": said["version"], "pass_mark": 0.7}
    path = folder / "catalogue.json"
    path.write_text(json.dumps({"format": 2, "courses": [course | {"pages": pages, "questions": questions}]}))
    return path


def lines() -> Iterator[tuple[str, int, str, list[str]]]:
    for line in (CASES / "statements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            who, minute, what, *details = line.split()
            yield who, int(minute), what, details


def statements(who: str, actor: Json, channel: str) -> list[Json]:
    """What somebody did, as the player says it."""
    questions = yaml.safe_load((CASES / "catalogue.yml").read_text(encoding="utf-8"))["questions"]
    speaker = Speaker(actor, ROOT, "1.1.0", channel)
    said = []
    for number, (name, minute, what, details) in enumerate(lines()):
        if name != who:
            continue
        id_, at = uuid5(NAMES, str(number)), START + timedelta(minutes=minute)
        if what == "answered":
            question, response, score, revision, attempt = details
            asked = questions[question.partition(".")[0]]
            said.append(
                speaker.answer(
                    id_,
                    at,
                    question,
                    response,
                    page=asked[3],
                    purpose=asked[2],
                    seconds=10,
                    revision=int(revision),
                    attempt=int(attempt),
                    score=None if score == "-" else float(score),
                )
            )
        elif what == "planned":
            said.append(speaker.say(id_, what, at, about=f"plans/{details[0]}", page=details[1], kind="learning-plan"))
        elif what == "ended":  # a recording, which is no masterclass
            about, page = f"media/{details[0]}", details[1]
            said.append(
                speaker.say(id_, "completed", at, about=about, page=page, kind="video", result=RESULTS["completed"])
            )
        elif what == "experienced":
            said.append(speaker.say(id_, what, at, about=f"pages/{details[0]}", kind="lesson"))
        else:
            said.append(speaker.say(id_, what, at, result=RESULTS.get(what)))
    return said


def account(home: str, name: str) -> Json:
    return {"objectType": "Agent", "account": {"homePage": home, "name": name}}


def fill(folder: Path) -> None:
    """A store and a roster, as they are a month later."""
    store = opened(str(folder))
    try:
        secret = asyncio.run(_secret(store))
        people = register(str(folder))
        People(people).bring_in(ROSTER, lambda name: alias(name, secret))
        accounts = {person.lms_id: person.account for person in People(people).everyone()}
        people.close()
        asyncio.run(_send(store, accounts))
    finally:
        store.close()


async def _secret(store: Store) -> bytes:
    return await store.write(lambda database: server_secret(database, ALIAS_SECRET))


async def _send(store: Store, accounts: dict[str, str]) -> None:
    trusted = await door(store, "lms", "https://lrs.example/")
    public = await open_door(store, "package", "https://lrs.example/", ROOT)
    lms = "https://lms.example/"
    await trusted.send(statements("ann", account(lms, "ann"), "cmi5"))
    await public.send(statements("bob", account(lms, "bob"), "scorm12"))
    await trusted.send(statements("cat", account("https://academy.example/", accounts["cat"]), "site"))
    await trusted.send(statements("dan", account(lms, "dan"), "cmi5"))
    await trusted.send([strange() for _ in range(3)])


def strange(**differs: Any) -> Json:
    """A statement of some other software."""
    return {
        "actor": account("https://lms.example/", "ann"),
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": "https://other.example/masterclasses/small"},
    } | differs
