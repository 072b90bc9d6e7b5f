"""What may stand at a key, and what is said when something else does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline.blocks import BLOCKS
from pipeline.cli import cli
from pipeline.course import Source
from pipeline.lists import ListOf
from pipeline.mappings import TableOf
from pipeline.questions import QUESTIONS
from pipeline.scalars import Day, Flag, Ident, Matching, Number, OneOf, Text
from pipeline.schemas import schemas
from pipeline.shapes import INVALID, Shape
from pipeline.yaml_repairs import quoted
from reading import read

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("shape", "text", "value"),
    [
        (Text(), "no", "no"),
        (Text(), "1.10", "1.10"),
        (Text(), "2026-01-31", "2026-01-31"),
        (Text(), '"  spaces  "', "spaces"),
        (Text(), "|\n  One.\n\n  Two.\n", "One.\n\nTwo."),
        (Ident(), "who-decides", "who-decides"),
        (Ident(), '"on"', "on"),
        (Ident(hyphen=False), "not_at_all", "not_at_all"),
        (Number(), "0.10", Decimal("0.10")),
        (Number(), "-.5", Decimal("-0.5")),
        (Number("1", "10", whole=True), "10", Decimal(10)),
        (Flag(), "true", True),
        (Flag(), '"false"', False),
        (OneOf(("a", "b")), "b", "b"),
        (Matching(r"^\d\.\d$", "a version", "1.0"), "1.0", "1.0"),
        (Day(), "2028-02-29", "2028-02-29"),
        (ListOf(Text()), "[a, b]", ("a", "b")),
        (ListOf(Text()), "[]", ()),
        (TableOf(Ident(), Number()), "{b: 1, a: 2}", (("b", Decimal(1)), ("a", Decimal(2)))),
    ],
)
def test_taken(shape: Shape, text: str, value: object) -> None:
    assert read(shape, text) == (value, [])


@pytest.mark.parametrize(
    ("shape", "text", "message", "hint"),
    [
        (Text(), '""', "'key' is empty", "write the text after the colon, in quotes if it begins with #"),
        (Text(max=3), "four", "'key' has 4 characters; at most 3 fit", ""),
        (Text(), "{a: b, c: d}", "'key' must be a text, found keys and values", "put the text in quotes: it holds a colon or begins with a bracket"),
        (Text(), "[a]", "'key' must be a text, found a list", 'a text with brackets needs quotes, write: "[a]"'),
        (Ident(max=4), "a-b-c", "'a-b-c' cannot be an id", "ids have small letters, digits and hyphens, and start with a letter; write: key: a-b"),
        (Number(), "1e3", "'key' must be a number, found '1e3'", "digits only, with a point for decimals and no thousands comma; write: key: 13"),
        (Number(), "nan", "'key' must be a number, found 'nan'", "write digits, with a point for decimals"),
        (Number(whole=True), "1.5", "'key' must be a whole number, found '1.5'", "write digits"),
        (Number("0", "1"), "1.01", "'key' must be between 0 and 1, found '1.01'", "write: key: 0.0101"),
        (Number("1"), "0", "'key' must be at least 1, found '0'", ""),
        (Flag(), "True", "'key' must be true or false, found 'True'", "write: key: true"),
        (Flag(), "maybe", "'key' must be true or false, found 'maybe'", ""),
        (OneOf(("alpha", "beta")), "beat", "'key' must be one of alpha, beta, found 'beat'", "did you mean 'beta'?"),
        (OneOf(("passed",)), "[]", "'key' must be 'passed', found a list", "write: key: passed"),
        (Day(), "2027-02-29", "'key' must be a date like 2027-06-30, found '2027-02-29'", "year-month-day, in digits"),
        (Day(), "1.2.2027", "'key' must be a date like 2027-06-30, found '1.2.2027'", "write: key: 2027-02-01"),
        (ListOf(Text()), "a", "'key' must be a list, found 'a'", "write: key: [a]"),
        (ListOf(Text(), least=2), "[a]", "'key' has 1 entry, expected at least 2", "write more of them"),
        (TableOf(Ident(), Text()), "[a]", "'key' must be pairs of name and value, found a list", "write: key: {…: …, …: …}"),
    ],
)  # fmt: skip
def test_refused(shape: Shape, text: str, message: str, hint: str) -> None:
    value, problems = read(shape, text)
    assert [(p.source, p.message, p.hint) for p in problems] == [(Source("a.yml", 1, 1), message, hint)]
    assert value is INVALID or value == ("a",)


@pytest.mark.parametrize("ident", ["", "1", "A", "a_b", "-a", "a b", "é", "a" * 65, "a\n"])
def test_ids_refused(ident: str) -> None:
    value, problems = read(Ident(), json.dumps(ident))
    assert (value, len(problems)) == (INVALID, 1)


WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=80)


@given(WORDS)
def test_suggested_quotes_hold_any_text(text: str) -> None:
    meant = text.strip().strip("“”")
    assert yaml.safe_load(f"- key: {quoted(text)}") == [{"key": meant}]


@given(WORDS)
def test_ids_suggested_are_ids(text: str) -> None:
    for shape in (Ident(), Ident(hyphen=False, max=32)):
        _, problems = read(shape, json.dumps(text, ensure_ascii=False))
        for problem in problems:
            suggested = problem.hint.rpartition("key: ")[2]
            assert re.fullmatch(shape.pattern, suggested), (text, suggested)


# The schemas that editors use must agree with the loader: they are made from the same records.


@dataclass(frozen=True)
class Written:
    path: Path
    schema: str
    text: str

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def written() -> Iterator[Written]:
    for folder in (ROOT / "masterclasses" / "co-production", ROOT / "tests" / "courses" / "every-type"):
        yield Written(
            folder / "masterclass.yml", "masterclass", (folder / "masterclass.yml").read_text(encoding="utf-8")
        )
        yield Written(folder / "facts.yml", "facts", (folder / "facts.yml").read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.quiz.yml")):
            yield Written(path, "quiz", path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("[0-9]*.md")):
            front = path.read_text(encoding="utf-8").split("---\n")[1]
            yield Written(path, "page", front)


class AsWritten(yaml.CSafeLoader):
    """YAML 1.2 as editors read it: dates stay texts, and only true and false are truth values."""


AsWritten.yaml_implicit_resolvers = {
    letter: [
        (tag, expression)
        for tag, expression in found
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
    ]
    for letter, found in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
AsWritten.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = schemas()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("file", list(written()), ids=str)
def test_schema_takes_what_the_loader_takes(file: Written) -> None:
    value = yaml.load(file.text, AsWritten)
    assert [error.message for error in validator(file.schema).iter_errors(value)] == []


def test_schema_takes_the_scaffold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["new", "demo"]).exit_code == 0
    folder = tmp_path / "masterclasses" / "demo"
    for name, schema in (
        ("masterclass", "masterclass"),
        ("facts", "facts"),
        ("start.quiz", "quiz"),
        ("bank.quiz", "quiz"),
    ):
        value = yaml.load((folder / f"{name}.yml").read_text(encoding="utf-8"), AsWritten)
        assert [error.message for error in validator(schema).iter_errors(value)] == []


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ("quiz", "[{id: q1, type: essay, prompt: Why?}]"),
        ("quiz", "[{id: q1, type: single, prompt: Which?, options: [{id: a, text: A}]}]"),
        ("quiz", "[{id: q1, type: single, prompt: Which?, options: [{id: a, text: A}, {id: b-c, text: B}]}]"),
        ("quiz", "[{id: q1, type: rating, promt: Which?, options: [{id: a, text: A}, {id: b, text: B}]}]"),
        ("quiz", "{id: q1}"),
        ("facts", "[{key: cop9}]"),
        ("page", "{id: Start, title: Start}"),
        ("page", "{id: start}"),
        ("masterclass", "{id: a, title: A, version: '1.0', summary: A., minutes: 5, outcomes: [{id: a, text: A}]}"),
    ],
)
def test_schema_refuses_what_the_loader_refuses(schema: str, text: str) -> None:
    value: Any = yaml.load(text, AsWritten)
    assert not validator(schema).is_valid(value)


def test_every_shape_of_a_block_has_a_schema() -> None:
    for shape in (*(block.shape for block in BLOCKS.values()), QUESTIONS):
        jsonschema.Draft202012Validator.check_schema(shape.schema())


def _objects(name: str, schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a schema, with the titles and keys that lead to it."""
    if isinstance(schema, list):
        for each in schema:
            yield from _objects(name, each)
    elif isinstance(schema, dict):
        if "properties" in schema and "type" in schema:
            yield name, schema
        for word, inner in schema.items():
            if word not in ("if", "properties"):
                yield from _objects(name, inner)
        for word, inner in schema.get("properties", {}).items():
            yield from _objects(f"{name}/{word}", inner)


def test_editors_have_something_to_say_about_every_key() -> None:
    found = [each for name, schema in schemas().items() for each in _objects(name, schema)]
    silent = [
        f"{where}/{word}"
        for where, schema in found
        for word, inner in schema["properties"].items()
        if not inner.get("description") and not all(inner.get("enumDescriptions", [""]))
    ]
    assert len(found) > 100
    assert silent == []
    assert [where for where, schema in found if not schema.get("title")] == []


GUIDE_BLOCKS = {
    "question": "quiz",
    "page": "page",
    "domains": "domains",
    "statements": "statements",
    "context": "enablers-barriers",
}


def guide_examples() -> Iterator[tuple[str, str]]:
    """The authors' guide's examples, each with the schema that an author would name for it."""
    guide = (ROOT / "content" / "authors.md").read_text(encoding="utf-8")
    for block in re.finditer(r"^````text\n```([\w-]+)\n(.*?)^```\n````$", guide, re.MULTILINE | re.DOTALL):
        yield block[1], block[2]
    for front in re.finditer(r"^```text\n---\n(.*?)^---$", guide, re.MULTILINE | re.DOTALL):
        yield "document" if "kind:" in front[1] else "page", front[1]
    for example in re.finditer(r"^```yaml(?: (\S+))?\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL):
        if example[1]:
            yield GUIDE_BLOCKS.get(example[1]) or example[1].split(".")[-2], example[2]
        else:
            yield "facts" if example[2].startswith("- key") else "masterclass", example[2]


def _judge(name: str) -> jsonschema.Draft202012Validator:
    """The schema `quiz` is that of a file of questions; its block may also hold settings."""
    return jsonschema.Draft202012Validator(BLOCKS[name].shape.schema()) if name in BLOCKS else validator(name)


def test_schemas_take_what_the_guide_shows() -> None:
    examples = list(guide_examples())
    assert {name for name, _ in examples} >= {
        *BLOCKS,
        "session",
        "document",
        "page",
        "masterclass",
        "facts",
        *GUIDE_BLOCKS.values(),
    }
    wrong = [
        (name, error.message)
        for name, text in examples
        for error in _judge(name).iter_errors(yaml.load(text, AsWritten))
    ]
    assert wrong == []
