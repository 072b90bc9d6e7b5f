"""Median and quartiles, exactly and alike on every engine: with linear interpolation, as spreadsheets have them."""

from __future__ import annotations

import ibis
from ibis import _

QUARTILES = {"lower": 0.25, "median": 0.5, "upper": 0.75}


def quartiles(table: ibis.Table, names: list[str], value: str) -> ibis.Table:
    """By group: `n`, `lower`, `median` and `upper` of a column without gaps."""
    window = ibis.window(group_by=names, order_by=value)
    placed = table.mutate(place=ibis.row_number().over(window), size=_[value].count().over(ibis.window(group_by=names)))
    parts = {}
    for name, part in QUARTILES.items():
        at = (placed["size"] - 1) * part
        below = at.floor()
        weight = ibis.ifelse(
            placed["place"] == below, 1 - (at - below), ibis.ifelse(placed["place"] == below + 1, at - below, 0.0)
        )
        parts[name] = (weight * placed[value]).sum()
    return placed.group_by(names).aggregate(n=_[value].count(), **parts)
