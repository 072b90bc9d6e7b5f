"""Counts of self-checks, in a file (or a schema) of their own: no learner, no session, no time but the month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

from ..store.opening import POSTGRES
from ..store.queries import NAME
from .registers import Register, SqliteRegister

FILE = "self-checks.sqlite"
SCHEMA = "self_checks"
RANGES = ("0 to 24", "25 to 49", "50 to 74", "75 to 100")
"""Quarters of the scale."""
BANDS = len(RANGES)


def middles(months: Iterable[tuple[str, str, int, int]], before: str, least: int) -> dict[str, int]:
    """By domain, the quarter in which the middle one of all scores lies; of the months before this one, and of `least` or more.

    A month that is not over could be asked for twice, and say what came in between.
    """
    scores: dict[str, list[int]] = {}
    for month, domain, band, number in months:
        if month < before:
            scores.setdefault(domain, []).extend([band] * number)
    return {d: sorted(given)[(len(given) - 1) // 2] for d, given in sorted(scores.items()) if len(given) >= least}


def _read() -> dict[str, str]:
    _, *parts = NAME.split(files(__package__).joinpath("self_checks.sql").read_text(encoding="utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


class Counts:
    def __init__(self, register: Register) -> None:
        self._register = register

    @classmethod
    def at(cls, data: str) -> Counts:
        """Beside the store of this folder or database; made when there are none."""
        if data.startswith(POSTGRES):
            from .postgres import PostgresRegister

            return cls(PostgresRegister(data, _read(), SCHEMA))
        return cls(SqliteRegister(Path(data) / FILE, _read()))

    def add(self, month: str, bands: Mapping[str, int]) -> None:
        with self._register.opened() as page:
            for domain, band in sorted(bands.items()):
                page.run("add", month=month, domain=domain, band=band)

    def all(self) -> dict[tuple[str, int], int]:
        """By domain and band, over all months."""
        with self._register.opened() as page:
            return {(str(domain), int(band)): int(number) for domain, band, number in page.rows("counts")}

    def by_month(self) -> list[tuple[str, str, int, int]]:
        with self._register.opened() as page:
            return [
                (str(month), str(domain), int(band), int(number)) for month, domain, band, number in page.rows("months")
            ]

    def close(self) -> None:
        self._register.close()
