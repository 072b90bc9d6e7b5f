"""The command: what it prints, and its exit codes (0 clean, 1 problems, 2 wrong use)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from conftest import Golden, Masterclass
from pipeline.blocks import BLOCKS
from pipeline.cli import cli, commands

ROOT = Path(__file__).resolve().parent.parent
COURSES = ROOT / "tests" / "courses"
NO_ADDRESS = (
    "mkdocs.yml:1: warning: activities have no lasting address: neither site_url nor iri_base is set\n"
    "    hint: add to mkdocs.yml: site_url: https://… (or iri_base under the masterclass plugin)\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with one masterclass and no mkdocs.yml."""
    shutil.copytree(COURSES / "every-type", tmp_path / "masterclasses" / "every-type")
    return tmp_path


def break_it(project: Path) -> None:
    path = project / "masterclasses" / "every-type" / "facts.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: verified", "satus: verified"), encoding="utf-8")


BROKEN = {
    "path": "masterclasses/every-type/facts.yml",
    "line": 6,
    "column": 3,
    "level": "error",
    "code": "unknown-key",
    "message": "unknown key 'satus' in fact 'TEST1'",
    "hint": "did you mean 'status'?",
}
NO_ADDRESS_JSON = {
    "path": "mkdocs.yml",
    "line": 1,
    "column": 1,
    "level": "warning",
    "code": "no-address",
    "message": "activities have no lasting address: neither site_url nor iri_base is set",
    "hint": "add to mkdocs.yml: site_url: https://… (or iri_base under the masterclass plugin)",
}


def test_check_clean(masterclass: Masterclass, project: Path) -> None:
    result = masterclass("check", "--no-writing", cwd=project)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", NO_ADDRESS + "1 warning in 1 file\n")


def test_check_problems(masterclass: Masterclass, project: Path) -> None:
    break_it(project)
    result = masterclass("check", cwd=project)
    said = (
        "masterclasses/every-type/facts.yml:6: unknown key 'satus' in fact 'TEST1'\n    hint: did you mean 'status'?\n"
        + NO_ADDRESS
        + "1 problem and 1 warning in 2 files\n"
    )
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", said)


def test_check_json(masterclass: Masterclass, project: Path) -> None:
    result = masterclass("check", "--no-writing", "--format", "json", cwd=project)
    assert (result.exit_code, json.loads(result.stdout), result.stderr) == (0, [NO_ADDRESS_JSON], "")
    break_it(project)
    result = masterclass("check", "--no-writing", "--format", "json", cwd=project)
    assert (result.exit_code, json.loads(result.stdout), result.stderr) == (1, [BROKEN, NO_ADDRESS_JSON], "")


def test_check_github(masterclass: Masterclass, project: Path) -> None:
    break_it(project)
    result = masterclass("check", "--format", "github", cwd=project)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        "::error file=masterclasses/every-type/facts.yml,line=6,col=3,title=unknown-key::"
        "unknown key 'satus' in fact 'TEST1'%0Adid you mean 'status'?"
    )


def test_check_for_a_release_wants_an_address(masterclass: Masterclass, project: Path) -> None:
    result = masterclass("check", "--release", "--no-writing", cwd=project)
    assert result.exit_code == 1
    assert result.stderr == NO_ADDRESS.replace("warning: ", "") + "1 problem in 1 file\n"


@pytest.mark.parametrize(
    "path", ["masterclasses", "masterclasses/every-type", "masterclasses/every-type/masterclass.yml"]
)
def test_check_of_a_path(path: str, masterclass: Masterclass, project: Path) -> None:
    break_it(project)
    result = masterclass("check", "--format", "json", path, cwd=project)
    assert (result.exit_code, json.loads(result.stdout)) == (1, [BROKEN, NO_ADDRESS_JSON])


def test_check_without_masterclasses(masterclass: Masterclass, tmp_path: Path) -> None:
    result = masterclass("check", cwd=tmp_path)
    assert result.exit_code == 1
    assert result.stderr == (
        "masterclasses:1: there is no masterclass here\n    hint: make one with: masterclass new ID\n1 problem in 1 file\n"
    )


def test_build_json(masterclass: Masterclass, project: Path) -> None:
    result = masterclass("build", "--json", "--out", "out", "--format", "scorm12,cmi5", cwd=project)
    assert result.exit_code == 0
    made = json.loads(result.stdout)
    assert [list(each) for each in made] == 2 * [
        ["course", "format", "path", "bytes", "sha256", "pages", "questions", "suspend_chars"]
    ]
    for each, format_ in zip(made, ("scorm12", "cmi5"), strict=True):
        path = project / each["path"]
        assert each["path"] == f"out/packages/every-type-1.0.0-{format_}.zip"
        assert each["bytes"] == path.stat().st_size
        assert re.fullmatch("[0-9a-f]{64}", each["sha256"])
        assert (each["course"], each["format"], each["pages"], each["questions"]) == ("every-type", format_, 5, 16)


def test_build_table(masterclass: Masterclass, project: Path) -> None:
    result = masterclass("build", "--out", "out", cwd=project)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["File", "Size", "SHA-256", "Suspend", "data", "Questions", "Pages"]
    assert [line.split()[0] for line in lines[2:6]] == [
        f"every-type-1.0.0-{format_}.zip" for format_ in ("scorm12", "scorm2004", "cmi5", "xapi")
    ]
    assert lines[-1] == "4 made in out. Suspend data is the worst case, of 4,096 characters in SCORM 1.2."


def test_build_with_problems_makes_nothing(masterclass: Masterclass, project: Path) -> None:
    break_it(project)
    result = masterclass("build", "--json", "--out", "out", cwd=project)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.endswith("1 problem and 1 warning in 2 files\nNothing was built.\n")
    assert not (project / "out").exists()


def test_build_for_one_kind_of_lms(masterclass: Masterclass, project: Path) -> None:
    result = masterclass(
        "build", "--json", "--out", "out", "--format", "scorm12", "--preset", "learning-hub", cwd=project
    )
    assert [each["path"] for each in json.loads(result.stdout)] == [
        "out/packages/every-type-1.0.0-scorm12-learning-hub.zip"
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["build", "--format", "scorm13"],
            "there is no format 'scorm13'; there are: site, scorm12, scorm2004, cmi5, xapi",
        ),
        (["build", "--format", " , "], "there is no format named"),
        (["build", "--format", "site"], "the site needs a mkdocs.yml in this folder; "),
        (["build", "--course", "nobody"], "there is no masterclass 'nobody'; there are: every-type"),
        (["build", "--preset", "blackboard"], "'blackboard' is not one of 'learning-hub', 'moodle'"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json', 'github'"),
        (["check", "nowhere"], "Path 'nowhere' does not exist"),
        (["new", "My Topic"], "'My Topic' cannot be an id"),
        (["release", "nobody"], "there is no masterclass 'nobody'"),
        (["serve", "--port", "0"], "0 is not in the range"),
        (["publish"], "No such command 'publish'"),
        (["build", "--fast"], "No such option"),
    ],
)
def test_wrong_use(arguments: list[str], said: str, masterclass: Masterclass, project: Path) -> None:
    result = masterclass(*arguments, cwd=project)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())
    assert not (project / "build").exists()


def test_new_builds_at_once(masterclass: Masterclass, tmp_path: Path) -> None:
    result = masterclass("new", "my-topic", "--title", "My: “topic” & more", cwd=tmp_path)
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if line.startswith("wrote ")] == [
        f"wrote {name}"
        for name in (
            *(f"masterclasses/my-topic/{name}" for name in ("masterclass.yml", "facts.yml", "01-start.md")),
            *(f"masterclasses/my-topic/{name}" for name in ("start.quiz.yml", "02-check.md", "bank.quiz.yml")),
            "mkdocs.yml",
            "content/index.md",
            "build/schemas",
        )
    ]
    named = re.findall(
        r"\$schema=(\S+)", "".join(path.read_text("utf-8") for path in tmp_path.glob("masterclasses/*/*.yml"))
    )
    assert len(named) == 4
    assert all((tmp_path / "masterclasses" / "my-topic" / schema).is_file() for schema in named)
    checked = masterclass("check", cwd=tmp_path)
    assert (checked.exit_code, checked.stderr) == (0, NO_ADDRESS + "1 warning in 1 file\n")
    again = masterclass("new", "my-topic", cwd=tmp_path)
    assert again.exit_code == 1
    assert "masterclasses/my-topic exists already" in again.stderr


def test_schemas(masterclass: Masterclass, tmp_path: Path) -> None:
    result = masterclass("schemas", "out", cwd=tmp_path)
    assert result.exit_code == 0
    written = {"accessibility", "brief", "document", "facts", "masterclass", "page", "reviews", "session"}
    names = {"domains", "statements", "enablers-barriers", "contrasts", "skills", *written, *BLOCKS}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{name}.schema.json" for name in names}


def test_new_says_the_id_that_a_title_would_have(masterclass: Masterclass) -> None:
    assert masterclass("new", "Working with Councils").stderr.splitlines()[-1] == (
        "Error: 'Working with Councils' cannot be an id: use small letters, digits and hyphens, beginning with a letter; "
        'for example: masterclass new working-with-councils --title "Working with Councils"'
    )


def test_a_heavy_picture_is_said(tmp_path: Path, masterclass: Masterclass) -> None:
    masterclass("new", "housing", cwd=tmp_path)
    media = tmp_path / "masterclasses" / "housing" / "media"
    media.mkdir()
    (media / "flow.png").write_bytes(bytes(2_400_000))
    (media / "walk.mp4").write_bytes(bytes(2_400_000))
    (media / "small.png").write_bytes(bytes(1_000))
    assert [line for line in masterclass("check", cwd=tmp_path).stderr.splitlines() if "media" in line] == [
        "masterclasses/housing/media/flow.png:1: warning: this picture has 2.4 MB: learners wait for it, and it is in "
        "every package"
    ]


def test_help_of_every_command(masterclass: Masterclass, golden: Golden) -> None:
    assert isinstance(cli, click.Group)
    texts = [masterclass(*names, "--help").stdout for names in ([], *([name] for name in commands()))]
    golden(ROOT / "tests" / "golden" / "help.txt", "\n".join(texts))


def test_no_summary_of_a_command_is_cut_off() -> None:
    assert [text for text in summaries(cli) if text.endswith("...")] == []


def summaries(group: click.Command) -> list[str]:
    """What a list of commands says of each, in a terminal of 80 columns; and of their own commands."""
    if not isinstance(group, click.Group):
        return []
    within = [group.get_command(click.Context(group), name) for name in group.list_commands(click.Context(group))]
    found = [command for command in within if command is not None]
    room = 78 - 6 - max(len(command.name or "") for command in found)
    return [command.get_short_help_str(room) for command in found] + [
        text for command in found for text in summaries(command)
    ]


def run(project: Path, *arguments: str, encoding: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "NO_MKDOCS_2_WARNING": "1"}
    command = [
        sys.executable,
        "-W",
        "error::EncodingWarning",
        "-X",
        "warn_default_encoding",
        "-m",
        "pipeline.cli",
        *arguments,
    ]
    return subprocess.run(
        command, cwd=project, env=environment | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )


@pytest.mark.parametrize("encoding", ["cp1252", "cp437"])
def test_consoles_that_cannot_show_everything(encoding: str, project: Path) -> None:
    page = project / "masterclasses" / "every-type" / "05-after.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[日本 – ✓](page:日本)\n", encoding="utf-8")
    checked = run(project, "check", encoding=encoding)
    assert checked.returncode == 1
    assert b"Traceback" not in checked.stderr
    assert b"the link 'page:??' leads to a page that does not exist" in checked.stderr
    as_json = run(project, "check", "--format", "json", encoding=encoding)
    assert "page:日本" in json.loads(as_json.stdout)[0]["message"]


def test_windows_checkout(project: Path) -> None:
    """CRLF, a byte order mark, and a console of the old kind; a build gives what it gives elsewhere."""
    for path in (project / "masterclasses" / "every-type").rglob("*"):
        if path.suffix in (".md", ".yml"):
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    built = run(project, "build", "--out", "out", "--format", "scorm12", encoding="cp1252")
    assert (built.returncode, b"1 made in out." in built.stdout) == (0, True), built.stderr


def test_a_site_for_release_wants_a_publisher(masterclass: Masterclass, project: Path) -> None:
    config = project / "mkdocs.yml"
    config.write_text(
        "site_name: S\nsite_url: https://example.org/\nplugins:\n  - masterclass:\n      publisher: {name: A}\n"
    )
    (project / "docs").mkdir()
    result = masterclass("check", "--release", "--no-writing", cwd=project)
    assert (result.exit_code, result.stderr) == (
        1,
        "mkdocs.yml:1: the accessibility statement must name who publishes the site and how to reach them\n"
        "    hint: add under the masterclass plugin: publisher: {name: …, email: …}\n"
        "1 problem in 1 file\n",
    )
    config.write_text(config.read_text().replace("{name: A}", "{name: A, email: a@example.org}"))
    assert masterclass("check", "--release", cwd=project).exit_code == 0


def test_a_place_for_problems_that_is_none(masterclass: Masterclass, project: Path) -> None:
    config = project / "mkdocs.yml"
    config.write_text("site_name: S\nplugins:\n  - masterclass:\n      problems: www.example.org\n")
    (project / "docs").mkdir()
    result = masterclass("check", cwd=project)
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: mkdocs.yml: 'problems' of the masterclass plugin must be an e-mail address or an address beginning with "
        "https://, found 'www.example.org'\n",
    )


def test_check_says_how_hard_pages_are_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(cli, ["new", "housing"])
    said = CliRunner().invoke(cli, ["check", "--reading"])
    assert (said.exit_code, said.stdout) == (
        0,
        "Page           Words  Grade  Age  Longest sentence  Minutes  By the rule\n"
        "-------------  -----  -----  ---  ----------------  -------  -----------\n"
        "housing/start     24    1.8    7                15        5            1\n"
        "housing/check      0    0.0    5                 0        5            2\n"
        "\n"
        "Grade: Automated Readability Index, in years of schooling. By the rule: the minutes that a page takes.\n",
    )
    assert said.stderr == NO_ADDRESS + "1 warning in 1 file\n"
