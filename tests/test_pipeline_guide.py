"""The authors' guide shows what its examples become."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.blocks import BLOCKS
from pipeline.guide import MARK, NEED_FILES, Guide, guide, shown, with_places
from pipeline.markdown import plain_text
from pipeline.problems import ERROR, Problem
from pipeline.questions import TYPES

GUIDE = (Path(__file__).parent.parent / "content" / "authors.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made() -> Guide:
    problems: list[Problem] = []
    found = guide(GUIDE, problems)
    assert [problem for problem in problems if problem.level == ERROR] == []
    assert found is not None and MARK in GUIDE
    return found


def test_every_block_and_question_type_is_shown(made: Guide) -> None:
    page = made.rendered.course.pages[0]
    assert {block.type for block in page.blocks} == {*BLOCKS, "quiz"} - {*NEED_FILES} | {"quiz"}
    assert [question.type for block in page.blocks for question in block.questions] == list(TYPES)
    assert len(made.results) == len(page.blocks)
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


def test_a_guide_with_a_wrong_example_says_so() -> None:
    problems: list[Problem] = []
    broken = GUIDE.replace("heading: What\n", "haeding: What\n", 1)
    assert guide(broken, problems) is None
    assert [problem.message for problem in problems if problem.level == ERROR] == [
        "unknown key 'haeding' in field 'lines'"
    ]


def test_a_page_without_examples_has_nothing_to_show() -> None:
    problems: list[Problem] = []
    assert guide(f"# Ours\n\n{MARK}\n", problems) is None
    assert problems != []
