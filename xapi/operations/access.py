"""What is kept about a person, for that person: all of it as JSON, and as a page to read."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from .. import exact
from ..statements.identity import identity
from ..statements.incoming import kept
from ..store import Database, forgetting
from ..timestamps import text


def as_json(database: Database, agent: dict[str, Any]) -> str:
    """Statements stand in it as they are stored."""
    who = identity(agent) or ""
    statements = [
        exact.join({"statement": payload.decode(), "voided": json.dumps(voided)})
        for _, voided, payload in forgetting.statements(database, who)
    ]
    documents = [exact.dumps(document) for document in _documents(database, who)]
    return exact.join(
        {
            "agent": exact.dumps(agent),
            "statements": f"[{_listed(statements)}]",
            "documents": f"[{_listed(documents)}]",
        }
    )


def as_html(database: Database, agent: dict[str, Any]) -> str:
    who = identity(agent) or ""
    rows = [_row(kept(payload), voided) for _, voided, payload in forgetting.statements(database, who)]
    documents = [
        document | {"contents": json.dumps(document["contents"], indent=1, ensure_ascii=False)}
        for document in _documents(database, who)
    ]
    # Escapes everything: whoever sends a statement chooses its words.
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = files(__package__).joinpath("access.html.jinja").read_text(encoding="utf-8")
    return environment.from_string(template).render(account=agent["account"], statements=rows, documents=documents)


FORMATS: dict[str, Callable[[Database, dict[str, Any]], str]] = {"json": as_json, "html": as_html}


def _listed(items: list[str]) -> str:
    return "".join(f"\n{item}{',' if place < len(items) else ''}" for place, item in enumerate(items, start=1))


def _documents(database: Database, who: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "registration": registration or None,
            "content_type": content_type,
            "updated": text(updated),
            "contents": forgetting.readable(bytes(contents)),
        }
        for name, registration, content_type, updated, contents in forgetting.documents(database, who)
    ]


def _row(statement: dict[str, Any], voided: bool) -> dict[str, str]:
    target = statement["object"]
    names = target.get("definition", {}).get("name", {})
    return {
        "when": statement["timestamp"],
        "verb": _one(statement["verb"].get("display", {})) or statement["verb"]["id"],
        "what": _one(names),
        "id": target.get("id") or json.dumps(target, ensure_ascii=False),
        "result": json.dumps(statement["result"], ensure_ascii=False) if "result" in statement else "",
        "state": "withdrawn" if voided else "",
        "whole": json.dumps(statement, indent=1, ensure_ascii=False),
    }


def _one(language_map: dict[str, str]) -> str:
    return next(iter(language_map.values()), "")
