"""The LRS beside a SCORM package's LMS: both hear everything once, and whatever the one does, the other never notices."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from playwright.sync_api import BrowserContext, expect

import plays
import records
from channels import Course
from channels_scorm import Again, Strict
from fake_scorm12 import PLAIN
from fake_server import Server as HostServer
from inspection import Watch
from statement_shape import Json
from xapi.client import Client
from xapi_servers import Server

ROOT = Path(__file__).parents[2]
PASSED = {"completed": True, "passed": True, "score": 1.0}

Lms = Strict | Again
LMSS: dict[str, Callable[[HostServer], Lms]] = {
    "scorm12 strict": lambda server: Strict(server, PLAIN),
    "scorm2004 again": lambda server: Again(server, "scorm2004"),
}


@dataclass(frozen=True)
class Beside:
    """An LRS on a port, and a course whose SCORM packages speak to it."""

    lrs: Server
    key: str
    course: Course

    def statements(self) -> list[Json]:
        made = ran("key", "add", "reader", "--scope", "all/read", "--json", "--data", self.lrs.data)
        client = Client(self.lrs.endpoint, *json.loads(made).values())
        return list(client.statements())

    def revoke(self) -> None:
        ran("key", "revoke", self.key, "--data", self.lrs.data)


def ran(*arguments: object) -> str:
    """In a process of its own: the browser has a loop running in this one."""
    command = [sys.executable, "-c", "from xapi.cli import lrs; lrs()", *map(str, arguments)]
    return subprocess.check_output(command, cwd=ROOT, text=True)


@pytest.fixture
def beside(tmp_path: Path, masterclass: Callable[..., Result]) -> Iterator[Beside]:
    project = tmp_path / "project"
    (project / "content").mkdir(parents=True)
    shutil.copytree(ROOT / "tests/courses/every-type", project / "masterclasses/every-type")
    lrs = Server(tmp_path / "data")
    about = "https://example.org/masterclasses/every-type"
    made = ran("key", "add", "packages", "--publishable", "--course", about, "--json", "--data", lrs.data)
    key = json.loads(made)["key"]
    (project / "mkdocs.yml").write_text(
        "site_name: Demo\nsite_url: https://example.org/\ndocs_dir: content\nplugins:\n  - masterclass:\n"
        f"      lrs: {{endpoint: '{lrs.endpoint}', key: {key}}}\n",
        encoding="utf-8",
    )
    built = masterclass("build", "--format", "scorm12,scorm2004", cwd=project)
    assert built.exit_code == 0, built.output
    formats = {name: project / name for name in ("scorm12", "scorm2004")}
    for name, folder in formats.items():
        [package] = (project / "build/packages").glob(f"*-{name}.zip")
        with ZipFile(package) as archive:
            archive.extractall(folder)
    lrs.start()
    yield Beside(lrs, key, Course("every-type", formats))
    lrs.stop()


@pytest.fixture(params=["scorm12 strict", pytest.param("scorm2004 again", marks=pytest.mark.slow)])
def lms(request: pytest.FixtureRequest, server: HostServer) -> Lms:
    return LMSS[request.param](server)


def play(lms: Lms, context: BrowserContext, course: Course) -> list[plays.Given]:
    learner = lms.launch(context, course)
    plays.first_half(learner)
    plays.second_half(learner)
    learner.next("check")
    paper = plays.final_check(learner)
    expect(learner.view.locator("[data-saving]")).to_contain_text("Saved")
    assert learner.view.locator("[data-notice]:visible").count() == 0, "nothing is said of the LRS"
    return [*plays.FIRST_HALF, *plays.SECOND_HALF, *paper]


def on_record(lms: Lms, course: Course, given: list[plays.Given]) -> None:
    assert lms.violations() == []
    assert lms.status() == PASSED
    assert lms.answers() == plays.expected(course.json, given)


def everything_once(found: list[Json], course: Course, given: list[plays.Given]) -> None:
    assert max(Counter(one["id"] for one in found).values()) == 1
    answers = [records.from_statement(course.json, one) for one in found if verb(one) == "answered"]
    assert answers == plays.expected(course.json, given)
    assert [Counter(map(verb, found))[name] for name in ("passed", "completed", "failed")] == [1, 1, 0]
    [actor] = {json.dumps(one["actor"]) for one in found}
    assert re.fullmatch("[0-9a-f]{64}", json.loads(actor)["account"]["name"]), "an alias"
    assert json.loads(actor)["account"]["homePage"] == "https://example.org/"
    assert {one["authority"]["account"]["homePage"].rpartition("/")[2] for one in found} == {"self-reported"}


def verb(statement: Json) -> str:
    return str(statement["verb"]["id"]).rpartition("/")[2]


def test_both_hear_everything_once(
    lms: Lms, browser_context: BrowserContext, server: HostServer, beside: Beside
) -> None:
    watch = Watch(browser_context, server.url, beside.lrs.endpoint.removesuffix("/xapi/"))
    given = play(lms, browser_context, beside.course)
    lms.leave()
    on_record(lms, beside.course, given)
    found = beside.statements()
    everything_once(found, beside.course, given)
    assert Counter(map(verb, found))["initialized"] == 1
    assert {one["context"]["platform"] for one in found} == {lms.standard}
    assert watch.found == []


def test_an_lrs_that_was_away_hears_it_at_the_next_launch(
    lms: Lms, browser_context: BrowserContext, beside: Beside
) -> None:
    beside.lrs.stop()
    given = play(lms, browser_context, beside.course)
    lms.leave()
    on_record(lms, beside.course, given)
    beside.lrs.start()
    assert beside.statements() == []
    lms.launch(browser_context, beside.course).notice("on record", "looking back")
    lms.leave()
    on_record(lms, beside.course, given)
    everything_once(beside.statements(), beside.course, given)


@pytest.mark.slow
@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_an_lrs_that_goes_and_comes_back_in_the_middle_hears_everything_once(
    server: HostServer, browser_context: BrowserContext, beside: Beside, standard: str
) -> None:
    lms = Strict(server, PLAIN) if standard == "scorm12" else Strict(server)
    plays.first_half(lms.launch(browser_context, beside.course))
    beside.lrs.stop()
    learner = lms.launch(browser_context, beside.course).on("tell")
    plays.second_half(learner)
    beside.lrs.start()
    learner.next("check")
    paper = plays.final_check(learner)
    lms.leave()
    given = [*plays.FIRST_HALF, *plays.SECOND_HALF, *paper]
    on_record(lms, beside.course, given)
    lms.launch(browser_context, beside.course).notice("on record", "looking back")
    lms.leave()
    everything_once(beside.statements(), beside.course, given)


@pytest.mark.slow
def test_a_key_that_is_refused_disturbs_nobody(lms: Lms, browser_context: BrowserContext, beside: Beside) -> None:
    beside.revoke()
    given = play(lms, browser_context, beside.course)
    lms.leave()
    on_record(lms, beside.course, given)
    assert beside.statements() == []


@pytest.mark.slow
def test_an_lrs_that_never_answers_disturbs_nobody(
    lms: Lms, browser_context: BrowserContext, server: HostServer, beside: Beside
) -> None:
    asked = []
    browser_context.route(f"{beside.lrs.endpoint}**", lambda route: asked.append(route.request.method))
    given = play(lms, browser_context, beside.course)
    lms.leave()
    on_record(lms, beside.course, given)
    assert asked
