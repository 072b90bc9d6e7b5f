"""Worksheets and certificates, from YAML to HTML and to the blank form for Word."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from docx import Document
from jsonschema import ValidationError, validate

from pipeline.assemble import assemble
from pipeline.content import Worksheet
from pipeline.course import Course
from pipeline.load import load
from pipeline.markdown import plain_text as words
from pipeline.package import content
from pipeline.player_data import course_data
from pipeline.practice.paper import paper, papers
from pipeline.problems import Problem
from pipeline.render import render
from pipeline.schemas import schemas
from test_pipeline_practice import article, course_with
from there import there

JOB_AIDS = Path(__file__).parent / "courses" / "job-aids"
SHEET = (JOB_AIDS / "grid.worksheet.yml").read_text("utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    certificate = "certificate\ntitle: Certificate of learning"
    return course_with(tmp_path, "worksheet\nfrom: grid.worksheet.yml", certificate, grid_worksheet_yml=SHEET)


def test_it_reads_as_a_form(course: Course) -> None:
    text = words(article(course))
    order = [
        "Who decides A valid masterclass, version 1.0.0 For one programme [1] .", "Blank copy for Word", "The programme One that you answer for.",
        "Programme (needed) As members know it", "Why now? Two or three sentences", "How far is it?",
        "What is arranged? Tick what has a date Fares on the day Papers in each format", "The grid Decision rights",
        "Topic Right Who decides Public Opening hours",
    ]  # fmt: skip
    found = [text.find(part) for part in order]
    assert -1 not in found and found == sorted(found), (found, text)


def test_every_control_has_a_key_a_name_and_nothing_to_send_it_by(course: Course) -> None:
    html = article(course)
    sheet = html[html.index('data-block="grid"') : html.index("</section>\n</section>")]
    controls = re.findall(r"<(?:input|textarea|select)\b[^>]*>", sheet)
    keys = [key for control in controls for key in re.findall(r'data-key="([^"]+)"', control)]
    assert keys == [
        "name", "why", "stage", "access.fares", "access.papers",
        "topics.hours.right", "topics.hours.who", "topics.hours.public",
        "topics.+1.+", "topics.+1.right", "topics.+1.who", "topics.+1.public",
    ]  # fmt: skip
    assert len(keys) == len(controls)
    labelled = [control for control in controls if "aria-label=" in control or "aria-describedby=" in control]
    assert len(labelled) == len(controls) - 2, "boxes to tick have their label round them"
    assert not re.search(r"<form\b|\sname=", sheet)


def test_the_player_is_told_of_it_and_no_word_of_it(course: Course) -> None:
    found = [(block["id"], block["type"]) for block in course_data(course)["blocks"]]
    assert found[-2:] == [("grid", "worksheet"), ("start-certificate", "certificate")]
    assert "As members know it" not in str(course_data(course))


def test_the_certificate_says_what_the_masterclass_says() -> None:
    problems: list[Problem] = []
    course = assemble(there(load(JOB_AIDS, problems)), "https://example.org", problems)
    text = words(render(course).pages[-1].article)
    said = text[text.index("It is made in your browser. The certificate is made in your browser, with JavaScript.") :]
    for part in (course.title, f"Planned time {course.minutes} minutes", "Self-declared learning hours",
                 f"Version {course.version}", *(outcome.text for outcome in course.outcomes)):  # fmt: skip
        assert part in said
    assert course.summary not in said, "the summary invites; a certificate comes after"
    assert "A test of 1 question is not reliable enough for decisions about a job, a grade or pay." in said


def test_a_certificate_of_a_masterclass_without_a_final_check_speaks_of_none(course: Course) -> None:
    assert "reliable" not in words(article(course))


@pytest.mark.parametrize(("minutes", "hours"), [(1, "0.5"), (30, "0.5"), (40, "1"), (61, "1.5"), (60, "1"), (99, "2")])
def test_learning_hours_begin_with_half_hours(tmp_path: Path, minutes: int, hours: str) -> None:
    course = course_with(tmp_path, "certificate\ntitle: Certificate")
    assert f'data-hours="{hours}"' in article(replace(course, minutes=minutes))


def test_the_word_copy_is_the_form(course: Course) -> None:
    [blank] = papers(course)
    assert blank.path == "media/grid.docx"
    made = Document(BytesIO(blank.content))
    text = [paragraph.text for paragraph in made.paragraphs if paragraph.text]
    assert text[:6] == [
        "Who decides", f"{course.title}, version {course.version}", "For one programme.", "The programme",
        "One that you answer for.", "Programme (needed)",
    ]  # fmt: skip
    assert "☐ Fares on the day" in text and "☐ Running" in text
    table = made.tables[-1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Topic", "Right", "Who decides", "Public"],
        ["Opening hours", "☐ Inform\n☐ Consult", "", "☐"],
        ["\n", "☐ Inform\n☐ Consult", "", "☐"],
    ]
    assert made.core_properties.author == ""


def test_the_word_copy_has_the_same_bytes_at_any_time(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    [sheet] = [block.content for block in course.pages[0].blocks if isinstance(block.content, Worksheet)]
    first = paper.__wrapped__(sheet, "Demo", "1.0.0", "en-GB")
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    again = paper.__wrapped__(sheet, "Demo", "1.0.0", "en-GB")
    assert again == first
    with ZipFile(BytesIO(first)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.testzip() is None


def test_it_is_in_every_package_and_linked_from_its_page(course: Course) -> None:
    files = {file.path: file.content for file in content(render(course))}
    assert files["media/grid.docx"] == papers(course)[0].content
    assert b'href="../media/grid.docx" download' in files["pages/start.html"]


def test_an_editor_is_told_its_shape() -> None:
    schema = schemas()["worksheet"]
    written = yaml.safe_load(SHEET)
    validate(written, schema)
    broken = {**written, "sections": [{"title": "One", "fields": [{"id": "a", "type": "line", "label": "A"}]}]}
    with pytest.raises(ValidationError, match="'hint' is a required property"):
        validate(broken, schema)


def test_markup_in_a_worksheet_is_text(tmp_path: Path) -> None:
    script = "'<script>alert(1)</script>'"
    fence = f"worksheet\nid: grid\ntitle: {script}\nsections: [{{title: {script}, fields: [{{id: a, type: line, label: {script}, hint: {script}}}]}}]"
    course = course_with(tmp_path, fence)
    assert "<script>" not in article(course)
    assert Document(BytesIO(papers(course)[0].content)).paragraphs[0].text == "<script>alert(1)</script>"
