"""A strict SCORM 1.2 LMS: the data model of the Run-Time Environment, kept to what every real LMS takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from fake_scorm import CallError, Codes, Element, Session, Tracks, members
from scorm_formats import (
    CLOCK_TIME,
    IDENTIFIER,
    RESPONSES_12,
    TIMESPAN,
    either,
    number,
    one_of,
    text,
)

SCORE = number("0", "100", 2)
ANY_DECIMAL = number("-1000000", "1000000", 2)
STATUS = one_of("passed", "completed", "failed", "incomplete", "browsed")

ELEMENTS = (
    *(Element(f"cmi{name}._children", "r") for name in (".core", ".core.score", ".objectives")),
    *(Element(f"cmi{name}._children", "r") for name in (".interactions", ".student_data")),
    *(Element(f"cmi.core.{name}", "r") for name in ("student_id", "student_name", "credit", "entry")),
    *(Element(f"cmi.core.{name}", "r") for name in ("total_time", "lesson_mode")),
    Element("cmi.core.lesson_location", "rw", text(255)),
    Element("cmi.core.lesson_status", "rw", STATUS),
    *(Element(f"cmi.core.score.{name}", "rw", SCORE) for name in ("raw", "min", "max")),
    Element("cmi.core.exit", "w", one_of("time-out", "suspend", "logout", "")),
    Element("cmi.core.session_time", "w", TIMESPAN),
    Element("cmi.suspend_data", "rw", text(4096)),
    *(Element(f"cmi.{name}", "r") for name in ("launch_data", "comments_from_lms")),
    *(Element(f"cmi.student_data.{name}", "r") for name in ("mastery_score", "max_time_allowed", "time_limit_action")),
    Element("cmi.objectives._count", "r"),
    Element("cmi.objectives.#.id", "rw", IDENTIFIER),
    Element("cmi.objectives.#.status", "rw", STATUS),
    *(Element(f"cmi.objectives.#.score.{name}", "rw", SCORE) for name in ("raw", "min", "max")),
    Element("cmi.interactions._count", "r"),
    Element("cmi.interactions.#.id", "w", IDENTIFIER),
    Element("cmi.interactions.#.objectives._count", "r"),
    Element("cmi.interactions.#.objectives.#.id", "w", IDENTIFIER),
    Element("cmi.interactions.#.time", "w", CLOCK_TIME),
    Element("cmi.interactions.#.type", "w", one_of(*RESPONSES_12)),
    Element("cmi.interactions.#.correct_responses._count", "r"),
    Element("cmi.interactions.#.correct_responses.#.pattern", "w", text(255)),
    Element("cmi.interactions.#.weighting", "w", ANY_DECIMAL),
    Element("cmi.interactions.#.student_response", "w", text(255)),
    Element(
        "cmi.interactions.#.result", "w", either(one_of("correct", "wrong", "unanticipated", "neutral"), ANY_DECIMAL)
    ),
    Element("cmi.interactions.#.latency", "w", TIMESPAN),
)

CODES = Codes(
    uninitialised=dict.fromkeys(("GetValue", "SetValue", "Commit", "Terminate"), 301),
    finished=dict.fromkeys(("GetValue", "SetValue", "Commit", "Terminate"), 301),
    initialised_twice=101,
    argument=201,
    commit=101,
    unknown=401,
    read_only=403,
    write_only=404,
    wrong_type=405,
    order=201,
    dependency=201,
)


@dataclass(frozen=True)
class Profile:
    """How one family of LMSs differs from the standard's letter."""

    name: str
    resumes_only_incomplete: bool = False
    """The Learning Hub: after passed, failed or completed the next launch starts empty."""
    reviews_finished: bool = False
    """Moodle: after completion the next launch is a review without credit."""
    finish_needs_session_time: bool = False
    keeps_interactions: bool = True
    """Whether a new session counts on after the interactions of earlier ones."""
    commit_answer: object = "true"
    finish_answer: object = "true"
    text_counts: bool = True
    mastery_score: str = ""
    window: str = "frame"


PLAIN = Profile("plain")
MOODLE = Profile("moodle", reviews_finished=True, commit_answer=True, finish_answer="", text_counts=False)
LEARNING_HUB = Profile(
    "learning_hub",
    resumes_only_incomplete=True,
    finish_needs_session_time=True,
    keeps_interactions=False,
    window="popup",
)
PROFILES = (PLAIN, MOODLE, LEARNING_HUB)

FINAL = ("passed", "completed")


class Scorm12Session(Session):
    codes = CODES
    elements = ELEMENTS
    collections = (
        "cmi.objectives",
        "cmi.interactions",
        "cmi.interactions.#.objectives",
        "cmi.interactions.#.correct_responses",
    )

    def __init__(self, tracks: Tracks, profile: Profile) -> None:
        self.profile = profile
        relaunch, exited = tracks.launched, tracks.ended_with
        status = tracks.values.get("cmi.core.lesson_status", "")
        if profile.resumes_only_incomplete and relaunch and status != "incomplete":
            _start_again(tracks)
            relaunch = False
        if not profile.keeps_interactions:
            _archive_interactions(tracks)
        review = profile.reviews_finished and status in (*FINAL, "failed")
        super().__init__(tracks, "review" if review else "normal")
        self.entry = ("resume" if exited == "suspend" else "") if relaunch else "ab-initio"

    def call(self, method: str, arguments: list[object]) -> object:
        answer = super().call(method, arguments)
        odd = {"LMSCommit": self.profile.commit_answer, "LMSFinish": self.profile.finish_answer}
        return odd.get(method, answer) if answer == "true" else answer

    def read(self, name: str) -> object:
        if name.endswith("._count"):
            number = self.count(name.removesuffix("._count"))
            return str(number) if self.profile.text_counts else number
        if name.endswith("._children"):
            return self._children(name.removesuffix("_children"))
        return {
            "cmi.core.student_id": self.tracks.learner_id,
            "cmi.core.student_name": self.tracks.learner_name,
            "cmi.core.credit": "no-credit" if self.mode == "review" else "credit",
            "cmi.core.entry": self.entry,
            "cmi.core.total_time": "0000:00:00.00",
            "cmi.core.lesson_mode": self.mode,
            "cmi.core.lesson_status": self.known("cmi.core.lesson_status") or "not attempted",
            "cmi.student_data.mastery_score": self.profile.mastery_score,
        }.get(name, self.known(name))

    def before_set(self, name: str, value: str) -> None:
        if name == "cmi.core.lesson_status":
            self.starts_incomplete(name, value)
            self.once_achieved(name, value, FINAL)
        elif name.endswith(".id") and self.known(name) not in ("", value):
            raise CallError(201, f"renames {self.known(name)}")
        elif name.startswith("cmi.interactions."):
            self._interaction(name, value)

    def before_finish(self) -> None:
        if self.mode == "normal" and not self.known("cmi.core.session_time"):
            self.blame("finished without session_time")
            if self.profile.finish_needs_session_time:
                raise CallError(101, "the Learning Hub's validation asks for session_time", blamed=False)
        if not self.known("cmi.core.lesson_status"):
            self.blame("finished without a status: Moodle takes that for completed")
            self.pending["cmi.core.lesson_status"] = "completed"
        self._apply_mastery()
        self.tracks.ended_with = self.known("cmi.core.exit")

    def is_achieved(self) -> bool:
        return self.tracks.values.get("cmi.core.lesson_status") in FINAL

    def _interaction(self, name: str, value: str) -> None:
        index, _, member = name.removeprefix("cmi.interactions.").partition(".")
        if member != "student_response" and not member.endswith(".pattern"):
            return
        kind = self.known(f"cmi.interactions.{index}.type")
        if not kind:
            raise CallError(405, "the type has to be set first")
        fault = RESPONSES_12[kind](value)
        if fault:
            raise CallError(405, f"{kind}: {fault}")

    def _apply_mastery(self) -> None:
        """Moodle with a mastery score in the manifest decides by the raw score, whatever the content said."""
        raw, mastery = self.known("cmi.core.score.raw"), self.profile.mastery_score
        if self.mode != "normal" or not raw or not mastery:
            return
        decided = "passed" if Decimal(raw) >= Decimal(mastery) else "failed"
        if self.known("cmi.core.lesson_status") != decided:
            self.blame(f"the mastery score turns {self.known('cmi.core.lesson_status')} into {decided}")
            self.pending["cmi.core.lesson_status"] = decided

    def _children(self, parent: str) -> str:
        inside = (element.names for element in self.elements if element.names.startswith(parent))
        names = (name.removeprefix(parent).removeprefix("#.").partition(".")[0] for name in inside)
        return ",".join(dict.fromkeys(name for name in names if not name.startswith("_")))


def with_mastery(profile: Profile, score: str) -> Profile:
    return replace(profile, mastery_score=score)


def _start_again(tracks: Tracks) -> None:
    _archive_interactions(tracks)
    tracks.values.clear()
    tracks.attempt += 1


def _archive_interactions(tracks: Tracks) -> None:
    tracks.past_interactions += members(tracks.values, "cmi.interactions")
    for name in [name for name in tracks.values if name.startswith("cmi.interactions.")]:
        del tracks.values[name]
