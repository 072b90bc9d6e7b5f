"""The cmi5 fake catches what it should, and lets a clean session through."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from uuid import uuid4

import pytest

from cmi5_rules import CMI5, MASTERY, MOVEON, PROGRESS, Launch, Mode
from fake_cmi5 import Cmi5Lms
from fake_lrs import Lrs
from fake_server import Request, Server, running
from statement_shape import Json

REGISTRATION = "0f5a5b1c-9d0e-4a3f-8b1e-5e1cf9b62b1e"
ADL = "http://adlnet.gov/expapi/verbs/"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def lms(server: Server) -> Cmi5Lms:
    return Cmi5Lms(server, Lrs())


class Course:
    """A course that does everything right, unless a test makes it do otherwise."""

    def __init__(self, lms: Cmi5Lms, mode: Mode = "Normal", minute: int = 0) -> None:
        self.lms, self.minute = lms, minute
        self.launch: Launch = lms.launch("https://course.example.org/index.html", REGISTRATION, mode=mode)

    def start(self) -> Course:
        return self.prepare().say("initialized")

    def prepare(self) -> Course:
        self.fetch()
        agent = json.dumps(self.launch.actor)
        state = {"activityId": self.launch.activity_id, "agent": agent, "registration": REGISTRATION}
        self.ask("GET", "/activities/state", {**state, "stateId": "LMS.LaunchData"})
        self.ask("GET", "/agents/profile", {"agent": agent, "profileId": "cmi5LearnerPreferences"})
        return self

    def fetch(self) -> Json:
        answer = self.lms.server.answer(Request("POST", f"/cmi5/fetch/{self.launch.session}", {}, {}, b""))
        assert answer
        assert answer.status == 200
        return json.loads(answer.body)

    def ask(self, method: str, path: str, query: dict[str, str], body: Json = None) -> int:
        headers = {"x-experience-api-version": "1.0.3", "authorization": self.launch.credential}
        raw = b"" if body is None else json.dumps(body).encode()
        answer = self.lms.lrs.answer(Request(method, path, query, headers, raw))
        assert answer
        return answer.status

    def save(self, value: str) -> Course:
        query = {"activityId": self.launch.activity_id, "agent": json.dumps(self.launch.actor), "stateId": "resume"}
        self.ask("PUT", "/activities/state", query, value)
        return self

    def say(self, verb: str, *, change: Json = None, result: Json = None, plain: bool = False) -> Course:
        self.minute += 1
        assert self.ask("POST", "/statements", {}, self.statement(verb, result, plain) | (change or {})) == 200
        return self

    def statement(self, verb: str, result: Json, plain: bool) -> Json:
        context = copy.deepcopy(self.launch.template)
        category = context["contextActivities"]["category"]
        category += [] if plain else [{"id": CMI5}]
        category += [{"id": MOVEON}] if verb in ("completed", "passed", "failed") else []
        if verb in ("passed", "failed"):
            context["extensions"][MASTERY] = 0.7
        results: dict[str, Json] = {
            "completed": {"completion": True, "duration": "PT5M"},
            "passed": {"success": True, "duration": "PT5M", "score": {"scaled": 0.8}},
            "failed": {"success": False, "duration": "PT5M", "score": {"scaled": 0.5}},
            "terminated": {"duration": "PT9M0.5S"},
        }
        given = result or results.get(verb)
        return {
            "id": str(uuid4()),
            "actor": self.launch.actor,
            "verb": {"id": ADL + verb},
            "object": {"id": "https://example.org/question" if plain else self.launch.activity_id},
            "context": {**context, "registration": REGISTRATION},
            "timestamp": f"2026-01-01T09:{self.minute:02}:00.000Z",
            **({"result": given} if given else {}),
        }


def found(course: Course) -> list[str]:
    return course.lms.violations(REGISTRATION)


def test_a_clean_registration_over_two_sessions(lms: Cmi5Lms) -> None:
    first = Course(lms).start().say("answered", plain=True).save("half-way").say("terminated")
    assert not lms.satisfied(REGISTRATION)
    second = Course(lms, minute=10).start().say("passed").say("completed").say("terminated")
    assert found(second) == []
    assert lms.satisfied(REGISTRATION)
    assert lms.lrs.verbs() == [
        "initialized",
        "answered",
        "terminated",
        "initialized",
        "passed",
        "completed",
        "terminated",
    ]
    assert lms.fetches == [first.launch.session, second.launch.session]


def test_the_launch_url_carries_the_five_parameters(lms: Cmi5Lms) -> None:
    url = Course(lms).launch.url
    assert [name in url for name in ("endpoint=", "fetch=", "actor=", "registration=", "activityId=")] == [True] * 5


def test_the_token_is_given_once(lms: Cmi5Lms) -> None:
    course = Course(lms).start()
    assert course.fetch() == {"error-code": "1", "error-text": "Already in use"}
    assert found(course) == ["token fetched 2 times"]


def test_a_token_can_expire(lms: Cmi5Lms) -> None:
    course = Course(lms).start()
    lms.expire(course.launch)
    assert course.ask("POST", "/statements", {}, []) == 401


def test_launch_data_and_preferences_come_before_the_first_statement(lms: Cmi5Lms) -> None:
    course = Course(lms)
    course.fetch()
    course.say("initialized")
    assert found(course) == [
        "a statement before GET /activities/state LMS.LaunchData",
        "a statement before GET /agents/profile cmi5LearnerPreferences",
    ]


def test_initialized_first_terminated_last_and_nothing_after(lms: Cmi5Lms) -> None:
    course = Course(lms).start().say("terminated").save("late").say("answered", plain=True)
    assert found(course) == [
        "answered after terminated",
        "after terminated: PUT /activities/state",
        "after terminated: answered",
    ]


def test_a_session_starts_with_initialized_and_once(lms: Cmi5Lms) -> None:
    course = Course(lms).start().say("initialized")
    assert found(course) == ["initialized 2 times in a session"]


def test_initialized_is_a_request_of_its_own(lms: Cmi5Lms) -> None:
    course = Course(lms).prepare()
    begun = course.statement("initialized", None, False)
    course.minute += 1
    assert course.ask("POST", "/statements", {}, [begun, course.statement("terminated", None, False)]) == 200
    assert found(course) == ["initialized comes with others: an LMS that judges whole requests has not heard it yet"]


def test_timestamps_never_go_backwards(lms: Cmi5Lms) -> None:
    course = Course(lms).start()
    course.minute = -1
    assert found(course.say("answered", plain=True)) == ["timestamps go backwards"]


def test_completed_and_passed_come_once_in_a_registration(lms: Cmi5Lms) -> None:
    Course(lms).start().say("passed").say("completed").say("terminated")
    again = Course(lms, minute=10).start().say("passed").say("completed")
    assert found(again) == ["completed 2 times in a registration", "passed 2 times in a registration"]


def test_no_failure_follows_a_pass(lms: Cmi5Lms) -> None:
    Course(lms).start().say("passed").say("terminated")
    assert found(Course(lms, minute=10).start().say("failed")) == ["failed after passed"]


def test_one_of_passed_and_failed_in_a_session(lms: Cmi5Lms) -> None:
    course = Course(lms).start().say("failed").say("passed")
    assert found(course) == ["more than one of passed and failed in a session"]


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_browse_and_review_judge_nothing(lms: Cmi5Lms, mode: Mode) -> None:
    course = Course(lms, mode).start().say("completed").say("terminated")
    assert found(course) == [f"completed: not in {mode} mode"]


@pytest.mark.parametrize(
    ("verb", "result", "violation"),
    [
        ("completed", {"completion": True}, "duration belongs in completed, passed, failed and terminated only"),
        ("completed", {"completion": False, "duration": "PT5M"}, "says {'completion': False}"),
        ("completed", {"completion": True, "duration": "PT5M", "score": {"scaled": 1}}, "carries a score"),
        (
            "passed",
            {"success": True, "duration": "PT5M", "score": {"scaled": 0.6}},
            "scaled 0.6 against a mastery score of 0.7",
        ),
        ("passed", {"success": True, "duration": "PT5M", "score": {"raw": 60}}, "a score without scaled"),
        (
            "failed",
            {"success": False, "duration": "PT5M", "score": {"scaled": 0.7}},
            "scaled 0.7 against a mastery score of 0.7",
        ),
        ("terminated", {"duration": "PT5M", "score": {"scaled": 1}}, "carries a score"),
    ],
)
def test_results_of_cmi5_s_own_statements(lms: Cmi5Lms, verb: str, result: Json, violation: str) -> None:
    assert found(Course(lms).start().say(verb, result=result)) == [f"{verb}: {violation}"]


def test_the_statement_is_about_this_launch(lms: Cmi5Lms) -> None:
    course = Course(lms).start()
    statement = course.statement("passed", None, plain=False)
    context = statement["context"]
    context["registration"] = str(uuid4())
    context["contextActivities"]["grouping"].reverse()
    context["contextActivities"]["category"].pop()
    del context["extensions"]["https://lms.example.org/extension"]
    del context["extensions"][MASTERY]
    change = {
        "context": context,
        "actor": {"account": {"homePage": "https://lms.example.org", "name": "another"}},
        "object": {"id": "https://example.org/published-id"},
        "timestamp": "2026-01-01T10:30:00+01:00",
    }
    assert [violation.partition(": ")[2] for violation in found(course.say("passed", change=change))] == [
        "the actor is not the launch's",
        "the registration is not the launch's",
        "the timestamp is not UTC",
        "contextActivities.grouping does not start with the template's",
        "the template's extension https://lms.example.org/extension is missing",
        "the object is not the launch's activityId",
        "the moveon category goes exactly with success or completion",
        "the masteryscore extension is not the launch's",
    ]


def test_every_statement_names_its_session(lms: Cmi5Lms) -> None:
    course = Course(lms).start()
    context = course.statement("answered", None, plain=True)["context"]
    context["extensions"] = {}
    assert found(course.say("answered", plain=True, change={"context": context})) == [
        "answered without the session's id"
    ]


def test_other_statements_keep_out_of_cmi5_s_categories(lms: Cmi5Lms) -> None:
    course = Course(lms).start().say("answered").say("completed", plain=True)
    assert found(course) == [
        "answered: not a verb cmi5 defines, but in its category",
        "completed: the moveon category in a statement cmi5 does not define",
    ]


def test_a_verb_of_cmi5_s_about_the_course_needs_its_category(lms: Cmi5Lms) -> None:
    course = Course(lms).start()
    change = {"object": {"id": course.launch.activity_id}, "result": {"success": True}}
    statement = course.statement("passed", None, plain=True)
    statement["context"]["contextActivities"]["category"].pop()
    course.say("passed", plain=True, change={**change, "context": statement["context"]})
    assert found(course) == ["passed: a verb of cmi5's about the course without cmi5's category"]


def test_progress_is_a_whole_per_cent_and_ends_with_completed(lms: Cmi5Lms) -> None:
    course = Course(lms).start()
    course.say("progressed", plain=True, result={"extensions": {PROGRESS: 0.5}})
    course.say("completed").say("progressed", plain=True, result={"extensions": {PROGRESS: 100}})
    assert found(course) == [
        "progressed: progress 0.5, expected a whole number from 0 to 100",
        "progress after completed",
    ]


def test_what_the_lrs_refuses_counts_too(lms: Cmi5Lms) -> None:
    course = Course(lms).start()
    assert course.ask("POST", "/statements", {}, {"verb": {}}) == 400
    assert found(course)[0] == "id: expected a UUID, so that a retry is no second statement"
