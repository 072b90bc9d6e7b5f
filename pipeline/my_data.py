"""*My data*: everything kept about one learner of the site, to read and to download."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from typing import Any

from xapi.statements.identity import identity
from xapi.statements.terms import AGENT, term
from xapi.store import Database, documents, statements
from xapi.store.documents import Context
from xapi.store.statements import NEVER, Query

from .channel import STATE_ID, Channel
from .render import environment

# A page to read, not a file: the newest. The download has them all.
SHOWN = 200
SLICE = 500


def _query(channel: Channel, account: str, **limits: Any) -> Query:
    who = identity(channel.actor(account)) or ""
    return Query(terms=(term(AGENT, who),), **limits)


async def page(channel: Channel, account: str) -> str:
    found, more = await channel.store.read(
        partial(statements.page, query=_query(channel, account, limit=SHOWN, before=NEVER))
    )
    rows = [_row(channel, json.loads(each.payload)) for each in found]
    return environment().get_template("my-data.html.jinja").render(account=account, rows=rows, more=more, shown=SHOWN)


def _row(channel: Channel, statement: dict[str, Any]) -> dict[str, str]:
    when = datetime.fromisoformat(statement["timestamp"])
    about = statement["object"].get("id", "")
    names = statement["object"].get("definition", {}).get("name", {})
    result = statement.get("result", {})
    score = result.get("score", {}).get("scaled")
    outcome = [
        result.get("response", ""),
        {True: "right", False: "not right"}.get(result["success"], "")
        if "response" in result and "success" in result
        else "",
        f"{round(score * 100)}%" if score is not None and "response" not in result else "",
    ]
    return {
        "when": f"{when:%d %b %Y, %H:%M}",
        "verb": statement["verb"]["id"].rpartition("/")[2],
        "about": next(iter(names.values()), channel.shortened(about)),
        "outcome": " · ".join(part for part in outcome if part),
    }


async def download(channel: Channel, account: str) -> AsyncIterator[bytes]:
    """One JSON object, written as it is read: `{"actor", "statements": […], "states": [{"activity", "state"}]}`."""
    yield b'{"actor":' + json.dumps(channel.actor(account)).encode() + b',"statements":['
    after, more, activities, comma = 0, True, set(), b""
    while more:
        query = _query(channel, account, after=after, limit=SLICE, ascending=True)
        found, more = await channel.store.read(partial(statements.page, query=query))
        for each in found:
            yield comma + b"\n" + each.payload
            comma = b","
            activities |= channel.courses(json.loads(each.payload))
            after = each.seq
    yield b'\n],"states":['
    comma = b""
    for activity in sorted(activities):
        state = await channel.store.read(partial(_state, agent=channel.actor(account), activity=activity))
        if state is not None:
            yield comma + b'\n{"activity":' + json.dumps(activity).encode() + b',"state":' + state + b"}"
            comma = b","
    yield b"\n]}\n"


def _state(database: Database, agent: dict[str, Any], activity: str) -> bytes | None:
    found = documents.document(database, Context("state", activity, identity(agent) or ""), STATE_ID)
    return found.contents if found else None
