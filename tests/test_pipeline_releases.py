"""``masterclass release``: from 1.0.0 to 1.1.0, and what learners half-way through are told to keep and lose."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from conftest import Golden, Masterclass

ROOT = Path(__file__).resolve().parent.parent
COURSES = ROOT / "tests" / "courses"
GOLDEN = ROOT / "tests" / "golden"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "masterclasses" / "every-type"
    shutil.copytree(COURSES / "every-type", folder)
    return folder


def release(masterclass: Masterclass, folder: Path, *options: str) -> Result:
    return masterclass("release", "every-type", *options, cwd=folder.parent.parent)


def next_version(folder: Path) -> None:
    shutil.copytree(COURSES / "every-type-next", folder, dirs_exist_ok=True)


def locked(folder: Path) -> dict[str, dict[str, object]]:
    questions: dict[str, dict[str, object]] = json.loads((folder / "masterclass.lock").read_text(encoding="utf-8"))[
        "questions"
    ]
    return questions


def test_first_release(masterclass: Masterclass, folder: Path, golden: Golden) -> None:
    result = release(masterclass, folder)
    assert result.exit_code == 0
    golden(GOLDEN / "release-first.txt", result.stdout)
    assert sorted(path.name for path in (folder / "releases").iterdir()) == ["1.0.0.json"]


def test_next_release(masterclass: Masterclass, folder: Path, golden: Golden) -> None:
    release(masterclass, folder)
    before = locked(folder)
    next_version(folder)
    result = release(masterclass, folder)
    assert result.exit_code == 0, result.output
    golden(GOLDEN / "release-next.txt", result.stdout)
    after = locked(folder)
    assert {ident: q["slot"] for ident, q in after.items() if ident in before} == {
        i: q["slot"] for i, q in before.items()
    }
    assert sorted(set(after) - set(before)) == ["bank-new", "who-pays"]
    slots = [q["slot"] for q in after.values()]
    assert sorted(slots) == list(range(len(before) + 2))  # type: ignore[type-var]
    assert [ident for ident, q in after.items() if q["retired"]] == ["silence"]
    assert {ident for ident, q in after.items() if q["revision"] == 2} == {"two-signs"}
    assert after["who-decides"]["options"] == before["who-decides"]["options"]
    assert sorted(path.name for path in (folder / "releases").iterdir()) == ["1.0.0.json", "1.1.0.json"]


def test_same_version_with_changes_is_refused(masterclass: Masterclass, folder: Path) -> None:
    release(masterclass, folder)
    lock = (folder / "masterclass.lock").read_bytes()
    next_version(folder)
    settings = folder / "masterclass.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("1.1.0", "1.0.0"), encoding="utf-8")
    result = release(masterclass, folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert (
        "masterclasses/every-type/masterclass.yml:3: version 1.0.0 is released already "
        "and the masterclass has changed since\n    hint: write: version: 1.1.0\n"
    ) in result.stderr
    assert result.stderr.endswith("Nothing was released.\n")
    assert (folder / "masterclass.lock").read_bytes() == lock


def test_same_version_without_changes_changes_nothing(masterclass: Masterclass, folder: Path) -> None:
    release(masterclass, folder)
    lock = (folder / "masterclass.lock").read_bytes()
    result = release(masterclass, folder)
    assert result.exit_code == 0
    assert "no question or page is new, corrected or retired" in result.stdout
    assert (folder / "masterclass.lock").read_bytes() == lock


def test_lower_version_is_refused(masterclass: Masterclass, folder: Path) -> None:
    release(masterclass, folder)
    settings = folder / "masterclass.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("1.0.0", "0.9.0"), encoding="utf-8")
    result = release(masterclass, folder)
    assert result.exit_code == 1
    assert (
        "masterclass.yml:3: version 0.9.0 is not above 1.0.0, which is released already\n    hint: write: version: 1.1.0\n"
    ) in result.stderr


def test_dry_run_writes_nothing(masterclass: Masterclass, folder: Path) -> None:
    result = release(masterclass, folder, "--dry-run")
    assert result.exit_code == 0
    assert not (folder / "masterclass.lock").exists()
    assert not (folder / "releases").exists()


def test_problems_stop_a_release(masterclass: Masterclass, folder: Path) -> None:
    (folder / "bank.quiz.yml").write_text("- id: no\n", encoding="utf-8")
    result = release(masterclass, folder)
    assert result.exit_code == 1
    assert "bank.quiz.yml:1: 'type' is missing" in result.stderr
    assert not (folder / "masterclass.lock").exists()


def test_unknown_masterclass(masterclass: Masterclass, folder: Path) -> None:
    result = masterclass("release", "nobody", cwd=folder.parent.parent)
    assert result.exit_code == 2
    assert "there is no masterclass 'nobody'; there are: every-type" in result.stderr
