"""Fixtures for all tests: the command, this repository built once, a browser, and golden files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from chrome import find

pytest_plugins = ["journey_fixtures", "lrs_fixtures", "statement"]

ROOT = Path(__file__).resolve().parent.parent

# No look-ups of the browser maker's hosts: a test's network is this machine. Root needs --no-sandbox.
CHROME_ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Masterclass = Callable[..., Result]
Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files instead of comparing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a text with a file; under --update-golden writes the file, to be reviewed as a diff."""

    def compare(path: Path, actual: str) -> None:
        if request.config.getoption("update_golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="\n")
        assert actual == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def masterclass() -> Masterclass:
    """The command, in this process: `masterclass("build", "--out", path, cwd=folder)`."""
    from pipeline.cli import cli

    def run(*arguments: str | Path, cwd: Path = ROOT) -> Result:
        with chdir(cwd):
            return CliRunner().invoke(cli, [str(argument) for argument in arguments], catch_exceptions=False)

    return run


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, masterclass: Masterclass) -> Path:
    """This repository's masterclasses in all formats: a folder with site/ and packages/, shared by all workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    out = shared / "built"
    with FileLock(shared / "built.lock"):
        if not out.exists():
            result = masterclass("build", "--out", out)
            assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="session")
def chrome_path() -> str:
    path = find()
    assert path, "no Chrome or Chromium: `python tests/chrome.py` gets one"
    return path


@pytest.fixture(scope="session")
def browser(chrome_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome_path, args=CHROME_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    yield context
    context.close()


@pytest.fixture
def page(browser_context: BrowserContext) -> Page:
    return browser_context.new_page()
