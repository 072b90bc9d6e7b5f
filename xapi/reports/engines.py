"""Other engines than DuckDB: the same facts there, asked with the same expressions.

What is in the ledger is copied each time; what is derived, the engine derives itself.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import duckdb
import ibis
import pyarrow as pa

from ..people.roster import Person
from .catalogues import Catalogue
from .connections import WORDS, Connection, newest, notes_of, tables
from .derived import DERIVED, beside, items
from .ledger_file import attached, connected

COPIED = ("facts", "learners")
SCHEMA = "masterclass_reports"
ROWS = 50_000


@contextmanager
def opened(
    engine: str, path: Path, words: Catalogue, people: Mapping[int, Person], notes: tuple[str, ...]
) -> Iterator[Connection]:
    kind = urlsplit(engine).scheme
    if kind not in ENGINES:
        raise click.ClickException(
            f"{engine}: expected an engine that begins with {', '.join(f'{name}:' for name in ENGINES)}"
        )
    source = connected(":memory:", path.parent)
    try:
        attached(source, path)
        with ENGINES[kind](engine, source, path.parent, words) as backend:
            said = (*notes, *notes_of(source))
            yield Connection(backend, tables(backend, frozenset(DERIVED)), words, newest(backend), people, said)
    finally:
        source.close()


@contextmanager
def _postgres(engine: str, source: duckdb.DuckDBPyConnection, _folder: Path, words: Catalogue) -> Iterator[Any]:
    import psycopg

    with psycopg.connect(engine) as database:
        database.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE".encode())
        database.execute(f"CREATE SCHEMA {SCHEMA}".encode())
        database.execute(f"SET search_path TO {SCHEMA}".encode())
        for name in COPIED:
            _copy(database, name, source.sql(f"SELECT * FROM {name}").to_arrow_reader(ROWS))
        for name in WORDS:
            _copy(database, name, getattr(words, name).to_reader(ROWS))
    backend = ibis.connect(engine)
    try:
        backend.raw_sql(f"SET search_path TO {SCHEMA}").close()
        backend.raw_sql("SET TIME ZONE 'UTC'").close()
        # How few rows sums and windows leave it cannot know, and expects one: then each would be compared with each.
        backend.raw_sql("SET enable_nestloop TO off").close()
        facts = backend.table("facts", database=SCHEMA)
        _derive(backend, "items", items(facts))
        for name, rows in beside(backend.table("items", database=SCHEMA), facts).items():
            _derive(backend, name, rows)
            backend.raw_sql(f"CREATE INDEX ON {SCHEMA}.{name} (learner, course)").close()
        yield _Within(backend, SCHEMA)
    finally:
        backend.disconnect()


def _derive(backend: Any, name: str, rows: ibis.Table) -> None:
    backend.raw_sql(f"CREATE TABLE {SCHEMA}.{name} AS {ibis.to_sql(rows, dialect='postgres')}").close()
    backend.raw_sql(f"ANALYZE {SCHEMA}.{name}").close()


class _Within:
    """A backend whose tables are in one schema."""

    def __init__(self, backend: Any, schema: str) -> None:
        self._backend = backend
        self._schema = schema

    def table(self, name: str) -> ibis.Table:
        return self._backend.table(name, database=self._schema)

    def to_pyarrow(self, expression: ibis.Table) -> pa.Table:
        return self._backend.to_pyarrow(expression)


TYPES = {
    "int64": "bigint",
    "double": "double precision",
    "string": "text",
    "bool": "boolean",
    "date32[day]": "date",
    "timestamp[us]": "timestamp",
}


def _copy(database: Any, name: str, batches: pa.RecordBatchReader) -> None:
    columns = ", ".join(f'"{field.name}" {TYPES[str(field.type)]}' for field in batches.schema)
    database.execute(f'CREATE TABLE "{name}" ({columns})'.encode())
    with database.cursor().copy(f'COPY "{name}" FROM STDIN'.encode()) as copy:
        for batch in batches:
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                copy.write_row(row)


@contextmanager
def _spark(engine: str, source: duckdb.DuckDBPyConnection, folder: Path, words: Catalogue) -> Iterator[Any]:
    """`spark:local` in this process, or `spark://host:port`; `folder` has to be one that its workers see."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise click.ClickException(
            "Spark is not installed: pip install 'masterclass[spark]', and Java 17 or newer"
        ) from None
    master = "local[*]" if engine == "spark:local" else engine
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "8" if engine == "spark:local" else "200",
        "spark.sql.warehouse.dir": str(folder / "spark"),
        "spark.driver.extraJavaOptions": f"-Dderby.system.home={folder / 'spark'}",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master(master).appName("masterclass reports")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    copies = folder / "spark" / "tables"
    shutil.rmtree(copies, ignore_errors=True)
    copies.mkdir(parents=True)
    try:
        _as_parquet(source, words, copies)
        for name in (*COPIED, *WORDS):
            session.read.parquet(str(copies / f"{name}.parquet")).createOrReplaceTempView(name)
        backend = ibis.pyspark.connect(session)
        facts = backend.table("facts")
        _view(session, "items", items(facts))
        for name, rows in beside(backend.table("items"), facts).items():
            _view(session, name, rows)
        yield backend
    finally:
        session.stop()
        shutil.rmtree(folder / "spark", ignore_errors=True)


def _view(session: Any, name: str, rows: ibis.Table) -> None:
    session.sql(ibis.to_sql(rows, dialect="pyspark")).cache().createOrReplaceTempView(name)


def _as_parquet(source: duckdb.DuckDBPyConnection, words: Catalogue, folder: Path) -> None:
    for name in COPIED:
        source.execute(f"COPY (SELECT * FROM {name}) TO '{folder / name}.parquet' (FORMAT parquet)")
    for name in WORDS:
        source.register("arriving", getattr(words, name))
        source.execute(f"COPY (SELECT * FROM arriving) TO '{folder / name}.parquet' (FORMAT parquet)")
        source.unregister("arriving")


Engine = Callable[[str, duckdb.DuckDBPyConnection, Path, Catalogue], AbstractContextManager[Any]]
ENGINES: dict[str, Engine] = {"postgresql": _postgres, "postgres": _postgres, "spark": _spark}
"""By what an engine's address begins with."""
