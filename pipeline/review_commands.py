"""``masterclass review``: the copy that reviewers get, and the record of what they reviewed."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime
from pathlib import Path

import click

from . import console, load, project, reviews
from .course import Course
from .load import REVIEWS_FILE, Sources
from .problems import Problem, has_errors
from .project import Settings, Unusable


@click.command()
@click.argument("ident", metavar="ID")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The Word file; build/reviews/ID-VERSION.docx."
)
@click.option("--record", "role", metavar="ROLE", help="Write down a review by somebody in this role.")
@click.option("--name", help="Who reviewed it.")
@click.option("--content", metavar="CODE", help="What they reviewed: the code on the first page of their copy.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="When they said so; today.")
def review(
    ident: str, out: Path | None, role: str | None, name: str | None, content: str | None, on: datetime | None
) -> None:
    """Make a Word copy of a masterclass for its reviewers, or record a review.

    The copy has every page, question, key, feedback and source, with room for comments. A review is recorded with
    --record ROLE --name NAME --content CODE, in reviews.yml beside masterclass.yml.
    """
    settings = console.settings()
    sources, course = _read(settings, ident)
    if role is not None:
        _record(settings, sources, role, name, content, on.date() if on else console.today())
        sources, course = _read(settings, ident)
    else:
        from .review_copy import review_copy  # imports python-docx

        out = out or Path("build") / "reviews" / f"{course.id}-{course.version}.docx"
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(review_copy(course, sources.record.reviewers))
        click.echo(f"wrote {out.as_posix()}")
    click.echo(_state(sources, course))


def _read(settings: Settings, ident: str) -> tuple[Sources, Course]:
    problems: list[Problem] = []
    folder = project.chosen(settings, ident, load.find([settings.masterclasses]))
    checked = project.checked(settings, folder, problems)
    if checked is None or has_errors(problems):
        console.say(problems)
        sys.exit(1)
    sources = load.load(folder, [], settings.shown(folder))
    assert sources is not None
    return sources, checked.course


def _record(settings: Settings, sources: Sources, role: str, name: str | None, content: str | None, on: date) -> None:
    if not name or not content:
        raise click.UsageError("A review is recorded with --record ROLE --name NAME --content CODE.")
    if role not in sources.record.reviewers:
        asked = ", ".join(sources.record.reviewers) or "none; name some under 'reviewers'"
        raise click.UsageError(f"masterclass.yml asks for no review by '{role}'. It asks for: {asked}.")
    if not re.fullmatch(r"[0-9a-f]{12}", content):
        raise click.UsageError(f"'{content}' is no code: it has 12 characters, 0 to 9 and a to f.")
    path = sources.folder / REVIEWS_FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if before and not before.endswith("\n"):
        raise Unusable(f"{settings.shown(path)} does not end with a line break. Add one, and try again.")
    written = {"role": role, "name": name, "date": on.isoformat(), "content": content}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in written.items()]
    path.write_text(before + "- " + "\n  ".join(lines) + "\n", encoding="utf-8", newline="\n")
    click.echo(f"wrote {settings.shown(path)}")


def _state(sources: Sources, course: Course) -> str:
    code = reviews.content_code(course)
    if not sources.record.reviewers:
        return f"The content's code is {code}. masterclass.yml asks for no review: name roles under 'reviewers'."
    waiting = reviews.missing(sources, code)
    if waiting:
        return f"The content's code is {code}. A draft: awaiting review by {', '.join(waiting)}."
    return f"The content's code is {code}. Reviewed by everybody it asks for; no longer a draft."
