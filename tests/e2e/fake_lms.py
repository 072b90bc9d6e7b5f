"""Host pages in which a SCORM package meets a fake LMS: framed, nested or in a window of its own."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fake_scorm import LmsGoneError, Session
from fake_scorm12 import Scorm12Session
from fake_server import Handler, Request, Response, Server, folder, html_response, json_response

PAGES = Path(__file__).parent / "pages"

Placing = Literal["frame", "popup", "nested", "foreign", "sandbox"]
"""``nested`` puts two frames between the course and a foreign top window; ``foreign`` hides every API behind one;
``sandbox`` allows scripts and the same origin, but no forms, windows, dialogs or downloads."""

Arrival = Literal["at once", "late", "never"]


@dataclass(frozen=True)
class Launch:
    url: str
    course_url: str
    session: Session


class Lms:
    """Serves courses and launches sessions with them."""

    def __init__(self, server: Server) -> None:
        self.server = server
        server.mounts["/pages/"] = folder(PAGES)

    def add(self, name: str, root: Path) -> str:
        """Serve the unpacked package below ``root``; returns the path of its launch file."""
        self.server.mounts[f"/course/{name}/"] = folder(root)
        return f"/course/{name}/index.html"

    def launch(self, session: Session, course: str, placing: Placing = "frame", arrives: Arrival = "at once") -> Launch:
        base = f"/lms/{len(self.server.mounts)}/"
        standard = "scorm12" if isinstance(session, Scorm12Session) else "scorm2004"
        calls = f"{base}calls"
        api = f'<script src="/pages/fake-api.js" data-standard="{standard}" data-calls="{calls}"'
        api += f' data-arrives="{arrives}"></script>'
        pages = {
            "/": html_response(_page(api, _course(course, placing, base))),
            "/inner": html_response(_page("", _frame(course))),
            "/foreign": html_response(_page("", _frame(self.server.url + course))),
            "/outer": html_response(_page("", _frame(self.server.url + base))),
        }
        self.server.mounts[base] = _host(pages, session)
        starts = {"nested": f"{self.server.other_url}{base}outer", "foreign": f"{self.server.other_url}{base}foreign"}
        return Launch(starts.get(placing, self.server.url + base), self.server.url + course, session)


def _host(pages: dict[str, Response], session: Session) -> Handler:
    turn = threading.Condition()
    following = 0

    def answer(request: Request) -> Response | None:
        nonlocal following
        if request.path != "/calls":
            return pages.get(request.path, Response(404))
        if session.faults.cut:
            return None
        call = json.loads(request.body)
        with turn:  # beacons may overtake each other, by seconds on a busy machine
            turn.wait_for(lambda: following == call["sequence"], timeout=30)
            try:
                return json_response({"answer": session.call(call["method"], call["arguments"])})
            except LmsGoneError:
                return json_response({"thrown": True})
            finally:
                following = call["sequence"] + 1
                turn.notify_all()

    return answer


def _page(head: str, body: str) -> str:
    return f'<!doctype html><html lang="en"><head><title>Fake LMS</title>{head}</head><body>{body}</body></html>'


def _course(course: str, placing: Placing, base: str) -> str:
    if placing == "popup":
        return f'<button data-course="{course}">Open the course</button><script src="/pages/popup.js"></script>'
    return _frame(
        f"{base}inner" if placing == "nested" else course,
        ' sandbox="allow-scripts allow-same-origin"' if placing == "sandbox" else "",
    )


def _frame(url: str, more: str = "") -> str:
    return f'<iframe id="course" title="Course" src="{url}" width="1000" height="700"{more}></iframe>'
