"""What every way to a learner has in common: a tab in a browser, and an LMS's record of what was done in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from playwright.sync_api import BrowserContext, Page

from learner import Learner
from records import Answer
from statement_shape import Json


class Course:
    """One build of a masterclass, unpacked: a folder per format."""

    def __init__(self, ident: str, formats: dict[str, Path]) -> None:
        self.id = ident
        self.formats = formats
        self.json: Json = json.loads((formats["scorm12"] / "course.json").read_text("utf-8"))


class Channel(Protocol):
    """A learner's way into a course. ``launch`` may be called again: that is a relaunch, by the LMS's rules."""

    name: str

    def launch(self, context: BrowserContext, course: Course) -> Learner: ...

    def close(self) -> None:
        """The learner closes the tab."""

    def leave(self) -> None:
        """The learner closes the tab and the LMS has heard all it is going to hear."""

    def answers(self, skip: int = 0) -> list[Answer]:
        """Interactions on record, in the words of the course last launched; earlier ones may have to be skipped."""

    def status(self) -> dict[str, object]:
        """``completed``, ``passed`` (None while open) and ``score`` (0..1) by the LMS's record."""

    def violations(self) -> list[str]: ...


def until(page: Page, condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Let the browser and the servers work on until something holds; whether it came to hold."""
    for _ in range(int(seconds / 0.05)):
        if condition():
            return True
        page.wait_for_timeout(50)
    return condition()


def wait(context: BrowserContext, condition: Callable[[], bool]) -> None:
    """The same where no tab is left open."""
    bystander = context.new_page()
    until(bystander, condition)
    bystander.close()


class Tab:
    """What the channels share: one tab at a time."""

    def __init__(self) -> None:
        self.page: Page | None = None

    def close(self) -> None:
        assert self.page
        self.page.close()
        self.page = None

    def close_and_wait(self, condition: Callable[[], bool]) -> None:
        """Close the tab and give what is still on its way the time to arrive."""
        assert self.page
        context = self.page.context
        self.close()
        wait(context, condition)

    def watch(self, page: Page) -> None:
        """Called before anything is loaded into a new tab."""

    def open(self, context: BrowserContext, url: str) -> Page:
        if self.page:
            self.close()
        self.page = context.new_page()
        self.watch(self.page)
        self.page.goto(url)
        return self.page
