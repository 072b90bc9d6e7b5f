"""Median and quartiles, exactly and alike on every engine: with linear interpolation, as spreadsheets have them."""

from __future__ import annotations

import ibis
from ibis import _

QUARTILES = {"lower": 0.25, "median": 0.5, "upper": 0.75}


def quartiles(table: ibis.Table, names: list[str], value: str) -> ibis.Table:
    """By group: `n`, `lower`, `median` and `upper` of a column without gaps."""
    found = table.group_by(names).aggregate(n=_[value].count(), cuts=_[value].quantile([*QUARTILES.values()]))
    return found.mutate(**{name: _.cuts[place] for place, name in enumerate(QUARTILES)}).drop("cuts")
