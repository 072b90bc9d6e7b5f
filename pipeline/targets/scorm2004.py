"""SCORM 2004 4th Edition: one SCO, no sequencing, so that LMSs without a sequencing engine take it."""

from ..course import Course
from ..files import File, text_file
from .manifests import schema_files, xml

TITLE = "SCORM 2004"
ADAPTER = "scorm2004"
CSP = "default-src 'self'"
SIDE_CHANNEL = True


def manifest(course: Course, names: list[str]) -> list[File]:
    text = xml("scorm2004.xml.jinja", course=course, names=names)
    return [text_file("imsmanifest.xml", text), *schema_files("scorm2004")]
