"""What a preview reads and writes again after a change."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import console, project
from pipeline.cli import cli
from pipeline.known import Known
from pipeline.plugin.building import build_in_order, prepared
from pipeline.problems import Problem, has_errors
from pipeline.project import Checked
from pipeline.render import render


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["new", "demo"]).exit_code == 0
    return tmp_path / "masterclasses" / "demo"


def test_only_what_has_changed_is_read_again(demo: Path) -> None:
    other = demo.parent / "other"
    shutil.copytree(demo, other)
    text = (other / "masterclass.yml").read_text("utf-8")
    (other / "masterclass.yml").write_text(text.replace("id: demo", "id: other"), "utf-8")
    settings, known = console.settings(), Known()

    def read() -> tuple[dict[str, Checked], list[str]]:
        problems: list[Problem] = []
        found = project.courses(settings, (), problems, read=known.checked)
        messages = [problem.message for problem in problems if problem.code != "no-address"]
        return {each.course.id: each for each in found}, messages

    first, said = read()
    assert (sorted(first), said) == (["demo", "other"], [])
    assert known.rendered(first["demo"]) is known.rendered(first["demo"])
    page = other / "01-start.md"
    page.write_text(page.read_text("utf-8").replace("[@FACT1]", "[@FACT9]"), "utf-8")
    second, said = read()
    third, again = read()
    assert said == again == ["[@FACT9] cites a fact that facts.yml does not have"]  # said until it is mended
    assert [first["demo"] is second["demo"], second["demo"] is third["demo"]] == [True, True]
    assert [first["other"] is second["other"], second["other"] is third["other"]] == [False, True]
    (demo.parent / "contrasts.yml").write_text("[]", "utf-8")  # any masterclass may use it
    assert read()[0]["demo"] is not first["demo"]


def test_pages_that_somebody_waits_for_are_written_next(demo: Path, tmp_path: Path) -> None:
    settings = console.settings()
    known = Known()
    rendered = [known.rendered(each) for each in project.courses(settings, (), [], read=known.checked)]
    config, _ = prepared(settings, rendered, tmp_path / "site")
    written: list[str] = []
    build_in_order(
        config,
        lambda file: file.src_uri == "masterclasses/demo/start.md",
        written.append,
        lambda: ["no/index.html", "masterclasses/demo/check/index.html"] if "" in written else [],
    )
    start, check = "masterclasses/demo/start/index.html", "masterclasses/demo/check/index.html"
    assert written[:3] == [start, "", check]
    assert sorted(written[3:]) == ["index.html", "masterclasses/demo/index.html", "masterclasses/index.html"]
    assert 'href="../start/"' in (tmp_path / "site" / check).read_text("utf-8")
    assert "Final check" in (tmp_path / "site" / start).read_text("utf-8")


def test_what_is_kept_in_memory_is_what_a_fresh_reading_gives(demo: Path) -> None:
    settings = replace(console.settings(), caches=demo.parent.parent / "caches")
    known = Known()
    page = demo / "01-start.md"
    text = page.read_text("utf-8")
    for written in (text, text.replace("Cite a fact", "Name a fact"), text.replace("[@FACT1]", "[@FACT9]"), text):
        page.write_text(written, "utf-8")
        problems: list[Problem] = []
        (found,) = project.courses(settings, (), problems, read=known.checked)
        if not has_errors(problems):
            (fresh,) = project.courses(console.settings(), (), [])
            assert known.rendered(found) == render(fresh.course)
    assert sorted(path.name for path in (demo.parent.parent / "caches").iterdir()) == ["demo.pickle"]
