"""`masterclass demo`: learners who never lived, to look at reports with."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from .. import CATALOGUE


@click.command()
@click.option(
    "--learners", default=500, show_default=True, type=click.IntRange(1, 100_000), help="People on the roster."
)
@click.option(
    "--seed", default=1, show_default=True, help="Another number, other people; the same number, the same people."
)
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which anything happens; today when left out."
)
@click.option(
    "--truth",
    "truth_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what is true of them, as JSON.",
)
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=CATALOGUE,
    show_default=True,
    help="What 'masterclass build' wrote.",
)
@click.option(
    "--data", default="data/demo", show_default=True, metavar="DIR|URL", help="A store that holds nothing else."
)
def demo(learners: int, seed: int, until: datetime | None, truth_file: Path | None, catalogue: Path, data: str) -> None:
    """Make up learners, to see the reports with.

    What they did is recorded as if they had lived.

    Refused where there are records of people.
    """
    from .. import catalogues
    from .filling import filled
    from .making import decided
    from .truth import truth

    entries = [entry for entry in catalogues.read(catalogue).entries if entry["questions"]]
    if not entries:
        raise click.ClickException(f"{catalogue} has no masterclass with questions")
    last = until.date() if until else datetime.now(UTC).date()
    made = decided(learners, seed, entries, last)
    statements = filled(made, data)
    if truth_file is not None:
        told = {"seed": seed, "until": last.isoformat(), "learners": learners, "measures": truth(made, last)}
        truth_file.write_text(json.dumps(told, indent=1, default=str) + "\n", encoding="utf-8")
    click.echo(f"{data}: {learners} made-up people and {statements} statements")
    click.echo(f"See their reports with: masterclass serve --data {data}")
