"""Small masterclasses written by tests."""

from __future__ import annotations

import textwrap
from pathlib import Path

from pipeline import project
from pipeline.course import Course
from pipeline.problems import Problem
from pipeline.settings import Settings
from there import there

MASTERCLASS = """\
id: demo
title: A demonstration
version: 1.0.0
summary: Made by a test.
minutes: 5
outcomes:
  - {id: first, text: Tell one thing from another}
"""
FACTS = """\
- {key: FACT1, text: One thing is not another., source: A handbook, as_of: "2026", status: verified}
"""


def write(root: Path, files: dict[str, str]) -> Path:
    """A masterclass `demo` with `files`, and a masterclass.yml and facts.yml where there are none in them."""
    folder = root / "masterclasses" / "demo"
    for name, text in {"masterclass.yml": MASTERCLASS, "facts.yml": FACTS, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8", newline="\n")
    return folder


def problems_of(root: Path) -> tuple[Course | None, list[Problem]]:
    problems: list[Problem] = []
    settings = Settings(root, root / "masterclasses", iri_base="https://example.org")
    found = project.courses(settings, (), problems)
    return (found[0].course if found else None), problems


def course(root: Path, files: dict[str, str]) -> Course:
    """The course made of `files`, which have no problem."""
    write(root, files)
    found, problems = problems_of(root)
    assert problems == [], problems
    return there(found)
