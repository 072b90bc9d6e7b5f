"""Figures as people read them, and the lines that say what a table's figures are worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from .tables import NOTHING_YET, Column, Table, Value

NOTHING = "–"
"""Where there is no figure: not collected, or of nobody."""


MINUS = "−"
CHANNELS = {
    "cmi5": "cmi5 packages",
    "scorm12": "SCORM 1.2 packages",
    "scorm2004": "SCORM 2004 packages",
    "xapi": "xAPI packages",
    "site": "the site",
    "lms": "LMS exports",
}
"""What people came by, as a reader knows it."""

LONGEST = 80
"""Letters of a question that stand for it in a heading or a sentence."""


def shortened(text: str, longest: int = LONGEST) -> str:
    """The first whole words, where there are too many letters; every quotation that is begun is ended."""
    if len(text) <= longest:
        return text
    cut = text[:longest].rpartition(" ")[0].rstrip(" ,;:–") + " …"
    return cut + "”" * (cut.count("“") - cut.count("”"))


def quoted(text: str) -> str:
    """In quotation marks; those in it become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def as_sentence(text: str) -> str:
    """What a terminal says in a line, as a page says it."""
    return re.sub(r"(?<!\w)'([^']*)'(?!\w)", r"“\1”", text).rstrip(".") + "."


def said(value: Value, column: Column) -> str:
    """One figure, short enough for a table. What disclosure hid is text already."""
    if value is None:
        return column.nothing or NOTHING
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return day(value)
    if column.kind == "share":
        return f"{value:.0%}"
    if column.kind == "seconds":
        return time_on_task(value)
    return signed(f"{value:,}" if isinstance(value, int) else f"{value:.2f}")


def signed(figure: str) -> str:
    """With a minus sign, which is as wide as a plus; nothing is less than nothing by nothing."""
    return figure.replace("-", MINUS if figure.strip("-0.") else "")


def channel(name: str) -> str:
    return CHANNELS.get(name, name)


def day(moment: date) -> str:
    """The day; of a moment, in UTC."""
    return f"{moment.day} {moment:%b %Y}"


def time_on_task(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"


def period(table: Table) -> str:
    since, until = table.period
    if since and until:
        return f"{day(since)} to {day(until)}"
    if since:
        return f"from {day(since)}"
    return f"up to {day(until)}" if until else "all time"


def filters(table: Table) -> str:
    said = (("masterclass" if name == "course" else name, value) for name, value in table.filters)
    return ", ".join(f"{name} {value}" for name, value in said) or "everyone"


def as_of(table: Table) -> str:
    return "nothing is recorded yet" if table.as_of == NOTHING_YET else day(table.as_of)


def worth(table: Table) -> Iterator[tuple[str, str]]:
    """What stands with every figure: of how many, when, about whom, from which version, and how much is known."""
    yield table.unit.capitalize(), f"{table.n:,}"
    yield "Period", period(table)
    yield "Filter", filters(table)
    yield "As of", as_of(table)
    if table.versions:
        yield "Versions", ", ".join(f"{course} {version}" for course, version in table.versions)
    if table.coverage:
        yield (
            "Coverage",
            "; ".join(
                f"{channel(each.channel)}: answers known for {each.with_answers:,} of {each.learners:,}"
                for each in table.coverage
            ),
        )
    yield "Definition", table.definition
    if table.notes:
        yield "Notes" if len(table.notes) > 1 else "Note", " ".join(table.notes)
