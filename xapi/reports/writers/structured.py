"""Tables as JSON, with all that their figures are worth."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from ..tables import Table, Value


def as_json(tables: Sequence[Table]) -> str:
    """In ASCII, which every console and every script's pipe passes on unharmed."""
    return json.dumps([_one(table) for table in tables], indent=2) + "\n"


def _one(table: Table) -> dict[str, Any]:
    since, until = table.period
    return {
        "id": table.id,
        "title": table.title,
        "question": table.question,
        "answer": table.sentence,
        "definition": table.definition,
        "n": table.n,
        "since": _plain(since),
        "until": _plain(until),
        "as_of": _plain(table.as_of),
        "filters": dict(table.filters),
        "versions": dict(table.versions),
        "coverage": [
            {"channel": each.channel, "learners": each.learners, "with_answers": each.with_answers}
            for each in table.coverage
        ],
        "notes": list(table.notes),
        "columns": [
            {"id": each.id, "title": each.title, "kind": each.kind, "of": each.of, "description": each.description}
            for each in table.columns
        ],
        "rows": [
            {column.id: _plain(value) for column, value in zip(table.columns, row, strict=True)} for row in table.rows
        ],
    }


def _plain(value: Value) -> str | float | None:
    return value.isoformat() if isinstance(value, date) else value
