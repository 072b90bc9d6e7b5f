"""Who may import what: the seams that CONTRIBUTING names."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Packages with ways of their own, and the only places that have to know them.
KEPT_TO = {
    "mkdocs": {"pipeline/plugin"},
    "openpyxl": {"xapi/reports/exports"},
    "psycopg": {"xapi/people", "xapi/reports", "xapi/store"},
    "tincan": {"xapi"},
    "uvicorn": {"pipeline/server", "xapi", "xapi/lrs"},
    "vl_convert": {"pipeline/reports"},
    "watchfiles": {"pipeline"},
    "xlsxwriter": {"xapi/reports/writers"},
}


def imported(path: Path) -> set[str]:
    """Top-level packages that a module imports by their full names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").partition(".")[0])
    return found - sys.stdlib_module_names


MODULES = {
    path.relative_to(ROOT): imported(path) for folder in ("pipeline", "xapi") for path in (ROOT / folder).rglob("*.py")
}


def test_xapi_knows_nothing_of_the_pipeline() -> None:
    assert [str(path) for path, names in MODULES.items() if path.parts[0] == "xapi" and "pipeline" in names] == []


def test_packages_with_ways_of_their_own_are_kept_to_one_place() -> None:
    places = {name: {path.parent.as_posix() for path, names in MODULES.items() if name in names} for name in KEPT_TO}
    assert places == KEPT_TO


def test_what_is_imported_is_asked_for_by_name() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        re.split(r"[\[<>=]", each)[0].lower()
        for each in [*project["dependencies"], *project["optional-dependencies"]["spark"]]
    }
    needed = set().union(*MODULES.values()) - {"pipeline", "xapi", "pyspark"}  # Spark comes with Ibis's extra
    known = packages_distributions()
    assert {name for name in needed if asked.isdisjoint(each.lower() for each in known[name])} == set()
