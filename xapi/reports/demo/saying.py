"""Statements as a player says them, about learners who are made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ...vocabulary import ACTIVITY_TYPES, CONTEXT_EXTENSIONS, PROFILES, VERBS

Json = dict[str, Any]

QUESTION = ACTIVITY_TYPES["cmi.interaction"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """One learner, on one way to one masterclass."""

    actor: Json
    course: str
    """Its IRI."""
    version: str
    channel: str
    registration: str | None = None

    def say(
        self,
        id_: UUID,
        verb: str,
        at: datetime,
        *,
        about: str = "",
        page: str = "",
        kind: str = "course",
        result: Mapping[str, Any] | None = None,
        extensions: Mapping[str, Any] | None = None,
        definition: Mapping[str, Any] | None = None,
    ) -> Json:
        """`about` is what follows the masterclass's IRI; `page` the page that something else is on."""
        activities: Json = {"grouping": [_activity(self.course)], "category": [_activity(PROFILES[0])]}
        if page or about:
            activities["parent"] = [_activity(f"{self.course}/pages/{page}" if page else self.course)]
        context: Json = {
            "contextActivities": activities,
            "revision": self.version,
            "platform": self.channel,
            "language": "en-GB",
        }
        if self.registration:
            context["registration"] = self.registration
        if extensions:
            context["extensions"] = {CONTEXT_EXTENSIONS[name]: value for name, value in extensions.items()}
        about_what = _activity(f"{self.course}/{about}" if about else self.course)
        said: Json = {
            "id": str(id_),
            "actor": self.actor,
            "verb": {"id": VERBS[verb], "display": {"en": verb}},
            "object": about_what | {"definition": {"type": ACTIVITY_TYPES[kind]} | dict(definition or {})},
            "context": context,
            "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z",
        }
        return said | ({"result": dict(result)} if result else {})

    def answer(
        self,
        id_: UUID,
        at: datetime,
        question: str,
        response: str,
        *,
        page: str,
        score: float | None,
        seconds: float,
        attempt: int = 1,
        revision: int = 1,
        purpose: str = "practice",
        interaction: str = "choice",
    ) -> Json:
        judged: Json = {} if score is None else {"success": score == 1, "score": {"scaled": score}}
        return self.say(
            id_,
            "answered",
            at,
            about=f"questions/{question}",
            page=page,
            kind="cmi.interaction",
            result={"response": response, "duration": iso(seconds), **judged},
            extensions={"attempt": attempt, "key-revision": revision, "purpose": purpose},
            definition={"interactionType": interaction},
        )


def _activity(iri: str) -> Json:
    return {"objectType": "Activity", "id": iri}


def iso(seconds: float) -> str:
    return f"PT{timedelta(seconds=seconds).total_seconds():.2f}S"
