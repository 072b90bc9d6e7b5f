"""The parts of a site's pages that are made from all masterclasses."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from conftest import Masterclass
from pipeline import accessibility
from pipeline.accessibility import Checks, Machine, Statement
from pipeline.course import Course, Source
from pipeline.generated import markers
from pipeline.generated.coverage import holes
from pipeline.generated.home import asked
from pipeline.generated.shown import Shown
from pipeline.markdown import plain_text
from pipeline.problems import Problem, as_text
from pipeline.publisher import NOBODY, Publisher
from pipeline.skills import Skill
from test_pipeline_due import course_of, lay_out

NO_MACHINE = Machine("2026-11-23", "axe-core 4", ())
MORE = """
```sector
point: Ask who owns it.
nhs: Ask *finance* [@NEW1].
housing: Ask the tenants.
```

```glossary
terms:
  - {term: Tariff, text: "A rate [@OLD1]."}
  - {term: ability, text: What one can do.}
```
"""
OUTCOMES = """\
domains: {innovation: 0.7, learning: 0.3}
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    root = lay_out(tmp_path, masterclass=OUTCOMES)
    page = root / "masterclasses" / "demo" / "01-start.md"
    page.write_text(page.read_text() + MORE)
    text = (root / "masterclasses" / "demo" / "masterclass.yml").read_text()
    (root / "masterclasses" / "demo" / "masterclass.yml").write_text(
        text.replace("{id: first, text", "{id: first, domain: innovation, text").replace(
            "summary: A demonstration.", "summary: For everybody. Which is it? Find out."
        )
    )
    return course_of(root)


def shown(course: Course, publisher: Publisher = NOBODY, statement: Statement | None = None, **own: str) -> Shown:
    return Shown(
        courses=(course,),
        publisher=publisher,
        statement=statement or Statement(NO_MACHINE, None),
        domains={"innovation": "Innovation and improvement"},
        skills=(
            Skill("scale", "Going further than the pilot", (("demo", "first"),), False, "", Source("skills.yml")),
            Skill("learn", "Learning", (("away", "first"),), True, "Much is missing.", Source("skills.yml")),
        ),
        address=lambda course, page: f"m/{course.id}/{page}/" if page else f"m/{course.id}/",
        folder=lambda course: f"m/{course.id}/",
        own=lambda path: own.get(path.removesuffix(".md").replace("-", "_"), ""),
    )


def made(name: str, shown: Shown) -> str:
    return markers.filled(f"<p>Before</p>\n<!-- {name} -->\n<p>After</p>", shown)


def test_a_page_without_a_mark_stays_as_it_is(course: Course) -> None:
    assert not markers.marked("<!-- somebody's note -->")
    assert markers.filled("<!-- somebody's note -->", shown(course)) == "<!-- somebody's note -->"


@pytest.mark.parametrize(
    ("summary", "question", "rest"),
    [
        ("Which is it? Find out.", "Which is it?", "Find out."),
        ("For everybody. Which is it? Find out.", "Which is it?", "For everybody. Find out."),
        ("Which? And who?", "Which?", "And who?"),
        ("It asks nothing.", "", "It asks nothing."),
    ],
)
def test_what_a_card_asks(summary: str, question: str, rest: str) -> None:
    assert asked(summary) == (question, rest)


def test_a_card(course: Course) -> None:
    html = made("masterclasses", shown(course))
    assert [line for line in re.sub(r"<[^>]+>", "\n", html).splitlines() if line.strip()] == [
        "Before",
        "Demo",
        "Which is it?",
        "For everybody. Find out.",
        "About 5 minutes, in as many sittings as you like",
        "Innovation and improvement · Learning",
        "Draft: awaiting review",
        "After",
    ]
    assert re.findall(r'data-(own|course|slots|lineage|go-on)="([^"]*)"', html) == [
        ("own", "demo"),
        ("course", "m/demo/course.json"),
        ("slots", "0:start"),
        ("lineage", course.lineage),
        ("go-on", "m/demo/{}/"),
    ]


def test_the_self_check_is_offered_once_there_is_one(course: Course) -> None:
    assert made("self-check", shown(course)) == "<p>Before</p>\n\n<p>After</p>"
    assert '<a href="check/">Take the 6-minute self-check</a>' in made("self-check", shown(course, self_check="check/"))


def test_by_domain_says_where_there_is_nothing(course: Course) -> None:
    assert plain_text(made("domains", shown(course))) == (
        "Before Innovation and improvement Demo : Tell one thing from another "
        "Learning No masterclass has an outcome for this domain yet. After"
    )


def test_by_sector_has_a_move_and_no_citation(course: Course) -> None:
    html = made("sectors", shown(course))
    assert plain_text(html) == "Before NHS Ask finance . Demo Housing Ask the tenants. Demo After"
    assert "cite" not in html


def test_the_glossary_is_one_alphabet(course: Course) -> None:
    html = made("glossary", shown(course))
    assert re.findall(r"<dt[^>]*>([^<]*)</dt>", html) == ["ability", "Tariff"]
    assert '<a href="m/demo/start/">Demo: Start here</a>' in html
    assert "cite" not in html and "<p>A rate.</p>" in html


def test_what_two_explain_in_the_same_words_stands_once(course: Course) -> None:
    other = replace(course, id="other", title="Other")
    html = made("glossary", replace(shown(course), courses=(course, other)))
    assert html.count("A rate.") == 1
    assert plain_text(re.findall(r'<p class="from">(.*?)</p>', html)[1]) == "Demo: Start here · Other: Start here"


def test_a_site_without_a_glossary(tmp_path: Path) -> None:
    html = made("glossary", shown(course_of(lay_out(tmp_path))))
    assert plain_text(html) == "Before No masterclass explains a term in a glossary yet. After"


def test_all_sources(course: Course) -> None:
    html = made("sources", shown(course))
    assert plain_text(html.split("</h2>")[0]) == (
        "Before Verified against their source: 2. Worked out by us: 1. Not yet verified: 1. Demo"
    )
    works = re.split("<li><strong>", html)[1:]
    assert [plain_text(work).replace(" After", "") for work in works] == [
        "A handbook It was so. OLD1 · as of 2026 · To be checked again by 31 January 2027 (that day has passed) "
        "· Start here · 1 question",
        "A law It will be so. SURE1 · as of 2026 · Worked out by us · in questions only · 1 question",
        "A paper It is so. NEW1 · as of 2026 · To be checked again by 31 March 2027 (that day has passed) "
        "· Start here · 1 question",
        "Somebody It may be so. MAYBE1 · as of 2026 · Not yet verified: nobody has checked it against its source "
        "· Start here",
    ]


def test_coverage_counts_and_names_what_is_missing(course: Course) -> None:
    html = made("coverage", shown(course))
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", html)]
    assert [[plain_text(cell) for cell in row] for row in rows] == [
        ["Domain", "Demo"],
        ["Innovation and improvement", "1 outcome, 1 question"],
        ["Learning", "–"],
        ["Outcome", "Domain", "Taught on", "Before", "Practice", "Bank", "Follow-up", "In a paper"],
        ["Tell one thing from another", "Innovation and improvement", "Start here", "0", "1", "0", "0", "0"],
    ]
    assert list(holes(shown(course), course)) == ["The domain Learning has a weight of 30% and no outcome."]
    assert '<a href="m/demo/start/#question-q1">q1</a>: practice, single' in html


def test_holes_of_a_masterclass_with_a_final_check(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    folder = root / "masterclasses" / "demo"
    text = (folder / "masterclass.yml").read_text()
    (folder / "masterclass.yml").write_text(
        text + "  - {id: second, text: Do another thing}\ndomains: {innovation: 1}\n".replace("domains", "domains")
    )
    bank = "".join(
        f"- {{id: bank-{n}, type: true-false, outcome: first, prompt: So?, answer: {str(n != 1).lower()}, "
        'feedback: {"true": Yes., "false": No.}, source: [OLD1]}\n'
        for n in (1, 2, 3)
    )
    (folder / "bank.quiz.yml").write_text(bank)
    (folder / "02-check.md").write_text(
        "---\nid: check\ntitle: Check\n---\n```final-check\nfrom: bank.quiz.yml\ndraw: {first: 2}\n```\n"
    )
    course = course_of(root)
    assert list(holes(shown(course), course)) == [
        "“Tell one thing from another” belongs to no domain.",
        "“Tell one thing from another” has 3 questions in the bank for 2 in a paper: a second attempt meets the same ones.",
        "“Do another thing” belongs to no domain.",
        "“Do another thing” is taught on no page.",
        "“Do another thing” has no practice question.",
        "“Do another thing” is not in the final check.",
        "The domain Innovation and improvement has a weight of 100% and no outcome.",
    ]


PUBLISHER = Publisher(name="The Academy", email="help@example.org", phone="0123", answers_within="5 working days")


def test_who_publishes(course: Course) -> None:
    assert "This site does not say yet who publishes it." in made("publisher", shown(course))
    assert plain_text(made("publisher", shown(course, PUBLISHER))) == (
        "Before This site is published by The Academy . Write to help@example.org or ring 0123. "
        "You will have an answer within 5 working days. After"
    )


def statement_of(tmp_path: Path, text: str) -> tuple[Statement, str]:
    problems: list[Problem] = []
    (tmp_path / "accessibility.yml").write_text(text)
    found = accessibility.statement(tmp_path, problems)
    return found, as_text(problems)


def test_the_statement_keeps_machine_and_people_apart(course: Course) -> None:
    machine = Machine("2026-11-23", "axe-core 4", (Checks("Pages in a package", 5, ("320 px, dark",), ()),))
    html = unescape(plain_text(made("accessibility", shown(course, PUBLISHER, Statement(machine, None)))))
    for said in (
        "This site is partially compliant with the regulations",
        "These results are of 23 November 2026: What Pages Looked at Faults found Pages in a package 5 320 px, dark none",
        "Tested with people Nothing yet.",
        "write to help@example.org or ring 0123",
        "The Academy is committed to making this site accessible",
        "because of what is listed here and because it has not been tested with people",
        "The day on which this statement was prepared is still to be given.",
    ):
        assert said in html
    assert "A draft" not in html


def test_a_statement_that_its_publisher_has_completed(course: Course, tmp_path: Path) -> None:
    statement, said = statement_of(
        tmp_path,
        """\
prepared_on: 2026-12-01
reviewed_on: 2027-01-05
audits:
  - {on: 2026-12-01, by: An audit house, how: "Ten pages with NVDA.", found: One table is hard to follow.}
issues:
  - what: The matching question is slow with a switch.
    criterion: 2.1.1 Keyboard
    instead: Its text can be read and answered on paper.
    mended_by: 2027-03-01
burden: [None of this.]
""",
    )
    assert said == "No problems found.\n"
    html = unescape(plain_text(made("accessibility", shown(course, NOBODY, statement))))
    for words in (
        "A draft: this site does not say yet who publishes it",
        "1 December 2026, by An audit house: Ten pages with NVDA. Found: One table is hard to follow.",
        "The matching question is slow with a switch. This fails success criterion 2.1.1 Keyboard. Instead: Its text can be "
        "read and answered on paper. It is to be mended by 1 March 2027.",
        "It was last reviewed on 5 January 2027.",
    ):
        assert words in html


def test_nobody_is_fully_compliant_by_saying_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Machine("2026-11-23", "axe-core 4", (Checks("Pages", 5, ("320 px",), ("color-contrast",)),))
    monkeypatch.setattr(accessibility, "machine", lambda: found)
    issue = "issues: [{what: A thing., criterion: 1.1.1 Non-text content, instead: Words.}]\n"
    assert statement_of(tmp_path, f"status: fully\n{issue}")[1] == (
        "accessibility.yml:1: 'status' says that the site is fully compliant, and issues are listed\n"
        "    hint: write: status: partially\n"
        "accessibility.yml:1: 'status' says that the site is fully compliant, and no audit with people is named\n"
        "    hint: write: status: partially\n"
        "accessibility.yml:1: 'status' says that the site is fully compliant, and the automatic checks found faults (1)\n"
        "    hint: write: status: partially\n"
        "3 problems in 1 file\n"
    )


def test_a_statement_that_cannot_be_read_stops_the_check(tmp_path: Path, masterclass: Masterclass) -> None:
    lay_out(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: S\nsite_url: https://example.org/\nplugins: [masterclass]\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "accessibility.yml").write_text("state: not\n")
    result = masterclass("check", cwd=tmp_path)
    said = [line for line in result.stderr.splitlines() if line.startswith("accessibility")]
    assert (result.exit_code, said) == (1, ["accessibility.yml:1: unknown key 'state' in accessibility.yml"])


def test_skills_lead_to_the_outcomes_that_practise_them(course: Course) -> None:
    html = made("skills", shown(course))
    cells = [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", html, re.DOTALL)]
    assert cells[3:] == [
        "1. Going further than the pilot", f"Demo: {course.outcomes[0].text}", "Covered",
        "2. Learning", "", "Not yet. Much is missing.",
    ]  # fmt: skip
    assert '<a href="m/demo/">Demo</a>' in html


def test_what_the_machine_looked_at_is_said_by_width() -> None:
    looks = ("320 pixels wide, dark", "1280 pixels wide, light", "320 pixels wide, light")
    assert Checks("Every page", 3, looks, ()).seen == "320 pixels wide, light and dark; 1280 pixels wide, light"
