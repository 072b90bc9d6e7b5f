"""The skills of 2018, held against the outcomes of masterclasses."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import project, skills
from pipeline.course import Course, Source
from pipeline.plugin.building import settings
from pipeline.problems import Problem
from pipeline.selfcheck.instrument import Module
from pipeline.skills import Skill
from test_pipeline_due import course_of, lay_out

ROOT = Path(__file__).resolve().parent.parent
MODULES = [Module(ident, ident, "", (("innovation", 1.0),), Source("domains.yml")) for ident in ("demo", "away")]
WRITTEN = """\
skills:
  - {id: scale, text: Going further than the pilot, outcomes: [demo/first]}
  - {id: learn, text: Learning, outcomes: [demo/frist, dmeo/first, away/first], part: true, note: Much is missing.}
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    made = course_of(lay_out(tmp_path))
    return replace(made, id="demo", outcomes=(replace(made.outcomes[0], id="first"),))


def read(folder: Path, text: str = WRITTEN) -> tuple[tuple[Skill, ...], list[str]]:
    (folder / "skills.yml").write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    return skills.read(folder, problems), [problem.message for problem in problems]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    found, problems = read(tmp_path)
    assert problems == []
    assert [(s.id, s.outcomes, s.part, s.note) for s in found] == [
        ("scale", (("demo", "first"),), False, ""),
        ("learn", (("demo", "frist"), ("dmeo", "first"), ("away", "first")), True, "Much is missing."),
    ]


def test_outcomes_that_nobody_has_are_said(tmp_path: Path, course: Course) -> None:
    found, _ = read(tmp_path)
    assert [(p.source.line, p.message, p.hint) for p in skills.agree(found, [course], MODULES)] == [
        (3, "'learn' names 'frist', which is no outcome of demo", "did you mean 'first'?"),
        (3, "'learn' names the masterclass 'dmeo', which is not there", "did you mean 'demo'?"),
    ]


def test_a_skill_without_an_outcome_is_a_mistake(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "skills:\n  - {id: scale, text: Scaling, outcomes: []}\n")
    assert found == () and len(problems) == 1


def test_without_the_file_there_is_nothing_to_hold_against(tmp_path: Path) -> None:
    assert skills.read(tmp_path, []) == ()


def test_each_of_the_ten_is_practised_somewhere_and_says_what_is_missing() -> None:
    problems: list[Problem] = []
    settled = settings(ROOT / "mkdocs.yml")
    courses = [course for course, _ in project.courses(settled, (), problems)]
    found = skills.read(ROOT / "diagnostic", problems)
    assert [p.message for p in problems if p.source.path.startswith("diagnostic")] == []
    assert len(found) == 10
    assert list(skills.agree(found, courses, [])) == []
    assert [skill.id for skill in found if skill.part != bool(skill.note)] == []


@pytest.mark.parametrize("path", ["local-government", "local-government/masterclass.yml"])
def test_one_masterclass_alone_is_not_blamed_for_the_others(path: str) -> None:
    problems: list[Problem] = []
    settled = replace(settings(ROOT / "mkdocs.yml"), masterclasses=ROOT / "masterclasses" / path)
    assert [course.id for course, _ in project.courses(settled, (), problems)] == ["local-government"]
    assert [problem for problem in problems if problem.level == "error"] == []


def test_what_the_job_asks_leads_to_pages_that_are_there() -> None:
    """Six demands, and the seventeen features in groups of four, six, three and four, as in the report."""
    text = (ROOT / "content" / "the-job.md").read_text(encoding="utf-8")
    demands, features = text.split("## Seventeen things it rests on")
    assert demands.count("\n:   ") == 6
    assert [group.count("\n- ") for group in features.split("\n### ")[1:]] == [4, 6, 3, 4]
    courses = {
        course.id: {page.id for page in course.pages}
        for course, _ in project.courses(settings(ROOT / "mkdocs.yml"), (), [])
    }
    linked = re.findall(r"\(masterclasses/([\w-]+)/([\w-]+)\.md\)", text)
    assert len(linked) == 6 + 2 + 16
    assert [(course, page) for course, page in linked if page not in courses[course]] == []
