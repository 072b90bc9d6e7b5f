"""A strict LRS in memory: as much of xAPI 1.0.3 as learning content talks to, with a journal of everything said."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

import statement_shape
from fake_server import Request, Response, json_response
from statement_shape import Json

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, PUT, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, X-Experience-API-Version",
}
DOCUMENTS = {
    "/activities/state": ("activityId", "agent", "registration", "stateId"),
    "/activities/profile": ("activityId", "profileId"),
    "/agents/profile": ("agent", "profileId"),
}

Outage = Literal["none", "busy", "gone"]
"""``busy`` answers 503; ``gone`` closes the connection without a word."""


@dataclass(frozen=True)
class Entry:
    """One thing that was asked of the LRS, in the order in which it came."""

    kind: str
    """``statement`` for one that was stored, else method and resource such as ``GET /activities/state``."""
    credential: str
    query: Mapping[str, str] = field(default_factory=dict)
    statement: Json = None
    batch: int = 1
    """How many statements came in the same request."""


class Lrs:
    """Mount :meth:`answer`; give out credentials by adding ``Authorization`` values to ``credentials``."""

    def __init__(self) -> None:
        self.credentials: set[str] = set()
        self.append_only: set[str] = set()
        """Credentials that may add statements and nothing else."""
        self.statements: list[Json] = []
        self.documents: dict[tuple[str, ...], tuple[bytes, str]] = {}
        self.journal: list[Entry] = []
        self.violations: list[str] = []
        self.outage: Outage = "none"
        self._lock = threading.Lock()

    def answer(self, request: Request) -> Response | None:
        if self.outage == "gone":
            return None
        if request.method == "OPTIONS":
            return Response(204, b"", CORS)
        if self.outage == "busy":
            return Response(503, b"busy", {**CORS, "Retry-After": "1"})
        with self._lock:
            response = self._resource(request)
        return Response(
            response.status, response.body, {**CORS, "X-Experience-API-Version": "1.0.3", **response.headers}
        )

    def refuse(self, status: int, why: str) -> Response:
        """An answer that is the content's fault."""
        self.violations.append(why)
        return json_response({"error": why}, status)

    def verbs(self) -> list[str]:
        """The last parts of the verbs of everything stored: easy to read in a test."""
        return [statement["verb"]["id"].rpartition("/")[2] for statement in self.statements]

    def _resource(self, request: Request) -> Response:
        credential = request.headers.get("authorization", "")
        if not request.headers.get("x-experience-api-version", "").startswith("1.0"):
            return self.refuse(400, f"{request.method} {request.path} without X-Experience-API-Version")
        if request.path == "/about":
            return json_response({"version": ["1.0.3"]})
        if credential not in self.credentials | self.append_only:
            return Response(401, b"", {"WWW-Authenticate": "Basic"})
        if request.path != "/statements":
            self.journal.append(Entry(f"{request.method} {request.path}", credential, dict(request.query)))
        if credential in self.append_only and (request.path != "/statements" or request.method == "GET"):
            return self.refuse(403, f"{request.method} {request.path} with a key that may only append")
        if request.path == "/statements":
            return self._statements(request, credential)
        if request.path in DOCUMENTS:
            return self._document(request)
        return self.refuse(404, f"no resource {request.path}")

    # Statements

    def _statements(self, request: Request, credential: str) -> Response:
        if request.method in ("GET", "HEAD"):
            return self._found(request)
        try:
            sent = json.loads(request.body)
        except ValueError:
            return self.refuse(400, "the body of /statements is no JSON")
        if request.method == "PUT":
            name = request.query.get("statementId")
            if not isinstance(sent, dict) or not name or sent.setdefault("id", name) != name:
                return self.refuse(400, "PUT /statements wants one statement and its statementId")
        batch = sent if isinstance(sent, list) else [sent]
        faults = [fault for statement in batch for fault in statement_shape.faults(statement)]
        if faults:
            self.violations += faults
            return json_response({"error": faults}, 400)
        known = {stored["id"]: stored for stored in self.statements}
        for statement in batch:
            if not same(known.get(statement["id"], statement), statement):
                return self.refuse(409, f"statement {statement['id']} is there already with other content")
        for statement in batch:
            if statement["id"] not in known:
                known[statement["id"]] = statement
                self.statements.append(statement)
                self.journal.append(Entry("statement", credential, statement=statement, batch=len(batch)))
        if request.method == "PUT":
            return Response(204)
        return json_response([statement["id"] for statement in batch])

    def _found(self, request: Request) -> Response:
        wanted = request.query
        if "statementId" in wanted:
            one = [statement for statement in self.statements if statement["id"] == wanted["statementId"]]
            return json_response(one[0]) if one else json_response({}, 404)
        if unknown := set(wanted) - {"verb", "activity", "registration", "agent", "limit", "ascending"}:
            return self.refuse(400, f"GET /statements: unknown parameter {sorted(unknown)}")
        found = [statement for statement in reversed(self.statements) if _matches(statement, wanted)]
        if wanted.get("ascending") == "true":
            found.reverse()
        return json_response({"statements": found[: int(wanted.get("limit", 100)) or None], "more": ""})

    # Documents

    def put(self, resource: str, query: Mapping[str, str], document: Json) -> None:
        """What the LMS itself lays down."""
        self.documents[_key(resource, query)] = json.dumps(document).encode(), "application/json"

    def _document(self, request: Request) -> Response:
        names = DOCUMENTS[request.path]
        single = "stateId" if "stateId" in names else "profileId"
        required = [name for name in names if name not in ("registration", single)]
        if any(name not in request.query for name in required) or set(request.query) - {*names, "since"}:
            return self.refuse(400, f"{request.method} {request.path}: parameters {sorted(request.query)}")
        if "agent" in request.query:
            agent = json.loads(request.query["agent"])
            if faults := list(statement_shape.actor_faults(agent)):
                return self.refuse(400, faults[0])
        if single not in request.query:
            return self._listed(request, single)
        key = _key(request.path, request.query)
        kept = self.documents.get(key)
        if request.method in ("GET", "HEAD"):
            return _served(*kept) if kept else Response(404)
        if not _condition_met(request, kept):
            return Response(412)
        if request.method == "DELETE":
            self.documents.pop(key, None)
            return Response(204)
        if request.path != "/activities/state" and kept and "if-match" not in request.headers:
            return self.refuse(409, f"{request.method} {request.path} over a document without If-Match")
        body = request.body
        if request.method == "POST" and kept:
            body = json.dumps({**json.loads(kept[0]), **json.loads(body)}).encode()
        self.documents[key] = body, request.headers.get("content-type", "application/octet-stream")
        return Response(204)

    def _listed(self, request: Request, single: str) -> Response:
        names = DOCUMENTS[request.path]
        wanted = _key(request.path, request.query)
        place = names.index(single) + 1
        found = [
            key for key in self.documents if key[:place] + key[place + 1 :] == wanted[:place] + wanted[place + 1 :]
        ]
        if request.method == "DELETE":
            for key in found:
                del self.documents[key]
            return Response(204)
        return json_response([key[place] for key in found])


def same(stored: Json, sent: Json) -> bool:
    """Equal but for how the instant is written and how the verb is displayed."""
    return bool(_comparable(stored) == _comparable(sent))


def _comparable(statement: Json) -> Json:
    instant = datetime.fromisoformat(statement["timestamp"]).astimezone(UTC)
    return {**statement, "timestamp": instant, "verb": statement["verb"]["id"], "version": ""}


def _matches(statement: Json, wanted: Mapping[str, str]) -> bool:
    found = {
        "verb": statement["verb"]["id"],
        "activity": statement["object"]["id"],
        "registration": statement.get("context", {}).get("registration"),
        "agent": statement["actor"],
    }
    asked = {name: json.loads(value) if name == "agent" else value for name, value in wanted.items() if name in found}
    return all(found[name] == value for name, value in asked.items())


def _key(resource: str, query: Mapping[str, str]) -> tuple[str, ...]:
    def part(name: str) -> str:
        value = query.get(name, "")
        return json.dumps(json.loads(value), sort_keys=True) if name == "agent" and value else value

    return (resource, *map(part, DOCUMENTS[resource]))


def _served(body: bytes, kind: str) -> Response:
    return Response(200, body, {"Content-Type": kind, "ETag": _etag(body)})


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha1(body).hexdigest()}"'


def _condition_met(request: Request, kept: tuple[bytes, str] | None) -> bool:
    match, none_match = request.headers.get("if-match"), request.headers.get("if-none-match")
    current = _etag(kept[0]) if kept else None
    if match is not None and match not in (current, "*"):
        return False
    return none_match is None or kept is None or none_match not in (current, "*")
