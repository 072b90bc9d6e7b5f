"""The repository itself: what is committed, what is ignored, and where MkDocs writes."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import pipeline.assets as assets

ROOT = Path(__file__).resolve().parent.parent

# A lock file or a note made on one machine must not send others there.
MACHINE = re.compile(
    rb"(?<![\w./-])/(?:home|root|Users|opt|work|tmp/pip)/[\w.-]"
    rb"|[A-Z]:\\Users\\"
    rb"|registry\.npmjs\.org|registry\.yarnpkg\.com|files\.pythonhosted\.org|pypi\.org/simple"
    rb'|"resolved": "'
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_mkdocs_does_not_empty_our_site_folder() -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert re.search(r"^site_dir: build/site$", settings, re.MULTILINE)


@pytest.mark.parametrize("path", ["site/blocks/quiz.html", "site/theme/main.html", "site/player/src/main.ts"])
def test_git_keeps_our_site_folder(path: str) -> None:
    assert subprocess.run(["git", "check-ignore", "--no-index", path], cwd=ROOT, check=False).returncode == 1


@pytest.mark.parametrize("path", ["build/site/index.html", "site/player/dist/player.js", "data/lrs.sqlite"])
def test_git_ignores_what_is_made(path: str) -> None:
    assert subprocess.run(["git", "check-ignore", "-q", "--no-index", path], cwd=ROOT, check=False).returncode == 0


def test_no_file_names_a_machine_or_a_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in tracked()
        if path != Path(__file__) and (match := MACHINE.search(path.read_bytes()))
    ]
    assert found == []


def test_constraints_pin_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0].lower() for line in pins if "==" in line}
    assert {re.split(r"[\[<>=]", name)[0].lower() for name in named} - pinned == set()


def test_browser_files_are_where_assets_says() -> None:
    assert assets.script("player.js").is_file()
    assert (assets.schemas("scorm12") / "imscp_rootv1p1p2.xsd").is_file()
    assert (assets.schemas("scorm2004") / "imscp_v1p1.xsd").is_file()
    for folder in (assets.theme(), assets.blocks(), assets.package()):
        assert list(folder.iterdir())
