"""``masterclass review``: the copy that reviewers get, and the record of what they reviewed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from .. import console


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
    """Make a Word copy for reviewers, or record a review.

    The copy has every page, question, key, feedback and source, with room for comments. A review is recorded with
    --record ROLE --name NAME --content CODE, in reviews.yml beside masterclass.yml.
    """
    from .. import review_record

    settings = console.settings()
    sources, course = review_record.read(settings, ident)
    if role is not None:
        review_record.add(settings, sources, role, name, content, on.date() if on else console.today())
        sources, course = review_record.read(settings, ident)
    else:
        from ..review_copy import review_copy  # imports python-docx

        out = out or Path("build") / "reviews" / f"{course.id}-{course.version}.docx"
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(review_copy(course, sources.record.reviewers))
        click.echo(f"wrote {out.as_posix()}")
    click.echo(review_record.state(sources, course))
