"""The facilitators' pack and the brief: pages and Word files of the site, and of no package."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import docx
import pytest

from conftest import Masterclass
from pipeline import files, word_prose
from pipeline.citations import uses
from pipeline.course import Course
from pipeline.documents.document import Session
from pipeline.documents.render import RenderedDocument
from pipeline.package import content
from pipeline.render import render
from pipeline.website import document_page, page_address
from test_pipeline_due import course_of, lay_out
from test_pipeline_reviews import words

PLAN = """\
---
id: plan
kind: session
title: Thirty minutes
minutes: 30
replaces: [start]
---
Read [the notes](page:facilitator/notes) first.

```session
starts: 09:30
steps:
  - {minutes: 10, title: Welcome, needs: [Pens]}
  - {minutes: 20, title: The thing itself, who: Both, text: "Ask *why* [@MAYBE1].", needs: [Pens, Paper]}
```
"""
NOTES = "---\nid: notes\nkind: notes\ntitle: Notes\n---\n1. One\n2. Two\n"
BRIEF = "---\ntitle: Demo in ten minutes\n---\nGo to [the start](page:start).\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = lay_out(tmp_path) / "masterclasses" / "demo"
    (folder / "facilitator").mkdir()
    (folder / "facilitator" / "01-plan.md").write_text(PLAN)
    (folder / "facilitator" / "02-notes.md").write_text(NOTES)
    (folder / "brief.md").write_text(BRIEF)
    return tmp_path


@pytest.fixture
def course(root: Path) -> Course:
    return course_of(root)


def documents(course: Course) -> dict[str, RenderedDocument]:
    return {document.place: document for document in render(course).documents}


def test_the_brief_comes_first_and_then_the_pack(course: Course) -> None:
    assert [(place, each.title, bool(each.word)) for place, each in documents(course).items()] == [
        ("brief", "Demo in ten minutes", True),
        ("facilitator/index", "For facilitators", False),
        ("facilitator/plan", "Thirty minutes", True),
        ("facilitator/notes", "Notes", True),
    ]


def test_a_session_s_clock_is_worked_out(course: Course) -> None:
    article = documents(course)["facilitator/plan"].article
    shown = re.findall(r'<p class="step-time">(.*?)</p>', article)
    assert [re.sub("<[^>]+>", "", time) for time in shown] == ["09:30–09:40 10 min", "09:40–10:00 20 min"]
    assert re.findall(r"<ul class=\"needs\">\n(.*?)\n</ul>", article, re.DOTALL) == ["<li>Pens</li>\n<li>Paper</li>"]
    assert "(not yet verified)" in article and "It may be so." in article


def test_without_a_clock_the_minutes_count_from_nothing() -> None:
    assert [Session(None, ()).clock(minutes) for minutes in (0, 5, 75)] == ["0:00", "0:05", "1:15"]


@pytest.mark.parametrize(
    ("directories", "place", "found"),
    [
        (True, "brief", ["../brief.docx", "../start/"]),
        (True, "facilitator/index", ["../facilitator/plan/", "../facilitator/plan.docx", "../facilitator/notes/"]),
        (True, "facilitator/plan", ["../../facilitator/plan.docx", "../../start/", "../../facilitator/notes/"]),
        (False, "brief", ["brief.docx", "start.html"]),
        (False, "facilitator/index", ["../facilitator/plan.html", "../facilitator/plan.docx"]),
        (False, "facilitator/plan", ["../facilitator/plan.docx", "../start.html", "../facilitator/notes.html"]),
    ],
)
def test_links_lead_where_the_site_has_things(course: Course, directories: bool, place: str, found: list[str]) -> None:
    html = document_page(documents(course)[place], page_address(course, place, directories))
    links = [link for link in re.findall(r'href="([^#"]+)"', html) if "://" not in link]
    assert links[: len(found)] == found


def test_the_overview_leads_to_both(course: Course) -> None:
    overview = render(course).overview
    assert re.findall(r'<li><a href="(page:(?:brief|facilitator/index))">([^<]*)</a>', overview) == [
        ("page:brief", "Demo in ten minutes"),
        ("page:facilitator/index", "For facilitators"),
    ]


def test_no_package_holds_them(course: Course) -> None:
    assert [file.path for file in content(render(course)) if "facilitator" in file.path or "brief" in file.path] == []


def test_the_word_file_has_the_same_plan(course: Course) -> None:
    document = documents(course)["facilitator/plan"]
    made = docx.Document(io.BytesIO(document.word))
    assert words(made).splitlines() == [
        "Thirty minutes",
        "Demo, version 1.2.0 · Session plan · 30 minutes",
        "Draft: awaiting review",
        "Takes the place of these parts: Start here.",
        "Read the notes first.",
        "Time", "Minutes", "What happens", "What it needs",
        "09:30–09:40", "10", "Welcome", "Pens",
        "09:40–10:00", "20", "The thing itself", "Both", "Ask why [MAYBE1].", "PensPaper",
        "",
        "In the room",
        "Pens",
        "Paper",
        "Sources",
        "[MAYBE1] Somebody (2026). It may be so. Not yet verified.",
    ]  # fmt: skip
    assert made.core_properties.title == "Thirty minutes – Demo"


def test_the_word_file_has_the_same_bytes_every_day(root: Path) -> None:
    first, second = (documents(course_of(root))["facilitator/plan"].word for _ in range(2))
    assert files.sha256(first) == files.sha256(second)


def test_a_fact_used_in_the_pack_is_used(course: Course) -> None:
    assert uses(course)["MAYBE1"].pages == ("start", "facilitator/plan")


def test_the_site_has_pages_and_files(root: Path, masterclass: Masterclass) -> None:
    (root / "mkdocs.yml").write_text(
        "site_name: S\nsite_url: https://example.org/\ndocs_dir: content\nsite_dir: build/site\n"
        "theme: material\nplugins:\n  - search\n  - masterclass: {problems: help@example.org}\n"
    )
    (root / "content").mkdir()
    (root / "content" / "index.md").write_text("# Home\n\n<!-- masterclasses -->\n")
    result = masterclass("build", "--format", "site", cwd=root)
    assert result.exit_code == 0, result.stderr
    made = root / "build" / "site" / "masterclasses" / "demo"
    assert sorted(path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()) == [
        "brief.docx",
        "brief/index.html",
        "course.json",
        "facilitator/index.html",
        "facilitator/notes.docx",
        "facilitator/notes/index.html",
        "facilitator/plan.docx",
        "facilitator/plan/index.html",
        "index.html",
        "start/index.html",
    ]
    plan = (made / "facilitator" / "plan" / "index.html").read_text(encoding="utf-8")
    assert "<title>Thirty minutes - S</title>" in plan
    found = json.loads((root / "build" / "site" / "search" / "search_index.json").read_text(encoding="utf-8"))["docs"]
    texts = "\n".join(each["text"] for each in found)
    assert [
        words for words in ("So it is.", "The thing itself", "It was so", "Which is it?") if words not in texts
    ] == []
    assert [words for words in ("Report a problem", "was due for review", "No.") if words in texts] == []
    assert (made / "facilitator" / "plan.docx").read_bytes() == documents(course_of(root))["facilitator/plan"].word


def test_a_row_that_is_to_be_filled_in_leaves_room_for_a_pen() -> None:
    document = docx.Document()
    rows = "<tr><th>A</th><th>B</th></tr> <tr><td>a</td><td></td></tr> <tr><td>a</td><td>b</td></tr>"
    word_prose.add(document, f"<table>{rows}</table>")
    heights = [row.height and round(row.height.cm, 1) for row in document.tables[0].rows]
    assert heights == [None, 1.2, None]
