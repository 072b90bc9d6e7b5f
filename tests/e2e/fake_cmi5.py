"""A cmi5 LMS: launches a course against the fake LRS and keeps to the letter of what it hands out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import uuid4

import cmi5_rules
from cmi5_rules import SESSION, Launch, Mode
from fake_lrs import Lrs
from fake_server import Request, Response, Server, html_response, json_response
from statement_shape import Json

LEARNER: Json = {
    "objectType": "Agent",
    "name": "Ada Okafor",
    "account": {"homePage": "https://lms.example.org", "name": "learner-1"},
}

LAUNCH_STATE = "/activities/state"


def learner(name: str) -> Json:
    return {"objectType": "Agent", "account": {"homePage": "https://lms.example.org", "name": name}}


class Cmi5Lms:
    """The LRS is on another origin than the course, as it is in life."""

    def __init__(self, server: Server, lrs: Lrs) -> None:
        self.server, self.lrs = server, lrs
        self.launches: list[Launch] = []
        self._fetched: set[str] = set()
        self.fetches: list[str] = []
        """Session ids in the order in which their tokens were asked for."""
        server.mounts["/cmi5/lrs/"] = lrs.answer
        server.mounts["/cmi5/fetch/"] = self._fetch
        server.mounts["/cmi5/home/"] = lambda _: html_response("<!doctype html><title>Back in the LMS</title>")

    def launch(
        self,
        course_url: str,
        registration: str,
        actor: Json = LEARNER,
        *,
        mode: Mode = "Normal",
        mastery_score: float | None = 0.7,
        move_on: str = "CompletedAndPassed",
        publisher_id: str = "https://example.org/published-id",
    ) -> Launch:
        """A new session; ``activity_id`` is the LMS's own, never the one in the package."""
        session = str(uuid4())
        activity_id = f"https://lms.example.org/au/{registration}"
        template = _template(session, publisher_id)
        query = {
            "endpoint": f"{self.server.other_url}/cmi5/lrs/",
            "fetch": f"{self.server.other_url}/cmi5/fetch/{session}",
            "actor": json.dumps(actor),
            "registration": registration,
            "activityId": activity_id,
        }
        launch = Launch(
            session=session,
            registration=registration,
            actor=actor,
            activity_id=activity_id,
            mode=mode,
            move_on=move_on,
            mastery_score=mastery_score,
            template=template,
            credential=f"Basic {session}",
            return_url=f"{self.server.url}/cmi5/home/",
            url=f"{course_url}{'&' if '?' in course_url else '?'}{urlencode(query)}",
        )
        state = {"activityId": activity_id, "agent": json.dumps(actor), "registration": registration}
        self.lrs.put(LAUNCH_STATE, {**state, "stateId": "LMS.LaunchData"}, _launch_data(launch))
        self.launches.append(launch)
        return launch

    def expire(self, launch: Launch) -> None:
        """From now on the LRS answers 401 to the session's token."""
        self.lrs.credentials.discard(launch.credential)

    def violations(self, registration: str) -> list[str]:
        """Everything held against the course: by the LRS, by the fetch URL and by cmi5's own rules."""
        sessions = [launch for launch in self.launches if launch.registration == registration]
        tokens = {launch.credential for launch in sessions}
        journal = [entry for entry in self.lrs.journal if entry.credential in tokens]
        again = [
            f"token fetched {self.fetches.count(launch.session)} times"
            for launch in sessions
            if self.fetches.count(launch.session) > 1
        ]
        return [*self.lrs.violations, *again, *cmi5_rules.violations(sessions, journal)]

    def satisfied(self, registration: str) -> bool:
        """Whether ``moveOn`` is met by what was said."""
        sessions = [launch for launch in self.launches if launch.registration == registration]
        said = {cmi5_rules.verb(one) for one in self.statements(sessions) if cmi5_rules.defined(one)}
        return {
            "Passed": "passed" in said,
            "Completed": "completed" in said,
            "CompletedAndPassed": said >= {"completed", "passed"},
            "CompletedOrPassed": bool(said & {"completed", "passed"}),
            "NotApplicable": True,
        }[sessions[-1].move_on]

    def statements(self, sessions: Sequence[Launch]) -> list[Json]:
        return [one for launch in sessions for one in cmi5_rules.of_session(launch, self.lrs.statements)]

    def _fetch(self, request: Request) -> Response:
        headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*"}
        if request.method == "OPTIONS":
            return Response(204, b"", headers)
        if request.method != "POST":
            self.lrs.violations.append(f"{request.method} to the fetch URL")
            return Response(405, b"", headers)
        session = request.path.lstrip("/")
        self.fetches.append(session)
        if session in self._fetched:
            return json_response({"error-code": "1", "error-text": "Already in use"}, headers=headers)
        self._fetched.add(session)
        self.lrs.credentials.add(f"Basic {session}")
        return json_response({"auth-token": session}, headers=headers)


def _template(session: str, publisher_id: str) -> Json:
    """More than one entry in each list, so that reordering shows."""
    return {
        "contextActivities": {
            "grouping": [{"objectType": "Activity", "id": publisher_id}, {"id": "https://lms.example.org/tenant"}],
            "category": [{"id": "https://lms.example.org/zeta"}, {"id": "https://lms.example.org/alpha"}],
        },
        "extensions": {SESSION: session, "https://lms.example.org/extension": {"nested": [1, None]}},
    }


def _launch_data(launch: Launch) -> Json:
    optional = {} if launch.mastery_score is None else {"masteryScore": launch.mastery_score}
    return {
        "contextTemplate": launch.template,
        "launchMode": launch.mode,
        "launchMethod": "AnyWindow",
        "moveOn": launch.move_on,
        "returnURL": launch.return_url,
        **optional,
    }
