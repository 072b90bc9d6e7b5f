"""Parquet for Power BI: each table's figures, what they are broken down by, and a dictionary, as a star.

A fact file has keys into the dimension files and figures; nobody's name stands in any of them. A figure that was hidden
is empty, and a column of its own says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ..rule import HIDDEN
from ..tables import Column, Table, Value

TYPES = {
    "text": pa.string(),
    "count": pa.int64(),
    "share": pa.float64(),
    "number": pa.float64(),
    "seconds": pa.float64(),
    "date": pa.date32(),
    "flag": pa.bool_(),
    "learner": pa.int64(),
}


def star(tables: Sequence[Table], folder: Path) -> list[Path]:
    """The files that were written."""
    folder.mkdir(parents=True, exist_ok=True)
    members: dict[str, dict[Value, int]] = {}
    made = {f"fact_{table.id.replace('-', '_')}": _fact(table, members) for table in tables}
    made |= {f"dim_{name}": _dimension(name, values) for name, values in members.items()}
    made["tables"] = _described(tables)
    made["dictionary"] = _dictionary(tables)
    paths = []
    for name, rows in made.items():
        paths.append(folder / f"{name}.parquet")
        pq.write_table(rows, paths[-1])
    return paths


def _fact(table: Table, members: dict[str, dict[Value, int]]) -> pa.Table:
    columns: dict[str, pa.Array] = {}
    for column in table.columns:
        values = table.values(column.id)
        if column.key and column.kind == "text":
            known = members.setdefault(column.id, {})
            keys = [known.setdefault(value, len(known) + 1) for value in values]
            columns[f"{column.id}_key"] = pa.array(keys, pa.int64())
            continue
        shown = [None if value == HIDDEN and column.kind != "text" else value for value in values]
        columns[column.id] = pa.array(shown, TYPES[column.kind])
        if any(value == HIDDEN for value in values) and column.kind != "text":
            columns[f"{column.id}_hidden"] = pa.array([value == HIDDEN for value in values], pa.bool_())
    return pa.table(columns)


def _dimension(name: str, values: dict[Value, int]) -> pa.Table:
    texts = [None if value is None else str(value) for value in values]
    return pa.table({f"{name}_key": pa.array(values.values(), pa.int64()), name: pa.array(texts, pa.string())})


def _described(tables: Sequence[Table]) -> pa.Table:
    rows = [
        {
            "table": table.id,
            "title": table.title,
            "question": table.question,
            "answer": table.sentence,
            "definition": table.definition,
            "n": table.n,
            "since": table.period[0],
            "until": table.period[1],
            "as_of": table.as_of,
            "filters": ", ".join(f"{name}={value}" for name, value in table.filters),
        }
        for table in tables
    ]
    schema: list[tuple[str, Any]] = [
        (name, pa.string()) for name in ("table", "title", "question", "answer", "definition")
    ]
    schema += [("n", pa.int64()), ("since", pa.date32()), ("until", pa.date32()), ("as_of", pa.timestamp("us"))]
    return pa.Table.from_pylist(rows, schema=pa.schema([*schema, ("filters", pa.string())]))


def _dictionary(tables: Sequence[Table]) -> pa.Table:
    rows = [_meaning(table, column) for table in tables for column in table.columns]
    names = ("table", "column", "title", "kind", "share_of", "meaning")
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in names]))


def _meaning(table: Table, column: Column) -> dict[str, str | None]:
    return {
        "table": table.id,
        "column": column.id,
        "title": column.title,
        "kind": column.kind,
        "share_of": column.of,
        "meaning": column.description,
    }
