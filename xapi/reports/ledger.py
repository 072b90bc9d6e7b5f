"""Facts on disk: a DuckDB file beside the store, brought up to date by what arrives and what leaves.

Everything in it can be made again from the statements, the exports and the roster. It names nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import duckdb
import ibis
import pyarrow as pa

from ..store.queries import NAME
from .derived import beside, items
from .facts import FACTS, IDLE, LEARNERS, NOT_ON_ROSTER
from .ledger_file import connected

_, *_parts = NAME.split(files(__package__).joinpath("ledger.sql").read_text(encoding="utf-8"))
QUERIES = dict(zip(_parts[::2], _parts[1::2], strict=True))

FORMAT = "2"
DERIVATION = "4"
"""Another one when `derived.py` makes other tables of the same facts."""
# From this share of all that learners do on, deriving everything is quicker.
MANY = 0.3

_MET = (pa.int64(), pa.string(), pa.string())
ACTORS = pa.schema([("actor", pa.int64()), ("learner", pa.int64())])


class Ledger:
    """Open for changes, by one process at a time."""

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        self._backend: Any = ibis.duckdb.from_connection(database)

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator[Ledger]:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = connected(str(path), path.parent)
        try:
            if cls(database)._of_another_version():
                database.close()
                path.unlink()  # Every fact is in the store as a statement, and is read from there again.
                database = connected(str(path), path.parent)
            ledger = cls(database)
            ledger._prepare()
            path.chmod(0o600)
            yield ledger
        except duckdb.Error as problem:
            raise click.ClickException(f"{path}: {problem}") from problem
        finally:
            database.close()

    def run(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        return self._database.execute(QUERIES[query], values or None).fetchall()

    def sql(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._database.execute(text, values or None).fetchall()

    def _prepare(self) -> None:
        # A machine may have more cores than memory for them.
        self.sql("SET preserve_insertion_order = false")
        self._database.execute(QUERIES["make"])
        if not self._has("facts"):
            with self.arriving("empty", FACTS.empty_table()):
                self.sql("CREATE TABLE facts AS SELECT * FROM empty")
            self.set("format", FORMAT)
        if not self._has("people"):
            self.replace("people", ACTORS.empty_table())
            self.replace("learners", LEARNERS.empty_table())
        self.sql("CREATE OR REPLACE TEMP TABLE touched (learner BIGINT, course VARCHAR)")
        self.expect({})
        if self.get("unfinished") or self.get("derivation") != DERIVATION:
            self.rederive()
            self.set("unfinished", "")
            self.set("derivation", DERIVATION)

    def _of_another_version(self) -> bool:
        return self._has("settings") and self.get("format") != FORMAT

    def _has(self, table: str) -> bool:
        return bool(self.sql("SELECT 1 FROM duckdb_tables() WHERE table_name = ? AND NOT temporary", table))

    def get(self, name: str) -> str:
        found = self.sql("SELECT value FROM settings WHERE name = ?", name)
        return str(found[0][0]) if found else ""

    def set(self, name: str, value: str) -> None:
        self.sql("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, value)

    @contextmanager
    def arriving(self, name: str, rows: pa.Table) -> Iterator[None]:
        self._database.register(name, rows)
        try:
            yield
        finally:
            self._database.unregister(name)

    def replace(self, name: str, rows: pa.Table) -> None:
        with self.arriving("arriving", rows):
            self.sql(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM arriving")

    @contextmanager
    def whole(self) -> Iterator[None]:
        """All of it, or nothing."""
        self.sql("BEGIN")
        try:
            yield
            self.sql("COMMIT")
        except BaseException:
            self.sql("ROLLBACK")
            raise

    # What is read up to where.

    def place(self, source: str) -> tuple[int, str]:
        """Up to which instant a source has been read, and what it was marked with then."""
        found = self.sql("SELECT after, mark FROM sources WHERE source = ?", source)
        return (int(found[0][0]), str(found[0][1])) if found else (0, "")

    def set_place(self, source: str, after: int, mark: str) -> None:
        self.sql("INSERT OR REPLACE INTO sources VALUES (?, ?, ?)", source, after, mark)

    def count_unknown(self, source: str, unknown: Mapping[str, int]) -> None:
        for reason, times in unknown.items():
            self.sql(
                "INSERT INTO unknown VALUES (?, ?, ?) ON CONFLICT (source, reason) DO UPDATE SET times = times + excluded.times",
                source,
                reason,
                times,
            )

    def unknown(self) -> Counter[str]:
        return Counter(dict(self.sql("SELECT reason, sum(times)::BIGINT FROM unknown GROUP BY reason")))

    def start_over(self, source: str) -> None:
        """Nothing of a source was ever read."""
        self.run("all_of", source=source)
        self.leave()
        self.sql("DELETE FROM sources WHERE source = ?", source)
        self.sql("DELETE FROM unknown WHERE source = ?", source)

    # What changes. Each leaves in `touched` what has to be derived anew.

    def expect(self, aliases: Mapping[str, int]) -> None:
        """By which aliases the roster knows its people: what they say need not be moved to them once it is there."""
        columns = [pa.array([*aliases], pa.string()), pa.array([*aliases.values()], pa.int64())]
        with self.arriving("arriving", pa.table(columns, ["alias", "learner"])):
            self.sql("CREATE OR REPLACE TEMP TABLE aliases AS SELECT * FROM arriving")

    def arrive(self, rows: pa.Table, source: str, aliases: Mapping[int, tuple[str, str]]) -> int:
        """Facts that may be known already; how many were not. Whose an actor's are who is not expected, `move` says later."""
        columns = [[*aliases], [alias for alias, _ in aliases.values()], [home for _, home in aliases.values()]]
        met = pa.table(
            [pa.array(column, kind) for column, kind in zip(columns, _MET, strict=True)], ["actor", "alias", "home"]
        )
        with self.arriving("met", met):
            self.run("meet")
            self.run("recognise")
        with self.arriving("arriving", rows):
            self.run("arrive")
        self.run("once")
        ((first,),) = self.run("known_from")
        self.run("only_new", source=source, first=first)
        self.run("nothing_leaves")
        return self._change()

    def leave(self) -> int:
        """The statements in the table `leaving`."""
        self.run("nothing_arrives")
        return self._change()

    def void(self, statements: list[int]) -> None:
        with self.arriving("voided", pa.table({"statement": pa.array(statements, pa.int64())})):
            self.run("numbered")
        self.leave()

    def move(self, people: pa.Table) -> None:
        """The roster of now: which actors are which of its people."""
        self.sql("CREATE OR REPLACE TEMP TABLE earlier AS SELECT * FROM people")
        self.replace("people", people)
        self.run("changed")
        if not self.sql("SELECT 1 FROM changed LIMIT 1"):
            return
        self.run("off_roster")
        self.leave()
        self.run("moved")
        self.run("moved_leave")
        self._change()

    def forget(self, actors: list[int]) -> None:
        with self.arriving("forgotten", pa.table({"actor": pa.array(actors, pa.int64())})):
            self.run("of_actors")
            self.run("forget_actors")
        self.leave()

    def _change(self) -> int:
        """`fresh` comes, `leaving` goes. The first thing it does is to say that what is derived is no longer good."""
        self.set("unfinished", "yes")
        (before,) = self.sql("SELECT count(*) FROM fresh")[0]
        # Among ten million facts even looking for nothing takes its time.
        if self.sql("SELECT 1 FROM leaving LIMIT 1"):
            self.run("remove")
            self.run("remove_rest")
        else:
            self.run("nothing_removed")
        if before:
            self.run("whose")
        self.run("late")
        if self.sql("SELECT 1 FROM late LIMIT 1"):
            self.run("places_of_late")
            self.run("take_back")
            self.run("remove_taken")
            self.run("unknown_again")
        self.run("touch")
        self.run("add", idle=IDLE)
        self.run("heard")
        self.run("heard_before")
        self.run("heard_now")
        return int(before)

    # What is derived.

    def derive(self) -> None:
        """Once everything has arrived."""
        self.run("stale")
        ((stale, known),) = self.run("how_many")
        if stale > MANY * known:
            self.rederive()
        elif stale:
            self._derive_touched()
        self.sql("DELETE FROM touched")
        self.set("unfinished", "")

    def rederive(self) -> None:
        """Everything, whatever has changed."""
        self.run("latest")
        facts = self._backend.table("facts")
        self._keep("items", items(facts))
        for name, rows in beside(self._backend.table("items"), facts).items():
            self._keep(name, rows)

    def _keep(self, name: str, rows: ibis.Table) -> None:
        self.sql(f"CREATE OR REPLACE TABLE {name} AS {ibis.to_sql(rows, dialect='duckdb')}")

    def _derive_touched(self) -> None:
        self.run("places_of_stale")
        self.run("again")
        facts = ibis.table(self._backend.table("facts").schema(), name="again")
        self._number(items(facts))
        for name, some in beside(self._backend.table("items"), facts).items():
            self.sql(
                f"DELETE FROM {name} USING stale WHERE {name}.learner = stale.learner AND {name}.course = stale.course"
            )
            self.sql(f"INSERT INTO {name} BY NAME {ibis.to_sql(some, dialect='duckdb')}")

    def _number(self, some: ibis.Table) -> None:
        """Those that have no number yet get the next ones; whoever has one keeps it."""
        self.sql(
            f"""INSERT INTO items BY NAME
            SELECT * REPLACE (item + (SELECT coalesce(max(item) + 1, 0) FROM items) AS item)
            FROM ({ibis.to_sql(some, dialect="duckdb")}) ANTI JOIN items USING (course, question, revision)"""
        )

    def learners(self, roster: pa.Table) -> None:
        """Everyone figures can be about: the roster's people, and whoever else is in the facts."""
        self.replace("learners", roster)
        self.run("others", blank=NOT_ON_ROSTER)
