"""The ways to a learner that end in an LRS: cmi5 and Tin Can."""

from __future__ import annotations

from time import monotonic
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, Request

import records
from channels import Course, Tab, until
from cmi5_rules import Mode
from fake_cmi5 import Cmi5Lms, learner
from fake_lms import Lms
from fake_lrs import Lrs
from fake_server import Server
from fake_tincan import ACCOUNT, launch_url
from learner import Learner
from records import Answer
from statement_shape import Json

QUIET = 0.2
"""Seconds without a request after which none follows from what the learner did."""


class LrsTab(Tab):
    course: Json

    def __init__(self, server: Server) -> None:
        super().__init__()
        self.server = server
        self.lrs = Lrs()
        self.registration = str(uuid4())
        self.endings = 0
        """How often a session had been said to end when the present one began."""
        self.under_way: set[Request] = set()
        self.last_asked = monotonic()

    def watch(self, page: Page) -> None:
        def began(request: Request) -> None:
            self.under_way.add(request)

        def ended(request: Request) -> None:
            self.under_way.discard(request)
            self.last_asked = monotonic()

        self.under_way = set()
        page.on("request", began)
        page.on("requestfinished", ended)
        page.on("requestfailed", ended)

    def open(self, context: BrowserContext, url: str) -> Page:
        page = super().open(context, url)
        self.endings = self.lrs.verbs().count("terminated")
        return page

    def settle(self) -> None:
        """Wait until all is said. Who leaves within milliseconds of a launch or a click has requests under way, which
        no browser keeps in order; what becomes of those is a test of its own."""
        assert self.page
        until(self.page, lambda: not self.under_way and monotonic() > self.last_asked + QUIET)

    def close(self) -> None:
        self.settle()
        super().close()

    def leave(self) -> None:
        self.close_and_wait(lambda: self.lrs.verbs().count("terminated") > self.endings)

    def answers(self, skip: int = 0) -> list[Answer]:
        said = [one for one in self.lrs.statements if one["verb"]["id"].endswith("/answered")]
        return [records.from_statement(self.course, one) for one in said[skip:]]

    def status(self) -> dict[str, object]:
        whole = [one for one in self.lrs.statements if "/media/" not in one["object"]["id"]]  # a recording ends, too
        said = {one["verb"]["id"].rpartition("/")[2] for one in whole}
        judged = [one for one in self.lrs.statements if one["verb"]["id"].endswith(("/passed", "/failed"))]
        passed = True if "passed" in said else False if "failed" in said else None
        scores = [one["result"]["score"]["scaled"] for one in judged]
        return {"completed": "completed" in said, "passed": passed, "score": max(scores, default=None)}


class Cmi5(LrsTab):
    name = "cmi5"

    def __init__(self, server: Server, name: str = "learner-1") -> None:
        super().__init__(server)
        self.lms = Cmi5Lms(server, self.lrs)
        self.actor = learner(name)
        self.mode: Mode = "Normal"
        self.mastery_score = 0.7

    def launch(self, context: BrowserContext, course: Course) -> Learner:
        self.course = course.json
        path = Lms(self.server).add(course.id, course.formats["cmi5"])
        launched = self.lms.launch(
            self.server.url + path, self.registration, self.actor, mode=self.mode, mastery_score=self.mastery_score
        )
        return Learner(self.open(context, launched.url), course.json)

    def violations(self) -> list[str]:
        return self.lms.violations(self.registration)


class TinCan(LrsTab):
    name = "xapi"

    def __init__(self, server: Server, actor: Json = ACCOUNT) -> None:
        super().__init__(server)
        self.actor = actor
        server.mounts["/tincan/lrs/"] = self.lrs.answer

    def launch(self, context: BrowserContext, course: Course) -> Learner:
        self.course = course.json
        path = Lms(self.server).add(course.id, course.formats["xapi"])
        url = launch_url(
            self.server.url + path,
            f"{self.server.other_url}/tincan/lrs/",
            self.lrs,
            actor=self.actor,
            registration=self.registration,
            activity_id=course.json["iri"],
        )
        return Learner(self.open(context, url), course.json)

    def violations(self) -> list[str]:
        return self.lrs.violations
