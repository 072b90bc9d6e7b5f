"""How fast a build is and how small what it makes: one JSON line, everything measured in one run.

    .venv/bin/python benchmarks/build.py

Ratios compare with plain `mkdocs build` (Material, search) of the same pages, the questions written as ordinary lists.
Types of the questions, in the order in which they come: see MIX in generated.py.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import launch
from generated import BIG, MIX, SMALL, Size, masterclass, plain

_SITE = "site_name: Measured\nsite_url: https://example.org/\ntheme: {name: material, font: false}\n"
_OURS = _SITE + "docs_dir: content\nsite_dir: build/site\nplugins: [search, masterclass]\n"
# The extensions that our pages are rendered with, so that both sides do the same work on the text.
_PLAIN = (
    _SITE + "markdown_extensions: [abbr, admonition, attr_list, def_list, sane_lists, tables, toc, pymdownx.details, "
    "pymdownx.superfences, {pymdownx.tabbed: {alternate_style: true}}]\nplugins: [search]\n"
)
_PACKAGES = "scorm12,scorm2004,cmi5,xapi"
_RUNS = 3
"""Of each command; the median counts."""


@dataclass(frozen=True)
class Cost:
    cpu: float
    """Seconds, of the process and its children."""
    rss: int
    """Kilobytes at the most."""


@dataclass(frozen=True)
class Projects:
    ours: Path
    plain: Path
    course: str


def projects(folder: Path, name: str, size: Size) -> Projects:
    ours, other = folder / f"{name}-ours", folder / f"{name}-plain"
    masterclass(ours / "masterclasses" / name, size)
    (ours / "content").mkdir()
    (ours / "content" / "index.md").write_text("# Home\n", encoding="utf-8")
    (ours / "mkdocs.yml").write_text(_OURS, encoding="utf-8")
    plain(other / "docs", size)
    (other / "mkdocs.yml").write_text(_PLAIN, encoding="utf-8")
    return Projects(ours, other, name)


def cost(cwd: Path, *command: str, before: Callable[[], object] = lambda: None) -> Cost:
    """Median over the runs; `before` each, not counted."""
    found = []
    for _ in range(_RUNS):
        before()
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen([sys.executable, "-m", *command], cwd=cwd, stdout=said, stderr=said)
            _, status, usage = os.wait4(process.pid, 0)
            if status:
                said.seek(0)
                sys.exit(f"{' '.join(command)} failed:\n{said.read().decode()}")
        found.append(Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss))
    return Cost(statistics.median(c.cpu for c in found), int(statistics.median(c.rss for c in found)))


def remove(folder: Path) -> None:
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def change(projects_: Projects) -> None:
    page = next((projects_.ours / "masterclasses" / projects_.course).glob("*-page-3.md"))
    page.write_text(page.read_text(encoding="utf-8") + f"\nChanged {time.time_ns()}.\n", encoding="utf-8")


def built(projects_: Projects) -> list[dict[str, int]]:
    listed = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "build", "--format", _PACKAGES, "--json"],
        cwd=projects_.ours, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: list[dict[str, int]] = json.loads(listed.stdout)
    return found


@contextmanager
def preview(projects_: Projects, port: int):  # type: ignore[no-untyped-def]
    """``masterclass serve --reload``; yields the site's address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "serve", "--reload", "--port", str(port)],
        cwd=projects_.ours, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(address).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait()


def big(folder: Path) -> dict[str, float]:
    course = projects(folder, "big", BIG)
    ours = cost(course.ours, "pipeline.cli", "build", before=lambda: remove(course.ours / "build"))
    other = cost(course.plain, "mkdocs", "build", "--quiet", before=lambda: remove(course.plain / "site"))
    again = cost(course.ours, "pipeline.cli", "build", "--format", _PACKAGES, before=lambda: change(course))
    with preview(course, 8931) as address:
        page = f"{address}masterclasses/big/page-3/"
        source = next((course.ours / "masterclasses" / "big").glob("*-page-3.md"))
        saved = statistics.median(launch.save_to_dom(page, source) for _ in range(_RUNS))
    return {
        "cpu_ratio": round(ours.cpu / other.cpu, 2),
        "rss_ratio": round(ours.rss / other.rss, 2),
        "incremental_ratio": round(again.cpu / other.cpu, 2),
        "save_to_dom_s": round(saved, 2),
        "suspend_chars": built(course)[0]["suspend_chars"],
        "content_ratio": content_ratio(course),
        "plain_cpu_s": round(other.cpu, 2),
        "cpu_s": round(ours.cpu, 2),
    }


def small(folder: Path) -> dict[str, float]:
    course = projects(folder, "small", SMALL)
    cost(course.ours, "pipeline.cli", "build")
    cost(course.plain, "mkdocs", "build", "--quiet")
    package = course.ours / "build" / "packages" / "small-1.0.0-scorm12.zip"
    with zipfile.ZipFile(package) as zipped:
        script = zipped.read("player.js")
    return {
        "package_bytes": package.stat().st_size,
        "js_gz": len(gzip.compress(script, 9, mtime=0)),
        "requests": launch.requests(_unpacked(course)),
        "content_ratio": content_ratio(course),
    }


def _unpacked(course: Projects) -> Path:
    folder = course.ours / "unpacked"
    package = next((course.ours / "build" / "packages").glob("*-scorm12.zip"))
    with zipfile.ZipFile(package) as zipped:
        zipped.extractall(folder)
    return folder


def content_ratio(course: Projects) -> float:
    """First content visible: our package's start against the same page of plain Material."""
    ours, other = launch.first_content(_unpacked(course), course.plain / "site")
    return round(ours / other, 2)


def main() -> None:
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        result = {
            "big": {"pages": BIG.pages, "questions": BIG.questions, **big(folder)},
            "small": {"pages": SMALL.pages, "questions": SMALL.questions, **small(folder)},
            "mix": {kind: round(count / len(MIX), 3) for kind, count in Counter(MIX).items()},
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
