"""Nobody waits for what their command does not use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from pipeline.cli import COMMANDS, cli
from pipeline.later import LaterGroup
from pipeline.reports.commands import report

ROOT = Path(__file__).parent.parent
# What takes long to import, and what only some commands need.
SLOW = {"cryptography", "docx", "duckdb", "ibis", "numpy", "openpyxl", "psycopg", "pyarrow", "starlette", "tincan"}
SLOW |= {"uvicorn", "vl_convert", "watchfiles", "xlsxwriter"}
COMPILER = {"mkdocs", "pipeline.project", "pipeline.render"}


def imported(folder: Path, asked: list[list[str]], watched: set[str]) -> list[str]:
    """Those of the modules that are there after all these command lines."""
    program = f"""
import sys
from pipeline.cli import cli
for words in {asked!r}:
    try:
        cli(words, prog_name="masterclass")
    except SystemExit as end:
        assert end.code == 0, words
print(*sorted({watched!r} & set(sys.modules)), file=sys.stderr)
"""
    command = [sys.executable, "-c", program]
    done = subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1].split()


def test_help_of_any_command_loads_nothing_slow(tmp_path: Path) -> None:
    asked = [["--help"], *([name, "--help"] for name in COMMANDS), ["lrs", "serve", "-h"], ["report", "gain", "-h"]]
    assert imported(tmp_path, asked, SLOW | COMPILER) == []


def test_a_check_loads_no_server_and_no_database(tmp_path: Path) -> None:
    assert imported(tmp_path, [["new", "housing"], ["check"]], SLOW) == []


def test_a_list_of_commands_says_what_each_says_itself() -> None:
    groups: tuple[click.Command, ...] = (cli, report)
    for group in groups:
        assert isinstance(group, LaterGroup)
        found = {name: group.get_command(click.Context(group), name) for name in group.later}
        said = {
            name: " ".join((command.help or "").split("\n\n")[0].split()) for name, command in found.items() if command
        }
        assert said == {name: later.summary for name, later in group.later.items()}
