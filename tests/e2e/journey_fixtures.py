"""Courses built for journeys: one that asks every kind of question, its next release, and a server to meet them on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result

from channels import Course
from fake_server import Server, running

COURSES = Path(__file__).parents[1] / "courses"
FORMATS = ("scorm12", "scorm2004", "cmi5", "xapi")
MKDOCS = """\
site_name: Test site
site_url: https://example.org/
docs_dir: content
site_dir: build/site
theme:
  name: material
  font: false
plugins:
  - search
  - masterclass
"""


@dataclass(frozen=True)
class Built:
    course: Course
    site: Path


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory, masterclass: Callable[..., Result]) -> tuple[Built, Built]:
    """Versions 1.0.0 and 1.1.0 of every-type: the second inserts, retires, reorders and re-keys questions."""
    project = tmp_path_factory.mktemp("every-type")
    source = project / "masterclasses/every-type"
    (project / "content").mkdir()
    (project / "content/index.md").write_text("# Home\n\n[Every kind of question](masterclasses/every-type/index.md)\n")
    (project / "mkdocs.yml").write_text(MKDOCS)
    found = []
    for version in ("every-type", "every-type-next"):
        shutil.copytree(COURSES / version, source, dirs_exist_ok=True)
        for arguments in (["release", "every-type"], ["build", "--out", project / version]):
            result = masterclass(*arguments, cwd=project)
            assert result.exit_code == 0, result.output
        found.append(Built(unpacked("every-type", project / version), project / version / "site"))
    return found[0], found[1]


@pytest.fixture(scope="session")
def first(releases: tuple[Built, Built]) -> Built:
    return releases[0]


@pytest.fixture(scope="session")
def second(releases: tuple[Built, Built]) -> Built:
    return releases[1]


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


def unpacked(ident: str, out: Path) -> Course:
    """The packages below a build's folder, each in a folder named after its format."""
    for name in FORMATS:
        [package] = (out / "packages").glob(f"{ident}-*-{name}.zip")
        with ZipFile(package) as packed:
            packed.extractall(out / name)
    return Course(ident, {name: out / name for name in FORMATS})
