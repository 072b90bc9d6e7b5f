"""What `make run` serves: Co-production on the site, followed to the pass, and told by the LRS."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

import records
from channels import Course
from plays import Given, by_id, expected, final_check, play
from serving import Served, follow, invited, learner_at, masterclass, reader, saved
from statement_shape import Json

pytestmark = pytest.mark.slow


@pytest.fixture
def served(co_production: Course, tmp_path: Path) -> Iterator[Served]:
    served = Served(co_production, tmp_path / "data")
    served.start()
    yield served
    served.kill()


def take(served: Served, context: BrowserContext) -> list[Given]:
    """From the first page to the pass, in the tab that is open."""
    pages = [page["id"] for page in served.course.json["pages"]]
    learner = learner_at(context, served, pages[0])
    given = play(learner, pages[: pages.index("check")])
    given += final_check(learner.next("check"))
    assert learner.result() == "You have passed"
    saved(context.pages[-1])
    return given


def told(served: Served, given: list[Given]) -> str:
    """Checks the record against what was done; whose it is."""
    found = served.statements(reader(served))
    answers = [records.from_statement(served.course.json, one) for one in found if verb(one) == "answered"]
    assert by_id(answers) == by_id(expected(served.course.json, given))
    assert max(Counter(one["id"] for one in found).values()) == 1
    assert [Counter(map(verb, found))[name] for name in ("passed", "completed", "failed")] == [1, 1, 0]
    [passed] = [one for one in found if verb(one) == "passed"]
    assert (passed["object"]["id"], passed["result"]["score"]["scaled"]) == (served.course.json["iri"], 1)
    seen = {one["object"]["id"].rpartition("/")[2] for one in found if verb(one) == "experienced"}
    counted = {page["id"] for page in served.course.json["pages"] if page["counts"]}
    assert counted <= seen
    [account] = {one["actor"]["account"]["name"] for one in found}
    return str(account)


def verb(statement: Json) -> str:
    return str(statement["verb"]["id"]).rpartition("/")[2]


def test_followed_to_the_pass_on_the_site(browser_context: BrowserContext, served: Served) -> None:
    page = browser_context.new_page()
    page.goto(f"{served.url}/")
    first = served.course.json["pages"][0]["id"]
    for address in (f"masterclasses/{served.course.id}/", f"{first}/"):
        page.locator(f'article a[href*="{address}"]').first.click()
    follow(page)
    assert len(told(served, take(served, browser_context))) == 36, "a random number"


def test_to_the_pass_by_a_link_from_the_roster(browser_context: BrowserContext, served: Served, tmp_path: Path) -> None:
    page = browser_context.new_page()
    page.goto(invited(served, tmp_path / "people.csv"))
    page.get_by_role("button", name="This is me").click()
    expect(page.locator("h1")).to_have_text("Welcome")
    account = told(served, take(served, browser_context))
    [person] = csv.DictReader(masterclass(served, "roster", "list").splitlines())
    assert account == person["account"]
