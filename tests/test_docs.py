"""The documentation names everything there is, and its examples work."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from pipeline.blocks import BLOCKS
from pipeline.cli import commands
from pipeline.documents.records import SESSION
from pipeline.due import Due
from pipeline.generated.markers import MARKERS
from pipeline.lock import locked_block
from pipeline.markdown import Renderer
from pipeline.practice.making import Making
from pipeline.questions import QUESTIONS, TYPES
from pipeline.records import FACTS, MASTERCLASS, PAGE
from pipeline.selfcheck.records import CONTEXT, DOMAINS, STATEMENTS
from pipeline.shapes import INVALID, Shape
from pipeline.targets import FORMATS, PRESETS
from reading import read

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "content" / "authors.md").read_text(encoding="utf-8")


def test_readme_names_every_command_and_option() -> None:
    wanted = []
    for name, command in commands().items():
        wanted.append(f"`masterclass {name}")
        wanted += [
            option
            for parameter in command.params
            if isinstance(parameter, click.Option)
            for option in parameter.opts[:1]
        ]
    assert [word for word in wanted if word not in README] == []


def test_readme_names_every_format_and_preset() -> None:
    assert [name for name in (*FORMATS, *PRESETS) if name not in README] == []


def test_readme_names_every_key_of_the_json() -> None:
    assert re.findall(r"`\{(.*)\}`", README) == [
        '"course", "format", "path", "bytes", "sha256", "pages", "questions", "suspend_chars"',
        '"path", "line", "column", "level", "code", "message", "hint"',
        ", ".join(f'"{field.name}"' for field in fields(Due)),
    ]


def test_first_screen_has_both_commands() -> None:
    first = README.splitlines()[:20]
    assert [line[:13].strip() for line in first if line.startswith("$ ")] == ["$ make run", "$ make test"]


def test_readme_names_every_comment_of_a_page() -> None:
    assert [name for name in MARKERS if f"`<!-- {name} -->`" not in README] == []


def test_guide_shows_every_question_type_and_block() -> None:
    shown = re.findall(r"^```yaml question\n- id: .*\n  type: ([\w-]+)$", GUIDE, re.MULTILINE)
    assert shown == list(TYPES)
    assert [name for name in BLOCKS if f"```{name}\n" not in GUIDE] == []


def examples() -> list[tuple[str, Shape]]:
    fences = re.findall(
        r"^```yaml(| question| page| domains| statements| context| \S+\.quiz\.yml)\n(.*?)^```$",
        GUIDE,
        re.MULTILINE | re.DOTALL,
    )
    kinds: dict[str, Shape] = {
        " question": QUESTIONS,
        " page": PAGE,
        " domains": DOMAINS,
        " statements": STATEMENTS,
        " context": CONTEXT,
        "id": MASTERCLASS,
        "- key": FACTS,
    }
    return [(text, QUESTIONS if kind.endswith(".yml") else kinds[kind or text.split(":")[0]]) for kind, text in fences]


@pytest.mark.parametrize(("text", "shape"), examples())
def test_every_example_of_the_guide_is_right(text: str, shape: Shape) -> None:
    records, problems = read(shape, text)
    if shape is QUESTIONS and records is not INVALID:
        for record in records:
            TYPES[record.type].parts(record, problems)
    assert problems == []


def block_examples() -> list[tuple[str, str]]:
    return re.findall(r"^````text\n```([\w-]+)\n(.*?)^```\n````$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("name", "text"), block_examples(), ids=[name for name, _ in block_examples()])
def test_every_block_of_the_guide_is_right(name: str, text: str) -> None:
    record, problems = read(SESSION if name == "session" else BLOCKS[name].shape, text)
    assert (record is INVALID, problems) == (False, [])
    if name == "session":
        return
    kind = BLOCKS[name]
    kind.content(record, Making(name, locked_block(name, kind.kept(record), None, 0), Renderer(()), problems))
    assert problems == []


def test_contributing_says_where_everything_is() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    parts = text[: text.index("## Contracts")].partition("Reports (`xapi/reports/`")
    found = {"pipeline": parts[0], "xapi": parts[0], "xapi/reports": parts[2], "pipeline/server": parts[2]}
    places = [
        (folder, path.name if path.is_file() else f"{path.name}/")
        for folder in found
        for path in sorted((ROOT / folder).iterdir())
        if path.suffix in (".py", ".sql", ".jsonld") or path.is_dir()
    ]
    apart = {"__init__.py", "__pycache__/", *(f"{folder.split('/')[1]}/" for folder in found if "/" in folder)}
    assert [
        f"{folder}/{name}" for folder, name in places if name not in apart and f"`{name}`" not in found[folder]
    ] == []


TYPE_TABLES = (
    "pipeline/resume.py",
    "site/blocks/question.html.jinja",
    "site/player/src/grade.ts",
    "site/player/src/responses.ts",
    "site/player/src/packed.ts",
    "site/player/src/elements/controls.ts",
)
"""Every table that a new type of question needs a row in (CONTRIBUTING.md, "How to add")."""


@pytest.mark.parametrize("name", TYPES)
def test_a_question_type_stands_in_every_table(name: str) -> None:
    row = re.compile(rf"""(?:^|[\s,{{(])(?:["']{name}["']|{name})\s*:""", re.MULTILINE)
    assert (ROOT / "site" / "blocks" / f"{name}.html.jinja").is_file()
    assert [path for path in TYPE_TABLES if not row.search((ROOT / path).read_text(encoding="utf-8"))] == []
