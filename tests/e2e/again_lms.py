"""Host pages in which a SCORM package meets scorm-again, the run-time library several real LMSs use."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from fake_lms import PAGES
from fake_scorm import members
from fake_server import Request, Response, Server, folder, html_response, json_response

DIST = Path(__file__).parents[2] / "site/player/node_modules/scorm-again/dist"

Standard = Literal["scorm12", "scorm2004"]

EMPTY: tuple[object, ...] = ("", None, {}, [])  # scorm-again sends every element, set or not

ONE_SESSION = ("exit", "session_time", "entry", "lesson_mode", "mode")


@dataclass
class AgainTracks:
    """What scorm-again committed, the last word on each element winning."""

    learner_id: str = "learner-1"
    values: dict[str, str] = field(default_factory=dict)
    commits: list[dict[str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def interactions(self) -> list[dict[str, str]]:
        return members(self.values, "cmi.interactions")

    def restored(self, standard: Standard) -> dict[str, str]:
        """What the next launch starts with: a session that goes on, whatever ended the last one."""
        kept = {name: value for name, value in self.values.items() if name.rsplit(".", 1)[1] not in ONE_SESSION}
        return {**kept, "cmi.core.student_id" if standard == "scorm12" else "cmi.learner_id": self.learner_id}


def again_launch(server: Server, tracks: AgainTracks, standard: Standard, course: str) -> str:
    """The address of a host page with the course in a frame."""
    base = f"/again/{len(server.mounts)}/"
    server.mounts["/pages/"] = folder(PAGES)
    server.mounts["/scorm-again/"] = folder(DIST)
    stored = json.dumps(tracks.restored(standard)).replace("<", "\\u003c")
    page = html_response(
        f"""<!doctype html><html lang="en"><head><title>scorm-again</title>
        <script src="/scorm-again/{standard}.min.js"></script>
        <script type="application/json" id="stored">{stored}</script>
        <script src="/pages/scorm-again.js" data-standard="{standard}"
          data-commits="{base}commits" data-complaints="{base}complaints"></script></head>
        <body><iframe id="course" title="Course" src="{course}" width="1000" height="700"></iframe></body></html>"""
    )

    def answer(request: Request) -> Response:
        if request.path == "/commits":
            sent = json.loads(request.body)
            commit = {name: _text(value) for name, value in sent.items() if value not in EMPTY}
            tracks.commits.append(commit)
            tracks.values = {name: value for name, value in tracks.values.items() if name not in sent} | commit
            return json_response({"result": True, "errorCode": 0})
        if request.path == "/complaints":
            tracks.complaints.append(request.body.decode())
        return page

    server.mounts[base] = answer
    return server.url + base


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
