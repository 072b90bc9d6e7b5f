"""Forgetting a person, and telling them what is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from xapi.statements.identity import identity
from xapi.store.opening import FILE
from xapi_ops import HOME, VERB, Filled, attached, person, ran, statement, whole

SECRET = b"ada's own plan"
SHARED = b"the plan of all"
PEOPLE = {
    1: {},
    2: {"attachments": [attached(SECRET), attached(SHARED)]},
    3: {"actor": {"objectType": "Group", "member": [person("bob"), person("ada")]}},
    4: {"actor": person("bob"), "object": person("ada")},
    5: {"actor": person("bob"), "context": {"instructor": person("ada")}},
    6: {"actor": person("bob"), "object": {"objectType": "SubStatement", "actor": person("ada"), "verb": VERB, "object": {"id": "https://example.org/a"}}},
}  # fmt: skip
OTHERS = {
    11: {"attachments": [attached(SHARED)]},
    12: {"object": {"objectType": "StatementRef", "id": statement(1)["id"]}},
    13: {},
    14: {"actor": {"objectType": "Agent", "account": {"homePage": "https://elsewhere.example", "name": "adam"}}},
}


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    """One store with what ada and others did, and tests' other stores with only what others did."""
    filled = Filled(tmp_path / "data")
    fill(filled, ada=True)
    yield filled
    filled.close()


def fill(filled: Filled, ada: bool) -> None:
    if ada:
        filled.send(*(statement(n) | more for n, more in PEOPLE.items()), contents=[SECRET, SHARED])
        filled.document("ada", "masterclass", b'{"resume": "ada"}')
    filled.send(*(statement(n, "bob") | more for n, more in OTHERS.items()), contents=[SHARED])
    filled.document("bob", "masterclass", b'{"resume": "bob"}')


def test_nothing_is_left_but_a_tombstone(filled: Filled, tmp_path: Path) -> None:
    before = whole(filled.path)
    kept = {row[0] for row in before[0] if int(row[4][-2:]) in OTHERS}
    ran("backup", tmp_path / "backup.sqlite", "--data", filled.folder)
    ran("export", tmp_path / "out.jsonl", "--data", filled.folder)
    said = ran("forget", "ada", "--yes", "--json", "--data", filled.folder)
    told = json.loads(said)
    copies = [(copy["path"], copy["kind"]) for copy in told.pop("copies")]
    assert told == {"statements": 6, "documents": 1, "attachments": 1, "targets": []}
    assert copies == [(str(tmp_path / "backup.sqlite"), "backup"), (str(tmp_path / "out.jsonl"), "export")]
    after = whole(filled.path)
    assert after[0] == [row for row in before[0] if row[0] in kept]
    assert after[1] == [row for row in before[1] if row[1] in kept and row[2] in kept | {0}]
    assert after[2] == [row for row in before[2] if row[1] == SHARED]
    assert after[3] == [row for row in before[3] if row[0] in kept]
    assert after[4] == [row for row in before[4] if b"bob" in row[8]]
    assert after[5] == before[5]
    assert [row[4:] for row in after[6]] == [(6, 1, 1)]
    filled.close()
    files = b"".join(path.read_bytes() for path in filled.folder.iterdir())
    assert [word for word in (b'"ada"', SECRET, b'"resume": "ada"') if word in files] == []
    assert b'"bob"' in files


def test_an_old_export_does_not_bring_them_back(filled: Filled, tmp_path: Path) -> None:
    """Nor into a store that was made from a newer one."""
    ran("export", tmp_path / "old.jsonl", "--data", filled.folder)
    ran("forget", "ada", "--yes", "--data", filled.folder)
    after = whole(filled.path)
    said = ran("import", tmp_path / "old.jsonl", "--data", filled.folder)
    assert said == "0 statements stored, 4 were there already, 6 left out: they are about people who were forgotten\n"
    assert whole(filled.path) == after
    ran("export", tmp_path / "new.jsonl", "--data", filled.folder)
    ran("import", tmp_path / "new.jsonl", "--data", tmp_path / "moved")
    ran("import", tmp_path / "old.jsonl", "--data", tmp_path / "moved")
    assert whole(tmp_path / "moved" / FILE) == after


def test_a_tombstone_does_not_say_who(filled: Filled) -> None:
    ran("forget", "ada", "--yes", "--data", filled.folder)
    (row,) = whole(filled.path)[6]
    who = identity(person("ada")) or ""
    assert [part for part in row if isinstance(part, bytes) and (who.encode() in part or b"ada" in part)] == []


def test_asks_first(filled: Filled) -> None:
    before = whole(filled.path)
    said = ran("forget", "ada", "--data", filled.folder, code=1, stdin="n\n")
    assert said.startswith(f"Remove all that is about ada at {HOME}? [y/N]: ")
    assert whole(filled.path) == before
    ran("forget", "ada", "--data", filled.folder, stdin="y\n")
    assert len(whole(filled.path)[0]) == 4


def test_says_what_is_left_to_do(filled: Filled, tmp_path: Path) -> None:
    ran("backup", tmp_path / "gone.sqlite", "--data", filled.folder)
    ran("backup", tmp_path / "backup.sqlite", "--data", filled.folder)
    (tmp_path / "gone.sqlite").unlink()
    lines = ran("forget", "ada", "--yes", "--data", filled.folder).splitlines()
    assert lines[0] == "Removed: 6 statements, 1 documents, 1 attachments."
    assert [line.rpartition(" of ")[0] for line in lines[1:]] == [
        f"Still to act on: {tmp_path / 'backup.sqlite'}, backup"
    ]


@pytest.mark.parametrize("command", [["forget", "--yes"], ["access"]])
def test_whose_account_must_be_plain(command: list[str], filled: Filled) -> None:
    before = whole(filled.path)
    said = ran(*command, "nobody", "--data", filled.folder, code=1)
    assert said == "Error: the account nobody is in no statement: say whose it is with --home-page\n"
    filled.send(statement(20, actor={"account": {"homePage": "https://other.example", "name": "ada"}}))
    said = ran(*command, "ada", "--data", filled.folder, code=1)
    assert said == (f"Error: the account ada is at https://other.example, {HOME}: say whose it is with --home-page\n")
    assert whole(filled.path)[0][:-1] == before[0]
    ran(*command, "ada", "--home-page", "https://other.example", "--data", filled.folder)


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    for command in (["forget", "ada"], ["access", "ada"], ["export", "x"], ["backup", "x"]):
        said = ran(*command, "--data", tmp_path / "none", code=1)
        assert said == f"Error: there is no database {tmp_path / 'none' / FILE}; name its folder with --data\n"
    assert list(tmp_path.iterdir()) == []


def test_access_gives_all_as_it_is_stored(filled: Filled) -> None:
    """Byte for byte: also numbers that Python's would change."""
    filled.send(json.dumps(statement(7)).removesuffix("}") + ', "result": {"score": {"raw": 1.10}}}')
    said = ran("access", "ada", "--data", filled.folder)
    told = json.loads(said)
    rows = [row for row in whole(filled.path)[0] if int(row[4][-2:]) in {*PEOPLE, 7}]
    assert told["agent"] == person("ada")
    assert [(each["statement"], each["voided"]) for each in told["statements"]] == [
        (json.loads(row[6]), False) for row in rows
    ]
    assert all(row[6].decode() in said for row in rows)
    (document,) = told["documents"]
    assert document.pop("updated").startswith("20")
    assert document == {
        "name": "masterclass",
        "registration": None,
        "content_type": "application/json",
        "contents": {"resume": "ada"},
    }


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert {name for name, _ in attrs} <= {"lang", "charset", "name", "content", "http-equiv", "scope"}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_access_as_a_page_shows_html_as_text(filled: Filled, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
    filled.send(
        statement(8, verb=VERB | {"display": {"en": evil}}, result={"response": evil})
        | {"object": {"id": "https://example.org/e", "definition": {"name": {"en": evil}}}}
    )
    filled.document("ada", evil, evil.encode(), "text/plain")
    said = ran("access", "ada", "--format", "html", "--out", tmp_path / "ada.html", "--data", filled.folder)
    assert said == f"wrote {tmp_path / 'ada.html'}\n"
    assert (tmp_path / "ada.html").stat().st_mode & 0o777 == 0o600
    seen = Seen()
    seen.feed((tmp_path / "ada.html").read_text(encoding="utf-8"))
    assert seen.tags == {
        "html", "head", "meta", "title", "body", "h1", "h2", "h3", "p", "table", "caption", "thead", "tbody", "tr", "th",
        "td", "code", "details", "summary", "pre",
    }  # fmt: skip
    assert seen.text.count(evil) == 3
    assert "7 records of what was done, and 2 documents" in seen.text
