"""Facts: when they must be checked, how pages mark them, and where reports of problems go."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from conftest import Masterclass
from pipeline import console, project
from pipeline.cache import Cache
from pipeline.course import Course
from pipeline.due import as_csv, due
from pipeline.problems import Problem
from pipeline.publisher import Publisher
from pipeline.render import render
from pipeline.reporting import report_address
from pipeline.settings import Settings

FILES = {
    "masterclass.yml": """\
id: demo
title: Demo
version: 1.2.0
summary: A demonstration.
minutes: 5
owner: The team
review_by: 2027-06-30
outcomes:
  - {id: first, text: Tell one thing from another}
""",
    "facts.yml": """\
- {key: OLD1, text: It was so., source: A handbook, as_of: "2026", status: verified, review_by: 2027-01-31, owner: Ada}
- {key: NEW1, text: It is so., source: A paper, url: https://example.org/paper, as_of: "2026", status: verified, review_by: 2027-03-31}
- {key: MAYBE1, text: It may be so., source: Somebody, as_of: "2026", status: from-knowledge, owner: Ada}
- {key: SURE1, text: It will be so., source: A law, as_of: "2026", status: derived}
""",
    "01-start.md": """\
---
id: start
title: Start here
---
So it was [@OLD1], and perhaps is [@MAYBE1]; again [@MAYBE1].

```quote
text: So it is.
name: A chair
role: Chair of a board
year: 2018
source: NEW1
```

```quiz
- id: q1
  type: single
  outcome: first
  prompt: Which is it?
  options:
    - {id: one, text: One, correct: true, feedback: "Yes [@NEW1]."}
    - {id: two, text: Two, feedback: No.}
  source: [OLD1, SURE1]
```
""",
}


def lay_out(root: Path, **changed: str) -> Path:
    folder = root / "masterclasses" / "demo"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text + changed.get(name.partition(".")[0], ""), encoding="utf-8")
    return root


def course_of(root: Path, publisher: Publisher | None = None) -> Course:
    problems: list[Problem] = []
    settings = Settings(root, root / "masterclasses", "https://example.org", publisher=publisher or Publisher())
    ((course, _),) = project.courses(settings, (), problems)
    assert problems == []
    return course


def test_what_is_due(tmp_path: Path, masterclass: Masterclass) -> None:
    result = masterclass("facts", "due", "--as-of", "2027-02-01", "--within", "60", cwd=lay_out(tmp_path))
    assert result.exit_code == 0
    assert result.stdout == (
        "Review by   State       What         Who           File\n"
        "2027-01-31  overdue     demo OLD1    Ada           masterclasses/demo/facts.yml:1\n"
        "    pages: start; questions: q1\n"
        "2027-03-31  due         demo NEW1    nobody named  masterclasses/demo/facts.yml:2\n"
        "    pages: start; questions: q1\n"
        "no date     unverified  demo MAYBE1  Ada           masterclasses/demo/facts.yml:3\n"
        "    pages: start\n"
        "\n"
        "3 to check, of which 1 overdue and 1 unverified.\n"
    )


def test_a_masterclass_is_due_as_a_whole(tmp_path: Path) -> None:
    rows = due([course_of(lay_out(tmp_path))], date(2027, 7, 1), within=0)
    assert [(row.fact, row.state, row.days) for row in rows] == [
        ("OLD1", "overdue", -151),
        ("NEW1", "overdue", -92),
        ("", "overdue", -1),
        ("MAYBE1", "unverified", None),
    ]


def test_nothing_is_due(tmp_path: Path, masterclass: Masterclass) -> None:
    lay_out(tmp_path)
    facts = tmp_path / "masterclasses" / "demo" / "facts.yml"
    facts.write_text(facts.read_text().replace("from-knowledge", "verified"))
    result = masterclass("facts", "due", "--as-of", "2027-01-01", "--within", "0", cwd=tmp_path)
    assert result.stdout == "Nothing has to be checked.\n"


def test_due_for_other_programs(tmp_path: Path, masterclass: Masterclass) -> None:
    lay_out(tmp_path)
    result = masterclass("facts", "due", "--as-of", "2027-01-31", "--within", "0", "--format", "json", cwd=tmp_path)
    first, *_ = json.loads(result.stdout)
    assert first == {
        "masterclass": "demo",
        "fact": "OLD1",
        "state": "due",
        "review_by": "2027-01-31",
        "days": 0,
        "owner": "Ada",
        "pages": ["start"],
        "questions": ["q1"],
        "path": "masterclasses/demo/facts.yml",
        "line": 1,
    }
    result = masterclass("facts", "due", "--as-of", "2027-01-31", "--within", "0", "--format", "csv", cwd=tmp_path)
    assert result.stdout == (
        "masterclass,fact,state,review_by,days,owner,pages,questions,path,line\n"
        "demo,OLD1,due,2027-01-31,0,Ada,start,q1,masterclasses/demo/facts.yml,1\n"
        "demo,MAYBE1,unverified,,,Ada,start,,masterclasses/demo/facts.yml,3\n"
    )


def test_a_cell_is_no_formula(tmp_path: Path) -> None:
    lay_out(tmp_path)
    facts = tmp_path / "masterclasses" / "demo" / "facts.yml"
    facts.write_text(facts.read_text().replace("owner: Ada", "owner: =1+1"))
    lines = as_csv(due([course_of(tmp_path)], date(2027, 1, 31), 0)).splitlines()
    assert lines[1] == "demo,OLD1,due,2027-01-31,0,'=1+1,start,q1,masterclasses/demo/facts.yml,1"


def test_due_of_a_masterclass_with_problems_says_both(tmp_path: Path, masterclass: Masterclass) -> None:
    lay_out(tmp_path)
    page = tmp_path / "masterclasses" / "demo" / "01-start.md"
    page.write_text(page.read_text().replace("[@OLD1]", "[@ODL1]"))
    result = masterclass("facts", "due", "--as-of", "2027-01-31", "--within", "0", cwd=tmp_path)
    assert result.exit_code == 1
    assert "01-start.md:5: [@ODL1] cites a fact that facts.yml does not have" in result.stderr
    assert "demo OLD1" in result.stdout


def test_the_day_comes_from_the_clock_or_from_source_date_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert console.today() == date.today()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1801440000")
    assert console.today() == date(2027, 2, 1)


def article(course: Course) -> str:
    return str(render(course).pages[0].article)


def test_unverified_facts_are_marked_wherever_they_are_cited(tmp_path: Path) -> None:
    html = article(course_of(lay_out(tmp_path)))
    cited = re.findall(r'href="#source-(\w+)"[^>]*>\[\d\]</a>( <span class="unverified">[^<]*</span>)?', html)
    mark = ' <span class="unverified">(not yet verified)</span>'
    assert {(key, found) for key, found in cited} == {
        ("OLD1", ""), ("MAYBE1", mark), ("NEW1", ""), ("SURE1", ""),
    }  # fmt: skip
    [listed] = re.findall(r'<li id="source-MAYBE1".*?</li>', html, re.DOTALL)
    assert "It may be so. Not yet verified: nobody has checked it against its source." in listed


def test_pages_carry_what_an_old_package_needs_to_know_it_is_old(tmp_path: Path) -> None:
    html = article(course_of(lay_out(tmp_path), Publisher(site="https://learn.example.org/")))
    notices = re.findall(r'<p class="overdue" data-review-by="([\d-]+)" data-search-exclude hidden>(.*?)</p>', html)
    newest = (
        '<span class="newest-at">The newest version is at <a class="newest" href="https://learn.example.org/masterclasses/demo/" '
        'target="_blank" rel="noopener">https://learn.example.org/masterclasses/demo/</a></span>'
    )
    assert notices == [
        (
            "2027-06-30",
            f"This masterclass was due for review by 30 June 2027, so parts of it may be out of date. {newest}",
        ),
        (
            "2027-01-31",
            "Some facts on this page were due to be checked by 31 January 2027. "
            f'The <a href="#source-list">list of sources</a> says which. {newest}',
        ),
    ]
    assert re.findall(r'<strong class="overdue-fact" data-review-by="([\d-]+)" hidden>', html) == [
        "2027-01-31",
        "2027-03-31",
    ]


def test_without_a_site_the_notice_names_no_address(tmp_path: Path) -> None:
    html = article(course_of(lay_out(tmp_path)))
    assert (
        'may be out of date. <span class="newest-at">Ask whoever gave you this whether there is a newer version.</span></p>'
        in html
    )


def test_nobody_is_told_to_report_to_nobody(tmp_path: Path) -> None:
    assert 'class="report"' not in article(course_of(lay_out(tmp_path)))


def test_report_by_mail(tmp_path: Path) -> None:
    course = course_of(lay_out(tmp_path), Publisher(problems="help@example.org"))
    assert report_address(course, question="q1") == (
        "mailto:help@example.org?subject=Demo%201.2.0%3A%20a%20problem%20with%20question%20q1"
        "&body=Masterclass%3A%20demo%0D%0AVersion%3A%201.2.0%0D%0AQuestion%3A%20q1%0D%0A%0D%0AWhat%20is%20wrong%3A%0D%0A"
    )
    links = re.findall(r'<a class="report" href="([^"]*)" data-search-exclude>(.*?)</a>', article(course))
    assert [label for _, label in links] == [
        'Report a problem<span class="visually-hidden"> with question q1</span>',
        *(f'Report a problem<span class="visually-hidden"> with source {n}</span>' for n in (1, 2, 3, 4)),
    ]


def test_report_by_a_form(tmp_path: Path) -> None:
    root = lay_out(tmp_path, masterclass="problems: https://example.org/report?team=4\n")
    course = course_of(root, Publisher(problems="help@example.org"))
    address = "https://example.org/report?team=4&masterclass=demo&version=1.2.0"
    assert report_address(course, fact="OLD1") == f"{address}&fact=OLD1"
    escaped = address.replace("&", "&amp;")
    assert f'<a class="report" href="{escaped}&amp;question=q1" target="_blank" rel="noopener"' in article(course)


def test_a_changed_fact_changes_the_pages_that_show_it_and_no_other(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    folder = root / "masterclasses" / "demo"
    (folder / "02-second.md").write_text("---\nid: second\ntitle: Second\n---\nSo it is [@SURE1].\n")
    (folder / "03-third.md").write_text("---\nid: third\ntitle: Third\n---\nNothing is claimed.\n")
    cache = Cache(tmp_path / "cache.pickle")
    before = render(course_of(root), cache).pages
    cache.save()
    facts = folder / "facts.yml"
    facts.write_text(facts.read_text().replace("It will be so.", "It will surely be so."))
    after = render(course_of(root), Cache(tmp_path / "cache.pickle")).pages
    assert [page.page.id for page, old in zip(after, before, strict=True) if page.article != old.article] == [
        "start",
        "second",
    ]
    assert "It will surely be so." in after[0].article and "It will surely be so." in after[1].article
    assert after[2] == before[2]
