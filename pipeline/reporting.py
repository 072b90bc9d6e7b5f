"""The address behind "Report a problem": which masterclass, version, question or fact it is about, and nobody's data."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from .course import Course


def report_address(course: Course, question: str = "", fact: str = "") -> str:
    """Nothing when nobody has said where reports go."""
    to = course.problems
    if not to:
        return ""
    named = {"question": question, "fact": fact}
    about = {"masterclass": course.id, "version": course.version, **{k: v for k, v in named.items() if v}}
    if to.startswith("https://"):
        return f"{to}{'&' if '?' in to else '?'}{urlencode(about)}"
    what = next((f"{kind} {name}" for kind, name in named.items() if name), "this masterclass")
    lines = [*(f"{key.capitalize()}: {value}" for key, value in about.items()), "", "What is wrong:", ""]
    subject = f"{course.title} {course.version}: a problem with {what}"
    return (
        f"mailto:{quote(to, safe='@')}?subject={quote(subject)}&body={quote(chr(13) + chr(10)).join(map(quote, lines))}"
    )
