"""`masterclass serve` in a process of its own, and learners who take masterclasses on it."""

from __future__ import annotations

import base64
import csv
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from channels import Course
from learner import Learner
from statement_shape import Json

ROOT = Path(__file__).resolve().parent.parent
SAVED = "Saved"
ROSTER = "lms_id,name,organisation,sector,role,cohort,invited,due\na1,Ada Byron,Council,,,,,\n"


class Served:
    """`masterclass serve` in a process of its own, which can be killed and started again over the same data."""

    def __init__(self, course: Course, data: Path) -> None:
        self.course = course
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        out = self.course.formats["site"].parent
        options = ["--out", str(out), "--data", str(self.data), "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", "serve", *options],
            cwd=out.parent,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        answering(f"{self.url}/health")

    def kill(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def page(self, page: str) -> str:
        return f"{self.url}/masterclasses/{self.course.id}/{page}/"

    def statements(self, key: Json) -> list[Json]:
        credentials = base64.b64encode(f"{key['key']}:{key['secret']}".encode()).decode()
        headers = {"Authorization": f"Basic {credentials}", "X-Experience-API-Version": "1.0.3"}
        request = urllib.request.Request(f"{self.url}/xapi/statements?ascending=true&limit=0", headers=headers)
        with urllib.request.urlopen(request) as answer:
            found: list[Json] = json.load(answer)["statements"]
        return found


def masterclass(served: Served, *words: str) -> str:
    command = [sys.executable, "-m", "pipeline.cli", *words, "--data", str(served.data)]
    return subprocess.check_output(command, cwd=ROOT, text=True)


def reader(served: Served) -> Json:
    """A key that may read everything."""
    return json.loads(masterclass(served, "lrs", "key", "add", "reports", "--scope", "all/read", "--json"))


def invited(served: Served, roster: Path) -> str:
    """The personal link of Ada, who is put on a roster."""
    roster.write_text(ROSTER, encoding="utf-8")
    masterclass(served, "roster", "import", str(roster))
    [row] = csv.DictReader(masterclass(served, "roster", "link", "--site", served.url).splitlines())
    return row["link"]


def follow(page: Page) -> None:
    page.get_by_text("Follow my progress").first.click()
    page.get_by_role("button", name="Follow my progress").click()
    expect(page.get_by_text("Your progress is followed")).to_be_visible()
    saved(page)


def saved(page: Page, words: str = SAVED) -> None:
    expect(page.locator("[data-saving]")).to_have_text(words, timeout=15_000)


def learner_at(context: BrowserContext, served: Served, page: str) -> Learner:
    tab = context.new_page()
    tab.goto(served.page(page))
    return Learner(tab, served.course.json).on(page)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def answering(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url).close()
            return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError(url)
