"""Export and import: what comes back is what was there, byte for byte, whatever happens on the way."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from xapi.statements.incoming import Authority
from xapi.store.opening import FILE
from xapi.store.sqlite import SqliteStore
from xapi_ops import COURSE, Filled, Json, attached, person, ran, statement, whole

PLAN = b"what I will do \x00\xff"
EXACT = '{"score":{"raw":1.10,"max":12345678901234567890},"extensions":{"https://example.org/e":-0.0e-7}}'


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    """A bit of everything: exact numbers, line breaks, attachments, voids before and after, groups, documents, profiles."""
    filled = Filled(tmp_path / "data")
    exact = (
        json.dumps(statement(1)).removesuffix("}")
        + f', "result":\n {EXACT},\r\n\t"timestamp": "2026-01-02T03:04:05+01:00"}}'
    )
    voided = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    filled.send(statement(9, verb=voided, object={"objectType": "StatementRef", "id": statement(3)["id"]}))
    filled.send(exact, statement(2, "bob", attachments=[attached(PLAN)]), contents=[PLAN])
    filled.send(statement(3), statement(4, object={"objectType": "StatementRef", "id": statement(2)["id"]}))
    filled.send(statement(5, "eve", attachments=[attached(PLAN)]), contents=[PLAN])
    filled.send(statement(8, verb=voided, object={"objectType": "StatementRef", "id": statement(5)["id"]}))
    filled.send(statement(6, object={"id": COURSE, "definition": {"name": {"en-GB": "Demo <b>\u2028"}}}))
    filled.send(statement(7, actor={"objectType": "Group", "member": [person("ada"), person("bob")]}))
    account = {"account": {"homePage": "https://lrs.example/", "name": "site"}}
    filled.send(statement(10), authority=Authority("site:ada", account, json.dumps(account), False))
    filled.document("ada", "masterclass", b'{"resume": "1"}')
    filled.document("bob", "photo", bytes(range(256)), "image/png")
    yield filled
    filled.close()


def test_an_import_into_an_empty_store_gives_an_equal_store(filled: Filled, tmp_path: Path) -> None:
    ran("forget", "eve", "--yes", "--data", filled.folder)
    size = ran("export", tmp_path / "out.jsonl", "--data", filled.folder)
    assert size == f"{tmp_path}/out.jsonl: 9 statements, {(tmp_path / 'out.jsonl').stat().st_size} bytes\n"
    said = ran("import", tmp_path / "out.jsonl", "--data", tmp_path / "new")
    assert said == "9 statements stored, 0 were there already, 0 left out: they are about people who were forgotten\n"
    assert whole(tmp_path / "new" / FILE) == whole(filled.path)
    assert EXACT.encode() in whole(tmp_path / "new" / FILE)[0][1][6]
    again = ran("import", "-", "--data", tmp_path / "new", stdin=(tmp_path / "out.jsonl").read_bytes())
    assert again == "0 statements stored, 9 were there already, 0 left out: they are about people who were forgotten\n"
    assert whole(tmp_path / "new" / FILE) == whole(filled.path)


def test_an_export_is_json_lines_that_any_program_reads(filled: Filled, tmp_path: Path) -> None:
    ran("export", tmp_path / "out.jsonl", "--data", filled.folder)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()]
    assert [next(iter(line)) for line in lines] == [
        "export", "statement", "statement", "attachment", *["statement"] * 8, "document", "document", "activity", "end",
    ]  # fmt: skip
    assert [(line["statement"]["id"][-1], line.get("voided", False)) for line in lines if type(line.get("statement")) is dict] == [
        ("9", False), ("2", False), ("3", True), ("4", False), ("5", True), ("8", False), ("6", False), ("7", False), ("0", False),
    ]  # fmt: skip
    assert (tmp_path / "out.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("cut", range(1, 15))
def test_an_export_goes_on_where_it_was_cut_off(filled: Filled, tmp_path: Path, cut: int) -> None:
    out = tmp_path / "out.jsonl"
    ran("export", out, "--data", filled.folder)
    complete = out.read_bytes()
    lines = complete.splitlines(keepends=True)
    out.write_bytes(b"".join(lines[:cut]) + lines[cut][:-3] if cut < len(lines) else complete)
    assert "is there already" in ran("export", out, "--data", filled.folder, code=1)
    ran("export", out, "--resume", "--data", filled.folder)
    assert out.read_bytes() == complete


def test_an_export_is_brought_up_to_date(filled: Filled, tmp_path: Path) -> None:
    ran("export", tmp_path / "out.jsonl", "--data", filled.folder)
    voided = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    filled.send(statement(11, verb=voided, object={"objectType": "StatementRef", "id": statement(1)["id"]}))
    ran("export", tmp_path / "out.jsonl", "--resume", "--data", filled.folder)
    ran("import", tmp_path / "out.jsonl", "--data", tmp_path / "new")
    assert whole(tmp_path / "new" / FILE) == whole(filled.path)


def test_an_import_is_run_again_after_it_was_cut_off(filled: Filled, tmp_path: Path) -> None:
    ran("export", tmp_path / "out.jsonl", "--data", filled.folder)
    complete = (tmp_path / "out.jsonl").read_bytes()
    (tmp_path / "cut.jsonl").write_bytes(b"".join(complete.splitlines(keepends=True)[:6]))
    assert "it was cut off" in ran("import", tmp_path / "cut.jsonl", "--data", tmp_path / "new", code=1)
    assert whole(tmp_path / "new" / FILE)[0] == whole(filled.path)[0][:4]
    ran("import", tmp_path / "out.jsonl", "--data", tmp_path / "new")
    assert whole(tmp_path / "new" / FILE) == whole(filled.path)


def test_a_killed_import_is_finished_by_the_next(
    filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.send(*(statement(number) for number in range(100, 160)))
    ran("export", tmp_path / "out.jsonl", "--data", filled.folder)
    monkeypatch.setattr("xapi.operations.imports.MOST", 10)
    write, left = SqliteStore.write, [4]

    async def fails(store: SqliteStore, task: Callable[..., Json]) -> Json:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return await write(store, task)

    with monkeypatch.context() as patched:
        patched.setattr(SqliteStore, "write", fails)
        ran("import", tmp_path / "out.jsonl", "--data", tmp_path / "new", code=1)
    assert len(whole(tmp_path / "new" / FILE)[0]) == 40
    ran("import", tmp_path / "out.jsonl", "--data", tmp_path / "new")
    assert whole(tmp_path / "new" / FILE) == whole(filled.path)


def test_two_stores_become_one(filled: Filled, tmp_path: Path) -> None:
    """A statement whose instant another one has is put at the next; `stored` stays as it was."""
    ran("export", tmp_path / "out.jsonl", "--data", filled.folder)
    other = Filled(tmp_path / "other")
    other.send(statement(50))
    other.close()
    taken = whole(filled.path)[0][0][0]
    with closing(sqlite3.connect(other.path)) as database, database:
        database.execute("UPDATE statements SET seq = ?", (taken,))
        database.execute("UPDATE terms SET seq = ?", (taken,))
    ran("import", tmp_path / "out.jsonl", "--data", other.folder)
    both = whole(other.path)[0]
    assert [(row[0] - taken, row[4][-2:]) for row in both[:2]] == [(0, "50"), (1, "09")]
    assert [row[6] for row in both[1:]] == [row[6] for row in whole(filled.path)[0]]


REFUSED = {
    "expected an object": ("not an export", "Error: line 1: expected an object and a line break; the file may be cut off\n"),
    "no header": ('{"end":true}\n', 'Error: line 1: expected {"export": "masterclass-lrs", "format": 1}: this is no export that can be read\n'),
    "unknown kind": ('H{"more":1}\n', "Error: line 2: expected one of export, statement, attachment, document, activity, forgotten, end\n"),
    "invalid statement": ('H{"statement":{"id":"x"}}\n', None),
    "no stored": ('H{"statement":S}\n', "Error: line 2: stored: expected it, as in every stored statement\n"),
    "wrong attachment": ('H{"attachment":"' + 64 * "0" + '","contents":""}\n', "Error: line 2: the attachment is not the one its hash is of\n"),
    "document without parts": ('H{"document":"00"}\n', "Error: line 2: not what an export says of one document\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_export_is_refused_with_its_line(case: str, tmp_path: Path) -> None:
    text, message = REFUSED[case]
    text = text.replace("H", '{"export":"masterclass-lrs","format":1}\n', 1).replace("S", json.dumps(statement(1)))
    said = ran("import", "-", "--data", tmp_path, code=1, stdin=text)
    assert said == message if message else said.startswith("Error: line 2: ")
    assert whole(tmp_path / FILE) == [[], [], [], [], [], [], []]


def test_another_statement_with_the_same_id_stops_an_import(filled: Filled, tmp_path: Path) -> None:
    ran("export", tmp_path / "out.jsonl", "--data", filled.folder)
    other = Filled(tmp_path / "other")
    other.send(statement(6, "mallory"))
    before = whole(other.path)
    other.close()
    said = ran("import", tmp_path / "out.jsonl", "--data", other.folder, code=1)
    assert said == (
        f"Error: the store has another statement with the id {statement(6)['id']}; "
        "what stands before it is stored, up to 500 lines less\n"
    )
    assert whole(other.path) == before


numbers = some.integers(1, 12)
texts = some.text(some.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
values = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
people = some.sampled_from(["ada", "bob", "eve"])
plans = some.binary(max_size=30)


@some.composite
def random(draw: some.DrawFn) -> tuple[int, str, list[bytes]]:
    number = draw(numbers)
    made = statement(number, draw(people))
    contents: list[bytes] = []
    match draw(some.sampled_from(["plain", "refers", "voids", "group", "attached"])):
        case "refers":
            made["object"] = {"objectType": "StatementRef", "id": statement(draw(numbers))["id"]}
        case "voids":
            made["object"] = {"objectType": "StatementRef", "id": statement(draw(numbers))["id"]}
            made["verb"] = {"id": "http://adlnet.gov/expapi/verbs/voided"}
        case "group":
            made["actor"] = {"objectType": "Group", "name": draw(texts), "member": [person(draw(people))]}
        case "attached":
            contents = [draw(plans)]
            made["attachments"] = [attached(contents[0])]
    made["result"] = {"extensions": {"https://example.org/e": draw(values)}, "response": draw(texts)}
    indent = draw(some.sampled_from([None, 1, "\r\n\t"]))
    return number, json.dumps(made, ensure_ascii=draw(some.booleans()), indent=indent), contents


@settings(max_examples=40, deadline=None)
@given(some.lists(random(), max_size=12, unique_by=lambda each: each[0]), some.lists(plans, max_size=2))
def test_any_store_comes_back(batch: list[tuple[int, str, list[bytes]]], states: list[bytes]) -> None:
    with TemporaryDirectory() as folder:
        here = Path(folder)
        filled = Filled(here / "data")
        for _, text, contents in batch:
            filled.send(text, contents=contents)
        for place, state in enumerate(states):
            filled.document("ada", f"state {place}", state, "text/plain")
        filled.close()
        ran("export", here / "out.jsonl", "--data", here / "data")
        ran("import", here / "out.jsonl", "--data", here / "new")
        assert whole(here / "new" / FILE) == whole(filled.path)
