"""The self-check's four files: what is read, and what is said of mistakes in them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pipeline.course import Source
from pipeline.problems import Problem
from pipeline.selfcheck import reading
from pipeline.selfcheck.instrument import EACH, Instrument
from pipeline.selfcheck.site import DIAGNOSTIC, PATHWAY, data, filled, marked, shuffled
from pipeline.templates import environment
from there import there

ROOT = Path(__file__).resolve().parent.parent


def instrument(folder: Path = ROOT) -> tuple[Instrument | None, list[str]]:
    problems: list[Problem] = []
    found = reading.read(folder / "diagnostic", folder / "masterclasses", "masterclasses", problems)
    return found, [f"{p.source.path}:{p.source.line}: {p.message}" for p in problems]


@pytest.fixture(scope="module")
def ours() -> Instrument:
    found, problems = instrument()
    assert problems == []
    return there(found)


def test_the_instrument_is_whole(ours: Instrument) -> None:
    numbers = [len(part) for part in (ours.domains, ours.statements, ours.enablers, ours.barriers, ours.pairs)]
    assert numbers == [4, 4 * EACH, 24, 27, 12]
    assert [module.id for module in ours.modules] == [
        "co-production", "finance-risk-sharing", "scaling-innovation", "local-government", "large-group-facilitation",
        "layers-of-governance",
    ]  # fmt: skip
    assert {s.domain for s in ours.statements if s.practice} == {"learning"}


def test_domains_take_turns(ours: Instrument) -> None:
    order = [statement.domain for statement in shuffled(ours)]
    assert order == [domain.id for domain in ours.domains] * EACH


def test_the_browser_is_told_ids_and_weights(ours: Instrument) -> None:
    told = json.loads(data(ours))
    assert set(told) == {"domains", "statements", "barriers", "pairs", "modules"}
    assert told["statements"][0] == {"id": "small_trial", "domain": "innovation"}
    assert [s["id"] for s in told["statements"] if s.get("practice")] == [
        "what_learnt", "how_we_know", "learn_together", "teams", "told_failure", "grew_others",
    ]  # fmt: skip
    assert told["modules"][0]["weights"] == {
        "innovation": 0.25,
        "relationships": 0.45,
        "individual": 0.1,
        "learning": 0.2,
    }
    assert told["barriers"][0]["sponsor"] is True and "peers" not in told["barriers"][0]


def test_marks_count_on_a_line_of_their_own(ours: Instrument) -> None:
    pages = [
        ("self/", f"# A\n\n{DIAGNOSTIC}\n"),
        ("guide/", f"Write `{PATHWAY}` where it is to be."),
        ("way/", PATHWAY),
    ]
    addresses = marked(pages)
    assert addresses == {DIAGNOSTIC: "self/", PATHWAY: "way/"}
    places = {**addresses, "co-production": "masterclasses/co-production/"}
    html = filled(f"<p>Before</p>\n{PATHWAY}", ours, places, "../{}".format, environment())
    assert html.startswith('<p>Before</p>\n<div class="pathway" data-pathway="../masterclass/self-check.json">')
    assert (
        '<a href="../masterclasses/co-production/">Co-production</a>' in html
        and html.count("It is being written.") == 5
    )
    assert '<a href="../self/">Take the self-check</a>' in html


CHANGES = [
    ("domains.yml", "learning: 0.20}", "learning: 0.30}", ["diagnostic/domains.yml:21: the weights of 'co-production' add up to 1.10, expected 1"]),
    ("domains.yml", "{innovation: 0.25, relationships", "{inovation: 0.25, relationships", ["diagnostic/domains.yml:21: 'co-production' names 'inovation', which domains.yml does not have"]),
    ("statements.yml", "id: adopters, domain: innovation", "id: adopters, domain: learning", [
        "diagnostic/statements.yml:7: domain 'innovation' has 5 statements; each has 6",
        "diagnostic/statements.yml:7: domain 'learning' has 7 statements; each has 6",
    ]),
    ("statements.yml", "id: adopters", "id: borrowed", ["diagnostic/statements.yml:11: the id 'borrowed' is used twice"]),
    ("statements.yml", "Often, Routinely]", "Often]", ["diagnostic/statements.yml:6: 'anchors' has 4 entries, expected at least 5"]),
    ("enablers-barriers.yml", "modules: [layers-of-governance, scaling-innovation]", "modules: [layers]", ["diagnostic/enablers-barriers.yml:39: 'imposed' names 'layers', which domains.yml does not have"]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "found", "instead", "said"), CHANGES, ids=[change[2][:24] for change in CHANGES])
def test_mistakes_are_told_with_their_line(
    tmp_path: Path, file: str, found: str, instead: str, said: list[str]
) -> None:
    shutil.copytree(ROOT / "diagnostic", tmp_path / "diagnostic")
    (tmp_path / "masterclasses").mkdir()
    shutil.copy(ROOT / "masterclasses/contrasts.yml", tmp_path / "masterclasses")
    path = tmp_path / "diagnostic" / file
    text = path.read_text("utf-8")
    assert found in text
    path.write_text(text.replace(found, instead, 1), "utf-8")
    assert instrument(tmp_path) == (None, said)


def test_a_masterclass_and_the_instrument_say_the_same(tmp_path: Path, masterclass: Callable[..., Result]) -> None:
    for name in ("diagnostic", "masterclasses/co-production"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "masterclasses/contrasts.yml", tmp_path / "masterclasses")
    settings = tmp_path / "masterclasses/co-production/masterclass.yml"
    text = settings.read_text("utf-8").replace(
        "innovation: 0.25, relationships: 0.45", "innovation: 0.30, relationships: 0.40"
    )
    settings.write_text(text, "utf-8")
    result: Result = masterclass("check", "--format", "json", cwd=tmp_path)
    [problem] = [one for one in json.loads(result.output) if one["path"].startswith("diagnostic")]
    assert (problem["message"], problem["hint"]) == (
        "the weights of 'co-production' are not those of its masterclass.yml",
        "write: {innovation: 0.3, relationships: 0.4, individual: 0.1, learning: 0.2}, or change masterclass.yml",
    )
    assert Source(problem["path"], problem["line"]) == Source("diagnostic/domains.yml", 21)
