"""What a calculator's formulas and texts may name."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from .formula import Kind, Quantity
from .reckoning import Value
from .units import Unit, shown


@dataclass
class Names:
    """Filled while a calculator is read: each by the id of an input, a constant or a result."""

    units: dict[str, Unit] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    decimals: dict[str, int] = field(default_factory=dict)
    options: dict[tuple[str, str], str] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    """Of choices: the words of the option taken in the worked example, which stand for it."""
    example: dict[str, Value] = field(default_factory=dict)

    def shown(self, name: str) -> str:
        if name in self.chosen:
            return self.chosen[name]
        return shown(Fraction(self.example[name]), self.units[name], self.decimals[name])


def quantity(of: Unit) -> Quantity:
    return Quantity(of.dimension, of.text)
