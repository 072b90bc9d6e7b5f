"""What authors get wrong, and exactly what they are told: every case of tests/cases."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from cases_as_files import CASES, Case, cases, lay_out, problems_in, update
from pipeline.problems import as_text

ALL = cases()


def test_valid_masterclass_has_no_problem(tmp_path: Path) -> None:
    lay_out(Case(CASES, 1, "valid", {}, ""), tmp_path)
    assert problems_in(tmp_path) == []


def test_cases_have_a_name_each() -> None:
    assert len({case.name for case in ALL}) == len(ALL)


def test_cases(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    said: dict[Path, dict[str, str]] = defaultdict(dict)
    failures = []
    for number, case in enumerate(ALL):
        root = tmp_path / str(number)
        lay_out(case, root)
        text = as_text(problems_in(root)).replace("masterclasses/valid/", "")
        said[case.path][case.name] = text
        if text != case.expect:
            failures.append(f"{case.path}:{case.line}: {case.name}\nexpected:\n{case.expect}\nfound:\n{text}")
    if request.config.getoption("update_golden"):
        for path, texts in said.items():
            update(path, texts)
    else:
        assert not failures, "\n".join(["", *failures])
