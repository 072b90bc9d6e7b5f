"""Choosers, contrasts and recordings by mouse and keyboard, without JavaScript, on paper, after a closed tab, on record."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from channel_site import HEADERS
from channels import Channel, Course, until
from channels_xapi import Cmi5
from fake_server import Server, folder
from inspection import Watch, axe, sticking_out
from learner import Learner, View
from wire import Wire


def on_site(page: Page, server: Server, course: Course, where: str) -> Learner:
    server.mounts["/site/"] = folder(course.formats["site"], HEADERS)
    page.goto(f"{server.url}/site/masterclasses/{course.id}/{where}/")
    return Learner(page, course.json).on(where)


def pick(view: View, question: str, answer: str) -> None:
    view.locator(f'[data-asks="{question}"] input[value="{answer}"]').check()


def recommended(view: View) -> list[str]:
    return view.locator("[data-ranked] h3").all_inner_texts()


def rate(view: View, pair: str, **numbers: str) -> None:
    for when, number in numbers.items():
        field = view.locator(f'[data-pair="{pair}"] [data-rate="{when}"] input[type=number]')
        field.fill(number)
        field.blur()


def rated(view: View, pair: str) -> list[str]:
    return view.locator(f'[data-row="{pair}"] [data-cell]').all_inner_texts()


def test_a_chooser_ranks_with_reasons(page: Page, server: Server, blocks: Course) -> None:
    on_site(page, server, blocks, "the-chooser")
    found = page.locator("[data-found]")
    expect(found).to_have_text("2 of 2 still to answer")
    pick(page, "people", "few")
    expect(found).to_have_text("1 of 2 still to answer")
    assert recommended(page) == []
    pick(page, "heat", "cross")
    expect(found).to_have_text("Consider first: A visit to each")
    assert recommended(page) == ["A visit to each", "An open evening"], "of equals the first written; two at most"
    assert page.locator("[data-ranked] > li").first.locator("li").all_inner_texts() == [
        "You can listen to everyone.",
        "Anger is easier to hear at a kitchen table.",
    ]
    pick(page, "people", "many")
    assert recommended(page) == ["A circle with a facilitator", "An open evening"], "ruled out: a visit"
    pick(page, "heat", "calm")
    assert recommended(page) == ["An open evening"]


def test_a_chooser_from_the_keyboard(page: Page, server: Server, blocks: Course) -> None:
    on_site(page, server, blocks, "the-chooser")
    page.locator("[data-asks] input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert recommended(page)[0] == "A visit to each"
    page.keyboard.press("ArrowDown")
    assert recommended(page)[0] == "A visit to each"
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Start again")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_have_text("2 of 2 still to answer")


def test_contrasts_by_mouse_and_keyboard(page: Page, server: Server, blocks: Course) -> None:
    on_site(page, server, blocks, "the-contrast")
    expect(page.locator("[data-rated]")).to_be_hidden()
    rate(page, "tone", now="3", needed="8")
    assert rated(page, "tone") == ["5 further towards “Asking”", "3", "8"]
    rate(page, "pace", now="12", needed="2.4")
    assert rated(page, "pace") == ["8 further towards “This week”", "10", "2"], "put right when the field is left"
    slider = page.locator('[data-pair="tone"] [data-rate="now"] input[type=range]')
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert rated(page, "tone") == ["4 further towards “Asking”", "4", "8"]
    label = page.locator("[data-picture] svg[role=img]").get_attribute("aria-label")
    assert label == "Demanding to Asking: now 4, needed 8; This week to When it is ready: now 10, needed 2"
    page.get_by_role("button", name="Clear these ratings").click()
    expect(page.locator("[data-rated]")).to_be_hidden()
    page.reload()
    expect(page.locator("[data-rate] input[type=number]").first).to_have_value("")


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["scorm12-learning-hub", "cmi5"], indirect=True)
def test_there_after_a_closed_tab_and_nothing_of_it_on_record(
    channel: Channel, browser_context: BrowserContext, server: Server, blocks: Course
) -> None:
    wire = Wire(browser_context, server, channel)
    learner = channel.launch(browser_context, blocks).on("the-start").open("the-chooser")
    pick(learner.view, "people", "many")
    pick(learner.view, "heat", "cross")
    rate(learner.open("the-contrast").view, "tone", now="3", needed="8")
    channel.close()

    learner = channel.launch(browser_context, blocks).on("the-contrast")
    assert rated(learner.view, "tone") == ["5 further towards “Asking”", "3", "8"]
    learner.open("the-chooser")
    assert recommended(learner.view)[0] == "A circle with a facilitator"
    learner.view.get_by_text("Clear my work from this computer").click()
    learner.view.locator("[data-clear]").click()
    expect(learner.view.locator("[data-found]")).to_have_text("2 of 2 still to answer")
    channel.leave()
    assert wire.leaks("tone.now", "chooser.the", "contrast.the") == []
    assert channel.violations() == [] and channel.answers() == []


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["cmi5", "scorm12-learning-hub"], indirect=True)
def test_a_sound_is_on_record_in_the_video_profile_s_words(
    channel: Channel, browser_context: BrowserContext, server: Server, blocks: Course
) -> None:
    learner = channel.launch(browser_context, blocks).on("the-start").open("the-sound")
    player = learner.view.locator("[data-media]")
    expect(learner.view.locator("[data-cue]")).to_be_visible()
    player.evaluate("media => { media.muted = true; return media.play() }")
    expect(learner.view.locator("[data-cue]")).to_have_text("It is the first time")
    player.evaluate("media => media.pause()")
    player.evaluate("media => { media.currentTime = 1.5 }")
    learner.view.wait_for_timeout(700)
    player.evaluate("media => media.play()")
    expect(learner.view.locator("[data-cue]")).to_have_text("that I have gone out alone.")
    player.evaluate("media => new Promise((done) => media.ended ? done() : media.addEventListener('ended', done))")
    learner.view.wait_for_timeout(300)
    assert channel.answers() == [] and channel.status()["completed"] is not True
    channel.leave()
    assert channel.violations() == []
    if not isinstance(channel, Cmi5):
        return
    video = "https://w3id.org/xapi/video"
    said = [one for one in channel.lrs.statements if one["object"]["id"].endswith("/media/the-sound-media")]
    assert [one["verb"]["id"].rpartition("/")[2] for one in said] == [
        "played",
        "paused",
        "seeked",
        "played",
        "completed",
    ]
    assert {one["object"]["definition"]["type"] for one in said} == {f"{video}/activity-type/video"}
    assert all(
        {"id": video, "objectType": "Activity"} in one["context"]["contextActivities"]["category"] for one in said
    )
    [showing] = {one["context"]["extensions"][f"{video}/extensions/session-id"] for one in said}
    assert len(showing) == 36
    seeked, ended = (one["result"]["extensions"] for one in (said[2], said[4]))
    assert seeked[f"{video}/extensions/time-to"] == 1.5 and seeked[f"{video}/extensions/time-from"] < 1.5
    assert said[4]["result"]["completion"] is True and said[4]["result"]["duration"] == "PT2S"
    assert 0 < ended[f"{video}/extensions/progress"] < 1
    assert ended[f"{video}/extensions/played-segments"].endswith("1.5[.]2")


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["cmi5", "scorm12-learning-hub"], indirect=True)
def test_a_film_is_played_stopped_and_moved_from_the_keyboard(
    channel: Channel, browser_context: BrowserContext, server: Server, blocks: Course
) -> None:
    """And what the keys did is on record."""
    watch = Watch(browser_context, server.url, server.other_url)
    learner = channel.launch(browser_context, blocks).on("the-start").open("the-media")
    page = browser_context.pages[-1]
    film, keyboard = learner.view.locator("video"), page.keyboard
    learner.view.locator(".media summary").focus()
    keyboard.press("Enter")
    expect(learner.view.get_by_text("A ramp is laid at a door.")).to_be_visible()
    keyboard.press("Tab")
    expect(film).to_be_focused()

    def now() -> float:
        return float(film.evaluate("film => film.currentTime"))

    keyboard.press("Space")
    assert until(page, lambda: now() > 0.3)
    assert film.evaluate("film => [film.textTracks[0].mode, film.textTracks[0].activeCues[0].text]") == [
        "showing",
        "The ramp is laid this morning.",
    ]
    keyboard.press("Space")
    assert until(page, lambda: film.evaluate("film => film.paused"))
    stopped = now()
    keyboard.press("ArrowRight")
    assert until(page, lambda: now() > stopped)
    keyboard.press("End")
    assert until(page, lambda: now() == 10)
    learner.view.wait_for_timeout(700)
    channel.leave()
    assert channel.violations() == []
    assert [one for one in watch.found if one.startswith("request")] == []
    if isinstance(channel, Cmi5):
        said = [one for one in channel.lrs.statements if one["object"]["id"].endswith("/media/the-media-media")]
        assert [one["verb"]["id"].rpartition("/")[2] for one in said][:3] == ["played", "paused", "seeked"]
        assert said[2]["result"]["extensions"]["https://w3id.org/xapi/video/extensions/time-to"] == 10
        assert said[1]["result"]["extensions"]["https://w3id.org/xapi/video/extensions/time"] == pytest.approx(
            stopped, abs=0.001
        )
        assert said[1]["context"]["extensions"]["https://w3id.org/xapi/video/extensions/length"] == 10


def printed(page: Page) -> str:
    return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages)


def in_order(words: list[str], text: str) -> None:
    """Each after the one before."""
    rest = " ".join(text.split())
    for each in words:
        before, found, rest = rest.partition(each)
        assert found, (each, before)


def test_without_javascript_and_on_paper(browser: Browser, server: Server, blocks: Course) -> None:
    server.mounts["/course/"] = folder(blocks.formats["scorm12"])
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    pages = {
        "the-chooser": ["Before it.", "What to consider when", "If …", "Up to 12: You can listen", "A visit to each"],
        "the-contrast": [
            "Before it.",
            "Rate each pair twice",
            "Demanding – Asking",
            "Now",
            "0",
            "10",
            "Needed",
            "This week",
        ],
        "the-media": ["Before it.", "Sam on the ramp", "Read what is said", "You do not need to play this"],
    }
    for where, order in pages.items():
        page.goto(f"{server.url}/course/pages/{where}.html")
        in_order(order, page.locator("article").inner_text())
        in_order(order, printed(page))
    assert "gone out alone" in " ".join(printed(page).split()), "a transcript prints whole"
    context.close()


@pytest.mark.slow
def test_ratings_on_paper(page: Page, server: Server, blocks: Course) -> None:
    on_site(page, server, blocks, "the-contrast")
    rate(page, "tone", now="3", needed="8")
    text = printed(page)
    in_order(["Your ratings, from 0 to 10", "Demanding – Asking", "5 further towards “Asking”", "3", "8"], text)
    assert "Clear these ratings" not in text


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), pytest.param(1280, "light", marks=pytest.mark.slow)])
def test_inspected(browser: Browser, server: Server, blocks: Course, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    watch = Watch(context, server.url)
    page = context.new_page()
    on_site(page, server, blocks, "the-chooser")
    pick(page, "people", "few")
    pick(page, "heat", "calm")
    page.get_by_text("What to consider when").click()
    assert [*axe(page), *sticking_out(page)] == []
    on_site(page, server, blocks, "the-contrast")
    rate(page, "tone", now="3", needed="8")
    assert [*axe(page), *sticking_out(page)] == []
    on_site(page, server, blocks, "the-media")
    assert until(page, lambda: page.locator("[data-media]").evaluate("media => media.readyState") >= 1)
    assert [*axe(page), *sticking_out(page), *watch.found] == []
    context.close()
