"""Launches of a Tin Can package: everything it learns about its LMS stands in the query."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from fake_lrs import Lrs
from statement_shape import Json

AUTH = "Basic " + "dGluY2FuOnNlY3JldA=="

ACCOUNT: Json = {
    "objectType": "Agent",
    "name": "Ada Okafor",
    "account": {"homePage": "https://lms.example.org", "name": "learner-1"},
}

LEGACY_ACTORS: tuple[tuple[Json, Json], ...] = (
    ({"name": ["Ada Okafor"], "mbox": ["mailto:ada@example.org"]}, {"mbox": "mailto:ada@example.org"}),
    (
        {"name": ["Ada"], "account": [{"accountServiceHomePage": "https://lms.example.org", "accountName": "7"}]},
        {"account": {"homePage": "https://lms.example.org", "name": "7"}},
    ),
)
"""Actors as LMSs of 2011 send them, with the identity that has to come out."""


def launch_url(
    course_url: str,
    endpoint: str,
    lrs: Lrs,
    *,
    actor: Json = ACCOUNT,
    registration: str | None = None,
    activity_id: str = "https://example.org/activity",
) -> str:
    lrs.credentials.add(AUTH)
    query = {"endpoint": endpoint, "auth": AUTH, "actor": json.dumps(actor), "activity_id": activity_id}
    if registration:
        query["registration"] = registration
    return f"{course_url}?{urlencode(query)}"
