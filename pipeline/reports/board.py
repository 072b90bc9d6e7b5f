"""Two pages in Word for a board: what it asks, what is known, and what these figures cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xapi.reports.change import change, earlier
from xapi.reports.charts import Bars, chart
from xapi.reports.connections import Connection
from xapi.reports.disclosure import Refused
from xapi.reports.drawing import image
from xapi.reports.filters import Filters
from xapi.reports.tables import Table
from xapi.reports.wording import day, period, said
from xapi.reports.wording import filters as in_words

from ..word import document, saved
from .reader import Reader

if TYPE_CHECKING:
    from docx.document import Document

LONGEST = 10
"""Rows of a table, and bars of a chart, that leave the rest its place on two pages."""
SHOWN = ("invited", "started", "completed", "passed", "completed_share")
CAUTION = (
    "These figures say who took part and what they did in the masterclass. They do not show that it changed a service, "
    "or that taking part caused anything: there is no group to compare with, and people learn elsewhere too."
)


def board(reader: Reader, facts: Connection, filters: Filters) -> bytes:
    whole = reader.table(facts, "progress", filters)
    parts = _parts(reader, facts, filters)
    made = document(f"Masterclasses: {in_words(whole)}", "en-GB")
    made.add_heading(f"Masterclasses: {in_words(whole)}", 0)
    _quiet(made, f"{period(whole)}. As of {day(whole.as_of)}. {whole.n:,} learners.")
    _answer(made, whole.sentence)
    for name in ("gain", "overdue"):
        for sentence in _said_by(reader, facts, name, filters):
            made.add_paragraph(sentence)
    if parts.collected:
        made.add_heading("Who came how far", 1)
        _table(made, parts, (parts.columns[0].id, *SHOWN))
        drawn = chart(parts)
        if isinstance(drawn, Bars):
            _picture(made, drawn)
    before = earlier(reader.limited(filters))
    made.add_heading("Since last time", 1)
    if before is None:
        made.add_paragraph(
            "Give the report a period with a beginning and an end to see what changed since the one before."
        )
    else:
        _table(made, change(whole, reader.table(facts, "progress", before)), ("what", "before", "now", "difference"))
    made.add_heading("What the figures mean", 1)
    for title, text in _meaning(whole):
        line = made.add_paragraph()
        line.add_run(f"{title}. ").bold = True
        line.add_run(text)
    return saved(made)


def _parts(reader: Reader, facts: Connection, filters: Filters) -> Table:
    """By organisation; by sector where those are too many for two pages."""
    found = reader.table(facts, "progress", filters, ("organisation",))
    return found if len(found.rows) <= LONGEST else reader.table(facts, "progress", filters, ("sector",))


def _said_by(reader: Reader, facts: Connection, name: str, filters: Filters) -> Iterator[str]:
    """What another measure answers, when it may be said and there is anything to say."""
    try:
        table = reader.table(facts, name, filters)
    except Refused:
        return
    if table.collected:
        yield table.sentence


def _meaning(table: Table) -> Iterator[tuple[str, str]]:
    yield "Definitions", table.definition
    known = "; ".join(
        f"{each.channel} {each.learners:,}, with answers {each.with_answers:,}" for each in table.coverage
    )
    yield "What is known", f"Learners by channel: {known}." if known else "Nothing has come in yet."
    if table.versions:
        yield "Versions", ", ".join(f"{course} {version}" for course, version in table.versions)
    for note in table.notes:
        yield "Note", note
    yield "What this does not show", CAUTION


def _answer(made: Document, text: str) -> None:
    from docx.shared import Pt

    made.add_paragraph().add_run(text).font.size = Pt(15)


def _quiet(made: Document, text: str) -> None:
    from docx.shared import RGBColor

    made.add_paragraph().add_run(text).font.color.rgb = RGBColor(0x45, 0x4F, 0x5E)


def _table(made: Document, table: Table, wanted: tuple[str, ...]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    places = [[column.id for column in table.columns].index(name) for name in wanted]
    columns = [table.columns[place] for place in places]
    grid = made.add_table(rows=1, cols=len(columns), style="Light List")

    def fill(cell: Any, text: str, figures: bool, bold: bool) -> None:
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(2)
        run = line.add_run(text)
        run.bold, run.font.size = bold, Pt(10)
        if figures:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    for cell, column in zip(grid.rows[0].cells, columns, strict=True):
        fill(cell, column.title, column.kind != "text", True)
    _repeated(grid.rows[0])
    for row in table.rows[:LONGEST]:
        for at, (cell, place) in enumerate(zip(grid.add_row().cells, places, strict=True)):
            fill(cell, said(row[place], table.columns[place]), table.columns[place].kind != "text", at == 0)
    made.add_paragraph()


def _repeated(row: Any) -> None:
    """The row is the table's head, for those who listen to it and on a second page."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _picture(made: Document, drawn: Bars) -> None:
    import vl_convert
    from docx.shared import Cm

    shown = Bars(drawn.title, drawn.rows[:LONGEST], drawn.legend)
    picture = made.add_picture(BytesIO(vl_convert.svg_to_png(str(image(shown)), scale=2)), width=Cm(16))
    words = "; ".join(f"{bar.label}: {bar.figures}" for bar in shown.rows)
    picture._inline.docPr.set("descr", f"{drawn.title}. {words}.")
