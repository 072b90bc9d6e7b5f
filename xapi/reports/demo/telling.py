"""A life → the statements that would have told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from ..parts import VOIDED
from .lives import Life, Step
from .responses import FORMS
from .saying import Json, Speaker

HOME = "https://demo.invalid/"
"""Where the accounts of made-up learners are: no such place can be."""


def told(life: Life, actor: Json, random: Random) -> Iterator[Json]:
    speaker = Speaker(actor, life.course["iri"], life.course["version"], life.learner.way, str(_uuid(random)))
    types = {question["id"]: FORMS[question["type"]] for question in life.course["questions"]}
    for at, step in timed(life):
        yield _said(speaker, step, at, types, random)


def timed(life: Life) -> Iterator[tuple[datetime, Step]]:
    at = life.began
    for step in life.steps:
        at += timedelta(seconds=step.gap)
        yield at, step


def withdrawn(life: Life, actor: Json, random: Random) -> list[Json]:
    """A completion that was sent by mistake, and its withdrawal."""
    speaker = Speaker(actor, life.course["iri"], life.course["version"], life.learner.way)
    mistake = speaker.say(_uuid(random), "completed", life.began, result={"completion": True})
    reference = {"objectType": "StatementRef", "id": mistake["id"]}
    return [mistake, {"actor": actor, "verb": {"id": VOIDED}, "object": reference}]


def foreign(actor: Json, random: Random) -> Json:
    """What some other software in the same LRS would say."""
    return {
        "id": str(_uuid(random)),
        "actor": actor,
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
        "object": {"id": "https://demo.invalid/other/fire-safety"},
    }


def _said(speaker: Speaker, step: Step, at: datetime, types: dict[str, str], random: Random) -> Json:
    id_ = _uuid(random)
    if step.what == "answered":
        return speaker.answer(
            id_,
            at,
            step.about,
            step.response,
            page=step.page,
            score=step.score,
            seconds=step.gap,
            attempt=step.attempt,
            revision=step.revision,
            purpose=step.purpose,
            interaction=types.get(step.about, "likert"),
        )
    if step.what == "experienced":
        return speaker.say(id_, step.what, at, about=f"pages/{step.page}", kind="lesson")
    if step.what == "planned":
        return speaker.say(id_, step.what, at, about=f"plans/{step.about}", page=step.page, kind="learning-plan")
    return speaker.say(id_, step.what, at, result=_result(step))


def _result(step: Step) -> dict[str, Any] | None:
    if step.what == "completed":
        return {"completion": True}
    if step.what in ("passed", "failed"):
        return {"success": step.what == "passed", "score": {"scaled": step.score}}
    return None


def _uuid(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)
