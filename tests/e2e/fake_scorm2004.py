"""A strict SCORM 2004 4th Edition LMS: ADL's data model, kept to what every real LMS takes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from fake_scorm import CallError, Codes, Element, Session, Tracks, members
from scorm_formats import (
    DURATION,
    IDENTIFIER,
    PATTERNS_2004,
    RESPONSES_2004,
    TIMESTAMP,
    either,
    number,
    one_of,
    text,
)

Mode = Literal["normal", "review", "browse"]

SCALED = number("-1", "1", 7)
REAL = number("-1000000", "1000000", 7)
COMPLETION = one_of("completed", "incomplete", "not attempted", "unknown")
SUCCESS = one_of("passed", "failed", "unknown")

SCORE = (
    ("scaled", SCALED),
    ("raw", REAL),
    ("min", REAL),
    ("max", REAL),
)

ELEMENTS = (
    Element("cmi._version", "r"),
    *(Element(f"cmi.{name}._children", "r") for name in ("score", "interactions", "objectives", "learner_preference")),
    *(Element(f"cmi.{name}", "r") for name in ("completion_threshold", "credit", "entry", "launch_data", "mode")),
    *(Element(f"cmi.{name}", "r") for name in ("learner_id", "learner_name", "max_time_allowed", "total_time")),
    *(Element(f"cmi.{name}", "r") for name in ("scaled_passing_score", "time_limit_action")),
    Element("cmi.completion_status", "rw", COMPLETION),
    Element("cmi.success_status", "rw", SUCCESS),
    Element("cmi.progress_measure", "rw", number("0", "1", 7)),
    Element("cmi.exit", "w", one_of("time-out", "suspend", "logout", "normal", "")),
    Element("cmi.location", "rw", text(1000)),
    Element("cmi.session_time", "w", DURATION),
    Element("cmi.suspend_data", "rw", text(64000)),
    *(Element(f"cmi.score.{name}", "rw", check) for name, check in SCORE),
    Element("cmi.objectives._count", "r"),
    Element("cmi.objectives.#.id", "rw", IDENTIFIER),
    Element("cmi.objectives.#.completion_status", "rw", COMPLETION),
    Element("cmi.objectives.#.success_status", "rw", SUCCESS),
    Element("cmi.objectives.#.progress_measure", "rw", number("0", "1", 7)),
    Element("cmi.objectives.#.description", "rw", text(250)),
    *(Element(f"cmi.objectives.#.score.{name}", "rw", check) for name, check in SCORE),
    Element("cmi.interactions._count", "r"),
    Element("cmi.interactions.#.id", "rw", IDENTIFIER),
    Element("cmi.interactions.#.type", "rw", one_of(*RESPONSES_2004)),
    Element("cmi.interactions.#.objectives._count", "r"),
    Element("cmi.interactions.#.objectives.#.id", "rw", IDENTIFIER),
    Element("cmi.interactions.#.timestamp", "rw", TIMESTAMP),
    Element("cmi.interactions.#.correct_responses._count", "r"),
    Element("cmi.interactions.#.correct_responses.#.pattern", "rw", text(4000)),
    Element("cmi.interactions.#.weighting", "rw", REAL),
    Element("cmi.interactions.#.learner_response", "rw", text(4000)),
    Element(
        "cmi.interactions.#.result", "rw", either(one_of("correct", "incorrect", "unanticipated", "neutral"), REAL)
    ),
    Element("cmi.interactions.#.latency", "rw", DURATION),
    Element("cmi.interactions.#.description", "rw", text(250)),
)

CODES = Codes(
    uninitialised={"GetValue": 122, "SetValue": 132, "Commit": 142, "Terminate": 112},
    finished={"GetValue": 123, "SetValue": 133, "Commit": 143, "Terminate": 113},
    initialised_twice=103,
    argument=201,
    commit=391,
    unknown=401,
    read_only=404,
    write_only=405,
    wrong_type=406,
    order=351,
    dependency=408,
)


class Scorm2004Session(Session):
    codes = CODES
    elements = ELEMENTS
    collections = (
        "cmi.objectives",
        "cmi.interactions",
        "cmi.interactions.#.objectives",
        "cmi.interactions.#.correct_responses",
    )

    def __init__(self, tracks: Tracks, mode: Mode = "normal", passing_score: str = "") -> None:
        resumed = tracks.launched and tracks.ended_with in ("suspend", None)
        if tracks.launched and not resumed and mode == "normal":
            _new_attempt(tracks)
        self.entry = "resume" if resumed else "" if mode == "review" else "ab-initio"
        self.passing_score = passing_score
        super().__init__(tracks, mode)

    def call(self, method: str, arguments: list[object]) -> object:
        if self.state == "finished" and method == "Initialize":
            self.calls.append((method, tuple(arguments)))
            self.error = 104
            self.blame("Initialize after Terminate")
            return "false"
        return super().call(method, arguments)

    def read(self, name: str) -> object:
        if name.endswith("._count"):
            return str(self.count(name.removesuffix("._count")))
        value = {
            "cmi._version": "1.0",
            "cmi.learner_id": self.tracks.learner_id,
            "cmi.learner_name": self.tracks.learner_name,
            "cmi.credit": "credit" if self.mode == "normal" else "no-credit",
            "cmi.entry": self.entry,
            "cmi.mode": self.mode,
            "cmi.total_time": "PT0S",
            "cmi.scaled_passing_score": self.passing_score,
            "cmi.completion_status": self.known("cmi.completion_status") or "unknown",
            "cmi.success_status": self.known("cmi.success_status") or "unknown",
        }.get(name, self.known(name))
        if not value and name != "cmi.entry":
            raise CallError(403, "not set yet", blamed=False)
        return value

    def before_set(self, name: str, value: str) -> None:
        if name == "cmi.completion_status":
            self.starts_incomplete(name, value)
            self.once_achieved(name, value, ("completed",))
        elif name == "cmi.success_status":
            self.once_achieved(name, value, ("passed",))
        elif name.endswith(".id"):
            self._identifier(name, value)
        elif name.startswith("cmi.interactions."):
            self._interaction(name, value)

    def before_finish(self) -> None:
        if self.mode == "normal":
            self._times()
            self._statuses()
        self.tracks.ended_with = self.known("cmi.exit")

    def is_achieved(self) -> bool:
        return (
            self.tracks.values.get("cmi.completion_status") == "completed"
            or self.tracks.values.get("cmi.success_status") == "passed"
        )

    def _identifier(self, name: str, value: str) -> None:
        if self.known(name) not in ("", value):
            raise CallError(351, f"renames {self.known(name)}")
        siblings = re.fullmatch(r"(cmi(?:\.interactions\.\d+)?\.objectives)\.\d+\.id", name)
        if siblings and not self.known(name):
            taken = members({**self.tracks.values, **self.pending}, siblings[1])
            if value in [objective.get("id") for objective in taken]:
                raise CallError(351, f"objective {value} is there already")

    def _interaction(self, name: str, value: str) -> None:
        index, _, member = name.removeprefix("cmi.interactions.").partition(".")
        checks = PATTERNS_2004 if member.endswith(".pattern") else RESPONSES_2004
        if member != "learner_response" and not member.endswith(".pattern"):
            return
        kind = self.known(f"cmi.interactions.{index}.type")
        if not kind:
            raise CallError(408, "the type has to be set first")
        fault = checks[kind](value)
        if fault:
            raise CallError(406, f"{kind}: {fault}")
        if member.endswith(".pattern") and value in self._patterns(index, name):
            raise CallError(351, "the same correct pattern twice")

    def _patterns(self, index: str, name: str) -> list[str]:
        start = f"cmi.interactions.{index}.correct_responses."
        return [kept for key, kept in self.pending.items() if key.startswith(start) and key != name]

    def _times(self) -> None:
        if "cmi.exit" not in {**self.tracks.values, **self.pending}:
            self.blame("terminated without exit")
        if not self.known("cmi.session_time"):
            self.blame("terminated without session_time")

    def _statuses(self) -> None:
        """Moodle grades on the raw score and derives nothing: what is known has to be said in full."""
        if not self.known("cmi.completion_status"):
            self.blame("terminated without completion_status")
        scaled, raw = self.known("cmi.score.scaled"), self.known("cmi.score.raw")
        if bool(scaled) != bool(raw):
            self.blame("a score needs both scaled and raw")
        elif scaled and abs(Decimal(scaled) * 100 - Decimal(raw)) > Decimal("0.01"):
            self.blame(f"scaled {scaled} and raw {raw} disagree")
        if self.known("cmi.success_status") in ("passed", "failed") and not raw:
            self.blame("a success status without a score")


def _new_attempt(tracks: Tracks) -> None:
    """Without ``suspend`` the data model is set up afresh: 2004 4th Edition, 4.2.8."""
    tracks.past_interactions += members(tracks.values, "cmi.interactions")
    tracks.values.clear()
    tracks.attempt += 1
