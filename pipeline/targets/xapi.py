"""xAPI in a Tin Can package: one activity, launched with the LRS's address in the query."""

from ..course import Course
from ..files import File, text_file
from .manifests import xml

TITLE = "xAPI"
ADAPTER = "xapi"
CSP = "default-src 'self'; connect-src 'self' https: http:"
SIDE_CHANNEL = False


def manifest(course: Course, names: list[str]) -> list[File]:
    text = xml("tincan.xml.jinja", course=course)
    return [text_file("tincan.xml", text)]
