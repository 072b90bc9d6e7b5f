"""Results of the self-check that made-up learners give away: counts, as the server keeps them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from ...people.self_checks import BANDS, Counts
from .people import Learner

# Where people see themselves, by domain: how far from the middle of the scale.
DOMAINS = {"innovation": -0.2, "relationships": 0.5, "individual": 0.3, "learning": -0.5}
GIVEN = 0.4

Given = list[tuple[str, dict[str, int]]]
"""The month, and by domain the quarter of the scale."""


def decided(learners: Sequence[Learner], seed: int, until: date) -> Given:
    random = Random(seed + 2)
    return [_given(learner, random, until) for learner in learners if learner.starts and random.random() < GIVEN]


def _given(learner: Learner, random: Random, until: date) -> tuple[str, dict[str, int]]:
    month = until - timedelta(days=random.randrange(120))
    middle = (BANDS - 1) / 2
    bands = {
        domain: min(BANDS - 1, max(0, round(middle + lean + learner.ability / 2 + random.gauss(0, 0.6))))
        for domain, lean in DOMAINS.items()
    }
    return f"{month:%Y-%m}", bands


def give(given: Given, data: str) -> None:
    counts = Counts.at(data)
    try:
        for month, bands in given:
            counts.add(month, bands)
    finally:
        counts.close()


def lie(every: Given, today: date) -> list[dict[str, object]]:
    """How they lie, as a report should say it of the months that are over."""
    given = [each for each in every if each[0] < f"{today:%Y-%m}"]
    rows: list[dict[str, object]] = []
    for domain in sorted(DOMAINS):
        found = Counter(bands[domain] for _, bands in given)
        rows += [
            {
                "domain": domain.capitalize(),
                "option_at": band,
                "n": len(given),
                "chosen": found[band],
                "chosen_share": found[band] / len(given),
            }
            for band in range(BANDS)
            if given
        ]
    return rows
