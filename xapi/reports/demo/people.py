"""A made-up programme: who is on its roster, and by which way each of them comes to the masterclasses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ...people.rows import Row

# Sector, weight, how likely an invited person starts, organisations.
SECTORS = (
    ("NHS", 44, 0.82, ("Northmoor Trust (demo)", "Eastvale Trust (demo)", "Northmoor ICB (demo)")),
    ("Council", 22, 0.7, ("Overton Council (demo)", "Kelsby Borough (demo)")),
    ("Social care provider", 12, 0.52, ("Larkfield Care (demo)", "Homeward Support (demo)")),
    ("Housing", 6, 0.55, ("Fenbridge Homes (demo)",)),
    ("VCSE", 12, 0.66, ("Overton Voices (demo)", "Kelsby Carers (demo)")),
    ("Lived experience", 4, 0.6, ("Independent (demo)",)),
)
ROLES = ("Director", "Programme lead", "Clinical lead", "Elected member or non-executive", "Manager")
COHORTS = ("Autumn (demo)", "Winter (demo)", "Spring (demo)")
GIVEN = ("Alex", "Amara", "Beth", "Callum", "Dilys", "Ewan", "Farah", "Grace", "Hari", "Imogen", "Jo", "Kwame", "Lena")

# How statements come: by an LMS's cmi5 launch, from the site, from a package whose key anybody can read, or not at all.
WAYS = (("cmi5", 45), ("site", 25), ("scorm12", 22), ("lms", 8))


@dataclass(frozen=True, slots=True)
class Learner:
    row: Row
    way: str
    ability: float
    starts: bool
    uninvited: bool = False
    """Takes part without being on the roster."""


def people(count: int, random: Random, until: date) -> list[Learner]:
    learners = [_learner(number, random, until) for number in range(1, count + 1)]
    return [*learners, *(_stranger(number, random) for number in range(1, count // 25 + 1))]


def _learner(number: int, random: Random, until: date) -> Learner:
    sector, _, eager, organisations = random.choices(SECTORS, [each[1] for each in SECTORS])[0]
    cohort = random.randrange(len(COHORTS))
    invited = until - timedelta(days=150 - 40 * cohort)
    row = Row(
        lms_id=f"demo-{number:05}",
        name=f"{random.choice(GIVEN)} Demo {number}",
        organisation=random.choice(organisations),
        sector=sector,
        role=random.choice(ROLES),
        cohort=COHORTS[cohort],
        invited=invited.isoformat(),
        due=(invited + timedelta(days=84)).isoformat(),
    )
    way = random.choices([name for name, _ in WAYS], [weight for _, weight in WAYS])[0]
    return Learner(row, way, random.gauss(0, 1), random.random() < eager)


def _stranger(number: int, random: Random) -> Learner:
    row = Row(f"guest-{number:05}", f"Guest Demo {number}", "", "", "", "", "", "")
    return Learner(row, "site", random.gauss(0, 1), True, uninvited=True)
