"""cmi5: a course of one assignable unit."""

from ..course import Course
from ..files import File, text_file
from .manifests import xml

TITLE = "cmi5"
ADAPTER = "cmi5"
# The LRS is wherever the launching LMS says it is.
CSP = "default-src 'self'; connect-src 'self' https: http:"
SIDE_CHANNEL = False


def manifest(course: Course, names: list[str]) -> list[File]:
    assessed = any(block.type == "final-check" for page in course.pages for block in page.blocks)
    text = xml("cmi5.xml.jinja", course=course, assessed=assessed)
    return [text_file("cmi5.xml", text)]
