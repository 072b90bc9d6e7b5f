"""What is true of made-up learners, reckoned from what was decided for them, in plain loops: nothing here knows of facts,
of statements or of the measures whose results it is compared with.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from ..making import Demo
from ..self_checks import lie
from ..told import Row, Told
from .completion import overdue, progress, reach, weeks
from .items import checks, options, questions
from .learning import confidence, gain, then_test
from .opinions import plans, plans_kept, ratings
from .pace import dropoff, time, time_pages
from .worth import worth

BY_COURSE: dict[str, Callable[[dict[str, Any], list[Told]], list[Row]]] = {
    "dropoff": dropoff,
    "time": time,
    "time-pages": time_pages,
    "questions": questions,
    "options": options,
    "checks": checks,
    "gain": gain,
    "then-test": then_test,
    "confidence": confidence,
    "ratings": ratings,
    "plans": plans,
    "plans-kept": plans_kept,
    "worth": worth,
}


def truth(made: Demo, today: date) -> dict[str, list[Row]]:
    """By measure, the rows that it should have."""
    learners, told = made.learners, made.told()
    of = {
        course["id"]: [each for each in told if each.course == course["id"] and not each.silent]
        for course in made.courses
    }
    return {
        "progress": progress(learners, told),
        "overdue": overdue(learners, told, today),
        "reach": reach(learners, told),
        "weeks": weeks(told),
        "self-checks": lie(made.given, today),
        **{
            name: [row for course in made.courses for row in rows(course, of[course["id"]])]
            for name, rows in BY_COURSE.items()
        },
    }
