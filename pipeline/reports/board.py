"""Two pages in Word for a board: what it asks, what is known, and what these figures cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xapi.reports.change import change, earlier
from xapi.reports.charts import Bars, chart
from xapi.reports.connections import MADE_UP, Connection
from xapi.reports.drawing import image
from xapi.reports.filters import Filters
from xapi.reports.naming import titled
from xapi.reports.rule import Refused
from xapi.reports.tables import Table
from xapi.reports.wording import as_of, channel, period, said
from xapi.reports.wording import filters as in_words

from ..word import document, saved
from .reader import Reader, choices

if TYPE_CHECKING:
    from docx.document import Document

LONGEST = 10
"""Rows of a table, and bars of a chart, that leave the rest its place on two pages."""
TITLE = "Masterclasses: report to the board"
SHOWN = ("invited", "started", "completed", "passed", "completed_share")
FIGURES = 2.5
"""How wide a column of figures is, in centimetres; the first column has the rest of 17."""
PERIODS = (5.0, 5.0, FIGURES)
"""The same of two periods side by side, and the change."""
CAUTION = (
    "These figures say who took part and what they did in the masterclass. They do not show that it changed a service, "
    "or that taking part caused anything: there is no group to compare with, and people learn elsewhere too."
)


def board(reader: Reader, facts: Connection, filters: Filters) -> bytes:
    whole = titled(reader.table(facts, "progress", filters), facts.catalogue.titles())
    parts = _parts(reader, facts, filters)
    made = document(TITLE, "en-GB")
    made.add_heading(TITLE, 0)
    if MADE_UP in whole.notes:
        made.add_paragraph().add_run(MADE_UP).bold = True
    about = in_words(whole)
    _quiet(made, f"{about[0].upper()}{about[1:]}; {period(whole)}. As of {as_of(whole)}. {whole.n:,} learners.")
    _answer(made, whole.sentence)
    for name in ("gain", "worth", "dropoff", "overdue"):
        for sentence in _said_by(reader, facts, name, filters):
            made.add_paragraph(sentence)
    if parts.collected:
        made.add_heading("Who came how far", 1)
        known = (name for name in SHOWN if any(value is not None for value in parts.values(name)))
        _table(made, parts, (parts.columns[0].id, *known))
        drawn = chart(parts)
        if isinstance(drawn, Bars):
            _picture(made, drawn)
    before = earlier(reader.limited(filters))
    made.add_heading("Since last time", 1).paragraph_format.page_break_before = True
    if before is None:
        made.add_paragraph(
            "This report is about all time, so there is nothing before it to compare with. One about a quarter, or about "
            "any other period with a first and a last day, says here what changed since the one before."
        )
    else:
        _table(
            made,
            change(whole, reader.table(facts, "progress", before)),
            ("what", "before", "now", "difference"),
            PERIODS,
        )
    made.add_heading("What the figures mean", 1)
    for title, text in _meaning(whole):
        line = made.add_paragraph()
        line.add_run(f"{title}. ").bold = True
        line.add_run(text)
    return saved(made)


def _parts(reader: Reader, facts: Connection, filters: Filters) -> Table:
    """By organisation; by sector where those are too many for two pages."""
    few = len(choices(facts, reader.cohort)["organisation"]) <= LONGEST
    return reader.table(facts, "progress", filters, ("organisation" if few else "sector",))


def _said_by(reader: Reader, facts: Connection, name: str, filters: Filters) -> Iterator[str]:
    """What another measure answers, when it may be said and there is anything to say."""
    try:
        table = reader.table(facts, name, filters)
    except Refused:
        return
    if table.collected:
        yield titled(table, facts.catalogue.titles()).sentence


def _meaning(table: Table) -> Iterator[tuple[str, str]]:
    yield "Definitions", table.definition
    known = "; ".join(f"{channel(each.channel)} {each.learners:,} ({each.with_answers:,})" for each in table.coverage)
    about = "Learners by channel, and in brackets those whose answers are known"
    yield "What is known", f"{about}: {known}." if known else "Nothing has come in yet."
    if table.versions:
        yield "Versions", ", ".join(f"{course} {version}" for course, version in table.versions)
    notes = [note for note in table.notes if note != MADE_UP]
    if notes:
        yield "Notes" if len(notes) > 1 else "Note", " ".join(notes)
    yield "What this does not show", CAUTION


def _answer(made: Document, text: str) -> None:
    from docx.shared import Pt

    made.add_paragraph().add_run(text).font.size = Pt(15)


def _quiet(made: Document, text: str) -> None:
    from docx.shared import RGBColor

    made.add_paragraph().add_run(text).font.color.rgb = RGBColor(0x45, 0x4F, 0x5E)


def _table(made: Document, table: Table, wanted: tuple[str, ...], wide: Sequence[float] = ()) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    places = [[column.id for column in table.columns].index(name) for name in wanted]
    shown = [table.columns[place] for place in places]
    grid = made.add_table(rows=1, cols=len(shown), style="Table Grid")
    grid.autofit = False
    figures = wide or (FIGURES,) * (len(shown) - 1)
    widths = (17 - sum(figures), *figures)

    def fill(cell: Any, text: str, figures: bool, bold: bool) -> None:
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(2)
        run = line.add_run(text)
        run.bold, run.font.size = bold, Pt(10)
        if figures:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    for cell, column in zip(grid.rows[0].cells, shown, strict=True):
        fill(cell, column.title, column.kind != "text", True)
    _repeated(grid.rows[0])
    for values in table.rows[:LONGEST]:
        for cell, place in zip(grid.add_row().cells, places, strict=True):
            fill(cell, said(values[place], table.columns[place]), table.columns[place].kind != "text", False)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = column.width
    made.add_paragraph()


def _repeated(row: Any) -> None:
    """The row is the table's head, for those who listen to it and on a second page; on a grey of its own."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F4F6F9")):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _picture(made: Document, drawn: Bars) -> None:
    import vl_convert
    from docx.shared import Cm

    shown = Bars(drawn.title, drawn.rows[:LONGEST], drawn.legend)
    picture = made.add_picture(BytesIO(vl_convert.svg_to_png(str(image(shown)), scale=2)), width=Cm(16))
    words = "; ".join(f"{bar.label}: {bar.figures}" for bar in shown.rows)
    picture._inline.docPr.set("descr", f"{drawn.title}. {words}.")
