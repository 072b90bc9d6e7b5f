"""Backups of a store that is being written to."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from there import there
from xapi.people.grants import Grants
from xapi.people.registers import FILE as PEOPLE
from xapi.people.registers import register
from xapi.people.self_checks import FILE as COUNTS
from xapi.people.self_checks import Counts
from xapi.reports.released import FILE as RELEASED
from xapi.store.opening import FILE
from xapi_ops import Filled, attached, ran, statement, whole


def test_a_backup_is_a_moment_of_a_store_that_goes_on(tmp_path: Path) -> None:
    """Every batch has ten statements and an attachment: all of it is there or none."""
    filled = Filled(tmp_path / "data")
    stop = threading.Event()
    sent: list[int] = []

    def write() -> None:
        while not stop.is_set():
            first = len(sent) * 10
            plan = b"plan %d" % first
            batch = [statement(number) for number in range(first, first + 10)]
            filled.send(*batch[1:], batch[0] | {"attachments": [attached(plan)]}, contents=[plan])
            sent.append(first)

    writing = threading.Thread(target=write)
    writing.start()
    acknowledged = []
    for number in range(5):
        while len(sent) < 5 * (number + 1):
            pass
        acknowledged.append(len(sent))
        ran("backup", tmp_path / f"{number}.sqlite", "--data", filled.folder)
    stop.set()
    writing.join()
    filled.close()
    everything = whole(filled.path)
    for number, before in enumerate(acknowledged):
        copy = whole(tmp_path / f"{number}.sqlite")
        batches, rest = divmod(len(copy[0]), 10)
        assert (rest, len(copy[2]), len(copy[3])) == (0, batches, batches)
        assert before <= batches <= len(sent)
        assert copy[0] == everything[0][: len(copy[0])]
    assert sorted(path.name for path in tmp_path.iterdir()) == [*(f"{number}.sqlite" for number in range(5)), "data"]


def test_a_restored_backup_is_the_store_it_was_made_of(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "data")
    filled.send(statement(1), statement(2))
    filled.document("ada", "masterclass", b"{}")
    ran("backup", tmp_path / "backup.sqlite", "--data", filled.folder)
    before = whole(filled.path)
    filled.send(statement(3))
    filled.close()
    (tmp_path / "new").mkdir()
    shutil.copy(tmp_path / "backup.sqlite", tmp_path / "new" / FILE)
    said = ran("key", "list", "--data", tmp_path / "new")
    assert said == ran("key", "list", "--data", filled.folder)
    assert whole(tmp_path / "new" / FILE) == before
    assert (tmp_path / "backup.sqlite").stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(filled.path)) as database:
        copies = database.execute("SELECT path, kind FROM copies").fetchall()
    assert copies == [(str(tmp_path / "backup.sqlite"), "backup")]


def test_a_backup_replaces_nothing(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "data")
    filled.close()
    (tmp_path / "precious").write_text("of mine", encoding="utf-8")
    said = ran("backup", tmp_path / "precious", "--data", filled.folder, code=1)
    assert said == f"Error: {tmp_path / 'precious'} is there already: choose another name\n"
    said = ran("backup", tmp_path / "none" / "backup", "--data", filled.folder, code=1)
    assert said.startswith(f"Error: {tmp_path / 'none' / 'backup'} could not be made: ")
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "of mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "precious"]


def test_who_people_are_is_backed_up_beside(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "data")
    filled.send(statement(1))
    filled.close()
    with closing(register(str(filled.folder))) as people:
        token = Grants(people).add("Ada", "manager", "", 90)
    ran("backup", tmp_path / "monday.sqlite", "--data", filled.folder)
    (tmp_path / "new").mkdir()
    shutil.copy(tmp_path / "monday.people.sqlite", tmp_path / "new" / PEOPLE)
    with closing(register(str(tmp_path / "new"))) as restored:
        holder = Grants(restored).holder(there(token))
    assert there(holder).name == "Ada"
    told = json.loads(ran("forget", "ada", "--yes", "--json", "--data", filled.folder))
    assert {Path(each["path"]).name for each in told["copies"]} == {"monday.people.sqlite", "monday.sqlite"}


def test_counts_of_self_checks_and_what_reports_gave_away_are_backed_up_beside(tmp_path: Path) -> None:
    filled = Filled(tmp_path / "data")
    filled.close()
    with closing(Counts.at(str(filled.folder))) as counts:
        counts.add("2026-11", {"trust": 2, "data": 0})
    released = filled.folder / RELEASED
    released.write_bytes(b'{"count": 9}\n{"count": 12}\n{"cou')  # another is being written
    ran("backup", tmp_path / "monday.sqlite", "--data", filled.folder)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["data", "monday.released.jsonl", "monday.self-checks.sqlite", "monday.sqlite"]
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in made[1:]} == {0o600}
    assert (tmp_path / "monday.released.jsonl").read_bytes() == b'{"count": 9}\n{"count": 12}\n'
    (tmp_path / "new").mkdir()
    shutil.copy(tmp_path / "monday.self-checks.sqlite", tmp_path / "new" / COUNTS)
    with closing(Counts.at(str(tmp_path / "new"))) as restored:
        assert restored.all() == {("trust", 2): 1, ("data", 0): 1}
    with closing(sqlite3.connect(filled.path)) as database:
        told = [Path(path).name for (path,) in database.execute("SELECT path FROM copies")]
    assert told == ["monday.sqlite"], "nobody can be found in the others, so forgetting has nothing to do there"
    said = ran("backup", tmp_path / "monday.sqlite", "--data", filled.folder, code=1)
    assert said == f"Error: {tmp_path / 'monday.sqlite'} is there already: choose another name\n"
