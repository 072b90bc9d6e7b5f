"""The host pages carry a course's calls to the fakes, framed, nested and in a window of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

from again_lms import AgainTracks, Standard, again_launch
from fake_lms import Lms, Placing
from fake_scorm import Session, Tracks
from fake_scorm12 import LEARNING_HUB, PLAIN, Scorm12Session
from fake_scorm2004 import Scorm2004Session
from fake_server import Server, running

COURSE = """<!doctype html><html lang="en"><title>Tiny course</title><button>Answer</button>
<script src="course.js"></script></html>"""

COURSE_JS = """
const find = (view, name) => {
  for (let up = 0; up < 8; up++) {
    try { if (view[name]) return view[name]; } catch { return null; }
    if (view === view.parent) return view.opener ? find(view.opener, name) : null;
    view = view.parent;
  }
};
const old = find(window, "API"), lms = find(window, "API_1484_11");
if (old) {
  old.LMSInitialize("");
  old.LMSSetValue("cmi.core.lesson_status", "incomplete");
  old.LMSSetValue("cmi.core.exit", "suspend");
  old.LMSCommit("");
  addEventListener("pagehide", () => {
    old.LMSSetValue("cmi.core.session_time", "0000:00:10");
    old.LMSFinish("");
  });
} else if (lms) {
  lms.Initialize("");
  lms.SetValue("cmi.completion_status", "incomplete");
  lms.SetValue("cmi.exit", "suspend");
  lms.Commit("");
  addEventListener("pagehide", () => {
    lms.SetValue("cmi.session_time", "PT10S");
    lms.Terminate("");
  });
}
document.querySelector("button").addEventListener("click", () => {
  const set = (name, value) => (old ? old.LMSSetValue(name, value) : lms.SetValue(name, value));
  set("cmi.interactions.0.id", "q1");
  set("cmi.interactions.0.type", "choice");
  set("cmi.interactions.0.correct_responses.0.pattern", "a");
  set("cmi.suspend_data", "answered");
  if (old) old.LMSCommit("");
  else lms.Commit("");
});
document.querySelector("button").textContent = old || lms ? "Answer" : "No LMS";
"""


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def lms(server: Server) -> Lms:
    return Lms(server)


@pytest.fixture
def course(lms: Lms, tmp_path: Path) -> str:
    (tmp_path / "index.html").write_text(COURSE)
    (tmp_path / "course.js").write_text(COURSE_JS)
    return lms.add("tiny", tmp_path)


def _course_frame(page: Page) -> Frame:
    """The innermost frame: the course, however deep the LMS puts it."""
    page.wait_for_load_state()
    return page.frames[-1]


def _until(page: Page, condition: Callable[[], bool]) -> None:
    for _ in range(50):
        if condition():
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing arrived within 2.5 s")


@pytest.mark.parametrize("placing", ["frame", "nested"])
@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_a_framed_course_is_recorded_and_finishes_as_the_tab_closes(
    page: Page, lms: Lms, course: str, placing: Placing, standard: str
) -> None:
    session: Session = Scorm12Session(Tracks(), PLAIN) if standard == "scorm12" else Scorm2004Session(Tracks())
    page.goto(lms.launch(session, course, placing).url)
    _course_frame(page).click("text=Answer")
    assert session.tracks.values["cmi.suspend_data"] == "answered"
    page.goto("about:blank")
    _until(page, lambda: session.state == "finished")
    assert session.violations == []


def test_a_course_in_its_own_window_finds_the_lms_that_opened_it(page: Page, lms: Lms, course: str) -> None:
    session = Scorm12Session(Tracks(), LEARNING_HUB)
    page.goto(lms.launch(session, course, "popup").url)
    with page.expect_popup() as opened:
        page.click("text=Open the course")
    assert opened.value.evaluate("[innerWidth, innerHeight]") == [640, 480]
    opened.value.click("text=Answer")
    opened.value.close()
    _until(page, lambda: session.state == "finished")
    assert session.violations == []


def test_behind_a_foreign_window_there_is_no_lms(page: Page, lms: Lms, course: str) -> None:
    page.goto(lms.launch(Scorm12Session(Tracks(), PLAIN), course, "foreign").url)
    assert _course_frame(page).inner_text("button") == "No LMS"


def test_a_machine_switched_off_sends_nothing_more(page: Page, lms: Lms, course: str) -> None:
    session = Scorm12Session(Tracks(), PLAIN)
    page.goto(lms.launch(session, course).url)
    _course_frame(page).wait_for_selector("text=Answer")
    session.faults.cut = True
    _course_frame(page).click("text=Answer")
    page.goto("about:blank")
    assert session.state == "running"
    assert "cmi.suspend_data" not in session.tracks.values


@pytest.mark.parametrize("standard", ["scorm12", "scorm2004"])
def test_scorm_again_commits_to_the_server_and_comes_back(
    page: Page, server: Server, course: str, standard: Standard
) -> None:
    tracks = AgainTracks()
    page.goto(again_launch(server, tracks, standard, course))
    _course_frame(page).click("text=Answer")
    assert tracks.values["cmi.suspend_data"] == "answered"
    page.goto("about:blank")
    time = "cmi.core.session_time" if standard == "scorm12" else "cmi.session_time"
    _until(page, lambda: tracks.values.get(time, "") in ("00:00:10", "PT10S"))
    page.goto(again_launch(server, tracks, standard, course))
    api = "parent.API.LMSGetValue" if standard == "scorm12" else "parent.API_1484_11.GetValue"
    _course_frame(page).wait_for_selector("text=Answer")
    assert tracks.interactions() == [{"id": "q1", "type": "choice", "correct_responses.0.pattern": "a"}]
    assert _course_frame(page).evaluate(f"{api}('cmi.suspend_data')") == "answered"
    assert tracks.complaints == []
