"""SCORM 1.2: one SCO. The format that the NHS Learning Hub takes, and so the first."""

from ..course import Course
from ..files import File, text_file
from .manifests import schema_files, xml

TITLE = "SCORM 1.2"
ADAPTER = "scorm12"
CSP = "default-src 'self'"
SIDE_CHANNEL = True


def manifest(course: Course, names: list[str]) -> list[File]:
    text = xml("scorm12.xml.jinja", course=course, names=names)
    return [text_file("imsmanifest.xml", text), *schema_files("scorm12")]
