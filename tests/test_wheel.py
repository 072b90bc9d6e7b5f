"""The wheel: built from the checkout, installed elsewhere, used by someone who has only that."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = "Scripts" if os.name == "nt" else "bin"

# One worker, so that the wheel is built once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the sdist, so that one is shown to be whole."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT), cwd=out)
    (made,) = out.glob("*.whl")
    return made


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; its environment has nothing of ours."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_wheel_carries_the_browser_files(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"pipeline", "xapi"}
    for name in (
        "pipeline/site/player/dist/player.js",
        "pipeline/site/player/dist/practice.js",
        "pipeline/site/player/dist/tools.js",
        "pipeline/site/player/dist/self-check.js",
        "pipeline/site/player/dist/schemas/LICENSE",
        "pipeline/site/player/dist/schemas/scorm12/adlcp_rootv1p2.xsd",
        "pipeline/site/player/dist/schemas/scorm2004/adlcp_v1p3.xsd",
        "xapi/profile.jsonld",
    ):
        assert name in names
    for folder in ("theme", "blocks", "package", "reports"):
        assert any(name.startswith(f"pipeline/site/{folder}/") for name in names)
    assert not [name for name in names if "node_modules" in name or name.endswith(".ts")]


def test_a_new_masterclass_builds_where_there_is_no_checkout(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / SCRIPTS
    run(scripts / "python", "-m", "pip", "install", "-q", "-c", str(ROOT / "constraints.txt"), str(wheel), cwd=tmp_path)
    work = tmp_path / "my courses"
    work.mkdir()
    run(scripts / "masterclass", "new", "demo", cwd=work)
    run(scripts / "masterclass", "build", cwd=work)
    packages = {path.name.partition("demo-")[2] for path in (work / "build" / "packages").iterdir()}
    formats = ("cmi5", "scorm12", "scorm2004", "xapi")
    assert packages == {f"0.1.0-{name}.zip" for name in formats}
    assert (work / "build" / "site" / "index.html").is_file()
