"""State, Activity Profile and Agent Profile: bytes kept, ETags, merging, listing, and writers that race."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from hashlib import sha1
from uuid import uuid4

import pytest

from lrs_fixtures import ACTIVITY, AGENT, Client
from there import there
from xapi.refused import Refused
from xapi.store import Store, documents
from xapi.store.documents import Context, Document, document_of

STATE = ("activities/state", {"activityId": ACTIVITY["id"], "agent": AGENT, "stateId": "s"})
ACTIVITY_PROFILE = ("activities/profile", {"activityId": ACTIVITY["id"], "profileId": "p"})
AGENT_PROFILE = ("agents/profile", {"agent": AGENT, "profileId": "p"})
RESOURCES = [STATE, ACTIVITY_PROFILE, AGENT_PROFILE]
NEW = {"If-None-Match": "*"}

each = pytest.mark.parametrize(("resource", "named"), RESOURCES, ids=[name for name, _ in RESOURCES])


@each
def test_bytes_are_kept(either: Client, resource: str, named: dict[str, str]) -> None:
    sent = b'\x00\xff{"a":1.10}'
    headers = NEW | {"Content-Type": "application/x-thing; charset=none"}
    assert either.ask("PUT", resource, content=sent, headers=headers, **named).status_code == 204
    got = either.ask("GET", resource, **named)
    assert (got.status_code, got.content, got.headers["Content-Type"]) == (200, sent, headers["Content-Type"])
    assert got.headers["ETag"] == f'"{sha1(sent).hexdigest()}"'
    assert got.headers["Last-Modified"].endswith("GMT")
    head = either.ask("HEAD", resource, **named)
    assert (head.content, head.headers["ETag"], head.headers["Content-Length"]) == (
        b"",
        got.headers["ETag"],
        str(len(sent)),
    )
    assert either.ask("DELETE", resource, **named).status_code == 204
    assert either.ask("GET", resource, **named).status_code == 404


@each
def test_conditions(either: Client, resource: str, named: dict[str, str]) -> None:
    def put(text: str, headers: dict[str, str]) -> int:
        return either.ask("PUT", resource, content=text, headers=headers, **named).status_code

    assert put("1", {"If-Match": '"x"'}) == 412
    assert put("1", NEW) == 204
    assert put("2", NEW) == 412
    tag = either.ask("GET", resource, **named).headers["ETag"]
    assert put("2", {"If-None-Match": tag}) == 412
    assert put("2", {"If-Match": '"x"'}) == 412
    assert put("2", {"If-Match": f'"x", {tag}'}) == 204
    assert put("3", {"If-Match": tag}) == 412
    assert either.ask("DELETE", resource, headers={"If-Match": tag}, **named).status_code == 412
    assert either.ask("POST", resource, content="{}", headers={"If-Match": tag}, **named).status_code == 412
    assert either.ask("GET", resource, **named).content == b"2"


@each
def test_putting_without_conditions(either: Client, resource: str, named: dict[str, str]) -> None:
    profile, old = resource != STATE[0], either.version == "1.0.3"

    def put(text: str, headers: dict[str, str] | None = None) -> int:
        return either.ask("PUT", resource, content=text, headers=headers, **named).status_code

    assert put("1") == (400 if profile and old else 204)
    put("1", NEW)
    answer = either.ask("PUT", resource, content="2", **named)
    if old and not profile:
        assert answer.status_code == 204
    else:
        assert (answer.status_code, answer.text) == (
            409,
            "There is a document already. Read it, then send its ETag in If-Match to replace it, "
            "or If-None-Match: * to write only where there is none.\n",
        )
        assert either.ask("GET", resource, **named).content == b"1"


@each
def test_post_merges_objects_only(either: Client, resource: str, named: dict[str, str]) -> None:
    def post(text: str, content_type: str = "application/json") -> int:
        return either.ask("POST", resource, content=text, headers={"Content-Type": content_type}, **named).status_code

    assert post('{"a": 1.10, "b": {"c": 1}}') == 204
    assert post('{"b": {"d": 2}, "e": 12345678901234567890}', "application/json; charset=utf-8") == 204
    merged = b'{"a":1.10,"b":{"d": 2},"e":12345678901234567890}'
    assert either.ask("GET", resource, **named).content == merged
    assert [post("[1]"), post("{"), post("7"), post('{"a":1}', "text/plain")] == [400] * 4
    assert either.ask("GET", resource, **named).content == merged
    either.ask("DELETE", resource, **named)
    assert (
        either.ask("PUT", resource, content="{}", headers=NEW | {"Content-Type": "text/plain"}, **named).status_code
        == 204
    )
    assert post("{}") == 400


@each
def test_names_since(either: Client, resource: str, named: dict[str, str]) -> None:
    *context, name = named
    about = {key: named[key] for key in context}
    for id_ in ("one", "two"):
        either.ask("PUT", resource, content=id_, headers=NEW, **about, **{name: id_})
    assert either.ask("GET", resource, **about).json() == ["one", "two"]
    through = either.ask("GET", "statements").headers["X-Experience-API-Consistent-Through"]
    either.ask("PUT", resource, content="3", headers=NEW, **about, **{name: "three"})
    listed = either.ask("GET", resource, since=through, **about)
    assert listed.json() == ["three"] and listed.headers["Last-Modified"].endswith("GMT")


@each
def test_wrong_parameters(either: Client, resource: str, named: dict[str, str]) -> None:
    *context, name = named
    for wrong in (
        *({key: value for key, value in named.items() if key != missing} for missing in context),
        named | {"nonsense": "1"},
        named | {"since": "2026-11-23T09:30:00Z"},
        named | {name: ""},
        named | {name: "a\0b"},
        named | ({"agent": "{}"} if "agent" in named else {"activityId": "x"}),
        {name.upper(): "x"} | named,
        *([named | {"registration": "r"}] if resource == STATE[0] else [named | {"registration": str(uuid4())}]),
    ):
        for method in ("GET", "PUT", "POST", "DELETE"):
            answer = either.ask(method, resource, content="{}", headers=NEW if method == "PUT" else {}, **wrong)
            assert answer.status_code == 400, (method, wrong)


def test_state_by_registration(either: Client) -> None:
    resource, named = STATE
    registrations = [str(uuid4()), str(uuid4())]
    about = {"activityId": named["activityId"], "agent": named["agent"]}
    either.ask("PUT", resource, content="none", **named)
    for registration in registrations:
        either.ask(
            "PUT", resource, content=registration, **(named | {"registration": registration, "stateId": registration})
        )
    assert either.ask("GET", resource, registration=registrations[0], **about).json() == [registrations[0]]
    assert sorted(either.ask("GET", resource, **about).json()) == sorted(["s", *registrations])
    assert either.ask("DELETE", resource, registration=registrations[0], **about).status_code == 204
    assert sorted(either.ask("GET", resource, **about).json()) == sorted(["s", registrations[1]])
    assert either.ask("DELETE", resource, **about).status_code == 204
    assert either.ask("GET", resource, **about).json() == []


def test_agents_are_told_apart_by_their_identifier(either: Client) -> None:
    resource, named = AGENT_PROFILE
    either.ask("PUT", resource, content="1", headers=NEW, **named)
    renamed = json.dumps(json.loads(AGENT) | {"name": "Ada"})
    assert either.ask("GET", resource, **(named | {"agent": renamed})).content == b"1"
    other = json.dumps({"mbox": "mailto:ada@example.org"})
    assert either.ask("GET", resource, **(named | {"agent": other})).status_code == 404


def test_of_racing_writers_one_wins(store: Store) -> None:
    context = Context("state", "https://example.org/a", "ada")
    first = document_of("text/plain", b"first")

    def to(contents: bytes) -> documents.Change:
        def change(known: Document | None) -> Document:
            if known is None or known.etag != first.etag:
                raise Refused(412, "late")
            return document_of("text/plain", contents)

        return change

    async def race() -> list[bool]:
        await store.write(partial(documents.change, context=context, name="s", to=lambda _: first))
        tasks = [
            store.write(partial(documents.change, context=context, name="s", to=to(b"%d" % number)))
            for number in range(100)
        ]
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(answer is None or isinstance(answer, Refused) for answer in answers)
        return [answer is None for answer in answers]

    won = asyncio.run(race())
    assert sum(won) == 1
    kept = asyncio.run(store.read(partial(documents.document, context=context, name="s")))
    assert there(kept).contents == b"%d" % won.index(True)
