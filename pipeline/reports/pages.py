"""Pages of reports as HTML, the same from a server and from a disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from xapi.reports.change import change
from xapi.reports.connections import MADE_UP, Connection
from xapi.reports.filters import Filters
from xapi.reports.listing import Page
from xapi.reports.measures import MEASURES
from xapi.reports.measures.items import ENOUGH
from xapi.reports.rule import Refused
from xapi.reports.tables import NOTHING_YET, Table, Value
from xapi.reports.wording import as_sentence, day, shortened

from .columns import KINDS
from .places import PLACES, Place
from .reader import Reader, choices
from .sources import HERE, Sources
from .theme import environment
from .view import LAST_PAGE, LONGEST, View, searched, view
from .wanted import Wanted

LABELS = {
    "course": "Masterclass",
    "cohort": "Cohort",
    "organisation": "Organisation",
    "sector": "Sector",
    "role": "Role",
}


Asked = tuple[str, Filters, tuple[str, ...]]
"""A measure, of whom, broken down by what."""


@dataclass(frozen=True)
class Hall:
    """Where pages stand: from a server every page can be asked for otherwise, on a disk they are as they are."""

    reader: Reader
    served: bool
    who: str = ""
    """In words, beside "Leave"."""
    sources: Sources = HERE
    alone: bool = False
    """Whether there is no other page to go to."""
    known: dict[Asked, Table] = field(default_factory=dict)

    def table(self, facts: Connection, measure: str, filters: Filters, by: tuple[str, ...] = ()) -> Table:
        """Asked once, for however many pages."""
        wanted = (measure, filters, by)
        if wanted not in self.known:
            self.known[wanted] = self.reader.table(facts, measure, filters, by)
        return self.known[wanted]

    @property
    def paged(self) -> bool:
        """Whether of a table with a row for each person only what a page shows is asked for: a folder takes in all of it."""
        return self.served and self.reader.audience == "own"

    def at(self, path: str, wanted: Wanted) -> str:
        """The address of a page from the top page."""
        if not self.served:
            return f"{path or 'index'}.html"
        return f"{path}/{wanted.query(sort='', find='')}" if path else f"./{wanted.query(sort='', find='')}"

    def places(self) -> list[Place]:
        if self.alone:
            return []
        return [place for place in PLACES.values() if self.reader.audience == "own" or not place.named]


@dataclass(frozen=True)
class Section:
    """A table of a page, or why it is not shown."""

    title: str
    view: View | None
    refused: str = ""


def sections(hall: Hall, connection: Connection, place: Place, wanted: Wanted, up: str = "../") -> list[Section]:
    found = []
    for at, name in enumerate(place.measures):
        first = at == 0
        asked = wanted if first else Wanted(wanted.filters, wanted.by)
        found.append(_section(hall, connection, name, asked, place.by if first and not wanted.by else "", up))
    return found


def _section(
    hall: Hall, connection: Connection, name: str, wanted: Wanted, by: str, up: str, only: Sequence[str] = ()
) -> Section:
    measure = MEASURES[name]
    dimensions = wanted.dimensions(measure) or ((by,) if by in measure.dimensions else ())

    def link(row: dict[str, Value]) -> str:
        if name != "questions":
            return ""
        return up + hall.at(question_path(ids[str(row["course"])], str(row["question"]), hall.served), wanted)

    known = connection.catalogue
    ids = {title: ident for ident, title in known.titles().items()}

    try:
        if measure.summary and hall.paged:
            page = Page(LONGEST, wanted.sort, wanted.find, searched(measure))
            table = hall.reader.page(connection, name, wanted.filters, page)
        else:
            table = hall.table(connection, name, wanted.filters, dimensions)
        return Section(measure.title, view(table, wanted, known.titles(), link, only, known.outcomes()))
    except Refused as refused:
        return Section(measure.title, None, as_sentence(str(refused)))


def question_path(course: str, question: str, served: bool) -> str:
    return f"questions/{course}/{question}" if served else f"question-{course}-{question}"


def page(hall: Hall, connection: Connection, place: Place, wanted: Wanted) -> str:
    up = "../" if hall.served else ""
    return _render(
        "measure.html.jinja",
        hall,
        connection,
        wanted,
        up,
        title=place.measure.question,
        place=place,
        here=place.path,
        sections=sections(hall, connection, place, wanted, up),
        dimensions=place.measure.dimensions,
        by=wanted.by or place.by,
        downloads=("csv", "xlsx", "json") if hall.served else (),
    )


OVERVIEW = (
    ("progress", "organisation", ("organisation", "invited", "started", "completed", "completed_share")),
    ("overdue", "", ()),
    ("dropoff", "", ()),
    ("weeks", "", ()),
)


def overview(hall: Hall, connection: Connection, wanted: Wanted) -> str:
    """What a manager wants to know on opening: who is where, who is stuck, where people leave."""
    up = ""
    found = {
        name: _section(hall, connection, name, Wanted(wanted.filters), by, up, only)
        for name, by, only in OVERVIEW
        if not (name == "overdue" and hall.reader.audience != "own")
    }
    return _render("overview.html.jinja", hall, connection, wanted, up, title="Reports", here="", found=found)


DAY = timedelta(days=1)
WEEK = 7 * DAY
FEW = 5


def weekly(hall: Hall, connection: Connection, wanted: Wanted) -> str:
    """What those who look after a masterclass should know this week: what changed, where people leave, what is too hard."""
    newest = hall.reader.today if connection.as_of == NOTHING_YET else None
    last = wanted.filters.until or newest or connection.as_of.date()
    weeks = [replace(wanted.filters, since=end - WEEK + DAY, until=end) for end in (last, last - WEEK)]
    titles = connection.catalogue.titles()
    try:
        now, before = (hall.table(connection, "progress", each) for each in weeks)
        changed = Section("", view(change(now, before) if now.collected else now, Wanted(weeks[0]), titles))
        lead = now.sentence if now.collected else ""
    except Refused as refused:
        changed, lead = Section("", None, as_sentence(str(refused))), ""
    up = "../" if hall.served else ""
    found = {name: _section(hall, connection, name, wanted, "", up) for name in ("dropoff", "questions")}
    return _render(
        "weekly.html.jinja",
        hall,
        connection,
        wanted,
        up,
        title=f"The week to {day(last)}",
        here="weekly",
        lead=lead,
        changed=changed,
        dropoff=_first(found["dropoff"], ("left_here", "left_here_share"), least=False),
        questions=_first(found["questions"], ("difficulty",), least=True),
    )


def _first(section: Section, columns: Sequence[str], least: bool) -> Section:
    """The few rows with the least or the most in the columns; who came to the end of a masterclass left nowhere."""
    if section.view is None or not section.view.rows:
        return section
    heads = [head.sort for head in section.view.heads]
    places = [heads.index(column) for column in columns]
    known = [row for row in section.view.rows if all(row[at].sort for at in places) and not row[-1].has(LAST_PAGE)]
    if "n" in heads:  # of few answers nothing can be said
        answers = heads.index("n")
        known = [row for row in known if row[answers].sort and float(row[answers].sort) >= ENOUGH]
    rows = sorted(known, key=lambda row: [float(row[at].sort) for at in places], reverse=not least)[:FEW]
    return replace(section, view=replace(section.view.without_empty_flags(rows), found=len(rows), chart=None))


def alone(hall: Hall, connection: Connection, table: Table) -> str:
    """One table as a page of its own."""
    known = connection.catalogue
    shown = view(table, Wanted(Filters()), known.titles(), outcomes=known.outcomes())
    return _render(
        "alone.html.jinja",
        hall,
        connection,
        Wanted(Filters()),
        "",
        title=table.question,
        here=table.id,
        section=Section(table.title, shown),
    )


def question(hall: Hall, connection: Connection, course: str, ident: str, wanted: Wanted) -> str | None:
    """A question with what was chosen, and where to mend it; None where the catalogue does not have it."""
    asked = connection.catalogue.question(course, ident)
    if asked is None:
        return None
    up = "../../../" if hall.served else ""
    filters = replace(wanted.filters, course=course)
    titles = connection.catalogue.titles()
    shown = []
    for name in ("options", "questions"):
        try:
            table = hall.table(connection, name, filters)
            at = [column.id for column in table.columns].index("question")
            rows = tuple(row for row in table.rows if row[at] == ident)
            of_it = view(replace(table, rows=rows), Wanted(filters), titles)
            shown.append(Section(table.title, of_it.without("prompt")))
        except Refused as refused:
            shown.append(Section("", None, as_sentence(str(refused))))
    options, statistics = shown
    path, line = asked["path"], asked["line"]
    return _render(
        "question.html.jinja",
        hall,
        connection,
        wanted,
        up,
        title=shortened(asked["prompt"]),
        here="questions",
        question=asked,
        kind=KINDS.get(asked["type"], asked["type"]),
        outcome=connection.catalogue.outcomes().get((course, asked["outcome"]), asked["outcome"]),
        course=titles[course],
        options=options,
        statistics=statistics,
        lines=hall.sources.lines(path, line),
        address=hall.sources.address(path, line),
    )


def _render(template: str, hall: Hall, connection: Connection, wanted: Wanted, up: str, **values: Any) -> str:
    reader = hall.reader
    found = choices(connection, reader.cohort)
    titles = connection.catalogue.titles()
    limited = reader.limited(wanted.filters)
    if reader.cohort:
        found["cohort"] = (reader.cohort,)
    return (
        environment()
        .get_template(template)
        .render(
            hall=hall,
            wanted=wanted,
            up=up,
            labels=LABELS,
            choices=found if hall.served else {},
            titles=titles,
            limited=limited,
            narrowed=_narrowed(limited, titles),
            as_of=connection.as_of if connection.as_of != NOTHING_YET else None,
            made_up=MADE_UP if MADE_UP in connection.notes else "",
            **values,
        )
    )


def _narrowed(filters: Filters, titles: Mapping[str, str]) -> str:
    """Whom and which time a page is about, in words; nothing when it is about everyone."""
    parts = [titles.get(value, value) for _, value in filters.chosen()]
    parts += [f"from {day(filters.since)}"] if filters.since else []
    parts += [f"to {day(filters.until)}"] if filters.until else []
    return ", ".join(parts)
