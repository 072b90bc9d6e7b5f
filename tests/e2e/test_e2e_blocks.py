"""Every block of the authors' guide, the same questions to each: by mouse, by keyboard only, without JavaScript, on paper,
after a closed tab in SCORM 1.2 and in cmi5, and looked over in a narrow and a wide window, light and dark.

What a block does in full is tested in the file named after it; here no cell of the table can be left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from channel_site import HEADERS
from channels import Channel, Course, until
from fake_server import Server, folder
from inspection import axe, sticking_out
from keyboard import Keyboard
from learner import Learner, View
from pipeline.blocks import BLOCKS
from printed import in_order, printed

MARK = "Willow Yard"
"""What a learner types."""


@dataclass(frozen=True)
class Row:
    read: tuple[str, ...]
    """What stands on its page, in order, without a script and on paper."""
    mouse: Callable[[Learner], object] | None = None
    keys: Callable[[Keyboard], object] | None = None
    """The same done; None where there is nothing to do."""
    told: Callable[[View], list[str]] = lambda view: []
    """What the page shows of what was done."""
    expected: tuple[str, ...] = ()
    kept: bool = True
    """It is there after a closed tab."""


def texts(*selectors: str) -> Callable[[View], list[str]]:
    return lambda view: [" ".join(view.locator(each).first.inner_text().split()) for each in selectors]


def values(*selectors: str) -> Callable[[View], list[str]]:
    return lambda view: [view.locator(each).first.input_value() for each in selectors]


def typed(keyboard: Keyboard, selector: str, text: str) -> None:
    keyboard.reach(keyboard.view.locator(selector))
    keyboard.keyboard.press("ControlOrMeta+a")
    keyboard.keyboard.type(text)
    keyboard.keyboard.press("Tab")


def paper(learner: Learner) -> None:
    for question in learner.paper():
        learner.fill(question, learner.right(question))
    if isinstance(learner, Keyboard):
        learner.press(learner.view.locator("[data-submit]"))
    else:
        learner.submit()
    learner.result()


def planned(learner: Learner) -> None:
    for name, text in PLAN.items():
        learner.view.locator(f"[name={name}]").fill(text)
    learner.view.get_by_role("button", name="I have made my plan").click()


def planned_by_keys(keyboard: Keyboard) -> None:
    for name, text in PLAN.items():
        keyboard.reach(keyboard.view.locator(f"[name={name}]"))
        keyboard.keyboard.type("11112026" if name == "date" else text)
    keyboard.press(keyboard.view.get_by_role("button", name="I have made my plan"))


PLAN = {"if_1": MARK, "then_1": "I ring", "if_2": "It snows", "then_2": "I walk", "date": "2026-11-11"}


def entered(learner: Learner) -> None:
    field = learner.view.locator("[data-entry=homes] input").first
    field.fill("4")
    field.blur()


def rated(learner: Learner) -> None:
    for when, number in (("now", "3"), ("needed", "8")):
        field = learner.view.locator(f"[data-pair=tone] [data-rate={when}] [type=number]")
        field.fill(number)
        field.blur()


def rated_by_keys(keyboard: Keyboard) -> None:
    for when, number in (("now", "3"), ("needed", "8")):
        typed(keyboard, f"[data-pair=tone] [data-rate={when}] [type=number]", number)


def picked(learner: Learner) -> None:
    for question, answer in (("people", "many"), ("heat", "cross")):
        learner.view.locator(f"[data-asks={question}] [value={answer}]").check()


def picked_by_keys(keyboard: Keyboard) -> None:
    for question, answer in (("people", "many"), ("heat", "cross")):
        group = keyboard.view.locator(f"[data-asks={question}]")
        keyboard.choose(group, str(group.locator("input").first.get_attribute("name")), answer)


FILM = "Sam on the ramp", "Ten seconds, drawn", "Read what is said", "You do not need to play this"
CHOICE = '[data-stage] [data-choose="ask"]'

ROWS: dict[str, Row] = {
    "quiz": Row(
        ("Choose one", "Whom do you ring first?", "The tenant", "The landlord", "The supplier"),
        lambda learner: learner.answer("first-call", ["tenant"]),
        lambda keyboard: keyboard.answer("first-call", ["tenant"]),
        texts("[data-verdict]"),
        ("Correct",),
    ),
    "then-now": Row(("Then and now", "Who adapts a home", "Then: November 2018", "Every council", "Now: May 2026", "One form")),
    "case": Row(("Case · Overton · as of 2024", "The stairlift", "would pay.", "Where it stands now", "They share one budget")),
    "quote": Row(("whose home it was", "A housing director, director of a housing association, 2018 [1]", "Sources")),
    "glossary": Row(("Adaptation", "such as a ramp", "Disabled facilities grant", "Money from the council")),
    "sector": Row(("Ask who owns the building", "NHS", "not only a date", "Housing", "by when", "People with lived experience", "your own home")),
    "scenario": Row(
        ("The empty flat", "You run discharge", "1. Monday: A call", "You ask the tenant", "She says that she has", "Go on to scene 2",
         "2. Friday: At the door", "Looking back", "Who said first"),
        lambda learner: learner.view.locator(CHOICE).click(),
        lambda keyboard: keyboard.press(keyboard.view.locator(CHOICE)),
        texts("[data-stage] h3"),
        ("Friday: At the door",),
    ),
    "plan": Row(
        ("Two things I will do", "For example", "If a discharge meeting", "First action", "Second action", "From this day", "Who will ask"),
        planned,
        planned_by_keys,
        values(*(f"[name={name}]" for name in PLAN)),
        tuple(PLAN.values()),
    ),
    "worksheet": Row(
        ("An offer to a landlord", "Fill it in with somebody", "The home", "Which home?", "What stands in the way", "How far is it", "An idea",
         "Who has been asked", "The offer", "A ramp"),
        lambda learner: learner.view.locator("[data-key=address]").fill(MARK),
        lambda keyboard: typed(keyboard, "[data-key=address]", MARK),
        values("[data-key=address]"),
        (MARK,),
    ),
    "calculator": Row(
        ("What the ramps cost", "Overton’s numbers", "the landlord pays £5,824", "The worked example", "Homes", "The ramp", "Who pays", "What it costs", "£14,560"),
        entered,
        lambda keyboard: typed(keyboard, "#the-calculator-calculator--homes", "4"),
        texts("[data-meaning]"),
        ("Of £5,824, the landlord pays £2,329.60 and the council £3,494.40.",),
    ),
    "chooser": Row(
        ("How to talk about the building works", "What to consider when", "Up to 12", "You can listen to everyone", "A visit to each"),
        picked,
        picked_by_keys,
        texts("[data-found]"),
        ("Consider first: A circle with a facilitator",),
    ),
    "contrast": Row(
        ("How I work with the landlord", "Rate each pair twice", "Demanding – Asking", "Now", "0", "10", "Needed", "This week"),
        rated,
        rated_by_keys,
        texts("[data-row=tone]"),
        ("Demanding – Asking 5 further towards “Asking” 3 8",),
    ),
    "media": Row(
        FILM,
        lambda learner: learner.view.locator("video").click(),
        lambda keyboard: keyboard.press(keyboard.view.locator("video"), "Space"),
        lambda view: [str(view.locator("video").evaluate("film => film.currentTime > 0"))],
        ("True",),
        kept=False,
    ),
    "final-check": Row(
        ("2 questions; 70% to pass", "Feedback comes after you submit"),
        paper,
        paper,
        texts("[data-result-heading]"),
        ("You have passed",),
    ),
    "certificate": Row(
        ("The certificate is made in your browser, with JavaScript.",),
        lambda learner: learner.view.get_by_label("Your name").fill(MARK),
        lambda keyboard: typed(keyboard, "#the-certificate-certificate--name", MARK),
        texts("[data-certificate-name]"),
        (MARK,),
    ),
    "plan-check": Row(
        ("Look at your plan again", "Has the situation of your first", "Did you do what you had planned?", "Partly"),
        lambda learner: learner.answer("after-7-acted", ["partly"]),
        lambda keyboard: keyboard.answer("after-7-acted", ["partly"]),
        texts("[data-plan-kept] li"),
        ("If Willow Yard, then I will I ring.",),
    ),
}  # fmt: skip
DONE = {name: list(row.expected) for name, row in ROWS.items()}


def test_no_block_is_left_out() -> None:
    assert set(ROWS) == set(BLOCKS)
    assert [name for name, row in ROWS.items() if (row.mouse is None) != (row.keys is None)] == []


def arrived(learner: Learner, name: str) -> Learner:
    """On the block's page, with its script at work."""
    learner.on(f"the-{name}")
    learner.view.wait_for_timeout(200)
    return learner


def shown(row: Row, view: View) -> list[str]:
    """What is told, as soon as it is what is expected."""
    until(view if isinstance(view, Page) else view.page, lambda: row.told(view) == list(row.expected), 2)
    return row.told(view)


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["scorm12-plain", "cmi5"], indirect=True)
def test_by_mouse_and_there_after_a_closed_tab(
    channel: Channel, browser_context: BrowserContext, server: Server, blocks: Course
) -> None:
    learner = channel.launch(browser_context, blocks).on("the-start")
    done = {}
    for name, row in ROWS.items():
        arrived(learner.open(f"the-{name}"), name)
        if row.mouse:
            row.mouse(learner)
        done[name] = shown(row, learner.view)
    assert done == DONE
    channel.close()

    learner = channel.launch(browser_context, blocks)
    kept = {}
    for name, row in ROWS.items():
        if row.kept:
            arrived(learner.open(f"the-{name}"), name)
            kept[name] = shown(row, learner.view)
    assert kept == {name: done for name, done in DONE.items() if ROWS[name].kept}
    channel.leave()
    assert channel.violations() == []


def on_site(page: Page, server: Server, course: Course, name: str) -> None:
    server.mounts["/site/"] = folder(course.formats["site"], HEADERS)
    page.goto(f"{server.url}/site/masterclasses/{course.id}/the-{name}/")


@pytest.mark.slow
def test_by_keyboard_only(page: Page, server: Server, blocks: Course) -> None:
    done = {}
    for name, row in ROWS.items():
        on_site(page, server, blocks, name)
        keyboard = Keyboard(page, page, blocks.json)
        arrived(keyboard, name)
        if row.keys:
            row.keys(keyboard)
        done[name] = shown(row, page)
    assert done == DONE


@pytest.mark.slow
def test_read_in_order_without_javascript_and_on_paper(browser: Browser, server: Server, blocks: Course) -> None:
    server.mounts["/course/"] = folder(blocks.formats["scorm12"])
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    missing = {}
    for name, row in ROWS.items():
        page.goto(f"{server.url}/course/pages/the-{name}.html")
        read = ("Before it.", *row.read)
        folded = page.locator("article .card details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        on_screen = in_order(" ".join(page.locator("article").inner_text().split()), *read)
        missing[name] = [*on_screen, *(f"on paper: {part}" for part in in_order(printed(page), *read))]
    assert missing == {name: [] for name in ROWS}
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_inspected_narrow_and_wide(browser: Browser, server: Server, blocks: Course, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found = {}
    for name, row in ROWS.items():
        on_site(page, server, blocks, name)
        learner = arrived(Learner(page, blocks.json), name)
        if row.mouse:
            row.mouse(learner)
        shown(row, page)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            found[name, width] = [*axe(page), *sticking_out(page)]
    assert found == {(name, width): [] for name in ROWS for width in (320, 1280)}
    context.close()
