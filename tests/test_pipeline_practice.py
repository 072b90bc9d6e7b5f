"""Blocks that are no questions, from YAML to HTML."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.assemble import assemble
from pipeline.blocks import PRACTICE
from pipeline.catalogue import course_entry
from pipeline.course import Course
from pipeline.load import load
from pipeline.lock import LOCK_FILE, as_text, locked_block, read_lock, updated
from pipeline.markdown import plain_text as words
from pipeline.package import content
from pipeline.player_data import course_data
from pipeline.practice.scenario import changed
from pipeline.practice.shown import in_words, source_time
from pipeline.problems import Problem
from pipeline.publisher import Publisher
from pipeline.render import render
from pipeline.resume import worst_case
from there import there

VALID = Path(__file__).parent / "cases" / "valid"


def course_with(tmp_path: Path, *fences: str, **files: str) -> Course:
    """The valid masterclass with blocks on its page, and with files named like ``story_scenario_yml``."""
    for path in VALID.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    for name, text in files.items():
        (tmp_path / name.replace("_", ".")).write_text(text, "utf-8")
    with (tmp_path / "01-start.md").open("a", encoding="utf-8") as page:
        page.write("".join(f"\n```{fence}\n```\n" for fence in fences))
    problems: list[Problem] = []
    course = assemble(there(load(tmp_path, problems)), "https://example.org", problems)
    assert problems == []
    return course


def article(course: Course) -> str:
    return render(course).pages[0].article


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2018", "2018"),
        ("2018-11", "November 2018"),
        ("2018-11-05", "5 November 2018"),
        ("2018-12", "December 2018"),
        ("2018-19", "2018-19"),
        ("2011/12", "2011/12"),
    ],
)
def test_dates_in_words(written: str, read: str) -> None:
    assert in_words(written) == read


@pytest.mark.parametrize(
    ("name", "as_of", "after"),
    [
        ("A journal", "2020-01", " (January 2020)"),
        ("A journal, January 2020", "2020-01", ""),
        ("A circular (8 May 2017)", "2017-05", ""),
        ("A journal, 2019", "2019", ""),
        ("A budget for 2026-27", "2026", " (2026)"),
        ("A plan for 2026", "2027", " (2027)"),
    ],
)
def test_a_source_gives_its_time_once(name: str, as_of: str, after: str) -> None:
    assert source_time(name, as_of) == after


def test_cards_are_read_in_order_and_cite(tmp_path: Path) -> None:
    course = course_with(
        tmp_path,
        "then-now\ntopic: Homes\nthen: {as_of: 2018-11, text: It was so.}\nnow: {as_of: 2026, text: 'It is so [@FACT1].'}",
        "case\ntitle: The stairlift\nwhere: Overton\nas_of: 2024\ntext: It waited.\nnow: It works.",
        "quote\ntext: We asked whose home it was.\nname: A director\nrole: director of housing\nyear: 2018\nsource: FACT1",
        "glossary\nterms:\n- {term: Rung, text: A step.}\n- {term: Ladder, text: It has rungs.}",
        "sector\npoint: Ask first.\nhousing: Say early.\nnhs: Name a home.",
    )
    text = words(article(course))
    order = [
        "Then and now Homes", "Then: November 2018 It was so.", "Now: 2026 It is so [1]",
        "Case · Overton · as of 2024 The stairlift It waited. Where it stands now It works.",
        "We asked whose home it was. A director, director of housing, 2018 [1]",
        "Ladder It has rungs. Rung A step.", "Ask first. NHS Name a home. Housing Say early.",
    ]  # fmt: skip
    found = [text.find(part) for part in order]
    assert -1 not in found and found == sorted(found), (found, text)


def test_markup_in_a_card_is_text(tmp_path: Path) -> None:
    html = article(course_with(tmp_path, "glossary\nterms:\n- {term: <b>Rung</b>, text: '<script>alert(1)</script>'}"))
    assert "<script>" not in html and "&lt;b&gt;Rung" in html


CASE = "case\ntitle: The stairlift\nas_of: 2024\ntext: It waited.\nnow: It works."
STORY = """scenario
id: story
title: A story
gauges:
  - {id: trust, text: Trust, start: 50}
nodes:
  - id: first
    title: First
    when: May
    text: It begins [@FACT1].
    choices:
      - {id: ask, text: You ask., consequence: They answer., effects: {trust: 15}, to: second}
      - {id: leave, text: You leave., consequence: They stay., effects: {trust: -30}, to: bad}
  - id: second
    title: Second
    text: It goes on.
    choices:
      - {id: share, text: You share., consequence: They do., effects: {trust: 5}, to: good, recovery: true}
  - {id: good, title: Good, text: It ends well., debrief: You asked.}
  - {id: bad, title: Bad, text: It ends., debrief: You left.}"""


def test_a_scenario_reads_as_a_gamebook(tmp_path: Path) -> None:
    html = article(course_with(tmp_path, STORY))
    text = words(html)
    order = [
        "A story Trust 50 of 100", "1. May : First It begins [1]", "You ask. They answer. Trust rose (+15).",
        "Go on to scene 2", "You leave.", "Trust fell a lot (−30).", "Go on to scene 4", "2. Second",
        "Trust rose a little (+5).", "3. Good It ends well. Looking back You asked.", "Begin again at scene 1", "4. Bad",
    ]  # fmt: skip
    found = [text.find(part) for part in order]
    assert -1 not in found and found == sorted(found), (found, text)
    targets = set(re.findall(r'href="#(story--\w+)"', html))
    assert targets == set(re.findall(r'id="(story--(?!title)\w+)"', html))


@pytest.mark.parametrize(
    "block",
    [
        STORY,
        "then-now\ntopic: Homes\nthen: {as_of: 2018-11, text: Many forms.}\nnow: {as_of: 2026, text: One form.}",
        "case\ntitle: A lift\nwhere: Overton\nas_of: 2024\ntext: It waited [@FACT1].\nnow: Nobody knows.",
        "quote\ntext: We asked.\nname: A director\nrole: director\nyear: 2018\nsource: FACT1",
        "glossary\nterms: [{term: Ramp, text: A way up.}]",
        "sector\npoint: Ask.\nnhs: Ask the ward.\nhousing: Ask the tenant.",
        "certificate\ntitle: Certificate",
    ],
    ids=lambda block: block.partition("\n")[0],
)
def test_a_block_in_a_file_of_its_own_is_the_same(tmp_path: Path, block: str) -> None:
    inline, filed = tmp_path / "inline", tmp_path / "filed"
    for folder in (inline, filed):
        folder.mkdir()
    name, _, written = block.partition("\n")
    here, there = (
        course_with(inline, block),
        course_with(filed, f"{name}\nfrom: a.{name}.yml", **{f"a_{name}_yml": written}),
    )
    assert article(there) == article(here)
    assert course_data(there)["blocks"] == course_data(here)["blocks"]


def test_a_scenario_in_course_json(tmp_path: Path) -> None:
    data = course_data(course_with(tmp_path, STORY))
    played = data["blocks"][-1]
    assert {key: played[key] for key in ("id", "type", "slot", "gauges", "questions")} == {
        "id": "story", "type": "scenario", "slot": 0, "gauges": [("trust", 50)], "questions": [],
    }  # fmt: skip
    choices = [choice for scene in played["scenes"] for choice in scene["choices"]]
    assert [(c["id"], c["number"], c["letter"], c["to"], c["changes"]) for c in choices] == [
        ("ask", 0, "a", "second", [("trust", 15)]),
        ("leave", 1, "b", "bad", [("trust", -30)]),
        ("share", 2, "a", "good", [("trust", 5)]),
    ]


def test_a_scenario_in_the_catalogue(tmp_path: Path) -> None:
    course = course_with(tmp_path, "scenario\nfrom: a.scenario.yml", a_scenario_yml=STORY.removeprefix("scenario\n"))
    first, second = course_entry(course)["scenes"]
    assert first == {
        "id": "story.first",
        "iri": f"{course.iri}/questions/story.first",
        "title": "First",
        "choices": [
            {"id": "ask", "letter": "a", "text": "You ask."},
            {"id": "leave", "letter": "b", "text": "You leave."},
        ],
        "page": "start",
        "block": "story",
        "path": f"{tmp_path.as_posix()}/a.scenario.yml",
        "line": 6,
    }
    assert second["id"] == "story.second"


def test_a_scenario_in_the_worst_case_of_a_resume_string(tmp_path: Path) -> None:
    without, told = tmp_path / "without", tmp_path / "with"
    for folder in (without, told):
        folder.mkdir()
    longer = worst_case(course_with(told, STORY)) - worst_case(course_with(without))
    bits = 6 + 1 + 8 + 2 * 6  # the number of slots; begun; ended, runs, steps; two choices
    assert longer in (bits // 6, bits // 6 + 1)


def test_what_is_released_keeps_its_place() -> None:
    first = locked_block("scenario", ("a.ask", "a.leave"), None, 3)
    then = locked_block("scenario", ("a.new", "a.leave"), first, 9)
    assert (then.slot, then.names) == (3, {"a.ask": 0, "a.leave": 1, "a.new": 2})


def test_a_lock_with_scenarios_is_read_back(tmp_path: Path) -> None:
    lock = updated("1.0.0", "demo", None, ("start",), [], (("story", "scenario", ("a.ask",)),))
    (tmp_path / LOCK_FILE).write_text(as_text(lock), "utf-8")
    assert read_lock(tmp_path, "demo", []) == lock
    assert updated("1.0.1", "demo", lock, ("start",), []).blocks == lock.blocks, "a place is never given away"


@pytest.mark.parametrize(
    ("by", "said"), [(1, "rose a little"), (-10, "fell a little"), (-11, "fell"), (25, "rose"), (26, "rose a lot")]
)
def test_changes_in_words(by: int, said: str) -> None:
    assert changed("Trust", by) == f"Trust {said}"


PLAN = """plan
id: my-plan
intro: Choose two situations [@FACT1].
examples:
  - {if: somebody is <late>, then: begin without them.}"""


def test_a_plan_is_a_paper_form(tmp_path: Path) -> None:
    html = article(course_with(tmp_path, PLAN))
    text = words(html)
    order = [
        "My plan Choose two situations [1]", "If somebody is <late>, then I will begin without them.",
        "Your words and the name stay in this browser.", "First action If then I will", "Second action If then I will",
        "From this day", "Who will ask me about it",
    ]  # fmt: skip
    found = [text.find(part) for part in order]
    assert -1 not in found and found == sorted(found), (found, text)
    assert {"if_1", "then_1", "if_2", "then_2", "date", "witness"} <= set(re.findall(r'name="(\w+)"', html))
    labelled = re.findall(r'for="(my-plan--[\w-]+)"', html)
    assert labelled == re.findall(r' id="(my-plan--(?!title)[\w-]+)"', html)


def test_a_plan_keeps_one_bit(tmp_path: Path) -> None:
    without, planned = tmp_path / "without", tmp_path / "with"
    for folder in (without, planned):
        folder.mkdir()
    course = course_with(planned, PLAN)
    assert course_data(course)["blocks"][-1] == {
        "id": "my-plan", "page": "start", "type": "plan", "purpose": "practice", "draw": None, "blueprint": (),
        "always": (), "questions": [], "slot": 0,
    }  # fmt: skip
    bits = 6 + 6 + 1  # the number of scenario slots, that of plan slots, and whether it was made
    assert worst_case(course) - worst_case(course_with(without)) in (bits // 6, bits // 6 + 1)


FOLLOW_UP = """---
id: after-7
title: A week later
purpose: follow-up
after: 7
minutes: 4
---
Come back.
"""


def test_nothing_leads_on_to_a_follow_up_page(tmp_path: Path) -> None:
    (tmp_path / "02-week.md").write_text(FOLLOW_UP, encoding="utf-8")
    course = course_with(tmp_path, PLAN)
    rendered = render(course)
    start, week = (words(page.article) for page in rendered.pages)
    assert start.endswith("This is the last page.") and week.endswith("That is all for now. Back: Start here")
    assert course.complete_when[0].pages == ("start",) and not course.pages[1].counts
    assert "Afterwards Come back with the plan that you will make. A week later after 7 days" in words(
        rendered.overview
    )
    assert " 1 part " in words(rendered.overview)
    assert course_data(course)["pages"][1]["after"] == 7


@pytest.mark.parametrize(
    ("publisher", "address"),
    [
        (Publisher(), None),
        (Publisher(site="https://learn.example.org/x"), "https://learn.example.org/x/masterclasses/valid/after-7/"),
        (Publisher(site="https://e.org/", directories=False), "https://e.org/masterclasses/valid/after-7.html"),
    ],
)
def test_reminders_lead_to_the_site_where_it_is_known(
    tmp_path: Path, publisher: Publisher, address: str | None
) -> None:
    (tmp_path / "02-week.md").write_text(FOLLOW_UP, encoding="utf-8")
    for path in VALID.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    data = course_data(assemble(there(load(tmp_path, [])), "https://example.org", [], publisher))
    assert data["pages"][1].get("address") == address


SUM = """calculator
title: A sum
inputs: [{id: one, label: One, value: 1}]
results: [{id: two, label: Two, formula: one + one}]
meaning: [{say: "It is {two}."}]"""


@pytest.mark.parametrize(
    ("fences", "carried"),
    [
        ((), []),
        ((CASE,), ["practice.css"]),
        ((STORY,), ["practice.css", "practice.js"]),
        ((SUM,), ["practice.css", "tools.js"]),
    ],
)
def test_only_packages_that_need_it_carry_what_practice_needs(
    tmp_path: Path, fences: tuple[str, ...], carried: list[str]
) -> None:
    files = {file.path: file.content for file in content(render(course_with(tmp_path, *fences)))}
    assert [name for name in ("practice.css", "practice.js", "tools.js") if name in files] == carried
    linking = [name for name, page in files.items() if b'href="../practice.css"' in page]
    assert linking == (["pages/start.html"] if carried else [])


def test_the_player_looks_for_each_block_where_packages_carry_it() -> None:
    source = VALID.parents[2] / "site/player/src/elements/practice.ts"
    [listed] = re.findall(r"^const TOOLS = (\[.*\]);$", source.read_text("utf-8"), re.MULTILINE)
    assert json.loads(listed) == [name for name, bundle in PRACTICE.items() if bundle == "tools.js"]
