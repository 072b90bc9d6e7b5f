"""What calculators hold: frozen facts, like those of ``content.py``."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ..content import Prose
from .reckoning import Tree
from .units import Unit


@dataclass(frozen=True)
class InputOption:
    id: str
    text: str
    value: str
    """As formulas take it; empty for one that is only a name."""


@dataclass(frozen=True)
class Input:
    """Something a learner enters in a calculator."""

    id: str
    label: Prose
    unit: Unit
    typed: str
    """The worked example's, as somebody would type it; the id of an option of a choice."""
    shown: str
    least: str
    most: str
    step: str
    slider: bool
    hint: str
    options: tuple[InputOption, ...]
    when: Tree
    """None for one that is always asked for."""
    asked: bool
    """In the worked example."""


@dataclass(frozen=True)
class Constant:
    id: str
    label: Prose
    shown: str
    value: str
    """As formulas take it."""


@dataclass(frozen=True)
class Result:
    id: str
    label: Prose
    unit: Unit
    decimals: int
    tree: Tree
    notation: Markup
    shown: str
    """The worked example's."""
    working: bool


@dataclass(frozen=True)
class Band:
    """What the numbers mean while its condition holds."""

    tree: Tree
    """None for the last, which always holds."""
    text: Prose
    holds: bool
    """In the worked example."""


@dataclass(frozen=True)
class Chart:
    type: str
    title: str
    names: tuple[str, ...]
    across: str
    """Of a line: the input along the bottom."""
    points: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Where along the bottom, as formulas take it and as shown; and what each name comes to there in the worked example."""


@dataclass(frozen=True)
class Calculator:
    title: str
    intro: Prose
    inputs: tuple[Input, ...]
    constants: tuple[Constant, ...]
    results: tuple[Result, ...]
    meaning: tuple[Band, ...]
    chart: Chart | None
    played: str
    """What the player reckons with, as JSON."""

    def of(self, name: str) -> Result:
        return next(result for result in self.results if result.id == name)
