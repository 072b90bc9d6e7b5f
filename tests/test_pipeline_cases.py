"""What authors get wrong, and exactly what they are told: every case of tests/cases."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from cases_as_files import CASES, Case, cases, lay_out, problems_in, update
from pipeline.problems import Problem, as_text

ALL = cases()


def test_valid_masterclass_has_no_problem(tmp_path: Path) -> None:
    lay_out(Case(CASES / "valid.yml", 1, "valid", {}, ""), tmp_path)
    assert problems_in(tmp_path) == []


def test_cases_have_a_name_each() -> None:
    assert len({case.name for case in ALL}) == len(ALL)


def test_cases(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    said: dict[Path, dict[str, str]] = defaultdict(dict)
    failures = []
    for number, case in enumerate(ALL):
        root = tmp_path / str(number)
        lay_out(case, root)
        text = as_text(problems_in(root, case.as_of)).replace("masterclasses/valid/", "")
        said[case.path][case.name] = text
        if text != case.expect:
            failures.append(f"{case.path}:{case.line}: {case.name}\nexpected:\n{case.expect}\nfound:\n{text}")
    if request.config.getoption("update_golden"):
        for path, texts in said.items():
            update(path, texts)
    else:
        assert not failures, "\n".join(["", *failures])


def mended(line: str, problem: Problem) -> str | None:
    """The line with what the hint says in place of what stands there; None when the hint leaves something to fill in."""
    written = re.search(r"write: (?P<text>.*)$", problem.hint)
    if written is None or "…" in written["text"]:
        return None
    if problem.code == "yaml":
        return written["text"]
    pair = re.fullmatch(r"(?P<key>\"?\w+\"?): (?P<value>.+)", written["text"])
    if pair is None:
        return None
    # Inside braces a value ends where the next key begins, everywhere else with the line.
    old = r"[^,}]*(?:,[^,:}]*(?=[,}]))*" if re.match(r"\s*(- )?\{", line) else r".*"
    changed, count = re.subn(rf"\b{pair['key']}:\s+{old}", lambda _: pair[0], line, count=1)
    return changed if count else None


def test_suggested_lines_mend_the_problem(tmp_path: Path) -> None:
    tried = []
    for number, case in enumerate(ALL):
        root = tmp_path / str(number)
        lay_out(case, root)
        for problem in problems_in(root):
            path = root / problem.source.path
            if "write: " not in problem.hint:
                continue
            before = path.read_bytes()
            lines = before.decode("utf-8-sig").split("\n")
            line = mended(lines[problem.source.line - 1], problem)
            if line is None:
                continue
            lines[problem.source.line - 1] = line
            path.write_text("\n".join(lines), encoding="utf-8")
            again = [
                p for p in problems_in(root) if (p.source.path, p.message) == (problem.source.path, problem.message)
            ]
            assert not [p for p in again if p.source.line == problem.source.line], f"{case}: {line!r} does not help"
            path.write_bytes(before)
            tried.append(case.name)
    assert len(tried) > 50
