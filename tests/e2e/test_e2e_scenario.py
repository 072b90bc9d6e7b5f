"""A scenario by mouse, by keyboard alone, without JavaScript, on paper, after a closed tab and on a narrow screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

import resume_string
from channel_site import HEADERS
from channels import Course
from channels_scorm import Strict
from channels_xapi import Cmi5
from fake_scorm12 import LEARNING_HUB
from fake_server import Server, folder
from inspection import axe, sticking_out
from learner import Learner, View
from plays import story
from printed import in_order, printed

BLOCK = "day-centre-story"
PAGE = "day-centre"
INTO_TROUBLE = ["wait", "reassure"]
BACK_AGAIN = ["stop_and_share", "honest_gap"]


def at_the_story(view: View, course: Course) -> Learner:
    learner = Learner(view, course.json).on(PAGE)
    expect(view.locator("[data-stage] h3")).to_be_visible()
    return learner


def test_played_resumed_after_a_closed_tab_and_replayed(
    browser_context: BrowserContext, server: Server, co_production: Course
) -> None:
    lms = Strict(server, LEARNING_HUB)
    learner = lms.launch(browser_context, co_production).on("start").open(PAGE)
    stage = learner.view.locator("[data-stage]")
    expect(stage.locator("h3")).to_have_text("October: A line in a spreadsheet")
    expect(learner.view.locator("[data-scenes]")).to_be_hidden()
    given = story(learner, BLOCK, INTO_TROUBLE)
    expect(stage.locator("[data-happened]")).to_contain_text("Trust of members and carers fell (−15).")
    expect(learner.view.locator('[data-gauge="trust"] dd')).to_have_text("5 of 100, fell")
    lms.leave()

    learner = lms.launch(browser_context, co_production).on(PAGE)
    stage = learner.view.locator("[data-stage]")
    expect(stage.locator("h3")).to_have_text("February: A letter from solicitors")
    given += story(learner, BLOCK, BACK_AGAIN)
    expect(stage.locator("[data-debriefing]")).to_contain_text("People came in while something could still change")
    expect(stage.locator("[data-path] > li")).to_have_count(5)
    expect(stage).to_contain_text("You found a way back, at “February: A letter from solicitors”.")
    stage.get_by_text("What the other choice would have brought").last.click()
    expect(stage).to_contain_text("It could have ended with “September: The auditor’s question”.")
    stage.locator("[data-replay]").click()
    expect(stage.locator("h3")).to_be_focused()
    expect(stage.locator("h3")).to_have_text("October: A line in a spreadsheet")
    story(learner, BLOCK, ["tell_now"])
    lms.leave()
    assert lms.violations() == []
    assert [(one.id, one.response) for one in lms.answers()] == [
        (scene, tuple(choice)) for scene, choice, _, _ in [*given, (f"{BLOCK}.line", ["tell_now"], "", "")]
    ]
    state = resume_string.read(lms.tracks.values["cmi.suspend_data"], co_production.json)
    assert (len(state.stories[BLOCK]), state.finished) == (1, {BLOCK})


def test_resumed_after_a_closed_tab_in_cmi5(
    browser_context: BrowserContext, server: Server, co_production: Course
) -> None:
    lms = Cmi5(server)
    learner = lms.launch(browser_context, co_production).on("start").open(PAGE)
    given = story(learner, BLOCK, INTO_TROUBLE)
    lms.leave()

    learner = lms.launch(browser_context, co_production).on(PAGE)
    stage = learner.view.locator("[data-stage]")
    expect(stage.locator("h3")).to_have_text("February: A letter from solicitors")
    expect(learner.view.locator('[data-gauge="trust"] dd')).to_contain_text("5 of 100")
    given += story(learner, BLOCK, BACK_AGAIN)
    expect(stage.locator("[data-debriefing]")).to_be_visible()
    lms.leave()
    assert [(one.id, one.response) for one in lms.answers()] == [
        (scene, tuple(choice)) for scene, choice, _, _ in given
    ]
    assert lms.violations() == []


def test_from_the_keyboard(browser_context: BrowserContext, server: Server, co_production: Course) -> None:
    server.mounts["/site/"] = folder(co_production.formats["site"], HEADERS)
    page = browser_context.new_page()
    page.goto(f"{server.url}/site/masterclasses/co-production/{PAGE}/")
    learner = at_the_story(page, co_production)
    for choice in ["tell_now", "grid", "honest_gap"]:
        for _ in range(150):
            if page.evaluate("document.activeElement.dataset.choose") == choice:
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(learner.view.locator("[data-happened]")).to_be_focused()
    expect(page.locator("[data-debriefing]")).to_be_visible()
    text = printed(page)
    assert [part for part in GAMEBOOK if part not in text] == [], (
        "on paper it is the gamebook, wherever the story stands"
    )
    assert "It could have ended with" not in text


GAMEBOOK = (
    "1. October: A line in a spreadsheet", "What do you do?", "You keep quiet until the consultation opens",
    "Kindly meant", "Trust of members and carers fell a lot (−30).", "Go on to scene 2", "6. A year later", "Looking back",
    "8. July: A locked door", "Begin again at scene 1",
)  # fmt: skip


def test_without_javascript_it_is_a_gamebook(browser: Browser, server: Server, co_production: Course) -> None:
    server.mounts["/course/"] = folder(co_production.formats["scorm12"])
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/course/pages/{PAGE}.html")
    scenes = page.locator("[data-scene] h3").all_inner_texts()
    assert [scene.split(".")[0] for scene in scenes] == [str(number) for number in range(1, 9)]
    page.get_by_text("You keep quiet until the consultation opens").click()
    page.locator('[data-choice="wait"] a').click()
    assert page.url.endswith(f"#{BLOCK}--leak")
    expect(page.locator('[data-scene="leak"]')).to_be_in_viewport()
    assert len(page.locator(".scenes a[href^='#day']").all()) == 11 + 3
    assert in_order(printed(page), *GAMEBOOK) == []
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_inspected_from_beginning_to_end(
    browser: Browser, server: Server, co_production: Course, width: int, scheme: str
) -> None:
    server.mounts["/site/"] = folder(co_production.formats["site"], HEADERS)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{server.url}/site/masterclasses/co-production/{PAGE}/")
    learner = at_the_story(page, co_production)
    assert [*axe(page), *sticking_out(page)] == []
    story(learner, BLOCK, [*INTO_TROUBLE, "press_on"])
    for details in page.locator("[data-stage] details").all():
        details.click()
    assert [*axe(page), *sticking_out(page)] == []
    context.close()
