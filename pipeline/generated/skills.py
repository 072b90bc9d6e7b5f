"""What leaders need to be skilled at, where it is practised, and what is missing."""

from __future__ import annotations

from ..course import Course, Outcome
from ..templates import environment
from .shown import Shown


def skills(shown: Shown) -> str:
    found: dict[tuple[str, str], tuple[Course, Outcome]] = {
        (course.id, outcome.id): (course, outcome) for course in shown.courses for outcome in course.outcomes
    }
    practised = [(skill, [found[at] for at in skill.outcomes if at in found]) for skill in shown.skills]
    return environment().get_template("skills.html.jinja").render(practised=practised, shown=shown)
