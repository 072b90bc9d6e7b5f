"""Short YAML in tests, read as the loader reads it."""

from __future__ import annotations

import textwrap
from typing import Any

from pipeline.located import Origin, parse
from pipeline.problems import Problem
from pipeline.questions import QUESTION, TYPES, Parts
from pipeline.shapes import Shape


def read(shape: Shape, text: str, name: str = "key") -> tuple[Any, list[Problem]]:
    """What `shape` makes of `text`, and what it complains about."""
    problems: list[Problem] = []
    node = parse(textwrap.dedent(text), Origin("a.yml"), problems)
    assert node is not None, problems
    return shape.read(node, name, problems), problems


def parts(text: str) -> Parts:
    """The parts of a question without problems."""
    record, problems = read(QUESTION, text)
    assert problems == [], problems
    found = TYPES[record.type].parts(record, problems)
    assert problems == [], problems
    return found
