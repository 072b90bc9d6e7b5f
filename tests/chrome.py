"""Finds the Chrome or Chromium that tests drive. Run as a program, it also gets one, and prints where it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


@cache
def find() -> str | None:
    return next((path for path in _candidates() if _starts(path)), None)


def _candidates() -> Iterator[str]:
    named = os.environ.get("CHROME")
    if named:
        yield named
    yield from filter(None, map(shutil.which, NAMES))
    yield MACOS
    yield _downloaded()


def _downloaded() -> str:
    """Where Playwright keeps a Chromium of its own, if it has one."""
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    """Ubuntu's `chromium-browser` without its snap is a script that only complains."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except OSError:
        return False


def _ways() -> Iterator[list[str]]:
    """Commands that may bring one, the least intrusive first."""
    playwright = [sys.executable, "-m", "playwright"]
    yield [*playwright, "install", "chromium"]
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    if Path(_downloaded()).exists():
        yield [*playwright, "install-deps", "chromium"]
    if shutil.which("apt-get"):
        yield ["apt-get", "update"]
        yield ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]


def main() -> None:
    found = find()
    for command in () if found else _ways():
        print("No Chrome or Chromium found. Trying:", *command, file=sys.stderr)
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
        find.cache_clear()
        found = find()
        if found:
            break
    if not found:
        sys.exit("The tests need Chrome or Chromium: install one, or name it in the environment variable CHROME.")
    print(found)


if __name__ == "__main__":
    main()
