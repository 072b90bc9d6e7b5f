"""Writes what axe found into the results that accessibility statements are made from, and holds tests to them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

RESULTS = Path(__file__).parents[2] / "site/package/accessibility.json"
_RULE = re.compile(r": ([a-z][a-z-]+): ")
Agree = Callable[[str, int, Iterable[tuple[int, str]], Sequence[str], str], None]


def in_words(looks: Iterable[tuple[int, str]]) -> list[str]:
    return [f"{width} pixels wide, {scheme}" for width, scheme in looks]


@pytest.fixture
def statement(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Agree:
    """``statement(what, pages, looks, faults, tool)``: what the statement says of these pages is what was found.

    How many pages there are is written, not compared: each new page would ask for new results.
    """

    def agree(what: str, pages: int, looks: Iterable[tuple[int, str]], faults: Sequence[str], tool: str) -> None:
        rules = sorted({found for fault in faults for found in _RULE.findall(fault)[-1:]})
        found = {"pages": pages, "looks": in_words(looks), "faults": rules}
        if request.config.getoption("update_golden"):
            with FileLock(tmp_path_factory.getbasetemp().parent / "accessibility.lock"):
                _write(what, found, tool)
        recorded = json.loads(RESULTS.read_text("utf-8"))["checks"].get(what, {})
        assert {**recorded, "pages": pages} == found, "write the results anew with --update-golden"

    return agree


def _write(what: str, found: dict[str, Any], tool: str) -> None:
    results = json.loads(RESULTS.read_text("utf-8"))
    checks = {**results["checks"], what: found}
    if (checks, tool) != (results["checks"], results["tool"]):
        results = {"on": date.today().isoformat(), "tool": tool, "checks": dict(sorted(checks.items()))}
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
