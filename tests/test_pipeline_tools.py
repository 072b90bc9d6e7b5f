"""Choosers, contrasts and recordings, from YAML to what a page shows without a script."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from conftest import Golden
from pipeline.blocks import BLOCKS
from pipeline.mappings import RecordOf
from pipeline.markdown import plain_text as words
from pipeline.practice.chooser import ChooserRecord, ranked
from pipeline.practice.contrast import PAIRS
from reading import read
from test_docs import block_examples
from test_pipeline_practice import article, course_with

GOLDEN = Path(__file__).parent / "golden" / "ranking.json"
EXAMPLES = dict(block_examples())


def in_order(parts: list[str], text: str) -> None:
    found = [text.find(part) for part in parts]
    assert -1 not in found and found == sorted(found), (found, text)


def test_a_chooser_reads_as_a_table(tmp_path: Path) -> None:
    html = article(course_with(tmp_path, f"chooser\n{EXAMPLES['chooser'].replace('HOU1', 'FACT1')}"))
    in_order(
        [
            "How to talk about the building works", "If … … then consider",
            "How many people are concerned? Up to 12 : You can listen to everyone.",
            "How many people are concerned? Up to 12 , and How angry are they? Cross : Anger is easier",
            "Not if How many people are concerned? More than 12 : You would still be knocking", "A visit to each",
            "Up to 12 or More than 12 : Nobody has to come at a fixed time.", "An open evening People come and go",
            "Rather not if How many people are concerned? Up to 12 : Three angry people",
        ],
        words(html),
    )  # fmt: skip


def test_contrasts_read_as_a_paper_form(tmp_path: Path) -> None:
    html = article(course_with(tmp_path, f"contrast\n{EXAMPLES['contrast']}"))
    scale = "0 1 2 3 4 5 6 7 8 9 10"
    in_order(
        [
            "How I work with the landlord Think of the next ramp.", "Rate each pair twice, from 0",
            f"Demanding – Asking What the first letter sounds like. Now {scale}", f"Needed {scale}",
            f"This week – When it is ready Now {scale}",
        ],
        words(html),
    )  # fmt: skip


def test_a_recording_is_read_before_it_is_played(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    for name in ("sam.mp4", "sam.jpg"):
        (tmp_path / "media" / name).write_bytes(b"\0")
    (tmp_path / "media" / "sam.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nIt is.\n", "utf-8")
    html = article(course_with(tmp_path, f"media\n{EXAMPLES['media']}"))
    in_order(
        ["Sam on the ramp", "Read what is said", "first time", "<video controls", 'poster="media/sam.jpg"', "<track"],
        html,
    )
    assert "autoplay" not in html


def record(written: dict[str, Any]) -> ChooserRecord:
    found, problems = read(RecordOf(ChooserRecord, "chooser"), json.dumps(written))
    assert problems == []
    assert isinstance(found, ChooserRecord)
    return found


def some_chooser(dice: random.Random) -> dict[str, Any]:
    questions = {f"q{n}": [f"a{n}{o}" for o in range(dice.randrange(2, 5))] for n in range(dice.randrange(1, 4))}

    def reason() -> dict[str, Any]:
        asked = dice.sample(list(questions), dice.randrange(1, len(questions) + 1))
        when = {q: dice.sample(questions[q], dice.randrange(1, len(questions[q]))) for q in asked}
        rest = {"rules_out": True} if dice.random() < 0.1 else {"weight": dice.choice([-2, -1, 1, 1, 2, 5])}
        return {"when": when, "because": "So.", **rest}

    return {
        "title": "Any",
        "questions": [{"id": q, "text": "Q", "options": [{"id": o, "text": "O"} for o in options]} for q, options in questions.items()],
        "recommendations": [
            {"id": f"r{n}", "title": "R", "text": "R", "reasons": [reason() for _ in range(dice.randrange(1, 4))]}
            for n in range(dice.randrange(2, 6))
        ],
    }  # fmt: skip


def test_golden_of_both_rankings(golden: Golden) -> None:
    """``site/player/test/chooser.test.ts`` reads the same file."""
    dice = random.Random(8)
    found = []
    for _ in range(60):
        written = some_chooser(dice)
        answers = {q["id"]: dice.choice(q["options"])["id"] for q in written["questions"]}
        weighed = [
            {"id": r["id"], "reasons": [[s["when"], s.get("weight")] for s in r["reasons"]]}
            for r in written["recommendations"]
        ]
        found.append({"weighed": weighed, "answers": answers, "ranked": ranked(record(written), answers)})
    assert any(len(each["ranked"]) > 2 for each in found) and any(not each["ranked"] for each in found)
    golden(GOLDEN, "[\n" + ",\n".join(json.dumps(each) for each in found) + "\n]\n")


def test_their_schemas_know_their_keys() -> None:
    assert list(BLOCKS["contrast"].shape.schema()["properties"]) == ["id", "title", "intro", "pairs", "from", "only"]
    assert BLOCKS["media"].shape.schema()["required"] == ["title", "file", "captions", "transcript"]


def test_the_shared_contrasts_can_be_taken(tmp_path: Path) -> None:
    """Those of this repository stand beside its masterclasses."""
    text = (Path(__file__).parents[1] / "masterclasses" / "contrasts.yml").read_text("utf-8")
    pairs, problems = read(PAIRS, text)
    assert (len(pairs), problems) == (12, [])


def test_markup_in_a_calculator_is_text(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    html = article(
        course_with(
            tmp_path,
            f"""calculator
title: {bad}
inputs:
- {{id: one, label: '{bad}', value: 1, hint: '{bad}'}}
- {{id: way, label: Way, value: left, options: [{{id: left, text: '{bad}'}}, {{id: right, text: Right}}]}}
results: [{{id: two, label: '{bad}', formula: one if way == "left" else 0}}]
meaning: [{{say: '{bad} {{two}} {{way}}'}}]
chart: {{type: bar, title: '{bad}', show: [two]}}""",
        )
    )
    assert "<script" not in html and html.count("&lt;script&gt;") >= 8
