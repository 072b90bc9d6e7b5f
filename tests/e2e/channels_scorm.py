"""SCORM's ways to a learner: the strict fakes and scorm-again."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import BrowserContext, Frame, Page

import records
from again_lms import AgainTracks, Standard, again_launch
from channels import Course, Tab, wait
from fake_lms import Arrival, Lms, Placing
from fake_scorm import Faults, Session, Tracks
from fake_scorm12 import Profile, Scorm12Session
from fake_scorm2004 import Mode, Scorm2004Session
from fake_server import Server
from learner import Learner
from records import Answer
from statement_shape import Json


class ScormTab(Tab):
    """Either standard, whoever keeps the record."""

    standard: Standard
    course: Json
    tracks: Tracks | AgainTracks

    def answers(self, skip: int = 0) -> list[Answer]:
        read = records.from_scorm12 if self.standard == "scorm12" else records.from_scorm2004
        return [read(self.course, recorded) for recorded in self.tracks.interactions()[skip:]]

    def status(self) -> dict[str, object]:
        return STATUS[self.standard](self.tracks.values)


class Strict(ScormTab):
    """Our own strict LMS; a SCORM 1.2 one of a given profile, a SCORM 2004 one without."""

    tracks: Tracks

    def __init__(self, server: Server, profile: Profile | None = None, learner: str = "learner-1") -> None:
        super().__init__()
        self.lms = Lms(server)
        self.profile = profile
        self.standard = "scorm12" if profile else "scorm2004"
        self.name = f"scorm12 {profile.name}" if profile else "scorm2004 strict"
        self.tracks = Tracks(learner_id=learner)
        self.sessions: list[Session] = []
        self.mode: Mode = "normal"
        self.placing: Placing = "popup" if profile and profile.window == "popup" else "frame"
        self.arrives: Arrival = "at once"

    @property
    def session(self) -> Session:
        return self.sessions[-1]

    def launch(self, context: BrowserContext, course: Course) -> Learner:
        self.course = course.json
        if self.page:
            self.close()
        if self.sessions and self.session.faults == Faults():
            wait(context, lambda: self.session.state == "finished")  # nobody comes back within milliseconds
        session: Session
        if self.profile:
            session = Scorm12Session(self.tracks, self.profile)
        else:
            session = Scorm2004Session(self.tracks, self.mode)
        self.sessions.append(session)
        path = self.lms.add(course.id, course.formats[self.standard])
        page = self.open(context, self.lms.launch(session, path, self.placing, self.arrives).url)
        view: Page | Frame = page.frames[-1]
        if self.placing == "popup":
            with page.expect_popup() as opened:
                page.click("text=Open the course")
            self.page = view = opened.value
        return Learner(view, course.json)

    def leave(self) -> None:
        self.close_and_wait(lambda: self.session.state == "finished")

    def violations(self) -> list[str]:
        return [violation for session in self.sessions for violation in session.violations]


class Again(ScormTab):
    tracks: AgainTracks

    def __init__(self, server: Server, standard: Standard) -> None:
        super().__init__()
        self.server, self.standard = server, standard
        self.name = f"{standard} scorm-again"
        self.tracks = AgainTracks()

    def launch(self, context: BrowserContext, course: Course) -> Learner:
        self.course = course.json
        path = Lms(self.server).add(course.id, course.formats[self.standard])
        page = self.open(context, again_launch(self.server, self.tracks, self.standard, path))
        return Learner(page.frames[-1], course.json)

    def leave(self) -> None:
        before = len(self.tracks.commits)
        self.close_and_wait(lambda: len(self.tracks.commits) > before)

    def violations(self) -> list[str]:
        return self.tracks.complaints


def _status12(values: Mapping[str, str]) -> dict[str, object]:
    said, raw = values.get("cmi.core.lesson_status", ""), values.get("cmi.core.score.raw", "")
    passed = {"passed": True, "failed": False}.get(said)
    score = float(raw) / 100 if raw else None
    return {"completed": said in ("completed", "passed"), "passed": passed, "score": score}


def _status2004(values: Mapping[str, str]) -> dict[str, object]:
    scaled = values.get("cmi.score.scaled", "")
    passed = {"passed": True, "failed": False}.get(values.get("cmi.success_status", ""))
    completed = values.get("cmi.completion_status") == "completed"
    return {"completed": completed, "passed": passed, "score": float(scaled) if scaled else None}


STATUS = {"scorm12": _status12, "scorm2004": _status2004}
