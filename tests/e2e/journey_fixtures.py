"""Courses built for journeys: one that asks every kind of question, its next release, and a server to meet them on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result

from channel_site import Site
from channels import Channel, Course
from channels_scorm import Again, Strict
from channels_xapi import Cmi5, TinCan
from fake_scorm12 import LEARNING_HUB, MOODLE, PLAIN, with_mastery
from fake_server import Server, running
from paces import the_rest_slow

CHANNELS: dict[str, Callable[[Server], Channel]] = {
    "scorm12-plain": lambda server: Strict(server, PLAIN),
    "scorm12-moodle": lambda server: Strict(server, with_mastery(MOODLE, "70")),
    "scorm12-learning-hub": lambda server: Strict(server, LEARNING_HUB),
    "scorm12-again": lambda server: Again(server, "scorm12"),
    "scorm2004-strict": Strict,
    "scorm2004-again": lambda server: Again(server, "scorm2004"),
    "cmi5": Cmi5,
    "xapi": TinCan,
    "site": Site,
}

ROOT = Path(__file__).parents[2]
COURSES = ROOT / "tests/courses"
FIVE = ("scorm12-learning-hub", "scorm2004-strict", "cmi5", "xapi", "site")
"""One channel of each format."""
FORMATS = ("scorm12", "scorm2004", "cmi5", "xapi")


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory, masterclass: Callable[..., Result]) -> tuple[Course, Course]:
    """Versions 1.0.0 and 1.1.0 of every-type: the second inserts, retires, reorders and re-keys questions."""
    project = tmp_path_factory.mktemp("every-type")
    source = project / "masterclasses/every-type"
    (project / "content").mkdir()
    (project / "content/index.md").write_text("# Home\n\n[Every kind of question](masterclasses/every-type/index.md)\n")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(f"site_url: https://example.org/\n{settings}", "utf-8")
    found = []
    for version in ("every-type", "every-type-next"):
        shutil.copytree(COURSES / version, source, dirs_exist_ok=True)
        for arguments in (["release", "every-type"], ["build", "--out", project / version]):
            result = masterclass(*arguments, cwd=project)
            assert result.exit_code == 0, result.output
        found.append(unpacked("every-type", project / version))
    return found[0], found[1]


@pytest.fixture(scope="session")
def first(releases: tuple[Course, Course]) -> Course:
    return releases[0]


@pytest.fixture(scope="session")
def second(releases: tuple[Course, Course]) -> Course:
    return releases[1]


@pytest.fixture(scope="session")
def job_aids(tmp_path_factory: pytest.TempPathFactory, masterclass: Callable[..., Result]) -> Course:
    """A worksheet with every kind of field, a short final check, and a certificate."""
    return job_aids_with(tmp_path_factory.mktemp("job-aids"), masterclass, {})


def job_aids_with(project: Path, masterclass: Callable[..., Result], changes: dict[str, str]) -> Course:
    """The masterclass job-aids with other texts in some of its files."""
    source = project / "masterclasses/job-aids"
    shutil.copytree(COURSES / "job-aids", source)
    for name, text in changes.items():
        (source / name).write_text(text, "utf-8")
    (project / "content").mkdir()
    (project / "content/index.md").write_text("# Home\n\n[Job aids](masterclasses/job-aids/index.md)\n")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(f"site_url: https://example.org/\n{settings}", "utf-8")
    result = masterclass("build", "--out", project / "out", cwd=project)
    assert result.exit_code == 0, result.output
    return unpacked("job-aids", project / "out")


@pytest.fixture(scope="session")
def co_production(tmp_path_factory: pytest.TempPathFactory, masterclass: Callable[..., Result]) -> Course:
    """This repository's Co-production alone, with the site around it."""
    out = tmp_path_factory.mktemp("co-production")
    result = masterclass("build", "--course", "co-production", "--out", out)
    assert result.exit_code == 0, result.output
    return unpacked("co-production", out)


@pytest.fixture(scope="session")
def blocks(tmp_path_factory: pytest.TempPathFactory, masterclass: Callable[..., Result]) -> Course:
    """Each block of the authors' guide on a page of its own."""
    import blocks_course  # which reads the guide, and takes from this module

    return blocks_course.build(tmp_path_factory.mktemp("blocks"), masterclass)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def unpacked(ident: str, out: Path) -> Course:
    """A build with its packages laid open, each in a folder named after its format."""
    for name in FORMATS:
        [package] = (out / "packages").glob(f"{ident}-*-{name}.zip")
        with ZipFile(package) as packed:
            packed.extractall(out / ident / name)
    return Course(ident, {name: out / ident / name for name in FORMATS} | {"site": out / "site"})


@pytest.fixture(params=the_rest_slow(CHANNELS, *FIVE))
def channel(request: pytest.FixtureRequest, server: Server) -> Channel:
    return CHANNELS[request.param](server)
