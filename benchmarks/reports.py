"""How fast reports are: one JSON line, everything measured in one run on one machine.

    .venv/bin/masterclass build && .venv/bin/python benchmarks/reports.py [--statements 200000] [--facts 10000000]

Statements are those of made-up learners, put into an SQLite store behind the LRS's back; facts for the tables are those
of 500 made-up learners, told again under other numbers until there are enough. Of what is new, half is by learners who are
known, and go on. Each table is asked as the dashboard asks: by a connection of its own, with its sentence and what it is
worth; of a list of people, one page. `s` is what a clock on the wall says, `cpu_s` processor time, which others' work on the
same machine changes less.
"""

from __future__ import annotations

import argparse
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import duckdb

from pipeline.reports import pages
from pipeline.reports.pages import Hall
from pipeline.reports.reader import Reader
from pipeline.reports.view import LONGEST, searched
from pipeline.reports.wanted import Wanted
from xapi.operations.running import with_store
from xapi.reports import catalogues, connections
from xapi.reports.demo import making
from xapi.reports.demo.filling import filled
from xapi.reports.demo.making import LMS
from xapi.reports.demo.telling import told
from xapi.reports.filters import DIMENSIONS, Filters
from xapi.reports.ledger import Ledger
from xapi.reports.ledger_file import path_of
from xapi.reports.listing import Page, listed
from xapi.reports.measures import MEASURES
from xapi.reports.running import run
from xapi.timestamps import text

CATALOGUE = Path("build") / "catalogue.json"
UNTIL = date(2024, 6, 30)
LATER = date(2025, 6, 30)
FRESH = 10_000


def payloads(count: int, names: str, until: date = UNTIL) -> list[bytes]:
    """Statements as the store keeps them, of as many learners as it takes; by their own names when none is given."""
    entries = [entry for entry in catalogues.read(CATALOGUE).entries if entry["questions"]]
    random = Random(7)
    found: list[bytes] = []
    seed = 1
    while len(found) < count:
        for number, life in enumerate(making.decided(500, seed, entries, until).lives):
            name = f"{names}-{seed}-{number}" if names else life.learner.row.lms_id
            actor = {"objectType": "Agent", "account": {"homePage": LMS, "name": name}}
            found += [json.dumps(each).encode() for each in told(life, actor, random)]
        seed += 1
    return found[:count]


def put(store: Path, said: list[bytes], first: int) -> None:
    """As the LRS would have stored them, without the index of terms, which reports do not read."""
    rows = []
    for seq, payload in enumerate(said, start=first):
        whole = (
            payload[:-1]
            + f',"authority":{{"objectType":"Agent","account":{{"homePage":"https://lrs.example/","name":"key"}}}},"version":"1.0.3","stored":"{text(seq)}"}}'.encode()
        )
        rows.append((seq, 0, 0, 0, str(uuid4()), None, whole))
    with sqlite3.connect(store) as database:
        database.executemany("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def extraction(count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        with_store(folder, _nothing)
        put(Path(folder) / "lrs.sqlite", payloads(count, "first"), 1_700_000_000_000_000)
        spent = measured(partial(connections.refreshed, folder))
        size = path_of(folder).stat().st_size
    return {
        "statements": count,
        **spent,
        "per_second": round(count / spent["s"]),
        "per_cpu_second": round(count / spent["cpu_s"]),
        "bytes_each": round(size / count),
    }


async def _nothing(_: object) -> None:
    pass


def multiply(folder: str, wanted: int) -> int:
    """The same facts under other numbers, until there are as many; their learners keep what the roster says of the first."""
    with Ledger.opened(path_of(folder)) as facts:
        ((have,),) = facts.sql("SELECT count(*) FROM facts")
        copies = -(-wanted // have)
        facts.sql(
            f"""INSERT INTO learners SELECT learners.* REPLACE ((hash(actor, copy) >> 1)::BIGINT AS learner)
            FROM learners JOIN (SELECT DISTINCT actor, learner FROM facts) USING (learner), range(1, {copies}) AS copies(copy)"""
        )
        facts.sql(
            f"""INSERT INTO facts SELECT facts.* REPLACE (
              (hash(statement, copy) >> 1)::BIGINT AS statement,
              (hash(actor, copy) >> 1)::BIGINT AS actor,
              (hash(actor, copy) >> 1)::BIGINT AS learner
            ) FROM facts, range(1, {copies}) AS copies(copy)"""
        )
        facts.rederive()
        ((have,),) = facts.sql("SELECT count(*) FROM facts")
        return int(have)


def tables(folder: str, wanted: int) -> dict[str, Any]:
    """In a process of its own, so that its memory is what tables take."""
    found: dict[str, Any] = {"facts": wanted, "first_page": measured(partial(first_page, folder))}
    found["first_page_again"] = measured(partial(first_page, folder))
    whole, month = Filters(), Filters(since=date(2024, 5, 1), until=date(2024, 5, 31))
    found["tables"] = {name: measured(partial(table, folder, name, whole)) for name in MEASURES}
    for name in DIMENSIONS[:4]:
        found[f"by_{name}"] = {
            measure.id: measured(partial(table, folder, measure.id, whole, (name,)))
            for measure in MEASURES.values()
            if name in measure.dimensions
        }
    found["in_a_month"] = {name: measured(partial(table, folder, name, month)) for name in MEASURES}
    found["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


def first_page(folder: str) -> None:
    """The dashboard as a manager opens it, to the last letter of its HTML."""
    with connections.opened(folder, catalogue=CATALOGUE, refresh=False) as connection:
        pages.overview(Hall(Reader(), served=True), connection, Wanted(Filters()))


def table(folder: str, name: str, filters: Filters, by: tuple[str, ...] = ()) -> None:
    measure = MEASURES[name]
    with connections.opened(folder, catalogue=CATALOGUE, refresh=False) as connection:
        if measure.summary:
            listed(measure, connection, filters, Page(LONGEST, searched=searched(measure)))
        else:
            run(measure, connection, filters, by)


def measured(call: Callable[[], Any]) -> dict[str, float]:
    began, worked = time.perf_counter(), time.process_time()
    call()
    return {"s": round(time.perf_counter() - began, 2), "cpu_s": round(time.process_time() - worked, 2)}


def refresh(folder: str) -> dict[str, Any]:
    """New statements among many facts: from the store to the tables."""
    store = Path(folder) / "lrs.sqlite"
    with sqlite3.connect(store) as database:
        (last,) = database.execute("SELECT max(seq) FROM statements").fetchone()
    put(store, payloads(FRESH // 2, "fresh") + payloads(FRESH // 2, "", LATER), last + 1)
    new = measured(partial(connections.refreshed, folder))
    return {"statements": FRESH, **new, "again": measured(partial(connections.refreshed, folder))}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--statements", type=int, default=200_000)
    parser.add_argument("--facts", default="1000000,10000000")
    parser.add_argument("--tables", nargs=2)
    options = parser.parse_args()
    if options.tables:
        print(json.dumps(tables(options.tables[0], int(options.tables[1]))))
        return
    found: dict[str, Any] = {"duckdb": duckdb.__version__, "extraction": extraction(options.statements), "measures": []}
    entries = [entry for entry in catalogues.read(CATALOGUE).entries if entry["questions"]]
    for wanted in (int(each) for each in options.facts.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            filled(making.decided(500, 1, entries, UNTIL), folder)
            connections.refreshed(folder)
            began = time.perf_counter()
            have = multiply(folder, wanted)
            made = round(time.perf_counter() - began, 1)
            command = [sys.executable, __file__, "--tables", folder, str(have)]
            told = subprocess.run(command, capture_output=True, text=True, check=True)
            size = path_of(folder).stat().st_size
            about = {"made_and_derived_s": made, "bytes_a_fact": round(size / have), "refresh": refresh(folder)}
            found["measures"].append(json.loads(told.stdout) | about)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
