"""``masterclass self-checks``: the picture that learners' self-checks give, for anybody to see."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence

import click

from xapi.options import DATA
from xapi.people.self_checks import BANDS, RANGES, Counts
from xapi.reports.rule import HIDDEN, LEAST, SMALLEST_SHOWN, Rule
from xapi.reports.suppression import with_others

Shown = Mapping[str, tuple[int | str, ...]]
"""By domain, of each band the number of learners as others may see it."""


@click.command("self-checks")
@DATA
@click.option(
    "--k",
    default=SMALLEST_SHOWN,
    show_default=True,
    type=click.IntRange(LEAST),
    help="The smallest number that is shown.",
)
@click.option("--format", "format_", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def self_checks(data: str, k: int, format_: str) -> None:
    """Count the self-check scores that learners gave away.

    By domain, in quarters of the scale.

    Numbers below K are shown as *, others to the nearest 5, so that nobody can be seen joining.
    """
    counts = Counts.at(data)
    try:
        shown = disclosed(counts.all(), Rule(k))
    finally:
        counts.close()
    click.echo(_FORMATS[format_](shown), nl=format_ == "json")


def disclosed(counts: Mapping[tuple[str, int], int], rule: Rule) -> Shown:
    """As if the total were known: who gives one score gives all four, and so one domain's numbers add up to another's."""
    domains = dict.fromkeys(domain for domain, _ in counts)
    return {domain: _quarters([counts.get((domain, band), 0) for band in range(BANDS)], rule) for domain in domains}


def _quarters(numbers: Sequence[int], rule: Rule) -> tuple[int | str, ...]:
    hidden, gives_away = with_others(dict(enumerate(numbers)), sum(numbers), rule)
    return tuple(
        HIDDEN if band in hidden or (gives_away and number) else rule.shown(number)
        for band, number in enumerate(numbers)
    )


def _as_table(shown: Shown) -> str:
    if not shown:
        return "Nobody has given the result of a self-check yet.\n"
    rows = [("Domain", *RANGES), *((domain, *map(str, numbers)) for domain, numbers in shown.items())]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    note = f"Learners by score. {HIDDEN} is a small number; others are to the nearest 5. Those who chose to give it are not all."
    return "\n".join([*lines, "", note, ""])


def _as_csv(shown: Shown) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["domain", "score", "learners"])
    writer.writerows((d, RANGES[band], number) for d, numbers in shown.items() for band, number in enumerate(numbers))
    return written.getvalue()


def _as_json(shown: Shown) -> str:
    found = [
        {"domain": d, "score": RANGES[band], "learners": number if isinstance(number, int) else None}
        for d, numbers in shown.items()
        for band, number in enumerate(numbers)
    ]
    return json.dumps(found, indent=2)


_FORMATS: dict[str, Callable[[Shown], str]] = {"table": _as_table, "csv": _as_csv, "json": _as_json}
