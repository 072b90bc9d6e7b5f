"""`lrs:` in the plugin's settings: what is taken, what is refused, and what packages say with it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from click.testing import Result

from pipeline.side_channel import Wrong, read

COURSES = Path(__file__).parent / "courses"
KEY = "Ab3-_xYz01234567"
SECRET = "q7V0cT3Vb4sR5J2mUO8y1nXfWkq7V0cT3Vb4sR5J2mU"
GOOD = f"{{endpoint: https://lrs.example.org/xapi/, key: {KEY}}}"

Masterclass = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("# Home\n", encoding="utf-8")
    shutil.copytree(COURSES / "every-type", tmp_path / "masterclasses" / "every-type")
    return tmp_path


def configure(project: Path, lrs: str = "") -> Path:
    setting = f":\n      lrs: {lrs}" if lrs else ""
    text = f"site_name: Demo\nsite_url: https://example.org/\ndocs_dir: content\nplugins:\n  - masterclass{setting}\n"
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    return project


def packages(masterclass: Masterclass, project: Path, *formats: str) -> dict[str, dict[str, bytes]]:
    """Of each format, the files of its package."""
    built = masterclass("build", "--format", ",".join(formats), cwd=project)
    assert built.exit_code == 0, built.output
    found = {}
    for name in formats:
        [path] = (project / "build" / "packages").glob(f"*-{name}.zip")
        with ZipFile(path) as archive:
            found[name] = {each: archive.read(each) for each in archive.namelist()}
    return found


def test_only_the_launch_page_of_scorm_packages_differs(masterclass: Masterclass, project: Path) -> None:
    formats = ("scorm12", "scorm2004", "cmi5", "xapi")
    without = packages(masterclass, configure(project), *formats)
    with_ = packages(masterclass, configure(project, GOOD), *formats)
    differing = {name: {path for path in with_[name] if with_[name][path] != without[name][path]} for name in formats}
    assert differing == {"scorm12": {"index.html"}, "scorm2004": {"index.html"}, "cmi5": set(), "xapi": set()}
    assert [set(with_[name]) for name in formats] == [set(without[name]) for name in formats]
    for name in ("scorm12", "scorm2004"):
        page = with_[name]["index.html"].decode()
        assert re.findall('Content-Security-Policy" content="(.*?)"', page) == [
            "default-src 'self'; connect-src 'self' https://lrs.example.org"
        ]
        assert dict(re.findall(r'(data-lrs[\w-]*)="(.*?)"', page)) == {
            "data-lrs": "https://lrs.example.org/xapi/",
            "data-lrs-key": KEY,
            "data-lrs-home": "https://example.org/",
        }
        assert "reported to https://lrs.example.org, under a code in place of your name." in page


def test_a_masterclass_without_a_key_tells_its_lms_alone(masterclass: Masterclass, project: Path) -> None:
    shutil.copytree(project / "masterclasses/every-type", project / "masterclasses/other")
    [settings] = (project / "masterclasses/other").glob("masterclass.yml")
    settings.write_text(settings.read_text("utf-8").replace("id: every-type", "id: other"), encoding="utf-8")
    configure(project, f"{{endpoint: 'http://127.0.0.1:8000/xapi', key: {{other: {KEY}}}}}")
    assert masterclass("build", "--format", "scorm12", cwd=project).exit_code == 0
    said = {}
    for path in (project / "build/packages").glob("*.zip"):
        with ZipFile(path) as archive:
            page = archive.read("index.html").decode()
            said[path.name] = re.findall('data-lrs="(.*?)"|connect-src (.*?)"', page)
    assert said == {
        "every-type-1.0.0-scorm12.zip": [],
        "other-1.0.0-scorm12.zip": [
            ("", "'self' http://127.0.0.1:8000"),
            ("http://127.0.0.1:8000/xapi/", ""),
        ],
    }


MAKE = "make one with: masterclass lrs key add NAME --publishable --course ID"
NOT_A_KEY = f"lrs.key: expected the 16 characters of a publishable key, and never a secret, since anyone can open a package; {MAKE}"
ADDRESS = "lrs.endpoint: expected an address such as https://learn.example.org/xapi/, found"


@pytest.mark.parametrize(
    ("lrs", "said"),
    [
        ("{endpoint: https://lrs.example.org/}", "lrs: expected endpoint and key, and nothing else"),
        (f"{{endpoint: https://lrs.example.org/, key: {KEY}, secret: x}}", "lrs: expected endpoint and key, and nothing else"),
        ("{endpoint: https://lrs.example.org/, key: }", f"lrs.key: expected a publishable key; {MAKE}"),
        ("{endpoint: https://lrs.example.org/, key: {}}", f"lrs.key: expected a publishable key; {MAKE}"),
        (f"{{endpoint: https://lrs.example.org/, key: {SECRET}}}", NOT_A_KEY),
        (f"{{endpoint: https://lrs.example.org/, key: '{KEY}:{SECRET}'}}", NOT_A_KEY),
        (f"{{endpoint: https://lrs.example.org/, key: {{evry-type: {KEY}}}}}", "lrs.key: there is no masterclass 'evry-type'; there are: every-type"),
        (f"{{endpoint: 'http://lrs.example.org/', key: {KEY}}}", "lrs.endpoint: expected https, since what learners do goes there; found 'http://lrs.example.org/'"),
        (f"{{endpoint: lrs.example.org, key: {KEY}}}", f"{ADDRESS} 'lrs.example.org'"),
        (f"{{endpoint: 7, key: {KEY}}}", f"{ADDRESS} 7"),
        (f"{{endpoint: 'https://a:b@lrs.example.org/', key: {KEY}}}", f"{ADDRESS} 'https://a:b@lrs.example.org/'"),
        (f"{{endpoint: 'https://lrs.example.org/?a', key: {KEY}}}", f"{ADDRESS} 'https://lrs.example.org/?a'"),
        (f"{{endpoint: \"https://lrs.example.org; script-src *\", key: {KEY}}}", f"{ADDRESS} 'https://lrs.example.org; script-src *'"),
        (f"{{endpoint: 'https://[::1', key: {KEY}}}", f"{ADDRESS} 'https://[::1'"),
    ],
)  # fmt: skip
def test_what_is_refused(lrs: str, said: str) -> None:
    with pytest.raises(Wrong) as wrong:
        read(yaml.safe_load(lrs), ["every-type"])
    assert str(wrong.value) == said


def test_a_wrong_setting_is_said_by_every_command(masterclass: Masterclass, project: Path) -> None:
    configure(project, "{endpoint: https://lrs.example.org/}")
    for command in (["check"], ["build"], ["lrs", "key", "add", "packages", "--publishable", "--course", "every-type"]):
        result = masterclass(*command, cwd=project)
        said = "Error: mkdocs.yml cannot be used: lrs: expected endpoint and key, and nothing else\n"
        assert (result.exit_code, result.stderr) == (1, said)


def test_two_masterclasses_have_two_keys(masterclass: Masterclass, project: Path) -> None:
    shutil.copytree(project / "masterclasses/every-type", project / "masterclasses/other")
    result = masterclass("check", cwd=configure(project, GOOD))
    assert result.stderr.startswith(
        "Error: mkdocs.yml cannot be used: lrs.key: a key is good for one masterclass; expected one for each, as in key: {every-type: …}"
    )


def test_a_release_is_not_without_encryption(masterclass: Masterclass, project: Path) -> None:
    configure(project, f"{{endpoint: 'http://127.0.0.1:8000/xapi/', key: {KEY}}}")
    assert masterclass("check", cwd=project).exit_code == 0
    for command in (["check", "--release"], ["build", "--release"]):
        result = masterclass(*command, cwd=project)
        assert result.exit_code == 1
        assert (
            "mkdocs.yml:1: packages would speak to http://127.0.0.1:8000 without encryption\n"
            "    hint: give lrs.endpoint an https address\n"
        ) in result.stderr


def test_a_key_for_a_masterclass_by_its_id(masterclass: Masterclass, project: Path) -> None:
    configure(project)
    made = masterclass("lrs", "key", "add", "packages", "--publishable", "--course", "every-type", cwd=project)
    about = "https://example.org/masterclasses/every-type"
    assert re.fullmatch(
        rf"key     [\w-]{{16}}\nIt has no secret; it takes statements about {about} alone\.\n", made.output
    )
    assert f"packages  publishable for {about}  made" in masterclass("lrs", "key", "list", cwd=project).output
    unknown = masterclass("lrs", "key", "add", "packages", "--publishable", "--course", "other", cwd=project)
    assert (unknown.exit_code, unknown.stderr.splitlines()[-1]) == (
        2,
        "Error: there is no masterclass 'other'; there are: every-type",
    )
    (project / "mkdocs.yml").write_text(
        "site_name: Demo\ndocs_dir: content\nplugins: [masterclass]\n", encoding="utf-8"
    )
    early = masterclass("lrs", "key", "add", "packages", "--publishable", "--course", "every-type", cwd=project)
    assert early.stderr == "warning: neither site_url nor iri_base is set; once it is, this key will not fit\n"
