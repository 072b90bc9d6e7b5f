"""How long pages take, by the one rule of the authors' guide."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from pipeline import project
from pipeline.content import Choice, Prose, Scenario, Scene
from pipeline.course import Block, Course, Page, Source, main_pages
from pipeline.plugin.building import settings
from pipeline.problems import Problem
from pipeline.writing.minutes import estimate
from test_pipeline_due import course_of, lay_out

ROOT = Path(__file__).resolve().parent.parent
HERE = Source("a.md")
PROMISED = 90
"""Minutes that a masterclass takes at most."""


def page(tmp_path: Path, text: str) -> Page:
    """A page of nothing but this text."""
    root = lay_out(tmp_path)
    first = root / "masterclasses/demo/01-start.md"
    front = first.read_text("utf-8").split("---\n")[1]
    first.write_text(f"---\n{front}---\n{text}", "utf-8")
    return course_of(root).pages[0]


def told(text: str) -> Prose:
    return Prose(Markup(f"<p>{text}</p>"), HERE)


def scene(number: int, text: str, *choices: Choice, debrief: str = "") -> Scene:
    return Scene(f"s{number}", number, "Title", "", told(text), choices, told(debrief), HERE)


def choice(ident: str, text: str, consequence: str, to: int) -> Choice:
    return Choice(ident, 1, "a", told(text), told(consequence), (), f"s{to}", to, HERE, False, HERE)


STORY = Scenario(
    0,
    "A call",
    told("one two"),
    (),
    (
        scene(1, "three four five", choice("ask", "six", "seven eight", 2), choice("wait", "nine", "ten", 3)),
        scene(2, "eleven", choice("go", "twelve", "thirteen", 3), choice("stay", "fourteen", "fifteen", 4)),
        scene(3, "sixteen", debrief="seventeen"),
        scene(4, "eighteen", debrief="nineteen"),
    ),
)


def test_every_word_is_read_those_of_tables_too(tmp_path: Path) -> None:
    body = "one two [three](page:start) – four.\n\n| five |\n| --- |\n| six, seven |\n"
    assert estimate(page(tmp_path, body)) == pytest.approx(7 / 230)


def test_a_scenario_takes_as_long_as_its_ways_on_average(tmp_path: Path) -> None:
    # intro 2, first scene 3, its two choices 2; asked: 2, second scene 1, its two choices 2, 1, an end 2; waited: 1, an end 2
    ways = [(15, 2), (15, 2), (10, 1)]
    block = Block("story", "scenario", "", (), None, (), (), HERE, STORY)
    found = replace(page(tmp_path, "nothing"), body=Markup(""), blocks=(block,))
    minutes = sum(words / 230 + 0.5 * choices for words, choices in ways) / 3
    assert estimate(found) == pytest.approx(minutes)


@pytest.mark.parametrize(
    ("draw", "blueprint", "minutes"),
    [(None, (), 0.75 + 0.15), (1, (), 0.75 + 0.15), (None, (("first", 15),), 15 * 0.75)],
)
def test_questions_take_their_time(
    tmp_path: Path, draw: int | None, blueprint: tuple[tuple[str, int], ...], minutes: float
) -> None:
    start = course_of(lay_out(tmp_path)).pages[0]
    [block] = [block for block in start.blocks if block.questions]
    asked = replace(
        block, questions=(*block.questions, replace(block.questions[0], type="rating")), draw=draw, blueprint=blueprint
    )
    assert estimate(replace(start, body=Markup(""), blocks=(asked,))) == pytest.approx(minutes)


@pytest.fixture(scope="module")
def ours() -> list[Course]:
    problems: list[Problem] = []
    return [course for course, _ in project.courses(settings(ROOT / "mkdocs.yml"), (), problems)]


def test_our_masterclasses_say_how_long_they_take(ours: list[Course]) -> None:
    wrong = [
        f"{course.id}/{page.id}: {page.minutes}, by the rule {estimate(page):.1f}"
        for course in ours
        for page in course.pages
        if abs(page.minutes - max(1, estimate(page))) > 1
    ]
    assert wrong == []
    for course in ours:
        assert course.minutes == sum(page.minutes for page in main_pages(course)) <= PROMISED, course.id
