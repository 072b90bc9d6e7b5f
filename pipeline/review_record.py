"""``reviews.yml``: a masterclass read with it, a review added to it, and what it says of the present content."""

from __future__ import annotations

import json
import re
import sys
from datetime import date

import click

from . import console, load, project, reviews
from .course import Course
from .problems import Problem, has_errors
from .settings import Settings, Unusable
from .sources import REVIEWS_FILE, Sources


def read(settings: Settings, ident: str) -> tuple[Sources, Course]:
    problems: list[Problem] = []
    folder = project.chosen(settings, ident, load.find([settings.masterclasses]))
    checked = project.checked(settings, folder, problems)
    if checked is None or has_errors(problems):
        console.say(problems)
        sys.exit(1)
    sources = load.load(folder, [], settings.shown(folder))
    assert sources is not None
    return sources, checked.course


def add(settings: Settings, sources: Sources, role: str, name: str | None, content: str | None, on: date) -> None:
    if not name or not content:
        raise click.UsageError("a review is recorded with --record ROLE --name NAME --content CODE")
    if role not in sources.record.reviewers:
        asked = ", ".join(sources.record.reviewers) or "none; name some under 'reviewers'"
        raise click.UsageError(f"masterclass.yml asks for no review by '{role}'; it asks for: {asked}")
    if not re.fullmatch(r"[0-9a-f]{12}", content):
        raise click.UsageError(f"'{content}' is no code: it has 12 characters, 0 to 9 and a to f")
    path = sources.folder / REVIEWS_FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if before and not before.endswith("\n"):
        raise Unusable(f"{settings.shown(path)} does not end with a line break; add one, and try again")
    written = {"role": role, "name": name, "date": on.isoformat(), "content": content}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in written.items()]
    path.write_text(before + "- " + "\n  ".join(lines) + "\n", encoding="utf-8", newline="\n")
    click.echo(f"wrote {settings.shown(path)}")


def state(sources: Sources, course: Course) -> str:
    code = reviews.content_code(course)
    if not sources.record.reviewers:
        return f"The content's code is {code}. masterclass.yml asks for no review: name roles under 'reviewers'."
    waiting = reviews.missing(sources, code)
    if waiting:
        return f"The content's code is {code}. A draft: awaiting review by {', '.join(waiting)}."
    return f"The content's code is {code}. Reviewed by everybody it asks for; no longer a draft."
