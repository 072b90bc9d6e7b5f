"""Packages: manifests against the published schemas, and what LMSs ask beyond them."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from conftest import Golden
from pipeline import assets, project
from pipeline.files import File, zipped
from pipeline.package import content, dated, file_name, package
from pipeline.render import RenderedCourse, render
from pipeline.settings import Settings
from pipeline.targets import PRESETS, TARGETS
from there import there

ROOT = Path(__file__).resolve().parent.parent
COURSES = ROOT / "tests" / "courses"
CMI5 = ROOT.parent / "shared" / "xsd" / "cmi5" / "CourseStructure.xsd"
MANIFESTS = {"scorm12": "imsmanifest.xml", "scorm2004": "imsmanifest.xml", "cmi5": "cmi5.xml", "xapi": "tincan.xml"}
NAMESPACES = {
    "scorm12": {
        "cp": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
        "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    },
    "scorm2004": {
        "cp": "http://www.imsglobal.org/xsd/imscp_v1p1",
        "adlcp": "http://www.adlnet.org/xsd/adlcp_v1p3",
        "adlnav": "http://www.adlnet.org/xsd/adlnav_v1p3",
        "imsss": "http://www.imsglobal.org/xsd/imsss",
    },
    "cmi5": {"c": "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"},
    "xapi": {"t": "http://projecttincan.com/tincan.xsd"},
}
SCHEMAS = {
    "scorm12": ("imscp_rootv1p1p2.xsd", "adlcp_rootv1p2.xsd"),
    "scorm2004": ("imscp_v1p1.xsd", "adlcp_v1p3.xsd", "adlnav_v1p3.xsd", "imsss_v1p0.xsd"),
}
SCORM = list(SCHEMAS)


def rendered(folder: Path) -> RenderedCourse:
    ((course, _),) = project.courses(Settings(folder.parent, folder, iri_base="https://example.org"), (), [])
    return render(course)


@pytest.fixture(scope="module")
def every_type() -> RenderedCourse:
    return rendered(COURSES / "every-type")


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> RenderedCourse:
    """A title and a summary with everything that XML and LMSs trip over, and no final check."""
    folder = tmp_path_factory.mktemp("awkward") / "awkward"
    shutil.copytree(COURSES / "every-type", folder)
    (folder / "04-check.md").unlink()
    (folder / "bank.quiz.yml").unlink()
    (folder / "masterclass.yml").write_text(
        """\
id: awkward
title: "\\"Us & them\\" <b>: Ünïcødé – 日本 ]]> 'x'"
version: 12.0.3
language: cy
summary: "A & B < C > D \\"quoted\\" – £5"
minutes: 5
outcomes:
  - {id: tell, text: Tell}
  - {id: count, text: Count}
""",
        encoding="utf-8",
    )
    return rendered(folder)


def files(course: RenderedCourse, format_: str, preset: str = "") -> dict[str, bytes]:
    made = package(course, content(course), TARGETS[format_], preset)
    with zipfile.ZipFile(io.BytesIO(zipped(made))) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names)
        return {name: archive.read(name) for name in names}


def manifest(course: RenderedCourse, format_: str) -> str:
    return files(course, format_)[MANIFESTS[format_]].decode()


class _Local(etree.Resolver):  # type: ignore[misc]  # lxml has no types
    """libxml2 refuses SCORM 1.2's own xml.xsd, which binds the xml namespace as a default one: it gets the W3C's."""

    def resolve(self, system_url: str, public_id: str, context: object) -> object:
        if system_url.endswith("ims_xml.xsd"):
            return self.resolve_filename(str(assets.schemas("scorm2004") / "xml.xsd"), context)
        return None


@cache
def schema(format_: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local())
    folder = assets.schemas(format_)
    namespaces = [
        re.search(r'targetNamespace\s*=\s*"([^"]+)"', (folder / name).read_text()) for name in SCHEMAS[format_]
    ]
    imports = "".join(
        f'<import namespace="{found[1]}" schemaLocation="{(folder / name).as_uri()}"/>'
        for name, found in zip(SCHEMAS[format_], namespaces, strict=True)
        if found
    )
    root = etree.fromstring(f'<schema xmlns="http://www.w3.org/2001/XMLSchema">{imports}</schema>', parser)
    return etree.XMLSchema(root)


def errors(format_: str, text: str) -> list[str]:
    found = schema(format_)
    found.validate(etree.fromstring(text.encode()))
    return [f"{error.line}: {error.message}" for error in found.error_log]


@pytest.mark.parametrize("course", ["every_type", "awkward"])
@pytest.mark.parametrize("format_", SCORM)
def test_manifest_is_valid(format_: str, course: str, request: pytest.FixtureRequest) -> None:
    assert errors(format_, manifest(request.getfixturevalue(course), format_)) == []


@pytest.mark.parametrize("format_", SCORM)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<resources>", "<resources><resource/>"),
        ("organizations default", "organizations fallback"),
        ('type="sco"', 'type="course"'),
        ('Type="sco"', 'Type="course"'),
    ],
)
def test_schemas_do_refuse(format_: str, old: str, new: str, every_type: RenderedCourse) -> None:
    text = manifest(every_type, format_)
    if old in text:
        assert errors(format_, text.replace(old, new, 1)) != []


@pytest.mark.skipif(not CMI5.exists(), reason="the cmi5 schema is not beside this checkout")
@pytest.mark.parametrize("course", ["every_type", "awkward"])
def test_cmi5_course_structure_is_valid(course: str, request: pytest.FixtureRequest) -> None:
    text = manifest(request.getfixturevalue(course), "cmi5")
    found = etree.XMLSchema(etree.parse(str(CMI5)))
    found.validate(etree.fromstring(text.encode()))
    assert [str(error) for error in found.error_log] == []


@pytest.mark.parametrize("format_", MANIFESTS)
def test_manifest_golden(format_: str, every_type: RenderedCourse, golden: Golden) -> None:
    golden(ROOT / "tests" / "golden" / f"{format_}.xml", manifest(every_type, format_))


@pytest.mark.parametrize("format_", MANIFESTS)
def test_titles_survive_xml(format_: str, awkward: RenderedCourse) -> None:
    text = manifest(awkward, format_)
    title = "\"Us & them\" <b>: Ünïcødé – 日本 ]]> 'x'"
    titles = [element.text for element in etree.fromstring(text.encode()).iter("{*}title", "{*}name", "{*}langstring")]
    assert title in titles
    assert "&#" not in text, "some LMSs do not read numeric character references"
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    assert "Ünïcødé" in text


@pytest.mark.parametrize("preset", ["", *PRESETS])
@pytest.mark.parametrize("format_", MANIFESTS)
def test_names_in_packages(format_: str, preset: str, every_type: RenderedCourse) -> None:
    for name in files(every_type, format_, preset if format_ == "scorm12" else ""):
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name)
        assert not re.search(r"(^|/)\.", name)


@pytest.mark.parametrize("format_", MANIFESTS)
def test_manifest_stands_at_the_root(format_: str, every_type: RenderedCourse) -> None:
    assert MANIFESTS[format_] in files(every_type, format_)


def test_a_later_release_is_newer_to_every_cache(every_type: RenderedCourse) -> None:
    versions = ["0.0.0", "0.0.1", "0.1.0", "1.0.0", "1.0.1", "1.0.19", "1.1.0", "1.99.19", "2.0.0", "99.99.99"]
    days = [dated(replace(every_type.course, version=version)) for version in versions]
    assert days == sorted(set(days))
    assert datetime(2026, 1, 1) == days[0] and days[-1] < datetime(2100, 1, 1)


@pytest.mark.parametrize("format_", MANIFESTS)
def test_addresses_of_a_launch_go_nowhere_with_requests(format_: str, every_type: RenderedCourse) -> None:
    for name, content_ in files(every_type, format_).items():
        if name.endswith(".html"):
            text = content_.decode()
            policy = text.index('<meta name="referrer" content="strict-origin">')
            assert policy < min(text.index("<link"), text.find("<script") % len(text)), "before anything is fetched"


@pytest.mark.parametrize("format_", SCORM)
def test_every_file_is_listed_or_a_schema(format_: str, every_type: RenderedCourse) -> None:
    made = files(every_type, format_)
    root = etree.fromstring(made["imsmanifest.xml"])
    resources = root.findall(".//cp:resource", NAMESPACES[format_])
    assert [resource.get("href") for resource in resources] == ["index.html"], "the launch file is the first href"
    listed = [element.get("href") for element in root.findall(".//cp:file", NAMESPACES[format_])]
    schemas = {path.relative_to(assets.schemas(format_)).as_posix() for path in assets.schemas(format_).rglob("*.*")}
    assert sorted(listed) == sorted(set(made) - schemas - {"imsmanifest.xml"})
    assert schemas <= set(made), "schemas stand at the root"


@pytest.mark.parametrize("format_", SCORM)
def test_schemas_are_found_from_the_manifest(format_: str, every_type: RenderedCourse) -> None:
    made = files(every_type, format_)
    root = etree.fromstring(made["imsmanifest.xml"])
    words = there(root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation")).split()
    namespaces, places = words[::2], words[1::2]
    assert set(places) <= set(made)
    assert set(namespaces) == set(NAMESPACES[format_].values())


@pytest.mark.parametrize(("format_", "version"), [("scorm12", "1.2"), ("scorm2004", "2004 4th Edition")])
def test_what_lms_read_as_text(format_: str, version: str, every_type: RenderedCourse) -> None:
    """Moodle and others look for these very words, prefixes included."""
    text = manifest(every_type, format_)
    assert f"<schema>ADL SCORM</schema><schemaversion>{version}</schemaversion>" in text
    kind = "scormtype" if format_ == "scorm12" else "scormType"
    assert f'adlcp:{kind}="sco"' in text
    assert "ns0:" not in text
    assert "xml:base" not in text
    identifiers = re.findall(r'\bidentifier="([^"]+)"', text)
    assert len(set(identifiers)) == len(identifiers)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_.-]*", identifier) for identifier in identifiers)


@pytest.mark.parametrize("format_", SCORM)
def test_identifiers_stay_in_the_next_version(format_: str, every_type: RenderedCourse, tmp_path: Path) -> None:
    """Moodle deletes every learner's attempts when the item's identifier changes."""
    folder = tmp_path / "every-type"
    shutil.copytree(COURSES / "every-type", folder)
    shutil.copytree(COURSES / "every-type-next", folder, dirs_exist_ok=True)
    later = rendered(folder)
    assert later.course.version != every_type.course.version
    found = [re.findall(r'identifier="([^"]+)"', manifest(course, format_)) for course in (every_type, later)]
    assert found[0] == found[1]


def test_cmi5(every_type: RenderedCourse, awkward: RenderedCourse) -> None:
    units = []
    for course in (every_type, awkward):
        root = etree.fromstring(manifest(course, "cmi5").encode())
        (unit,) = root.findall("c:au", NAMESPACES["cmi5"])
        assert unit.findtext("c:url", namespaces=NAMESPACES["cmi5"]) == "index.html"
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"https://example\.org/masterclasses/[a-z/-]+", ident or "") for ident in ids)
        units.append({name: unit.get(name) for name in ("moveOn", "masteryScore", "launchMethod")})
    assert units == [
        {"moveOn": "CompletedAndPassed", "masteryScore": "0.7", "launchMethod": "AnyWindow"},
        {"moveOn": "Completed", "masteryScore": None, "launchMethod": "AnyWindow"},
    ]


def test_tin_can(every_type: RenderedCourse) -> None:
    root = etree.fromstring(manifest(every_type, "xapi").encode())
    (activity,) = root.findall("t:activities/t:activity", NAMESPACES["xapi"])
    assert dict(activity.attrib) == {
        "id": "https://example.org/masterclasses/every-type",
        "type": "http://adlnet.gov/expapi/activities/course",
    }
    assert [(etree.QName(child).localname, child.get("lang"), child.text) for child in activity] == [
        ("name", "en-GB", "Every kind of question"),
        ("description", "en-GB", every_type.course.summary),
        ("launch", "en-GB", "index.html"),
    ]


@pytest.mark.parametrize("format_", MANIFESTS)
def test_pages_link_to_files_that_are_there(format_: str, every_type: RenderedCourse) -> None:
    made = files(every_type, format_)
    for name, text in made.items():
        if not name.endswith(".html"):
            continue
        folder = name.rpartition("/")[0]
        for address in re.findall(r'(?:href|src|data-course)="([^"]+)"', text.decode()):
            path = address.partition("#")[0]
            if path and not re.match(r"https?:|mailto:", path):
                whole = (Path("/") / folder / path).as_posix()
                resolved = re.sub(r"/[^/]+/\.\./", "/", whole).lstrip("/")
                assert resolved in made, f"{name} names {address}"


@pytest.mark.parametrize("format_", MANIFESTS)
def test_pages_keep_to_the_security_policy(format_: str, every_type: RenderedCourse) -> None:
    for name, text in files(every_type, format_).items():
        if name.endswith(".html"):
            html = text.decode()
            assert 'http-equiv="Content-Security-Policy" content="default-src &#39;self&#39;' in html or (
                'http-equiv="Content-Security-Policy" content="default-src \'self\'' in html
            ), name
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", html), name


def test_texts_of_authors_are_escaped(tmp_path: Path) -> None:
    folder = tmp_path / "every-type"
    shutil.copytree(COURSES / "every-type", folder)
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    bank = folder / "bank.quiz.yml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("text: Consulted,", f"text: {evil},"), encoding="utf-8")
    page = folder / "02-tell.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n{evil}\n", encoding="utf-8")
    settings = folder / "masterclass.yml"
    settings.write_text(
        re.sub(r"title: .*", f"title: '{evil}'", settings.read_text(encoding="utf-8"), count=1), encoding="utf-8"
    )
    for name, text in files(rendered(folder), "scorm12").items():
        if name.endswith((".html", "imsmanifest.xml")):
            assert b"<script>alert" not in text, name
            assert b"<img src=x" not in text, name


def test_presets_change_only_what_learners_read(every_type: RenderedCourse) -> None:
    plain = files(every_type, "scorm12")
    for preset, facts in PRESETS.items():
        changed = files(every_type, "scorm12", preset)
        assert {name for name in plain if plain[name] != changed[name]} == {"index.html"}
        assert facts.note.partition(",")[0] in changed["index.html"].decode()


def test_file_names(every_type: RenderedCourse) -> None:
    assert file_name(every_type.course, "scorm12") == "every-type-1.0.0-scorm12.zip"
    assert file_name(every_type.course, "scorm12", "moodle") == "every-type-1.0.0-scorm12-moodle.zip"


def test_launch_file_comes_first(every_type: RenderedCourse) -> None:
    made: list[File] = package(every_type, content(every_type), TARGETS["scorm12"])
    assert made[0].path == "index.html"
