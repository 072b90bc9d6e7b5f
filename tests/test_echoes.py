"""What the masterclasses say is said in our own words: no run of eight words of the 2018 report outside marked quotations."""

from __future__ import annotations

from pathlib import Path

import pytest

from echoes import Echo, echoes, fingerprints, known

ROOT = Path(__file__).resolve().parent.parent
KINDS = {".md", ".yml", ".svg", ".vtt"}
TEXTS = sorted(
    path
    for folder in ("masterclasses", "content", "diagnostic")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in KINDS
)

REPORT = "Leaders said that one two three four five six seven eight nine ten, and no more than that was said of it."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "a\nand One two, three **four** five\nsix seven [@A1] eight nine\n",
            [Echo(2, "one two three four five six seven eight nine")],
        ),
        (
            "text: >-\n  one two [three four](page:a) five six\n  seven eight\n",
            [Echo(2, "one two three four five six seven eight")],
        ),
        ("one two three four five six seven, and eight\n", []),
        ("one two three four. Between: five six seven eight\n", []),
        ("> one two three four five six\n> seven eight nine\n", []),
        ("He said “one two three four five six\nseven eight nine” twice.\n", []),
        ("a “b” one two three four five six seven eight “c”\n", [Echo(1, "one two three four five six seven eight")]),
        ("```quote\ntext: one two three four five six seven eight\n```\n", []),
        ("“one two three four” five six seven eight\n", []),
    ],
)
def test_an_echo_is_found_with_its_line_unless_it_is_marked_as_quoted(text: str, found: list[Echo]) -> None:
    assert list(echoes(text, fingerprints(REPORT))) == found


def test_the_list_is_whole_and_holds_no_words() -> None:
    runs = known()
    assert len(runs) > 6000
    assert {len(run) for run in runs} == {12}
    assert all(set(run) <= set("0123456789abcdef") for run in runs)


def test_no_text_of_ours_echoes_the_report() -> None:
    runs = known()
    found = [
        f"{path.relative_to(ROOT)}:{echo.line}: {echo.words}"
        for path in TEXTS
        for echo in echoes(path.read_text(encoding="utf-8"), runs)
    ]
    assert found == [], "say it in other words, or mark it as a quotation with name, role and year"
