"""What each made-up learner does: decided here, before any of it becomes a statement."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from ..catalogues import FINAL_CHECK, PLAN_CHECK
from .people import COHORTS, Learner
from .responses import right, wrong

PAPER = 15
PASS = 0.7
LEVELS = ("low", "medium", "high")
LEARNT = 0.9
"""By how much doing a masterclass raises ability."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something a learner does, and how many seconds after what they did before."""

    what: str
    gap: int
    page: str = ""
    about: str = ""
    response: str = ""
    score: float | None = None
    attempt: int = 1
    revision: int = 1
    purpose: str = ""


@dataclass(slots=True)
class Life:
    """One learner in one masterclass."""

    learner: Learner
    course: dict[str, Any]
    began: datetime
    steps: list[Step] = field(default_factory=list)

    def do(self, step: Step) -> None:
        self.steps.append(step)


def lives(learners: list[Learner], courses: list[dict[str, Any]], random: Random, until: datetime) -> list[Life]:
    made = []
    for learner in learners:
        if learner.starts:
            many = min(len(courses), random.choices((1, 2, 3), (6, 3, 1))[0])
            for course in random.sample(courses, many):
                made.append(_life(learner, course, random, until))
    return made


def _life(learner: Learner, course: dict[str, Any], random: Random, until: datetime) -> Life:
    cohort = COHORTS.index(learner.row.cohort) if learner.row.cohort else 1
    day = until.date() - timedelta(days=125 - 40 * cohort - random.randrange(45))
    life = Life(learner, course, datetime.combine(day, time(8, 0)) + timedelta(minutes=random.randrange(600)))
    _live(life, random)
    return _ended(life, until)


def _ended(life: Life, until: datetime) -> Life:
    """What would happen after the last day has not happened."""
    at = life.began
    kept = []
    for step in life.steps:
        at += timedelta(seconds=step.gap)
        if at >= until:
            break
        kept.append(step)
    return replace(life, steps=kept)


def _live(life: Life, random: Random) -> None:
    course = life.course
    life.do(Step("initialized", 0))
    pages = [page for page in course["pages"] if not page["after"]]
    leaves_at = next((at for at in range(len(pages)) if random.random() < (0.14 if at == 3 else 0.045)), None)
    passed: bool | None = None
    for at, page in enumerate(pages):
        if at == leaves_at:
            return
        if at and random.random() < 0.2:  # comes back another day
            life.do(Step("initialized", random.randrange(3, 90) * 3600))
        minutes = max(2, page["minutes"])
        life.do(Step("experienced", _lingered(minutes * 30, random), page=page["id"]))
        asked = [question for question in course["questions"] if question["page"] == page["id"]]
        for question in asked:
            if question["block_type"] != FINAL_CHECK:
                _answer(life, question, random)
        paper = [question for question in asked if question["block_type"] == FINAL_CHECK]
        if paper:
            passed = _final_check(life, paper, random)
        if at == len(pages) // 2 and random.random() < 0.6:
            life.do(Step("planned", 120, page=page["id"], about="plan"))
    if passed is not False:  # or there is no final check to pass
        life.do(Step("completed", 1))
    life.do(Step("terminated", 20))
    _come_back(life, random)


def _lingered(seconds: int, random: Random) -> int:
    """Mostly about what was planned, sometimes with a telephone call between."""
    return round(seconds * random.uniform(0.5, 2.2)) + (random.randrange(600, 2400) if random.random() < 0.06 else 0)


def _difficulty(question: dict[str, Any]) -> float:
    """Of a question, always the same: from its id."""
    return (sum(map(ord, question["id"])) % 29 - 16) / 10


def is_broken(question: dict[str, Any]) -> bool:
    """Its key is wrong: those who know more give another answer."""
    return sum(map(ord, question["id"])) % 17 == 0


def _chance(ability: float, question: dict[str, Any]) -> float:
    towards = -1.4 if is_broken(question) else 1.4
    return 1 / (1 + math.exp(-towards * (ability - _difficulty(question))))


def _answer(life: Life, question: dict[str, Any], random: Random) -> None:
    common = {"page": question["page"], "about": question["id"], "revision": question["revision"]}
    common |= {"purpose": question["purpose"]}
    if question["type"] == "rating":
        if random.random() < 0.85:
            life.do(Step("answered", random.randrange(4, 20), response=_rated(life, question, random), **common))
        return
    learnt = 0.0 if question["purpose"] == "pre" else LEARNT / 2
    is_right = random.random() < _chance(life.learner.ability + learnt, question)
    response = right(question) if is_right else wrong(question, random)
    life.do(Step("answered", random.randrange(15, 120), response=response, score=float(is_right), **common))
    if question["type"] == "single" and question["purpose"] == "practice":
        sure = LEVELS[min(2, max(0, round(1 + life.learner.ability / 2 + random.gauss(0, 0.7))))]
        life.do(Step("answered", 0, response=sure, **{**common, "about": f"{question['id']}.confidence"}))
    if not is_right and question["purpose"] == "practice" and random.random() < 0.5:
        life.do(Step("answered", random.randrange(10, 60), response=right(question), score=1.0, attempt=2, **common))


def _rated(life: Life, question: dict[str, Any], random: Random) -> str:
    """Before, more confident than they find afterwards that they had reason to be."""
    lift = {"pre": 0.0, "then": -0.5, "post": 1.0}.get(question["purpose"], 0.6)
    # Of a plan, the first option says most; of a scale, the last.
    options = question["options"][:: -1 if question["block_type"] == PLAN_CHECK else 1]
    level = (len(options) - 1) / 2 + life.learner.ability / 2 + lift + random.gauss(0, 0.8)
    return str(options[min(len(options) - 1, max(0, round(level)))]["id"])


def _final_check(life: Life, bank: list[dict[str, Any]], random: Random) -> bool:
    always = [question for question in bank if question["twin_of"]]
    for attempt in (1, 2, 3):
        first = always[:PAPER] if attempt == 1 else []
        rest = [question for question in bank if question not in first]
        paper = [*first, *random.sample(rest, min(len(rest), PAPER - len(first)))]
        scores = []
        for question in paper:
            is_right = random.random() < _chance(life.learner.ability + LEARNT + 0.4 * (attempt - 1), question)
            scores.append(float(is_right))
            life.do(
                Step(
                    "answered",
                    random.randrange(20, 90),
                    page=question["page"],
                    about=question["id"],
                    response=right(question) if is_right else wrong(question, random),
                    score=scores[-1],
                    attempt=attempt,
                    revision=question["revision"],
                    purpose=question["purpose"],
                )
            )
        mean = round(sum(scores) / len(scores), 4)
        if mean >= PASS:
            life.do(Step("passed", 2, score=mean))
            return True
        if random.random() < 0.3:
            break
    life.do(Step("failed", 2, score=mean))
    return False


def _come_back(life: Life, random: Random) -> None:
    """To their plan, on the pages that are for weeks later."""
    if not any(step.what == "planned" for step in life.steps):
        return
    since = 0
    for page in life.course["pages"]:
        if page["after"] and random.random() < 0.45:
            life.do(Step("initialized", (page["after"] - since) * 86_400 + 3600))
            since = page["after"]
            for question in life.course["questions"]:
                if question["page"] == page["id"] and question["type"] == "rating":
                    response = _rated(life, question, random)
                    life.do(
                        Step(
                            "answered",
                            20,
                            page=page["id"],
                            about=question["id"],
                            response=response,
                            revision=question["revision"],
                            purpose=question["purpose"],
                        )
                    )
