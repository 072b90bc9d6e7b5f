"""Word files with the same bytes from the same words: no date, no machine, no person in them."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from .files import File, zipped

if TYPE_CHECKING:
    from docx.document import Document

_NO_DAY = datetime(1980, 1, 1)


def document(title: str, language: str) -> Document:
    """An A4 page to write on, with a calm style."""
    import docx  # takes a tenth of a second, which only builds with Word files should pay
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    proofed = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): language})
    normal.element.get_or_add_rPr().append(proofed)
    for level, size in ((0, 20), (1, 15), (2, 12), (3, 11)):
        style = made.styles[f"Heading {level}" if level else "Title"]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor(0x1A, 0x22, 0x30)
        style.element.rPr.rFonts.attrib.clear()
        style.element.rPr.rFonts.set(qn("w:ascii"), "Arial")
        style.element.rPr.rFonts.set(qn("w:hAnsi"), "Arial")
    core = made.core_properties
    core.title, core.language = title, language
    core.author = core.last_modified_by = core.comments = ""
    core.created = core.modified = _NO_DAY
    return made


def saved(made: Document) -> bytes:
    written = BytesIO()
    made.save(written)
    with ZipFile(written) as parts:
        return zipped([File(part.filename, parts.read(part)) for part in parts.infolist()])
