"""The authors' guide shows what its examples become."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.blocks import BLOCKS
from pipeline.guide import MARK, Guide, guide, shown, with_places
from pipeline.markdown import plain_text
from pipeline.problems import ERROR, Problem
from pipeline.questions import TYPES
from there import there

CONTENT = Path(__file__).parent.parent / "content"
GUIDE = (CONTENT / "authors.md").read_text(encoding="utf-8")
MEDIA = CONTENT / "authors" / "media"


@pytest.fixture(scope="module")
def made() -> Guide:
    problems: list[Problem] = []
    found = guide(GUIDE, MEDIA, problems)
    assert problems == []
    return there(found)


def test_every_block_and_question_type_is_shown(made: Guide) -> None:
    course = made.rendered.course
    shown_blocks = [block for page in course.pages for block in page.blocks]
    assert {block.type for block in shown_blocks} == set(BLOCKS)
    written = [q.type for block in course.pages[0].blocks if block.id != "examples-quiz" for q in block.questions]
    assert written == list(TYPES)
    [session] = [document for document in course.documents if document.sessions]
    assert session.minutes == 90
    examples = len(re.findall(r"^````text$|^```yaml question$", GUIDE, re.MULTILINE))
    assert sorted(made.results) == list(range(examples))
    assert all(result.strip() for result in made.results.values())


def test_each_result_stands_after_its_source(made: Guide) -> None:
    placed = with_places(GUIDE)
    assert not re.search(r"^```yaml \w", placed, re.MULTILINE), "MkDocs would not take it for a fence"
    html = shown(placed, made, "")
    sheet = made.results[next(n for n, result in made.results.items() if "An offer to a landlord" in result)]
    source, result = html.index("title: An offer to a landlord"), html.index('data-block="offer"')
    assert source < result < html.index("A table has fixed `rows`")
    assert "Which home?" in plain_text(sheet)
    assert "<!--result:" not in html


READ = (
    "title", "intro", "text", "topic", "where", "now", "point", "nhs", "housing", "lived_experience", "term", "if", "then",
    "consequence", "debrief", "label", "hint", "heading", "say", "because", "about", "transcript", "left", "right", "name",
    "role", "prompt", "feedback", "incorrect", "correct", "otherwise",
)  # fmt: skip
"""Keys of what learners read."""
SCRIPT = "<script>alert(1)</script>"


def tainted(written: Any, key: str = "") -> Any:
    """The same YAML with a script at the end of every text that learners read."""
    if isinstance(written, dict):
        return {name: tainted(value, str(name)) for name, value in written.items()}
    if isinstance(written, list):
        return [tainted(each, key) for each in written]
    return f"{written} {SCRIPT}" if isinstance(written, str) and key in READ else written


def test_a_script_in_any_field_of_any_block_is_words() -> None:
    def evil(match: re.Match[str]) -> str:
        written = tainted(yaml.safe_load(match[2]))
        return f"{match[1]}{yaml.safe_dump(written, allow_unicode=True, sort_keys=False)}{match[3]}"

    blocks = re.compile(r"^(````text\n```[\w-]+\n|```yaml question\n)(.*?)(^```$)", re.MULTILINE | re.DOTALL)
    problems: list[Problem] = []
    found = guide(blocks.sub(evil, GUIDE), MEDIA, problems)
    assert [problem for problem in problems if problem.level == ERROR] == [] and found
    html = "".join(found.results.values())
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 150
    assert "<script" not in html


def test_a_guide_with_a_wrong_example_says_so() -> None:
    problems: list[Problem] = []
    broken = GUIDE.replace("heading: What\n", "haeding: What\n", 1)
    assert guide(broken, MEDIA, problems) is None
    assert [problem.message for problem in problems if problem.level == ERROR] == [
        "unknown key 'haeding' in field 'lines'"
    ]


def test_a_page_without_examples_has_nothing_to_show() -> None:
    problems: list[Problem] = []
    assert guide(f"# Ours\n\n{MARK}\n", MEDIA, problems) is None
    assert problems != []
