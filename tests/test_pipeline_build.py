"""Building: the same bytes everywhere, and never half of it."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from pipeline import build, files
from pipeline.build import Made, Wanted
from pipeline.plugin import building
from pipeline.problems import Problem
from pipeline.render import RenderedCourse
from pipeline.resume import worst_case
from pipeline.settings import Settings, Unusable
from pipeline.targets import TARGETS

ROOT = Path(__file__).resolve().parent.parent
COURSES = ROOT / "tests" / "courses"
PACKAGES = Wanted(formats=tuple(TARGETS))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return place(tmp_path / "project")


def place(root: Path) -> Path:
    shutil.copytree(COURSES / "every-type", root / "masterclasses" / "every-type")
    return root


def made_in(root: Path, out: Path, wanted: Wanted = PACKAGES) -> list[Made]:
    problems: list[Problem] = []
    made = build.build(settings(root), out, wanted, problems)
    assert problems == []
    return made


def settings(root: Path) -> Settings:
    return Settings(root, root / "masterclasses", iri_base="https://example.org")


def contents(folder: Path) -> dict[str, bytes]:
    """Everything under a folder but the cache, which may differ."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        name: path.read_bytes()
        for path in paths
        if not (name := path.relative_to(folder).as_posix()).startswith(".cache/")
    }


def test_what_is_made(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = made_in(root, out)
    assert [each.format for each in made] == ["scorm12", "scorm2004", "cmi5", "xapi"]
    for each in made:
        content = Path(each.path).read_bytes()
        assert each == Made(
            course="every-type",
            format=each.format,
            path=(out / "packages" / f"every-type-1.0.0-{each.format}.zip").as_posix(),
            bytes=len(content),
            sha256=files.sha256(content),
            pages=5,
            questions=16,
            suspend_chars=made[0].suspend_chars,
        )
    assert sorted(path.name for path in out.iterdir()) == [".cache", "catalogue.json", "packages", "schemas"]


def test_same_bytes_in_another_folder_on_another_day(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tmp_path / "first"
    made_in(root, first)
    elsewhere = place(tmp_path / "another place" / "deeper")
    for path in elsewhere.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.chdir(elsewhere)
    second = Path("out")
    made_in(elsewhere, second)
    assert contents(first) == contents(second)


def test_same_bytes_from_windows_line_ends(root: Path, tmp_path: Path) -> None:
    made_in(root, tmp_path / "first")
    for path in (root / "masterclasses" / "every-type").rglob("*"):
        if path.suffix in (".md", ".yml"):
            path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    made_in(root, tmp_path / "second")
    assert contents(tmp_path / "first") == contents(tmp_path / "second")


def test_same_bytes_with_and_without_a_cache(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made_in(root, out)
    first = contents(out)
    assert list((out / ".cache").iterdir()) != []
    made_in(root, out)
    assert contents(out) == first


def test_a_change_is_seen_through_the_cache(root: Path, tmp_path: Path) -> None:
    """One page, one question, one fact, one picture, the title: a build with a cache gives what one without gives."""
    out = tmp_path / "out"
    folder = root / "masterclasses" / "every-type"
    made_in(root, out)
    for number, (name, old, new) in enumerate(
        [
            ("02-tell.md", "Whoever can stop a plan", "Whoever could stop a plan"),
            ("bank.quiz.yml", "Ten cost £235.", "Ten cost two hundred and thirty-five pounds."),
            ("facts.yml", "An invented handbook", "Another handbook"),
            ("media/steps.svg", "<svg", "<svg "),
            ("masterclass.yml", "title: Every kind", "title: Each kind"),
            ("05-after.md", "title: What next", "title: And now"),
        ]
    ):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        before = contents(out)
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
        made_in(root, out)
        assert contents(out) != before
        made_in(root, tmp_path / f"fresh-{number}")
        assert contents(out) == contents(tmp_path / f"fresh-{number}")


def test_a_damaged_cache_is_ignored(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made_in(root, out)
    first = contents(out)
    for content in (
        b"",
        b"\x80\x05",
        b"\x8e" + b"\xff" * 7 + b"\x0f",
        b"cposix\nsystem\n(S'exit 1'\ntR.",
        os.urandom(100),
    ):
        (out / ".cache" / "every-type.pickle").write_bytes(content)
        made_in(root, out)
        assert contents(out) == first


def test_problems_leave_the_old_output(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made_in(root, out)
    before = contents(out)
    (root / "masterclasses" / "every-type" / "02-tell.md").write_text("no front matter\n", encoding="utf-8")
    problems: list[Problem] = []
    assert build.build(settings(root), out, PACKAGES, problems) == []
    assert [problem.message for problem in problems if problem.code == "missing-key"] == [
        "this page has no front matter"
    ]
    assert contents(out) == before


def test_problems_write_nothing_at_all(root: Path, tmp_path: Path) -> None:
    (root / "masterclasses" / "every-type" / "masterclass.yml").unlink()
    problems: list[Problem] = []
    assert build.build(settings(root), tmp_path / "out", PACKAGES, problems) == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("after", ["SCORM 1.2", "xAPI", "site"])
def test_a_failure_in_the_middle_leaves_the_old_output(root: Path, tmp_path: Path, after: str) -> None:
    out = tmp_path / "out"
    made_in(root, out)
    before = contents(out)
    path = root / "masterclasses" / "every-type" / "02-tell.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")

    def fail(step: str) -> None:
        if step == after:
            raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        build.build(settings(root), out, Wanted(formats=(*TARGETS, "site")), [], fail)
    assert contents(out) == before


def test_a_site_that_cannot_be_built_leaves_the_old_output(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    made_in(root, out)
    before = contents(out)

    def broken(settings: Settings, courses: list[RenderedCourse], folder: Path) -> None:
        folder.mkdir()
        (folder / "half.html").write_text("half", encoding="utf-8")
        raise Unusable("MkDocs could not build the site")

    monkeypatch.setattr(building, "build_site", broken)
    with pytest.raises(Unusable):
        build.build(settings(root), out, Wanted(), [])
    assert contents(out) == before


def test_part_of_a_build_keeps_the_rest(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made_in(root, out)
    before = contents(out)
    made_in(root, out, Wanted(formats=("scorm12",), preset="moodle"))
    after = contents(out)
    assert set(after) - set(before) == {"packages/every-type-1.0.0-scorm12-moodle.zip"}
    assert {name: after[name] for name in before} == before


def test_progress_is_counted_as_announced(root: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    build.build(settings(root), tmp_path / "out", PACKAGES, [], steps.append)
    assert steps == ["Every kind of question", "SCORM 1.2", "SCORM 2004", "cmi5", "xAPI"]
    assert len(steps) == build.steps(PACKAGES, 1)


def test_suspend_data_is_the_worst_case(root: Path, tmp_path: Path) -> None:
    from pipeline import project

    ((course, _),) = project.courses(settings(root), (), [])
    assert {each.suspend_chars for each in made_in(root, tmp_path / "out")} == {worst_case(course)}
