"""The MkDocs plugin: a stranger's project becomes a learning site, under MkDocs and under ProperDocs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.website import navigation

BUILDERS = ("mkdocs", "properdocs")
THEME = {"mkdocs": "", "properdocs": "theme: material\n"}
"""ProperDocs has no theme of its own installed with it."""
ROOT = Path(__file__).parent.parent


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def questions_of(page: Path) -> list[str]:
    return re.findall(r'data-question="([^"]+)"', page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("builder", BUILDERS)
def test_a_strangers_project_becomes_a_learning_site(builder: str, tmp_path: Path) -> None:
    assert run("mkdocs", "new", "stranger", cwd=tmp_path).returncode == 0
    project = tmp_path / "stranger"
    config = project / "mkdocs.yml"
    config.write_text(
        config.read_text() + THEME[builder] + "site_url: https://example.org/\nplugins:\n  - search\n  - masterclass\n"
    )
    assert run("pipeline.cli", "new", "demo", cwd=project).returncode == 0
    with (project / "masterclasses" / "demo" / "01-start.md").open("a") as page:
        page.write("\n```quote\ntext: Ask.\nname: A director\nrole: director\nyear: 2018\nsource: FACT1\n```\n")
    done = run(builder, "build", "--strict", cwd=project)
    assert (done.returncode, done.stderr.count("WARNING")) == (0, 0), done.stderr
    course = project / "site" / "masterclasses" / "demo"
    assert sorted(path.relative_to(course).as_posix() for path in course.rglob("*") if path.is_file()) == [
        "check/index.html",
        "course.json",
        "index.html",
        "start/index.html",
    ]
    assert questions_of(course / "start" / "index.html") == ["practice-one"]
    assert questions_of(course / "check" / "index.html") == ["check-one", "check-two", "check-three", "check-four"]
    start = (course / "start" / "index.html").read_text(encoding="utf-8")
    assert '<a href="../check/">the final check</a>' in start
    assert 'data-course="../course.json"' in start
    assert start.count('<script src="../../../masterclass/player.js"') == 1
    practice = '<link rel="stylesheet" href="../../../masterclass/practice.css">'
    assert [page.parent.name for page in course.rglob("*.html") if practice in page.read_text("utf-8")] == ["start"]
    assert json.loads((course / "course.json").read_text())["iri"] == "https://example.org/masterclasses/demo"


@pytest.mark.parametrize("builder", BUILDERS)
def test_our_site_has_every_question_once(builder: str, tmp_path: Path) -> None:
    """The real masterclasses, with the real theme."""
    site = tmp_path / "site"
    done = run(
        builder, "build", "--quiet", "--site-dir", str(site), "--config-file", str(ROOT / "mkdocs.yml"), cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    # Who shortens a masterclass's address finds them all.
    courses = sorted(path for path in (site / "masterclasses").iterdir() if path.is_dir())
    index = (site / "masterclasses" / "index.html").read_text(encoding="utf-8")
    assert sorted(re.findall(r'<h3><a href="([^"]+)/">', index)) == [course.name for course in courses]
    assert index.count('masterclass/cards.js"') == 1
    for course in courses:
        data = json.loads((course / "course.json").read_text(encoding="utf-8"))
        pages = {block["id"]: block["page"] for block in data["blocks"]}
        wanted = {
            page["id"]: [q for b in data["blocks"] if pages[b["id"]] == page["id"] for q in b["questions"]]
            for page in data["pages"]
        }
        assert {page: questions_of(course / page / "index.html") for page in wanted} == wanted


def test_search_knows_prompts_but_no_feedback_or_final_check(tmp_path: Path) -> None:
    assert run("pipeline.cli", "new", "demo", cwd=tmp_path).returncode == 0
    later = tmp_path / "masterclasses" / "demo" / "07-later.md"
    later.write_text(
        "---\nid: later\ntitle: A week later\nminutes: 3\npurpose: follow-up\nafter: 7\n---\nA week has gone by.\n"
    )
    assert run("mkdocs", "build", "--quiet", cwd=tmp_path).returncode == 0
    index = (tmp_path / "build" / "site" / "search" / "search_index.json").read_text(encoding="utf-8")
    weights = {each["location"]: each.get("boost", 1) for each in json.loads(index)["docs"]}
    assert [place for place, weight in weights.items() if weight < 1] == ["masterclasses/demo/later/"]
    assert "Write the page in Markdown" in index
    assert [
        text
        for text in ("People choose a wrong option for", "It settles the question", "A paper draws 3", "Check answer")
        if text in index
    ] == []


def test_a_broken_masterclass_stops_mkdocs_with_every_problem(tmp_path: Path) -> None:
    assert run("pipeline.cli", "new", "demo", cwd=tmp_path).returncode == 0
    bank = tmp_path / "masterclasses" / "demo" / "bank.quiz.yml"
    bank.write_text(bank.read_text().replace("type: numeric", "type: numerical").replace("answer: false", "answer: no"))
    done = run("mkdocs", "build", cwd=tmp_path)
    assert done.returncode == 1
    assert re.findall(r"masterclasses/demo/.*", done.stderr) == [
        "masterclasses/demo/bank.quiz.yml:7: 'answer' must be true or false, found 'no' (write: answer: false)",
        "masterclasses/demo/bank.quiz.yml:42: unknown type 'numerical' in question 'check-three' (did you mean 'numeric'?)",
    ]
    assert "Traceback" not in done.stderr


class _Course:
    id, title, pages = "demo", "Demo", ()


class _Rendered:
    course = _Course()
    pages = documents = ()


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (None, ["index.md", {"Masterclasses": ["masterclasses/index.md", {"Demo": ["masterclasses/demo/index.md"]}]}]),
        (
            ["index.md"],
            ["index.md", {"Masterclasses": ["masterclasses/index.md", {"Demo": ["masterclasses/demo/index.md"]}]}],
        ),
        (
            [{"Learn": "masterclasses/"}, "index.md"],
            [{"Learn": ["masterclasses/index.md", {"Demo": ["masterclasses/demo/index.md"]}]}, "index.md"],
        ),
        ([{"A": ["masterclasses/"]}], [{"A": ["masterclasses/index.md", {"Demo": ["masterclasses/demo/index.md"]}]}]),
        (["masterclasses/demo/index.md"], ["masterclasses/demo/index.md"]),
    ],
)
def test_navigation(listed: list[object] | None, expected: list[object]) -> None:
    assert navigation(listed, ["index.md", "masterclasses/index.md"], [_Rendered()]) == expected  # type: ignore[list-item]


def test_a_project_may_write_its_own_page_of_masterclasses(tmp_path: Path) -> None:
    assert run("pipeline.cli", "new", "demo", cwd=tmp_path).returncode == 0
    own = tmp_path / "content" / "masterclasses" / "index.md"
    own.parent.mkdir()
    own.write_text("# Ours\n", encoding="utf-8")
    assert run("mkdocs", "build", "--quiet", cwd=tmp_path).returncode == 0
    page = (tmp_path / "build" / "site" / "masterclasses" / "index.html").read_text(encoding="utf-8")
    assert (">Ours</h1>" in page, "cards" in page, page.count("data-own=")) == (True, False, 0)
