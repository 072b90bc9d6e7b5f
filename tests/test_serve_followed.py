"""*Follow my progress* in a browser: taken on the site, seen through the LRS, with the server away in the middle."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import plays
import records
import resume_string
from channels import Course
from inspection import Watch, axe, sticking_out
from learner import Learner
from paces import the_rest_slow
from serving import Served, answering, follow, free_port, invited, learner_at, masterclass, reader, saved
from statement_shape import Json

AWAY = "Saved in this browser; the site has not answered yet"


@pytest.fixture
def served(first: Course, tmp_path: Path) -> Iterator[Served]:
    served = Served(first, tmp_path / "data")
    served.start()
    yield served
    served.kill()


@pytest.fixture
def key(served: Served) -> Json:
    return reader(served)


@pytest.fixture
def personal_link(served: Served, tmp_path: Path) -> str:
    return invited(served, tmp_path / "people.csv")


def test_a_masterclass_followed_through_an_outage(browser_context: BrowserContext, served: Served, key: Json) -> None:
    learner = learner_at(browser_context, served, "start")
    page = browser_context.pages[0]
    follow(page)
    learner.answer("how-sure", ["fairly"]).answer("pre-panel", ["told"]).next("tell")
    learner.answer("who-decides", ["carers"], "medium").retry("who-decides")
    saved(page)
    served.kill()
    learner.answer("who-decides", ["board"], "high")
    learner.answer("two-signs", ["shared_budget", "joint_chair"])
    learner.answer("silence", ["false"]).answer("name-it", ["consultation"])
    saved(page, AWAY)
    page.close()
    served.start()
    learner = learner_at(browser_context, served, "tell")
    saved(browser_context.pages[0])
    assert learner.given("silence") == ["false"]
    plays.second_half(learner)
    learner.next("check")
    given = [*plays.FIRST_HALF, *plays.SECOND_HALF, *plays.final_check(learner)]
    saved(browser_context.pages[0])

    found = served.statements(key)
    answers = [records.from_statement(served.course.json, one) for one in found if verb(one) == "answered"]
    assert answers == plays.expected(served.course.json, given)
    assert max(Counter(one["id"] for one in found).values()) == 1
    told = Counter(verb(one) for one in found)
    assert {name: told[name] for name in ("initialized", "passed", "completed", "failed", "terminated")} == {
        "initialized": 2,  # one a tab
        "passed": 1,
        "completed": 1,
        "failed": 0,
        "terminated": 0,
    }
    assert len({json.dumps(one["actor"]) for one in found}) == 1
    assert {one["context"]["platform"] for one in found} == {"site"}
    assert {one["authority"]["account"]["name"] for one in found} == {"site"}

    [page] = browser_context.pages
    page.get_by_text("Your progress is followed").click()
    page.get_by_role("link", name="See and download my data").click()
    page.get_by_text("Delete my data", exact=True).click()
    page.get_by_role("button", name="Delete my data for good").click()
    expect(page.locator("h1")).to_have_text("Your data has been deleted")
    assert (served.statements(key), browser_context.cookies()) == ([], [])
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('masterclass:'))") == []


def verb(statement: Json) -> str:
    return str(statement["verb"]["id"]).rpartition("/")[2]


def test_a_code_takes_a_learner_to_another_device_and_both_answers_stay(
    browser: Browser, browser_context: BrowserContext, served: Served, key: Json
) -> None:
    laptop = learner_at(browser_context, served, "start").answer("how-sure", ["fairly"])
    [page] = browser_context.pages
    follow(page)
    assert laptop.given("how-sure") == ["fairly"], "what was done before goes along"
    page.get_by_text("Your progress is followed").click()
    page.get_by_role("button", name="Get a code").click()
    words = page.get_by_text("Your code is").inner_text()
    code = words.removeprefix("Your code is ").partition(".")[0]

    phone_context = browser.new_context()
    phone = learner_at(phone_context, served, "tell").answer("silence", ["false"])
    [other] = phone_context.pages
    other.get_by_text("Follow my progress").first.click()
    other.get_by_label("Already followed on another device?").fill("AAAA-AAAA")
    other.get_by_role("button", name="Use this code").click()
    expect(other.get_by_text("That code is not good.")).to_be_visible()
    other.get_by_label("Already followed on another device?").fill(code.lower())
    other.get_by_role("button", name="Use this code").click()
    expect(other.get_by_text("Your progress is followed")).to_be_visible()
    saved(other)
    assert phone.on("tell").given("silence") == ["false"]
    other.goto(served.page("start"))
    assert phone.on("start").given("how-sure") == ["fairly"]
    page.goto(served.page("tell"))
    assert laptop.on("tell").given("silence") == ["false"]

    other.get_by_text("Your progress is followed").click()
    other.get_by_role("button", name="Stop on this computer").click()
    expect(other.get_by_text("Follow my progress").first).to_be_visible()
    assert phone.on("start").given("how-sure") == [], "nothing is left for the next person"
    kept = other.evaluate(
        "Object.entries(localStorage).filter(([key]) => /work|actor/.test(key)).map(([, text]) => text)"
    )
    assert [resume_string.read(json.loads(text)["resume"], served.course.json).answers for text in kept] == [{}]
    assert phone_context.cookies() == []
    phone_context.close()
    assert len({json.dumps(one["actor"]) for one in served.statements(key)}) == 1


LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(360, "dark"), (1280, "light"), (360, "light"), (1280, "dark")]


@pytest.mark.parametrize(("width", "scheme"), the_rest_slow(LOOKS, *LOOKS[:2]))
def test_what_a_followed_learner_sees_is_for_everybody(
    browser: Browser, served: Served, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    watch = Watch(context, served.url)
    learner = learner_at(context, served, "start")
    [page] = context.pages
    page.get_by_text("Follow my progress").first.click()
    faults = [*axe(page), *sticking_out(page)]
    shot(page, f"offer-{width}-{scheme}")
    page.get_by_role("button", name="Follow my progress").click()
    page.get_by_text("Your progress is followed").click()
    learner.answer("how-sure", ["fairly"]).answer("pre-panel", ["told"])
    page.get_by_role("button", name="Get a code").click()
    expect(page.get_by_text("Your code is")).to_be_visible()
    saved(page)
    faults += [*axe(page), *sticking_out(page)]
    shot(page, f"followed-{width}-{scheme}")
    page.get_by_role("link", name="See and download my data").click()
    expect(page.locator("h1")).to_have_text("My data")
    page.get_by_text("Delete my data", exact=True).click()
    faults += [*axe(page), *sticking_out(page)]
    shot(page, f"my-data-{width}-{scheme}")
    context.close()
    assert (faults, watch.found) == ([], [])


def test_a_learner_comes_by_a_personal_link(
    browser_context: BrowserContext, served: Served, key: Json, personal_link: str
) -> None:
    page = browser_context.new_page()
    page.goto(personal_link)
    page.get_by_role("button", name="This is me").click()
    expect(page.locator("h1")).to_have_text("Welcome")
    page.close()
    learner = learner_at(browser_context, served, "start").answer("how-sure", ["fairly"])
    saved(browser_context.pages[0])
    assert learner.given("how-sure") == ["fairly"]
    answers = [one for one in served.statements(key) if verb(one) == "answered"]
    [person] = csv.DictReader(masterclass(served, "roster", "list").splitlines())
    assert [one["actor"]["account"]["name"] for one in answers] == [person["account"]]
    assert "Ada" not in json.dumps(answers)


@pytest.mark.parametrize(("width", "scheme"), the_rest_slow(LOOKS, *LOOKS[:2]))
def test_a_personal_link_is_for_everybody(
    browser: Browser, served: Served, personal_link: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    watch = Watch(context, served.url)
    page = context.new_page()
    page.goto(personal_link)
    faults = [*axe(page), *sticking_out(page)]
    shot(page, f"link-{width}-{scheme}")
    page.get_by_role("button", name="Not me").click()
    expect(page.locator("h1")).to_have_text("Thank you")
    faults += [*axe(page), *sticking_out(page)]
    assert (faults, watch.found) == ([], [])
    page.goto(personal_link)
    expect(page.locator("h1")).to_have_text("This link is no longer good")
    assert axe(page) == []
    context.close()


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_the_static_site_asks_nothing(browser_context: BrowserContext, first: Course, tmp_path: Path) -> None:
    """The same files behind any other server: no control, and no request that finds nothing."""
    port = free_port()
    site = first.formats["site"]
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(site)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answering(f"http://127.0.0.1:{port}/")
        asked: list[str] = []
        browser_context.on("request", lambda request: asked.append(request.url))
        page = browser_context.new_page()
        page.goto(f"http://127.0.0.1:{port}/masterclasses/{first.id}/start/")
        Learner(page, first.json).on("start").answer("how-sure", ["fairly"])
        expect(page.locator("[data-saving]")).to_have_text("Saved in this browser")
        assert page.locator("[data-follow]").count() == 0
        assert [url for url in asked if "/learner" in url] == []
    finally:
        process.terminate()
        process.wait()
