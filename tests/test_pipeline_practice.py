"""Blocks that are no questions, from YAML to HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.assemble import assemble
from pipeline.course import Course
from pipeline.load import load
from pipeline.markdown import plain_text as words
from pipeline.practice.shown import in_words
from pipeline.problems import Problem
from pipeline.render import render

VALID = Path(__file__).parent / "cases" / "valid"


def course_with(tmp_path: Path, *fences: str) -> Course:
    """The valid masterclass with blocks on its page."""
    for path in VALID.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "01-start.md").open("a", encoding="utf-8") as page:
        page.write("".join(f"\n```{fence}\n```\n" for fence in fences))
    problems: list[Problem] = []
    sources = load(tmp_path, problems)
    assert sources is not None
    course = assemble(sources, "https://example.org", problems)
    assert problems == []
    return course


def article(course: Course) -> str:
    return render(course).pages[0].article


@pytest.mark.parametrize(
    ("written", "read"), [("2018", "2018"), ("2018-11", "November 2018"), ("2018-11-05", "5 November 2018")]
)
def test_dates_in_words(written: str, read: str) -> None:
    assert in_words(written) == read


def test_cards_are_read_in_order_and_cite(tmp_path: Path) -> None:
    course = course_with(
        tmp_path,
        "then-now\ntopic: Homes\nthen: {as_of: 2018-11, text: It was so.}\nnow: {as_of: 2026, text: 'It is so [@FACT1].'}",
        "case\ntitle: The stairlift\nwhere: Overton\nas_of: 2024\ntext: It waited.\nnow: It works.",
        "quote\ntext: We asked whose home it was.\nname: A director\nrole: director of housing\nyear: 2018\nsource: FACT1",
        "glossary\nterms:\n- {term: Rung, text: A step.}\n- {term: Ladder, text: It has rungs.}",
        "sector\npoint: Ask first.\nhousing: Say early.\nnhs: Name a home.",
    )
    text = words(article(course))
    order = [
        "Then and now Homes", "Then: November 2018 It was so.", "Now: 2026 It is so [1]",
        "Case · Overton · as of 2024 The stairlift It waited. Where it stands now It works.",
        "We asked whose home it was. A director, director of housing, 2018 [1]",
        "Ladder It has rungs. Rung A step.", "Ask first. NHS Name a home. Housing Say early.",
    ]  # fmt: skip
    found = [text.find(part) for part in order]
    assert -1 not in found and found == sorted(found), (found, text)


def test_markup_in_a_card_is_text(tmp_path: Path) -> None:
    html = article(course_with(tmp_path, "glossary\nterms:\n- {term: <b>Rung</b>, text: '<script>alert(1)</script>'}"))
    assert "<script>" not in html and "&lt;b&gt;Rung" in html
