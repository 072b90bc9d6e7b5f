"""The masterclass Co-production, played to the end in every format, and half-way across a release."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from playwright.sync_api import BrowserContext, expect

from channels import Channel, Course
from fake_server import Server
from journey_fixtures import CHANNELS, ROOT, unpacked
from paces import the_rest_slow
from plays import by_id, expected, final_check, play

PASSED = {"completed": True, "passed": True, "score": 1.0}


@pytest.fixture(params=the_rest_slow(CHANNELS, "scorm12-learning-hub"))
def channel(request: pytest.FixtureRequest, server: Server) -> Channel:
    return CHANNELS[request.param](server)


@pytest.fixture(scope="session")
def republished(
    tmp_path_factory: pytest.TempPathFactory, masterclass: Callable[..., Result]
) -> Iterator[tuple[Course, Course]]:
    """The masterclass as released, and its next release with questions inserted, retired, reordered and re-keyed."""
    project = tmp_path_factory.mktemp("co-production-next")
    folder = project / "masterclasses/co-production"
    for name in ("content", "diagnostic", "masterclasses/co-production"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "masterclasses/contrasts.yml", project / "masterclasses")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(f"site_url: https://example.org/\n{settings}", "utf-8")
    found = []
    for version in ("before", "after"):
        if version == "after":
            _next_release(folder)
        for arguments in (["release", "co-production"], ["build", "--out", project / version]):
            result = masterclass(*arguments, cwd=project)
            assert result.exit_code == 0, result.output
        found.append(unpacked("co-production", project / version))
    yield found[0], found[1]


def _next_release(folder: Path) -> None:
    course, quiz = folder / "masterclass.yml", folder / "03-ladder.quiz.yml"
    major, minor, patch = (int(part) for part in yaml.safe_load(course.read_text("utf-8"))["version"].split("."))
    text = course.read_text("utf-8").replace(f"version: {major}.{minor}.{patch}", f"version: {major}.{minor + 1}.0")
    course.write_text(text, "utf-8")
    questions = yaml.safe_load(quiz.read_text("utf-8"))
    single = next(question for question in questions if question["type"] == "single")
    retired = next(question for question in questions if question is not single)
    key = next(option for option in single["options"] if option.pop("correct", False))
    other = next(option for option in single["options"] if option is not key)
    other["correct"] = True
    retired["retired"] = {"on": "2027-01-10", "why": "Too easy to guess"}
    inserted = {**single, "id": "inserted-since", "prompt": "What has been asked since?"}
    quiz.write_text(yaml.safe_dump([inserted, *reversed(questions)], allow_unicode=True, sort_keys=False), "utf-8")


def test_played_to_passed(channel: Channel, browser_context: BrowserContext, co_production: Course) -> None:
    pages = [page["id"] for page in co_production.json["pages"]]
    check = pages.index("check")
    given = play(channel.launch(browser_context, co_production), pages[:3])
    channel.leave()
    assert channel.violations() == []
    assert by_id(channel.answers()) == by_id(expected(co_production.json, given))

    learner = channel.launch(browser_context, co_production).on(pages[2])
    given += play(learner.next(pages[3]), pages[3:check])
    given += final_check(learner.next("check"))
    assert learner.result() == "You have passed"
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == PASSED
    assert by_id(channel.answers()) == by_id(expected(co_production.json, given))

    channel.launch(browser_context, co_production).on("check")
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == PASSED
    assert len(channel.answers()) == len(expected(co_production.json, given))


def _on(course: Course, page: str) -> list[str]:
    return [question for block in course.json["blocks"] if block["page"] == page for question in block["questions"]]


@pytest.mark.slow
@pytest.mark.parametrize("channel", CHANNELS, indirect=True)
def test_half_way_across_a_release(
    channel: Channel, browser_context: BrowserContext, republished: tuple[Course, Course]
) -> None:
    before, after = republished
    pages = [page["id"] for page in before.json["pages"]]
    learner = channel.launch(browser_context, before)
    given = play(learner, pages[: pages.index("duties") + 1])
    channel.leave()
    recorded = len(channel.answers())
    retired = {question["id"] for question in before.json["questions"]} - set(_questions(after))

    learner = channel.launch(browser_context, after).on("duties")
    for question, response, _, _ in given:
        kind = before.json["questions"][_questions(before).index(question)]["type"]
        if question in _on(after, "duties") and kind != "short-text":
            assert sorted(learner.given(question)) == sorted(response)
    learner.back("ladder")
    assert retired
    for question in retired:
        expect(learner.form(question)).to_have_count(0)
    level = "medium" if learner.questions["inserted-since"].get("confidence") else ""
    response = learner.right("inserted-since")
    learner.answer("inserted-since", response, level or None)
    rest = pages[pages.index("duties") : pages.index("check")]
    learner.next("duties")
    more = play(learner.next(rest[1]), rest[1:])
    learner.next("check")
    paper = final_check(learner)
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == PASSED
    if channel.name != "site":
        answers = [("inserted-since", response, "correct", level), *more, *paper]
        assert by_id(channel.answers(skip=recorded)) == by_id(expected(after.json, answers))


def _questions(course: Course) -> list[str]:
    return [question["id"] for question in course.json["questions"]]
