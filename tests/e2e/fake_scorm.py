"""What the two SCORM fakes share: a session with an LMS stricter than any real one.

A session answers the calls of one launch and notes in ``violations`` everything a strict LMS would hold
against the content. What is committed outlives the session in ``Tracks``; what is not is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scorm_formats import Check, utf16_units

UNCOMMITTED_LIMIT = 64 * 1024  # what a beacon can carry when the window closes
HARMLESS = frozenset({"cmi.core.session_time", "cmi.core.exit", "cmi.session_time", "cmi.exit"})
"""They speak of one session only. They alone may be set in review: everything else would overwrite a finished record."""


class CallError(Exception):
    """A call the LMS answers with an error."""

    def __init__(self, code: int, why: str, blamed: bool = True) -> None:
        super().__init__(why)
        self.code, self.why, self.blamed = code, why, blamed


class LmsGoneError(Exception):
    """The LMS's own script fails, as some do once its window has gone."""


@dataclass
class Tracks:
    """What an LMS keeps of one learner in one course, across launches and attempts."""

    learner_id: str = "learner-1"
    learner_name: str = "Okafor, Ada"
    attempt: int = 1
    values: dict[str, str] = field(default_factory=dict)
    launched: bool = False
    ended_with: str | None = None
    """The exit value of the last session that was finished; None when it was cut off."""
    achieved: bool = False
    """Completed or passed in this attempt or an earlier one."""
    past_interactions: list[dict[str, str]] = field(default_factory=list)

    def interactions(self) -> list[dict[str, str]]:
        """Every interaction ever committed, with the names after ``cmi.interactions.N.`` as keys."""
        return self.past_interactions + members(self.values, "cmi.interactions")


@dataclass
class Faults:
    """What a test breaks while the course is running."""

    expired: bool = False
    """The LMS has logged the learner out: every call fails."""
    throws: bool = False
    commit_fails: bool = False
    cut: bool = False
    """The machine was switched off: nothing arrives any more."""


@dataclass(frozen=True)
class Element:
    names: str
    """The element's name; ``#`` stands for an index."""
    access: str
    check: Check | None = None

    def matches(self, name: str) -> bool:
        return bool(re.fullmatch(re.escape(self.names).replace(r"\#", r"(0|[1-9]\d*)"), name, re.ASCII))


@dataclass(frozen=True)
class Codes:
    """The error numbers in which SCORM 1.2 and 2004 differ."""

    uninitialised: Mapping[str, int]
    finished: Mapping[str, int]
    initialised_twice: int
    argument: int
    commit: int
    unknown: int
    read_only: int
    write_only: int
    wrong_type: int
    order: int
    dependency: int


class Session:
    """One launch. The two standards fill in their elements, codes and rules."""

    codes: Codes
    elements: tuple[Element, ...]
    collections: tuple[str, ...]

    def __init__(self, tracks: Tracks, mode: str) -> None:
        self.tracks = tracks
        self.mode = mode
        self.state = "new"
        self.error = 0
        self.pending: dict[str, str] = {}
        self.own: dict[str, str] = {}
        """What was committed of this session alone: a launch that comes before the last one has ended knows nothing of it."""
        self.commits: list[dict[str, str]] = []
        self.calls: list[tuple[str, tuple[object, ...]]] = []
        self.violations: list[str] = []
        self.faults = Faults()
        self.achieved_before = tracks.achieved
        tracks.launched = True
        for name in HARMLESS:
            tracks.values.pop(name, None)
        tracks.ended_with = None

    def call(self, method: str, arguments: list[object]) -> object:
        """The answer to one call of the API, noted with its violations."""
        self.calls.append((method, tuple(arguments)))
        if self.faults.throws:
            raise LmsGoneError(method)
        verb = method.removeprefix("LMS")
        if verb in ("GetLastError", "GetErrorString", "GetDiagnostic"):
            return str(self.error) if verb == "GetLastError" else f"error {self.error}"
        self.error = 0
        try:
            if self.faults.expired:
                raise CallError(101, "the learner's LMS session has expired", blamed=False)
            return self._verbs()[verb](*self._strings(verb, arguments))
        except CallError as refused:
            self.error = refused.code
            if refused.blamed:
                self.blame(f"{method}({', '.join(map(str, arguments))[:80]}): {refused.why}")
            return "" if verb == "GetValue" else "false"

    def blame(self, what: str) -> None:
        self.violations.append(what)

    # The verbs

    def _verbs(self) -> dict[str, Callable[..., object]]:
        return {
            "Initialize": self.initialise,
            "GetValue": self.get,
            "SetValue": self.set,
            "Commit": self.commit,
            "Finish": self.finish,
            "Terminate": self.finish,
        }

    def initialise(self, argument: str) -> object:
        if self.state != "new":
            raise CallError(self.codes.initialised_twice, "initialised before")
        self._empty(argument)
        self.state = "running"
        return "true"

    def get(self, name: str) -> object:
        self._running("GetValue")
        if self._element(name).access == "w":
            raise CallError(self.codes.write_only, "write-only")
        return self.read(name)

    def set(self, name: str, value: str) -> object:
        self._running("SetValue")
        element = self._element(name)
        if "w" not in element.access:
            raise CallError(self.codes.read_only, "read-only")
        fault = element.check(value) if element.check else ""
        if fault:
            raise CallError(self.codes.wrong_type, fault)
        self._index(name)
        if self.mode != "normal" and name not in HARMLESS:
            self.blame(f"{name} set in {self.mode} mode")
            return "true"
        self.before_set(name, value)
        self.pending[name] = value
        if sum(utf16_units(key + kept) for key, kept in self.pending.items()) > UNCOMMITTED_LIMIT:
            self.blame("more than 64 KB uncommitted")
        return "true"

    def commit(self, argument: str) -> object:
        self._running("Commit")
        self._empty(argument)
        self._storing()
        if not self.pending:
            self.blame("a commit with nothing to store")
        self._store()
        return "true"

    def finish(self, argument: str) -> object:
        self._running("Terminate")
        self._empty(argument)
        self._storing()
        self.before_finish()
        self._store()
        self.state = "finished"
        return "true"

    # What the two standards decide

    def read(self, name: str) -> object:
        raise NotImplementedError

    def before_set(self, name: str, value: str) -> None:
        """Rules between values; may raise CallError or blame."""
        raise NotImplementedError

    def before_finish(self) -> None:
        raise NotImplementedError

    def is_achieved(self) -> bool:
        """Completed or passed, by what is stored."""
        raise NotImplementedError

    # Shared rules

    def known(self, name: str) -> str:
        """The value as this session sees it, "" when there is none."""
        committed = self.own if name in HARMLESS else self.tracks.values
        return self.pending.get(name, committed.get(name, ""))

    def count(self, collection: str) -> int:
        return len(members({**self.tracks.values, **self.pending}, collection))

    def once_achieved(self, name: str, value: str, final: tuple[str, ...]) -> None:
        """Not every LMS takes a completion back: it has to be true when it is first said."""
        if self.known(name) in final and value != self.known(name):
            self.blame(f"{name} {self.known(name)} corrected to {value}")

    def starts_incomplete(self, name: str, value: str) -> None:
        if not self.known(name) and value != "incomplete" and not self.achieved_before:
            self.blame(f"the first {name} is {value}, not incomplete")

    def _storing(self) -> None:
        if self.faults.commit_fails:
            raise CallError(self.codes.commit, "the LMS could not store it", blamed=False)

    def _store(self) -> None:
        for index in {name.split(".")[2] for name in self.pending if name.startswith("cmi.interactions.")}:
            if any(name.startswith(f"cmi.interactions.{index}.") for name in self.tracks.values):
                self.blame(f"interaction {index} is spread over several commits")
        self.tracks.values.update(self.pending)
        self.own.update((name, self.pending[name]) for name in HARMLESS & self.pending.keys())
        if self.pending:
            self.commits.append(self.pending)
        self.pending = {}
        self.tracks.achieved = self.tracks.achieved or self.is_achieved()

    def _strings(self, verb: str, arguments: list[object]) -> list[str]:
        due = 2 if verb == "SetValue" else 1
        if len(arguments) != due:
            raise CallError(self.codes.argument, f"{len(arguments)} arguments, expected {due}")
        if not all(isinstance(argument, str) for argument in arguments):
            raise CallError(self.codes.argument, "an argument that is no string")
        return [str(argument) for argument in arguments]

    def _empty(self, argument: str) -> None:
        if argument:
            raise CallError(self.codes.argument, 'the argument has to be ""')

    def _running(self, verb: str) -> None:
        if self.state == "new":
            raise CallError(self.codes.uninitialised[verb], "before Initialize")
        if self.state == "finished":
            raise CallError(self.codes.finished[verb], "after the session was finished")

    def _element(self, name: str) -> Element:
        for element in self.elements:
            if element.matches(name):
                return element
        raise CallError(self.codes.unknown, "no such element")

    def _index(self, name: str) -> None:
        """Indexes grow one by one, and ``id`` (``pattern`` for correct responses) makes the new member."""
        for collection in self.collections:
            found = re.match(collection.replace(".", r"\.").replace("#", r"\d+") + r"\.(\d+)\.(.+)", name, re.ASCII)
            if not found:
                continue
            parent = name[: found.start(1) - 1]
            index, member, count = int(found[1]), found[2], self.count(parent)
            if index > count:
                raise CallError(self.codes.order, f"index {index} of {parent} when there are {count}")
            if index == count and member not in ("id", "pattern", *FREE_FIRST):
                raise CallError(self.codes.dependency, "its id has to be set first")


FREE_FIRST = ("comment", "location", "timestamp")  # members of comments, which have no id


def members(values: Mapping[str, str], collection: str) -> list[dict[str, str]]:
    """The members of a collection by index, each with the names after the index as keys."""
    found: dict[int, dict[str, str]] = {}
    for name, value in values.items():
        if name.startswith(collection + "."):
            index, _, member = name[len(collection) + 1 :].partition(".")
            if index.isdigit():
                found.setdefault(int(index), {})[member] = value
    return [found[index] for index in sorted(found)]
