"""What cmi5 (Quartz) asks of a course, checked over everything one registration said to its LRS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from fake_lrs import Entry
from statement_shape import Json

ADL = "http://adlnet.gov/expapi/verbs/"
CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVEON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
MASTERY = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"

DEFINED = ("initialized", "completed", "passed", "failed", "terminated")
TIMED = ("completed", "passed", "failed", "terminated")
JUDGED = ("completed", "passed", "failed")

Mode = Literal["Normal", "Browse", "Review"]


@dataclass(frozen=True)
class Launch:
    """What the LMS decided for one session."""

    session: str
    registration: str
    actor: Json
    activity_id: str
    mode: Mode
    move_on: str
    mastery_score: float | None
    template: Json
    credential: str
    return_url: str
    url: str


def violations(launches: Sequence[Launch], journal: Sequence[Entry]) -> list[str]:
    """``launches`` are all sessions of one registration, in order."""
    statements = [entry.statement for entry in journal if entry.kind == "statement"]
    return [
        *(fault for launch in launches for fault in _session(launch, statements)),
        *(fault for launch in launches for fault in _conversation(launch, journal)),
        *_strangers(launches, statements),
        *_registration(statements),
    ]


def of_session(launch: Launch, statements: Sequence[Json]) -> list[Json]:
    return [one for one in statements if _extensions(one).get(SESSION) == launch.session]


def verb(statement: Json) -> str:
    return str(statement["verb"]["id"]).removeprefix(ADL)


def defined(statement: Json) -> bool:
    """Whether the statement claims to be one of those cmi5 itself defines."""
    return CMI5 in _categories(statement)


def _conversation(launch: Launch, journal: Sequence[Entry]) -> Iterator[str]:
    """The order of requests made with the session's own token."""
    asked: set[str] = set()
    ended = False
    for entry in journal:
        if entry.credential != launch.credential:
            continue
        if ended and not entry.kind.startswith("GET"):
            yield f"after terminated: {entry.kind if entry.statement is None else verb(entry.statement)}"
        if entry.statement is None:
            asked.add(f"{entry.kind} {entry.query.get('stateId', entry.query.get('profileId'))}")
            if not entry.kind.startswith("GET") and entry.query.get("stateId") == "LMS.LaunchData":
                yield "LMS.LaunchData written by the course"
            continue
        for needed in ("/activities/state LMS.LaunchData", "/agents/profile cmi5LearnerPreferences"):
            if f"GET {needed}" not in asked:
                asked.add(f"GET {needed}")
                yield f"a statement before GET {needed}"
        if entry.batch > 1 and verb(entry.statement) == "initialized" and defined(entry.statement):
            yield "initialized comes with others: an LMS that judges whole requests has not heard it yet"
        ended = ended or (verb(entry.statement) == "terminated" and defined(entry.statement))


def _session(launch: Launch, statements: Sequence[Json]) -> Iterator[str]:
    own = of_session(launch, statements)
    said = [verb(one) if defined(one) else "" for one in own]
    if own and said[0] != "initialized":
        yield f"the session starts with {verb(own[0])}, not initialized"
    for name in ("initialized", "terminated"):
        if said.count(name) > 1:
            yield f"{name} {said.count(name)} times in a session"
    if "terminated" in said and said.index("terminated") != len(said) - 1:
        yield f"{verb(own[-1])} after terminated"
    if said.count("passed") + said.count("failed") > 1:
        yield "more than one of passed and failed in a session"
    times = [_instant(one) for one in own]
    if times != sorted(times):
        yield "timestamps go backwards"
    for one in own:
        yield from (f"{verb(one)}: {fault}" for fault in _statement(launch, one))


def _statement(launch: Launch, one: Json) -> Iterator[str]:
    if one["actor"] != launch.actor:
        yield "the actor is not the launch's"
    if one["context"].get("registration") != launch.registration:
        yield "the registration is not the launch's"
    if not one["timestamp"].endswith(("Z", "+00:00")):
        yield "the timestamp is not UTC"
    yield from _template(launch.template, one["context"])
    if defined(one):
        yield from _defined(launch, one)
    else:
        yield from _other(launch, one)


def _template(template: Json, context: Json) -> Iterator[str]:
    for name, activities in template.get("contextActivities", {}).items():
        given = context.get("contextActivities", {}).get(name, [])
        if given[: len(activities)] != activities:
            yield f"contextActivities.{name} does not start with the template's"
    for name, value in template.get("extensions", {}).items():
        if context.get("extensions", {}).get(name) != value:
            yield f"the template's extension {name} is missing"


def _defined(launch: Launch, one: Json) -> Iterator[str]:
    name, result = verb(one), one.get("result", {})
    if name not in DEFINED:
        yield "not a verb cmi5 defines, but in its category"
    if one["object"]["id"] != launch.activity_id:
        yield "the object is not the launch's activityId"
    if ("success" in result or "completion" in result) != (MOVEON in _categories(one)):
        yield "the moveon category goes exactly with success or completion"
    if name in JUDGED and launch.mode != "Normal":
        yield f"not in {launch.mode} mode"
    if (name in TIMED) != ("duration" in result):
        yield "duration belongs in completed, passed, failed and terminated only"
    elif "duration" in result and _seconds(result["duration"]) is None:
        yield "duration cannot be read"
    expected = {"completed": {"completion": True}, "passed": {"success": True}, "failed": {"success": False}}
    judged = {key: value for key, value in result.items() if key in ("success", "completion")}
    if judged != expected.get(name, {}):
        yield f"says {judged}"
    if PROGRESS in result.get("extensions", {}):
        yield "carries progress"
    yield from _score(launch, one)


def _score(launch: Launch, one: Json) -> Iterator[str]:
    name, score = verb(one), one.get("result", {}).get("score")
    if name not in ("passed", "failed"):
        if score is not None:
            yield "carries a score"
        return
    if _extensions(one).get(MASTERY) != launch.mastery_score:
        yield "the masteryscore extension is not the launch's"
    if launch.mastery_score is None or score is None:
        return
    if "scaled" not in score:
        yield "a score without scaled"
    elif (score["scaled"] >= launch.mastery_score) != (name == "passed"):
        yield f"scaled {score['scaled']} against a mastery score of {launch.mastery_score}"


def _other(launch: Launch, one: Json) -> Iterator[str]:
    if MOVEON in _categories(one):
        yield "the moveon category in a statement cmi5 does not define"
    if verb(one) in DEFINED and one["object"]["id"] == launch.activity_id:
        yield "a verb of cmi5's about the course without cmi5's category"
    progress = one.get("result", {}).get("extensions", {}).get(PROGRESS)
    if progress is not None and (type(progress) is not int or not 0 <= progress <= 100):
        yield f"progress {progress!r}, expected a whole number from 0 to 100"


def _strangers(launches: Sequence[Launch], statements: Sequence[Json]) -> Iterator[str]:
    sessions = {launch.session for launch in launches}
    for one in statements:
        if _extensions(one).get(SESSION) not in sessions:
            yield f"{verb(one)} without the session's id"


def _registration(statements: Sequence[Json]) -> Iterator[str]:
    ordered = sorted(statements, key=_instant)
    said = [verb(one) if defined(one) else "" for one in ordered]
    for name in ("completed", "passed"):
        if said.count(name) > 1:
            yield f"{name} {said.count(name)} times in a registration"
    if "passed" in said and "failed" in said[said.index("passed") :]:
        yield "failed after passed"
    if "completed" in said:
        later = ordered[said.index("completed") + 1 :]
        if any(PROGRESS in one.get("result", {}).get("extensions", {}) for one in later):
            yield "progress after completed"


def _categories(statement: Json) -> list[str]:
    activities = statement.get("context", {}).get("contextActivities", {}).get("category", [])
    return [activity["id"] for activity in activities]


def _extensions(statement: Json) -> Json:
    return statement.get("context", {}).get("extensions", {})


def _instant(statement: Json) -> datetime:
    return datetime.fromisoformat(statement["timestamp"])


def _seconds(duration: str) -> timedelta | None:
    found = re.fullmatch(r"P(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)", duration)
    if not found:
        return None
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)
