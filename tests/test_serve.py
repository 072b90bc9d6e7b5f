"""What `masterclass serve` answers, and the live preview in a browser."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from pipeline.cli import cli
from pipeline.server.app import app
from pipeline.server.headers import SECURITY
from pipeline.server.journal import Lines
from pipeline.server.kept import Kept


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["new", "demo"]).exit_code == 0
    return tmp_path


def test_site_and_packages_with_security_headers(project: Path) -> None:
    assert CliRunner().invoke(cli, ["build"]).exit_code == 0
    client = TestClient(app(project / "build", Kept.at("data")))
    for path, status in {
        "/": 200,
        "/masterclasses/demo/start/": 200,
        "/masterclasses/demo/course.json": 200,
        "/packages/demo-0.1.0-scorm12.zip": 200,
        "/nowhere/": 404,
        "/packages/../mkdocs.yml": 404,
    }.items():
        answer = client.get(path)
        assert (path, answer.status_code) == (path, status)
        assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY


def test_before_anything_is_built_nothing_is_found(tmp_path: Path) -> None:
    client = TestClient(app(tmp_path, Kept.at(str(tmp_path / "data"))))
    assert [client.get(path).status_code for path in ("/", "/packages/demo.zip", "/a/../b")] == [404] * 3


def test_the_lrs_stands_beside_the_site(project: Path) -> None:
    made = CliRunner().invoke(cli, ["lrs", "key", "add", "reports", "--scope", "all", "--json"])
    key = json.loads(made.stdout)
    with TestClient(app(project / "build", Kept.at("data"))) as client:
        client.auth = (key["key"], key["secret"])
        for root, version in {"/xapi": "1.0.3", "/xapi/2": "2.0.0"}.items():
            assert client.get(f"{root}/about").headers["X-Experience-API-Version"] == version
            headers = {"X-Experience-API-Version": version}
            assert client.get(f"{root}/statements", headers=headers).json() == {"statements": [], "more": ""}
        state = {"activityId": "https://example.org/a", "stateId": "s", "agent": '{"mbox": "mailto:ada@example.org"}'}
        version_header = {"X-Experience-API-Version": "1.0.3"}
        client.put("/xapi/activities/state", params=state, content=b"<script>", headers=version_header)
        document = client.get("/xapi/activities/state", params=state, headers=version_header)
        assert document.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_health_says_when_the_store_is_gone(project: Path) -> None:
    kept = Kept.at("data")
    client = TestClient(app(project / "build", kept))
    assert (client.get("/health").status_code, client.get("/health").json()) == (200, {"status": "ok"})
    kept.store.close()
    assert (client.get("/health").status_code, client.get("/health").json()) == (
        503,
        {"status": "the store cannot be read"},
    )


def test_numbers_and_lines_hold_nothing_personal(project: Path, caplog: pytest.LogCaptureFixture) -> None:
    (project / "build" / "site").mkdir(parents=True)
    caplog.set_level(logging.INFO, "masterclass")
    with TestClient(app(project / "build", Kept.at("data")), headers={"User-Agent": "ada"}) as client:
        client.get("/xapi/statements?agent=ada")
        client.get("/ada?ada", auth=("ada", "ada"))
        client.request("ADA", "/learner/session")
        metrics = client.get("/metrics")
    lines = [Lines().format(record) for record in caplog.records if record.name == "masterclass"]
    assert [json.loads(line)["area"] for line in lines] == ["xapi", "site", "learner"]
    assert [json.loads(line)["status"] for line in lines] == [400, 404, 405]
    assert "ada" not in "".join(lines).lower() + metrics.text.lower()
    assert 'masterclass_requests_total{area="xapi",method="GET",status="400"} 1\n' in metrics.text
    assert 'masterclass_request_seconds_count{area="learner"} 1\n' in metrics.text
    assert metrics.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"


def test_an_error_is_told_without_what_was_sent() -> None:
    try:
        raise ValueError("ada@example.org")
    except ValueError:
        record = logging.LogRecord(
            "uvicorn", logging.ERROR, "", 1, "Exception in ASGI application\n", (), sys.exc_info()
        )
    line = Lines().format(record)
    assert "ada" not in line
    assert (json.loads(line)["exception"], json.loads(line)["level"]) == ("ValueError", "error")


def test_nothing_built_yet(project: Path) -> None:
    done = CliRunner().invoke(cli, ["serve"])
    assert (done.exit_code, done.output) == (
        1,
        "Error: there is no site in build; build it first with: masterclass build\n",
    )


def test_a_port_in_use_is_said(project: Path) -> None:
    assert CliRunner().invoke(cli, ["build"]).exit_code == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(cli, ["serve", "--port", str(port)])
    assert (done.exit_code, done.output) == (
        1,
        f"Error: 127.0.0.1:{port} cannot be used (Address already in use); "
        f"choose another with: masterclass serve --port {port + 1}\n",
    )


@contextmanager
def previewed(project: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "pipeline.cli", "serve", "--reload", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(address).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


def test_live_preview_shows_edits_and_problems(project: Path, browser: Browser) -> None:
    page_file = project / "masterclasses" / "demo" / "01-start.md"
    written = page_file.read_text(encoding="utf-8")
    with previewed(project) as address:
        page = browser.new_page()
        page.goto(address + "masterclasses/demo/start/")
        expect(page.locator("h1")).to_have_text("Start here")
        page_file.write_text(written.replace("Write the page", "Rewrite the page"), encoding="utf-8")
        expect(page.get_by_text("Rewrite the page")).to_be_visible(timeout=20_000)
        page_file.write_text(written.replace("page:check", "page:chek"), encoding="utf-8")
        panel = page.locator("#masterclass-live")
        expect(panel).to_contain_text("did you mean 'check'?", timeout=20_000)
        expect(panel).to_contain_text("masterclasses/demo/01-start.md:8: ")
        page_file.write_text(written.replace("title: Start here", "title: Begin here"), encoding="utf-8")
        expect(page.locator("h1")).to_have_text("Begin here", timeout=20_000)
        page.close()


SESSION = """\
---
id: plan
kind: session
title: Ten minutes
minutes: 10
---
```session
steps:
  - {minutes: 10, title: Talk}
```
"""


def test_live_preview_of_new_files_facts_and_packs(project: Path, browser: Browser) -> None:
    folder = project / "masterclasses" / "demo"
    facts = folder / "facts.yml"
    written = facts.read_text(encoding="utf-8")
    with previewed(project) as address:
        page = browser.new_page()
        page.goto(address + "masterclasses/demo/start/")
        panel = page.locator("#masterclass-live")
        expect(page.locator("#source-FACT1")).to_contain_text("A claim you make")
        facts.write_text(written.replace("A claim you make", "A claim they make"), encoding="utf-8")
        expect(page.locator("#source-FACT1")).to_contain_text("A claim they make", timeout=20_000)
        facts.write_text(written.replace("status: ", "status: almost-"), encoding="utf-8")
        expect(panel).to_contain_text("masterclasses/demo/facts.yml:7: 'status' must be one of", timeout=20_000)
        facts.write_text(written, encoding="utf-8")
        expect(page.locator("#source-FACT1")).to_contain_text("A claim you make", timeout=20_000)
        (folder / "facilitator").mkdir()
        plan = folder / "facilitator" / "01-plan.md"
        plan.write_text(SESSION, encoding="utf-8")
        expect(page.locator('.md-nav a[href$="facilitator/plan/"]')).to_have_count(1, timeout=20_000)
        page.goto(address + "masterclasses/demo/facilitator/plan/")
        plan.write_text(SESSION.replace("minutes: 10,", "minutes: 12,"), encoding="utf-8")
        expect(panel).to_contain_text(
            "masterclasses/demo/facilitator/01-plan.md:5: the steps of the session add up to 12 minutes", timeout=20_000
        )
        plan.write_text(SESSION.replace("title: Talk", "title: Listen"), encoding="utf-8")
        expect(page.locator(".step-title")).to_have_text("Listen", timeout=20_000)
        plan.unlink()
        expect(page.locator("h1")).not_to_have_text("Ten minutes", timeout=20_000)
        page.close()
