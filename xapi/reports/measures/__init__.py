"""Every measure by its id. Add one by writing a row in one of the modules of this package."""

from __future__ import annotations

from . import checks, completion, items, learning, pace, plans, self_checks, worth
from .measure import By, Measure, Tables

MEASURES: dict[str, Measure] = {
    measure.id: measure
    for module in (completion, pace, items, checks, learning, plans, self_checks, worth)
    for measure in module.MEASURES
}

__all__ = ["MEASURES", "By", "Measure", "Tables"]
