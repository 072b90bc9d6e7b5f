"""Statements in tests/cases/xapi/statements.yml are stored, or refused with the path and the rule."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import yaml

from lrs_fixtures import Client, Json, statement
from xapi.validate import STATEMENT, Invalid

CASES = Path(__file__).resolve().parent / "cases" / "xapi" / "statements.yml"


def cases() -> list[tuple[str, Json, str]]:
    found = []
    for case in yaml.safe_load(CASES.read_text(encoding="utf-8")):
        changed = changes(copy.deepcopy(statement()), case)
        found += [
            (version, changed, case.get("says", ""))
            for version in ("1.0.3", "2.0.0")
            if case.get("only", version) == version
        ]
    return found


def changes(whole: Json, case: Json) -> Json:
    for path, value in case.get("set", {}).items():
        *steps, last = path.split(".")
        inner = whole
        for step in steps:
            inner = inner[step]
        inner[last] = value
    for name in case.get("drop", ()):
        del whole[name]
    return whole


def test_every_case(lrs: Client, lrs2: Client) -> None:
    for version, sent, says in cases():
        answer = (lrs if version == "1.0.3" else lrs2).ask("POST", "statements", json=sent)
        assert (answer.status_code, answer.text.strip() if says else "") == (400 if says else 200, says), sent


def test_a_statement_in_a_batch_is_named_by_its_place(either: Client) -> None:
    batch = [statement(), statement(verb={"id": "did"})]
    assert either.refused(batch) == "[1].verb.id: expected an IRI with a scheme, of at most 4,096 characters"


def test_what_is_quoted_back_is_short(either: Client) -> None:
    said = either.refused(statement(**{"x" * 1_000_000: 1}))
    assert said == f"statement: unknown property '{'x' * 60}…'"
    said = either.refused(statement(result={"extensions": {"x" * 1_000_000: 1}}))
    assert said == f"result.extensions.{'x' * 60}: expected an IRI with a scheme, of at most 4,096 characters"


def test_an_invalid_statement_names_its_path() -> None:
    with pytest.raises(Invalid) as raised:
        STATEMENT["1.0.3"](statement(actor={"mbox": "ada"}))
    assert raised.value.path == ["actor", "mbox"]
