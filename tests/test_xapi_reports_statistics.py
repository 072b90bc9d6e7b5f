"""Statistics of questions beside those of pingouin, of SciPy and of a textbook, over answers that chance gave."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pytest
import scipy.stats
import yaml

import report_facts
from report_cases import CASES
from xapi.reports.filters import Filters
from xapi.reports.measures import MEASURES
from xapi.reports.running import run

PINGOUIN = yaml.safe_load((CASES / "item-statistics.yml").read_text(encoding="utf-8"))
"""What another package says of the same answers: worked out once, and written down with its version."""


@pytest.mark.parametrize("case", PINGOUIN, ids=["first", "second"])
def test_difficulty_discrimination_and_alpha(case: dict[str, Any]) -> None:
    rows = [list(map(float, line)) for line in case["answers"].split()]
    matrix = np.array(rows)
    questions = matrix.shape[1]
    known = report_facts.of_matrix(rows)
    found = run(MEASURES["questions"], known, Filters())
    assert found.values("n") == (len(rows),) * questions
    assert found.values("difficulty") == pytest.approx(case["difficulty"], abs=1e-9)
    assert found.values("discrimination") == pytest.approx(case["discrimination"], abs=1e-9)
    rest = matrix.sum(axis=1, keepdims=True) - matrix
    scipys = [scipy.stats.pointbiserialr(matrix[:, at], rest[:, at]).statistic for at in range(questions)]
    assert found.values("discrimination") == pytest.approx(scipys, abs=1e-9)
    # Kuder and Richardson's formula 20 is the same for what is right or wrong.
    p = matrix.mean(axis=0)
    kr20 = questions / (questions - 1) * (1 - (p * (1 - p)).sum() / matrix.sum(axis=1).var())
    checks = run(MEASURES["checks"], known, Filters())
    assert list(checks.values("alpha")) == pytest.approx([case["alpha"]], abs=1e-9)
    assert list(checks.values("alpha")) == pytest.approx([kr20], abs=1e-9)


def test_flags_follow_their_thresholds() -> None:
    """Thirty answers are enough to judge, a hundred to be sure; nobody is judged by twenty-nine."""
    rows = [
        [float(at % 10 == 0), float(at % 40 != 0), float(at % 2), float(at % 4 > 0), 1.0 - at % 2] for at in range(40)
    ]
    found = run(MEASURES["questions"], report_facts.of_matrix(rows), Filters())
    assert found.values("is_hard")[0] is True
    assert found.values("is_easy")[1] is True
    assert found.values("is_negative")[4] is True
    assert set(found.values("is_unstable")) == {True}
    few = run(MEASURES["questions"], report_facts.of_matrix(rows[:29]), Filters())
    assert {flag: set(few.values(flag)) for flag in ("is_hard", "is_easy", "is_weak", "is_negative", "unused")} == {
        flag: {None} for flag in ("is_hard", "is_easy", "is_weak", "is_negative", "unused")
    }
    many = run(MEASURES["questions"], report_facts.of_matrix(rows * 3), Filters())
    assert set(many.values("is_unstable")) == {False}


def test_quartiles_are_those_of_numpy() -> None:
    random = Random(4)
    seconds = [random.uniform(1, 5000) for _ in range(57)]
    known = report_facts.connection(
        [(learner, 0, {"verb": "initialized", "active_seconds": spent}) for learner, spent in enumerate(seconds)], []
    )
    found = run(MEASURES["time"], known, Filters())
    (row,) = found.rows
    assert row[2:] == (57, *(pytest.approx(float(np.quantile(seconds, q)), abs=1e-9) for q in (0.25, 0.5, 0.75)))
