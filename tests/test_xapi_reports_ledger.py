"""Facts follow the store: what is voided, restored, forgotten or said late, and who is on the roster now."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import click
import pytest
from click.testing import CliRunner

import report_cases
from report_cases import ROOT, START, account
from xapi.cli import lrs as command
from xapi.client import Client, LrsFailed, Rejected, Unreachable
from xapi.people.commands import roster
from xapi.people.registers import register
from xapi.people.roster import People
from xapi.people.rows import Row
from xapi.reports import connections
from xapi.reports.connections import opened
from xapi.reports.demo.door import Door, door
from xapi.reports.demo.saying import Json, Speaker
from xapi.reports.ledger import Ledger
from xapi.reports.ledger_file import path_of
from xapi.reports.parts import VOIDED
from xapi.statements.identity import identity
from xapi.store import forgetting
from xapi.store.keys import ALIAS_SECRET, alias, server_secret
from xapi.store.opening import opened as opened_store

LMS = "https://lms.example/"


class Lrs:
    """A store in a folder, whose facts are read when it is asked for them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, *said: Json) -> None:
        self._with(lambda through: through.send(said))

    def _with(self, task: Any) -> None:
        store = opened_store(str(self.folder))

        async def run() -> None:
            await task(await door(store, "test", "https://lrs.example/"))

        asyncio.run(run())
        store.close()

    def forget(self, actor: Json) -> None:
        async def task(through: Door) -> None:
            await through.store.write(lambda database: forgetting.forget(database, identity(actor) or ""))

        self._with(task)

    def invite(self, *lms_ids: str) -> None:
        store = opened_store(str(self.folder))

        async def secret() -> bytes:
            return await store.write(lambda database: server_secret(database, ALIAS_SECRET))

        known = asyncio.run(secret())
        store.close()
        rows = [Row(name, name.title(), "Trust", "NHS", "Lead", "A", "", "") for name in lms_ids]
        People(register(str(self.folder))).bring_in(rows, lambda name: alias(name, known))

    def facts(self, *columns: str) -> list[tuple[Any, ...]]:
        with opened(str(self.folder), catalogue=report_cases.catalogue(self.folder)) as connection:
            facts = connection.tables.facts
            rows = connection.fetch(facts.select(*columns))
            return sorted(tuple(row[name] for name in columns) for row in rows)

    def progress(self) -> list[dict[str, Any]]:
        with opened(str(self.folder), catalogue=report_cases.catalogue(self.folder)) as connection:
            return connection.fetch(connection.tables.progress)


@pytest.fixture
def lrs(tmp_path: Path) -> Lrs:
    lrs = Lrs(tmp_path)
    lrs.send()
    return lrs


def said(who: str, verb: str, minute: float, home: str = LMS, **about: Any) -> Json:
    speaker = Speaker(account(home, who), ROOT, "1.0.0", "cmi5")
    return speaker.say(uuid4(), verb, START + timedelta(minutes=minute), **about)


def test_what_is_read_again_is_there_once(lrs: Lrs) -> None:
    lrs.send(said("ann", "initialized", 0), said("ann", "completed", 5))
    assert lrs.facts("verb", "active_seconds") == [("completed", 300.0), ("initialized", 0.0)]
    assert lrs.facts("verb") == [("completed",), ("initialized",)]
    lrs.send(said("ann", "terminated", 6))
    assert lrs.facts("verb", "active_seconds") == [("completed", 300.0), ("initialized", 0.0), ("terminated", 60.0)]


def test_what_comes_late_stands_where_it_belongs(lrs: Lrs) -> None:
    lrs.send(said("ann", "initialized", 0), said("ann", "terminated", 4))
    assert lrs.facts("verb", "active_seconds") == [("initialized", 0.0), ("terminated", 240.0)]
    lrs.send(said("ann", "experienced", 3, about="pages/one", kind="lesson"))
    assert lrs.facts("verb", "active_seconds") == [("experienced", 180.0), ("initialized", 0.0), ("terminated", 60.0)]
    assert [row["active_seconds"] for row in lrs.progress()] == [240.0]


@pytest.mark.slow
@pytest.mark.parametrize("order", ["voided after", "voided before", "voided once it was read"])
def test_voided_statements_leave(lrs: Lrs, order: str) -> None:
    done = said("ann", "completed", 5)
    void = {
        "actor": account(LMS, "ann"),
        "verb": {"id": VOIDED},
        "object": {"objectType": "StatementRef", "id": done["id"]},
    }
    lrs.send(said("ann", "initialized", 0))
    for each in [void, done] if order == "voided before" else [done, void]:
        lrs.send(each)
        if order == "voided once it was read":
            lrs.facts("verb")
    lrs.send(said("ann", "terminated", 9))
    assert lrs.facts("verb", "active_seconds") == [("initialized", 0.0), ("terminated", 300.0)]
    assert [row["completed_at"] for row in lrs.progress()] == [None]


def test_who_is_forgotten_is_in_no_fact(lrs: Lrs) -> None:
    lrs.send(said("ann", "initialized", 0), said("bob", "initialized", 0))
    assert len(lrs.facts("learner")) == 2
    lrs.forget(account(LMS, "ann"))
    assert len(lrs.facts("learner")) == 1
    assert len(lrs.progress()) == 1
    with Ledger.opened(path_of(str(lrs.folder))) as ledger:
        assert ledger.sql("SELECT count(*) FROM actors") == [(1,)]


def test_forgetting_a_person_of_the_roster_leaves_nothing_in_the_file(lrs: Lrs) -> None:
    """Whatever they came by: an LMS's launch, or the account of their personal link."""
    lrs.invite("ann", "bob")
    people = People(register(str(lrs.folder)))
    link = next(each.account for each in people.everyone() if each.lms_id == "ann")
    lrs.send(
        said("ann", "initialized", 0, about="", result={"response": "a-secret-of-ann"}),
        said(link, "initialized", 0, home="https://academy.example/"),
        said("bob", "initialized", 0),
    )
    assert len(lrs.facts("statement")) == 3
    path = path_of(str(lrs.folder))
    assert b"a-secret-of-ann" in path.read_bytes()
    result = CliRunner().invoke(roster, ["forget", "ann", "--yes", "--data", str(lrs.folder)])
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "Removed: ann, 2 statements.")
    assert b"a-secret-of-ann" not in path.read_bytes()
    (fact,) = lrs.facts("learner")
    with opened(str(lrs.folder), catalogue=report_cases.catalogue(lrs.folder)) as connection:
        assert [person.lms_id for person in connection.names().values()] == ["bob"]
        assert [fact[0]] == [*connection.names()]


def test_facts_of_another_version_are_made_anew(lrs: Lrs) -> None:
    lrs.send(said("ann", "initialized", 0), said("bob", "initialized", 0))
    before = lrs.facts("learner", "verb")
    with Ledger.opened(path_of(str(lrs.folder))) as ledger:
        ledger.sql("ALTER TABLE facts DROP COLUMN verb")
        ledger.set("format", "1")
    assert lrs.facts("learner", "verb") == before


def test_unknown_statements_are_counted_and_left_out(lrs: Lrs) -> None:
    lrs.send(
        said("ann", "initialized", 0),
        report_cases.strange(),
        report_cases.strange(verb={"id": "https://other.example/verbs/danced"}),
        said("ann", "completed", 1) | {"actor": {"objectType": "Group", "member": [account(LMS, "ann")]}},
    )
    assert lrs.facts("verb") == [("initialized",)]
    with Ledger.opened(path_of(str(lrs.folder))) as ledger:
        assert dict(ledger.unknown()) == {
            "not about a masterclass in our vocabulary": 1,
            "another verb": 1,
            "by a group, or nobody": 1,
        }


def test_impossible_times_are_kept_and_flagged(lrs: Lrs) -> None:
    late = said("ann", "initialized", 0) | {"timestamp": "2999-01-01T00:00:00.000Z"}
    early = said("ann", "terminated", 0) | {"timestamp": "1999-01-01T00:00:00.000Z"}
    lrs.send(late, early)
    with opened(str(lrs.folder), catalogue=report_cases.catalogue(lrs.folder)) as connection:
        rows = connection.fetch(connection.tables.facts.order_by("verb"))
        assert [(row["flag"], row["timestamp"].year, row["at"] == row["stored"]) for row in rows] == [
            ("later than it was stored", 2999, True),
            ("before there was xAPI", 1999, True),
        ]
        assert connection.notes == (
            "Some statements have impossible times; they count at the moment they were stored.",
        )


def test_no_statement_passes_for_an_export_of_an_lms(lrs: Lrs) -> None:
    told = said("ann", "initialized", 0)
    lrs.send(told | {"context": told["context"] | {"platform": "lms"}})
    assert lrs.facts("channel") == [("unknown",)]


@pytest.mark.slow
def test_people_are_one_by_the_roster_of_now(lrs: Lrs) -> None:
    """Ann in two systems is two, until the roster says that she is one."""
    lrs.send(said("ann", "initialized", 0), said("ann", "completed", 3, home="https://other.example/"))
    assert len(lrs.progress()) == 2
    lrs.invite("ann")
    (row,) = lrs.progress()
    assert (row["started_at"] is not None, row["completed_at"] is not None, row["active_seconds"]) == (
        True,
        True,
        180.0,
    )
    with opened(str(lrs.folder), catalogue=report_cases.catalogue(lrs.folder)) as connection:
        assert connection.names()[row["learner"]].name == "Ann"
        assert connection.notes == (
            "Some people of the roster were met in more than one system under the same id; each counts once.",
        )
    people = People(register(str(lrs.folder)))
    people.forget(people.everyone()[0].account)
    assert len(lrs.progress()) == 2


@pytest.mark.slow
def test_what_is_restored_is_read_though_it_is_older(tmp_path: Path, lrs: Lrs) -> None:
    old = Lrs(tmp_path / "old")
    old.send(said("bob", "initialized", 0))
    file = tmp_path / "export.jsonl"
    assert CliRunner().invoke(command, ["export", str(file), "--data", str(old.folder)]).exit_code == 0
    lrs.send(said("ann", "initialized", 0))
    assert len(lrs.facts("learner")) == 1
    assert CliRunner().invoke(command, ["import", str(file), "--data", str(lrs.folder)]).exit_code == 0
    assert len(lrs.facts("learner")) == 2


class Remote(Client):
    """Another LRS, which gives pages away as it likes."""

    def __init__(self, pages: list[list[Json] | LrsFailed]) -> None:
        super().__init__("https://lrs.example/xapi/", "key", "secret")
        self.pages = pages
        self.asked: list[Any] = []

    def statements(self, *, since: Any = None, until: Any = None, **filters: str) -> Iterator[dict[str, Any]]:
        self.asked.append(since)
        for page in self.pages:
            if isinstance(page, LrsFailed):
                raise page
            yield from page


def stored(statement: Json, second: int) -> Json:
    return statement | {"stored": f"2024-04-01T00:00:{second:02}.000Z"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "failure",
    [
        Unreachable("https://lrs.example/xapi/ answered 500: oh", 500),
        Unreachable("https://lrs.example/xapi/ answered 200 and something that is no LRS's: {"),
        Rejected("https://lrs.example/xapi/ lists the same page again and again: /more"),
    ],
)
def test_another_lrs_is_read_on_from_where_it_failed(lrs: Lrs, failure: LrsFailed) -> None:
    first = stored(said("ann", "initialized", 0), 1)
    more = [stored(said("ann", "completed", 4), 2), stored(said("ann", "terminated", 5), 3)]
    broken = Remote([[first, more[0]], failure])
    with pytest.raises(LrsFailed, match=failure.message[:20]):
        connections.refreshed(str(lrs.folder), lrs=broken)
    assert lrs.facts("verb", "source") == [("completed", broken.endpoint), ("initialized", broken.endpoint)]
    whole = Remote([[more[0]], [*more]])  # again from a little before, and one of them twice
    connections.refreshed(str(lrs.folder), lrs=whole)
    assert [each and each.isoformat() for each in (*broken.asked, *whole.asked)] == [None, "2024-03-31T23:59:02+00:00"]
    assert [verb for verb, _ in lrs.facts("verb", "source")] == ["completed", "initialized", "terminated"]
    (row,) = lrs.progress()
    assert row["active_seconds"] == 300.0


def test_engines_that_there_are_not_are_refused(lrs: Lrs) -> None:
    words = report_cases.catalogue(lrs.folder)
    with (
        pytest.raises(click.ClickException, match=r"oracle://db: expected an engine that begins with postgresql:, "),
        opened(str(lrs.folder), engine="oracle://db", catalogue=words),
    ):
        pass


def test_statements_that_cannot_be_read_are_counted(lrs: Lrs) -> None:
    wrong = said("ann", "initialized", 0) | {"stored": 7}
    connections.refreshed(str(lrs.folder), lrs=Remote([[wrong, json.loads(json.dumps({"id": str(UUID(int=1))}))]]))
    with Ledger.opened(path_of(str(lrs.folder))) as ledger:
        assert dict(ledger.unknown()) == {"cannot be read": 2}
