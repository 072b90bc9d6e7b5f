"""Which of many like cases `make test` runs: a few of each; `make test-slow` has the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def the_rest_slow(cases: Iterable[Any], *quick: Any) -> list[Any]:
    """`cases` as parameters, all but the `quick` ones marked slow; tuples are several arguments."""
    found = []
    for case in cases:
        values = case if isinstance(case, tuple) else (case,)
        found.append(pytest.param(*values, marks=[] if case in quick else pytest.mark.slow))
    return found
