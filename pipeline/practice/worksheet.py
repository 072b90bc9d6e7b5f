"""Job aids to fill in: sections of fields and tables. What learners write in them stays in their browser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..content import Column, Field, Item, Section, Table, Worksheet
from ..lists import ListOf
from ..mappings import ByType, RecordOf
from ..problems import Problem
from ..scalars import Flag, Ident, Number, OneOf, Text
from ..shapes import Record, key
from .making import Making

MOST_FIELDS = 100
"""What a learner can be asked to fill in, and a browser draws without a pause."""
MOST_ROWS = 20
"""Of a table, with those that learners add."""
_NAME = Text(markdown=False, max=255)
_ID = Ident(hyphen=False, max=32)


@dataclass(frozen=True, kw_only=True)
class ItemRecord(Record):
    id: str = key(_ID, "Stable id")
    text: str = key(_NAME, "What learners read")


_OPTIONS = ListOf(RecordOf(ItemRecord, "option"), least=2, most=26, what="a list of options")


@dataclass(frozen=True, kw_only=True)
class ColumnRecord(Record):
    id: str = key(_ID, "Stable id of the column")
    type: str = key(OneOf(("line", "lines", "select", "check")), "What is filled in")
    label: str = key(_NAME, "Its heading")


@dataclass(frozen=True, kw_only=True)
class LineColumnRecord(ColumnRecord):
    type: str = key(OneOf(("line",)), "One line of text in each row")


@dataclass(frozen=True, kw_only=True)
class LinesColumnRecord(ColumnRecord):
    type: str = key(OneOf(("lines",)), "Several lines of text in each row")


@dataclass(frozen=True, kw_only=True)
class CheckColumnRecord(ColumnRecord):
    type: str = key(OneOf(("check",)), "A box to tick in each row")


@dataclass(frozen=True, kw_only=True)
class SelectColumnRecord(ColumnRecord):
    type: str = key(OneOf(("select",)), "One of several options in each row")
    options: tuple[ItemRecord, ...] = key(_OPTIONS, "What can be chosen")


COLUMNS = ByType(
    {
        "line": RecordOf(LineColumnRecord, "column"),
        "lines": RecordOf(LinesColumnRecord, "column"),
        "select": RecordOf(SelectColumnRecord, "column"),
        "check": RecordOf(CheckColumnRecord, "column"),
    },
    "column",
)


@dataclass(frozen=True, kw_only=True)
class FieldRecord(Record):
    id: str = key(_ID, "Stable id of the field: what learners wrote is kept under it")
    type: str = key(OneOf(("line", "lines", "select", "checks", "table")), "What is filled in")
    label: str = key(_NAME, "What it asks for")
    hint: str = key(_NAME, "How to fill it in; read out with the label")
    needed: bool = key(Flag(), "True when the form means little without it; said, never enforced", default=False)


@dataclass(frozen=True, kw_only=True)
class LineRecord(FieldRecord):
    type: str = key(OneOf(("line",)), "One line of text")


@dataclass(frozen=True, kw_only=True)
class LinesRecord(FieldRecord):
    type: str = key(OneOf(("lines",)), "Several lines of text")
    rows: Decimal = key(Number("2", "20", whole=True), "How many lines it shows", default=Decimal(3))


@dataclass(frozen=True, kw_only=True)
class SelectRecord(FieldRecord):
    type: str = key(OneOf(("select",)), "One of several options")
    options: tuple[ItemRecord, ...] = key(_OPTIONS, "What can be chosen")


@dataclass(frozen=True, kw_only=True)
class ChecksRecord(FieldRecord):
    type: str = key(OneOf(("checks",)), "Boxes to tick")
    options: tuple[ItemRecord, ...] = key(_OPTIONS, "What can be ticked")


@dataclass(frozen=True, kw_only=True)
class TableRecord(FieldRecord):
    type: str = key(OneOf(("table",)), "A table with a row for each thing")
    heading: str = key(_NAME, "Heading of the first column, which names the rows")
    rows: tuple[ItemRecord, ...] = key(
        ListOf(RecordOf(ItemRecord, "row"), most=MOST_ROWS, what="a list of rows"),
        "Rows that are always there",
        default=(),
    )
    blank: Decimal = key(
        Number("0", str(MOST_ROWS), whole=True), "Empty rows at the end; learners can add more", default=Decimal(0)
    )
    columns: tuple[ColumnRecord, ...] = key(
        ListOf(COLUMNS, least=1, most=6, what="a list of columns"), "The other columns"
    )


FIELDS = ByType(
    {
        "line": RecordOf(LineRecord, "field"),
        "lines": RecordOf(LinesRecord, "field"),
        "select": RecordOf(SelectRecord, "field"),
        "checks": RecordOf(ChecksRecord, "field"),
        "table": RecordOf(TableRecord, "field"),
    },
    "field",
)


@dataclass(frozen=True, kw_only=True)
class SectionRecord(Record):
    title: str = key(_NAME, "Heading of the section")
    text: str = key(Text(), "What to think of before filling it in", default="")
    fields: tuple[FieldRecord, ...] = key(
        ListOf(FIELDS, least=1, most=40, what="a list of fields"), "What is filled in"
    )


@dataclass(frozen=True, kw_only=True)
class WorksheetRecord(Record):
    id: str = key(Ident(), "Stable id of the worksheet; made from the page's id when left out", default="")
    title: str = key(_NAME, "Heading of the worksheet")
    intro: str = key(Text(), "What it is for, and who fills it in", default="")
    sections: tuple[SectionRecord, ...] = key(
        ListOf(RecordOf(SectionRecord, "section", named=False), least=1, most=12, what="a list of sections"),
        "Parts of the form",
    )


def worksheet(record: WorksheetRecord, making: Making) -> Worksheet:
    fields = [field for section in record.sections for field in section.fields]
    making.problems.extend(_problems(record, fields))
    return Worksheet(
        file=f"media/{making.block}.docx",
        title=record.title,
        intro=making.prose(record, "intro"),
        sections=tuple(
            Section(section.title, making.prose(section, "text"), tuple(_field(field) for field in section.fields))
            for section in record.sections
        ),
        source=record.written.source,
    )


def _field(record: FieldRecord) -> Field:
    options = record.options if isinstance(record, SelectRecord | ChecksRecord) else ()
    return Field(
        id=record.id,
        type=record.type,
        label=record.label,
        hint=record.hint,
        needed=record.needed,
        lines=int(record.rows) if isinstance(record, LinesRecord) else 1,
        options=_items(options),
        table=_table(record) if isinstance(record, TableRecord) else None,
    )


def _table(record: TableRecord) -> Table:
    columns = tuple(
        Column(
            column.id,
            column.type,
            column.label,
            _items(column.options) if isinstance(column, SelectColumnRecord) else (),
        )
        for column in record.columns
    )
    return Table(record.heading, _items(record.rows), int(record.blank), MOST_ROWS, columns)


def _items(records: tuple[ItemRecord, ...]) -> tuple[Item, ...]:
    return tuple(Item(record.id, record.text) for record in records)


def _problems(record: WorksheetRecord, fields: list[FieldRecord]) -> Iterable[Problem]:
    yield from _repeated("field", fields)
    if len(fields) > MOST_FIELDS:
        message = f"this worksheet has {len(fields)} fields; at most {MOST_FIELDS} are allowed"
        yield Problem(record.written.source, message, "make two worksheets of it", "count")
    for field in fields:
        if isinstance(field, SelectRecord | ChecksRecord):
            yield from _repeated("option", field.options)
        if not isinstance(field, TableRecord):
            continue
        yield from _repeated("row", field.rows)
        yield from _repeated("column", field.columns)
        for column in field.columns:
            if isinstance(column, SelectColumnRecord):
                yield from _repeated("option", column.options)
        if not field.rows and not field.blank:
            hint = "add: blank: 3, for rows that learners fill in; or rows with an id and a text each"
            yield Problem(field.written.source, f"table '{field.id}' has no rows", hint, "count")
        if len(field.rows) + field.blank > MOST_ROWS:
            message = f"table '{field.id}' has {len(field.rows) + field.blank} rows; at most {MOST_ROWS} are allowed"
            yield Problem(field.written.source, message, "take rows out, or make two tables", "count")


def _repeated(what: str, records: Iterable[FieldRecord | ItemRecord | ColumnRecord]) -> Iterable[Problem]:
    first: dict[str, Record] = {}
    for record in records:
        before = first.setdefault(record.id, record)
        if before is not record:
            hint = f"the first is on line {before.written.at('id').line}; change one of them"
            yield Problem(record.written.at("id"), f"the {what} '{record.id}' is used twice", hint, "duplicate-id")
