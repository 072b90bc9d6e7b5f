"""*My data*: everything kept about one learner of the site, to read and to download."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from typing import Any

from xapi.operations import access
from xapi.people.roster import Person
from xapi.statements.terms import AGENT, term
from xapi.store import Database, statements
from xapi.store.statements import NEVER, Query

from ..templates import environment
from .channel import Channel

# A page to read, not a file: the newest. The download has them all.
SHOWN = 200
# In everyday words; other verbs are shown as they are called.
VERBS = {
    "initialized": "began",
    "experienced": "read",
    "progressed": "went on",
    "failed": "did not pass",
}


def _query(channel: Channel, account: str, **limits: Any) -> Query:
    return Query(terms=(term(AGENT, channel.identity(account)),), **limits)


async def page(channel: Channel, account: str, person: Person | None) -> str:
    found, more = await channel.store.read(
        partial(statements.page, query=_query(channel, account, limit=SHOWN, before=NEVER))
    )
    rows = [_row(channel, json.loads(each.payload)) for each in found]
    template = environment().get_template("my-data.html.jinja")
    return template.render(account=account, person=person, rows=rows, more=more, shown=SHOWN)


def _row(channel: Channel, statement: dict[str, Any]) -> dict[str, str]:
    when = datetime.fromisoformat(statement["timestamp"])
    about = statement["object"].get("id", "")
    names = statement["object"].get("definition", {}).get("name", {})
    result = statement.get("result", {})
    score = result.get("score", {}).get("scaled")
    verb = statement["verb"]["id"].rpartition("/")[2]
    outcome = [
        result.get("response", ""),
        {True: "right", False: "not right"}.get(result["success"], "")
        if "response" in result and "success" in result
        else "",
        f"{round(score * 100)}%" if score is not None and "response" not in result else "",
    ]
    return {
        "when": f"{when:%d %b %Y, %H:%M}",
        "verb": VERBS.get(verb, verb),
        "about": next(iter(names.values()), channel.shortened(about)),
        "outcome": " · ".join(part for part in outcome if part),
    }


def download(channel: Channel, account: str, database: Database) -> str:
    """`{"agent", "statements": [{"statement", "voided"}], "documents": […]}`, as `masterclass lrs access` gives it."""
    return access.as_json(database, channel.actor(account))
