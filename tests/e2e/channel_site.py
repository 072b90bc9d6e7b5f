"""The public site's way to a learner: no LMS, only this browser, under the strictest policy."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

import records
import resume_string
from channels import Course, Tab
from fake_server import Server, folder
from learner import Learner
from records import Answer
from statement_shape import Json

HEADERS = {"Content-Security-Policy": "default-src 'self'; img-src 'self' data:"}


class Site(Tab):
    """What was recorded is read from the browser's own storage, by the description of the resume string."""

    name = "site"

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server
        self.course: Json = None
        self.state: resume_string.State | None = None
        self.complaints: list[str] = []

    def launch(self, context: BrowserContext, course: Course) -> Learner:
        """On the page where the learner was: on the site that is what a bookmark does."""
        self.course = course.json
        self.server.mounts["/site/"] = folder(course.formats["site"], HEADERS)
        page = self.state.page if self.state and self.state.page else course.json["pages"][0]["id"]
        tab = self.open(context, f"{self.server.url}/site/masterclasses/{course.id}/{page}/")
        tab.on("console", lambda message: self.complaints.append(message.text))
        return Learner(tab, course.json)

    def leave(self) -> None:
        assert self.page
        kept = self.page.evaluate("Object.entries(localStorage).filter(([key]) => key.endsWith(':work'))")
        [(_, copy)] = kept
        self.state = resume_string.read(self.page.evaluate("text => JSON.parse(text).resume", copy), self.course)
        self.close()

    def answers(self, skip: int = 0) -> list[Answer]:
        """The last answer to each question: the site keeps no history, so there is none to skip."""
        assert self.state
        found = []
        for question, response in self.state.answers.items():
            found.append(records.judged(self.course, question, response))
            if level := self.state.confidence.get(question):
                found.append(records.confidence(question, level))
        choices = {
            (block["id"], choice["number"]): (f"{block['id']}.{scene['id']}", choice["id"])
            for block in self.course["blocks"]
            for scene in block.get("scenes", [])
            for choice in scene["choices"]
        }
        for block, path in self.state.stories.items():
            for scene, choice in (choices[block, number] for number in path):
                found.append(records.answer(self.course, scene, [choice], "neutral"))
        return found

    def status(self) -> dict[str, object]:
        assert self.state
        passed = True if self.state.passed else None
        return {"completed": self.state.completed, "passed": passed, "score": self.state.best}

    def violations(self) -> list[str]:
        return self.complaints
