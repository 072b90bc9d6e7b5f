"""A worksheet by mouse and by keyboard alone, after a closed tab, on paper, without JavaScript; and nothing of it leaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, Route, expect

from channel_site import HEADERS, Site
from channels import Channel, Course, until
from channels_scorm import Strict
from channels_xapi import Cmi5
from conftest import Masterclass
from fake_scorm12 import LEARNING_HUB
from fake_server import Server, folder
from inspection import Watch, axe, sticking_out
from journey_fixtures import job_aids_with
from learner import View
from printed import in_order, printed
from wire import Wire

PAGE = "form"
WORDS = ("quillwort", "bladderfern", "moonwort spleen", "adderstongue")
SCRIPT = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">"
SAVED = "Saved in this browser only"

CHANNELS: dict[str, Callable[[Server], Channel]] = {
    "scorm12": lambda server: Strict(server, LEARNING_HUB),
    "cmi5": Cmi5,
    "site": Site,
}


def sheet(view: View) -> Locator:
    return view.locator('[data-block="grid"]')


def at(view: View, key: str) -> Locator:
    return sheet(view).locator(f'[data-key="{key}"]')


def does(view: View, what: str) -> Locator:
    return sheet(view).locator(f'[data-does="{what}"]')


def status(view: View) -> Locator:
    return sheet(view).locator("[data-private-status]")


def on_site(context: BrowserContext, server: Server, course: Course) -> Page:
    server.mounts["/site/"] = folder(course.formats["site"], HEADERS)
    page = context.new_page()
    page.goto(f"{server.url}/site/masterclasses/{course.id}/{PAGE}/")
    expect(sheet(page)).to_have_attribute("data-live", "")
    return page


def fill(view: View) -> None:
    """Every kind of field, an added row among them."""
    at(view, "name").fill(WORDS[0])
    at(view, "why").fill(f"{WORDS[1]}\n{SCRIPT}")
    at(view, "stage").select_option("running")
    at(view, "access.papers").check()
    at(view, "topics.hours.right").select_option("consult")
    at(view, "topics.+1.+").fill("Taxis")
    does(view, "add").click()
    expect(at(view, "topics.+2.+")).to_be_focused()
    at(view, "topics.+2.+").fill(WORDS[2])
    at(view, "topics.+2.who").fill(WORDS[3])
    at(view, "topics.+2.public").check()
    expect(status(view)).to_contain_text(SAVED)  # and without an LMS's name for the learner, for how long


def given(view: View) -> dict[str, str]:
    """What the controls hold, by key; those that hold nothing are left out."""
    script = """root => Object.fromEntries([...root.querySelectorAll("[data-key]")]
      .map(each => [each.dataset.key, each.type === "checkbox" ? (each.checked ? "yes" : "") : each.value])
      .filter(([, value]) => value))"""
    return dict(sheet(view).evaluate(script))


FILLED = {
    "name": WORDS[0], "why": f"{WORDS[1]}\n{SCRIPT}", "stage": "running", "access.papers": "yes",
    "topics.hours.right": "consult", "topics.+1.+": "Taxis",
    "topics.+2.+": WORDS[2], "topics.+2.who": WORDS[3], "topics.+2.public": "yes",
}  # fmt: skip


@pytest.mark.parametrize("name", CHANNELS)
def test_nothing_leaves_and_all_is_there_after_a_closed_tab(
    browser_context: BrowserContext, server: Server, job_aids: Course, name: str
) -> None:
    channel = CHANNELS[name](server)
    wire = Wire(browser_context, server, channel)
    learner = channel.launch(browser_context, job_aids).on(PAGE)
    expect(sheet(learner.view)).to_have_attribute("data-live", "")
    fill(learner.view)
    assert given(learner.view) == FILLED
    channel.leave()
    learner = channel.launch(browser_context, job_aids).on(PAGE)
    expect(at(learner.view, "name")).to_have_value(WORDS[0])
    assert given(learner.view) == FILLED
    expect(status(learner.view)).to_have_text(SAVED)
    learner.view.locator("[data-page-end] a[rel=next]").click()
    learner.on("check")
    channel.leave()
    assert wire.leaks(*WORDS) == []
    assert channel.violations() == []


def test_from_the_keyboard(browser_context: BrowserContext, server: Server, job_aids: Course) -> None:
    page = on_site(browser_context, server, job_aids)
    watch = Watch(browser_context, server.url)

    def to(target: Locator) -> None:
        for _ in range(120):
            if target.evaluate("element => element === document.activeElement"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {target}")

    to(at(page, "name"))
    page.keyboard.type("Rota")
    page.keyboard.press("Enter")
    to(at(page, "stage"))
    page.keyboard.press("ArrowDown")
    to(at(page, "access.fares"))
    page.keyboard.press("Space")
    to(does(page, "add"))
    page.keyboard.press("Enter")
    page.keyboard.type("Taxis")
    expect(status(page)).to_have_text(SAVED)
    assert given(page) == {"name": "Rota", "stage": "idea", "access.fares": "yes", "topics.+2.+": "Taxis"}
    to(does(page, "clear"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-ask]")).to_be_focused()
    to(does(page, "no"))
    page.keyboard.press("Enter")
    expect(does(page, "clear")).to_be_focused()
    assert given(page)["name"] == "Rota"
    page.keyboard.press("Enter")
    to(does(page, "yes"))
    page.keyboard.press("Space")
    expect(does(page, "clear")).to_be_focused()
    assert given(page) == {}
    page.reload()
    expect(sheet(page)).to_have_attribute("data-live", "")
    assert given(page) == {}
    assert watch.found == []


def downloaded(page: Page, what: str) -> str:
    with page.expect_download() as download:
        does(page, what).click()
    return Path(download.value.path()).read_text("utf-8")


def opened(page: Page, content: str) -> None:
    file = FilePayload(name="copy.json", mimeType="application/json", buffer=content.encode())
    sheet(page).locator("[data-open]").set_input_files(file)


def test_taken_along_as_files_and_opened_again(
    browser_context: BrowserContext, server: Server, job_aids: Course
) -> None:
    page = on_site(browser_context, server, job_aids)
    fill(page)
    leaving = page.locator("[data-leaving]")
    expect(leaving).to_contain_text("You have filled in a worksheet on this page.")
    assert downloaded(page, "markdown") == MARKDOWN.replace("¶", "  ")
    expect(leaving).to_be_hidden()
    html = downloaded(page, "word")
    assert "<h1>Who decides</h1><p>Job aids, version 1.1.0</p>" in html
    assert "<tr><td>moonwort spleen</td><td></td><td>adderstongue</td><td>Yes</td></tr>" in html
    assert "<script>" not in html and "&#60;script&#62;document.title = 'taken'" in html
    copy = json.loads(downloaded(page, "save"))
    assert {answer["key"]: answer["value"] for answer in copy["answers"]} == FILLED
    report = sheet(page).locator("[data-report]")

    opened(page, json.dumps({**copy, "worksheet": "another", "title": "Another sheet"}))
    expect(report).to_have_text("That file is a copy of another worksheet, “Another sheet”. Nothing was changed.")
    for nonsense in ("", "[1]", "{", "null", " " * 5_000_001, json.dumps({**copy, "answers": [{"key": 1}]})):
        opened(page, nonsense)
        expect(report).to_have_text("That file is not a saved worksheet. Nothing was changed.")
    assert given(page) == FILLED

    older = {**copy, "version": "1.0.0", "answers": [
        {"key": "name", "label": "Programme", "value": "From before"},
        {"key": "gone", "label": "Who pays", "value": "Nobody <b>yet</b>"},
        {"key": "stage", "label": "How far is it?", "value": "dreamt"},
        {"key": "topics.+3.who", "label": "Decision rights: Who decides, added row 3", "value": "The group"},
        {"key": "topics.+40.who", "label": "Row 40", "value": "Nobody"},
    ]}  # fmt: skip
    opened(page, json.dumps(older))
    expect(page.locator("[data-ask]")).to_contain_text("in place of what you have written here?")
    does(page, "no").click()
    assert given(page) == FILLED
    opened(page, json.dumps(older))
    does(page, "yes").click()
    expect(report).to_contain_text("2 answers taken from a copy of version 1.0.0; this is version 1.1.0.")
    assert report.locator("li").all_inner_texts() == [
        "Who pays: Nobody <b>yet</b>",
        "How far is it?: dreamt",
        "Row 40: Nobody",
    ]
    assert given(page) == {"name": "From before", "topics.+3.who": "The group"}
    assert page.title() != "taken"


MARKDOWN = r"""# Who decides

Job aids, version 1.1.0

## The programme

**Programme (needed)**

quillwort

**Why now?**

bladderfern¶
\<script\>document.title = 'taken'\</script\>\<img src=x onerror="document.title = 'taken'"\>

**How far is it?**

Running

**What is arranged?**

Papers in each format

## The grid

**Decision rights**

| Topic | Right | Who decides | Public |
| --- | --- | --- | --- |
| Opening hours | Consult |  |  |
| Taxis |  |  |  |
| moonwort spleen |  | adderstongue | Yes |
"""


KEPT = "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"


def test_a_shared_computer_keeps_nothing(browser_context: BrowserContext, server: Server, job_aids: Course) -> None:
    page = on_site(browser_context, server, job_aids)
    at(page, "name").fill(WORDS[0])
    expect(status(page)).to_have_text(SAVED)
    assert WORDS[0] in page.evaluate(KEPT)
    sheet(page).locator("[data-shared]").check()
    gone = "Not saved: what you write is gone when you leave this page"
    expect(status(page)).to_have_text(gone)
    assert WORDS[0] not in page.evaluate(KEPT)
    at(page, "why").fill(WORDS[1])
    at(page, "why").blur()
    assert WORDS[1] not in page.evaluate(KEPT)
    way_on = page.locator("[data-page-end] a[rel=next]")
    way_on.click()
    expect(page.locator("[data-leaving]")).to_be_focused()
    expect(page.locator("[data-leaving]")).to_contain_text("it is gone when you leave")
    assert given(page) == {"name": WORDS[0], "why": WORDS[1]}
    way_on.click()
    expect(page.locator('article[data-page="check"]')).to_be_visible()
    page.go_back()
    expect(sheet(page)).to_have_attribute("data-live", "")
    expect(sheet(page).locator("[data-shared]")).to_be_checked()
    assert given(page) == {}


def test_in_a_package_a_shared_computer_keeps_it_until_the_window_closes(
    browser_context: BrowserContext, server: Server, job_aids: Course
) -> None:
    lms = Strict(server, LEARNING_HUB)
    learner = lms.launch(browser_context, job_aids).on(PAGE)
    sheet(learner.view).locator("[data-shared]").check()
    at(learner.view, "name").fill(WORDS[0])
    expect(status(learner.view)).to_have_text("Not saved: what you write is gone when you close this window")
    learner.next("check").back(PAGE)
    expect(at(learner.view, "name")).to_have_value(WORDS[0])
    lms.close()
    learner = lms.launch(browser_context, job_aids).on(PAGE)
    expect(sheet(learner.view)).to_have_attribute("data-live", "")
    assert given(learner.view) == {}


def test_a_browser_that_keeps_nothing_is_noticed(
    browser_context: BrowserContext, server: Server, job_aids: Course
) -> None:
    browser_context.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
    )
    page = on_site(browser_context, server, job_aids)
    at(page, "name").fill("Rota")
    expect(status(page)).to_have_text(
        "Not saved: this browser keeps nothing. Download a copy before you leave this page."
    )
    page.locator("[data-page-end] a[rel=next]").click()
    expect(page.locator("[data-leaving]")).to_be_focused()


def test_what_is_written_before_the_script_has_come_is_kept(
    browser_context: BrowserContext, server: Server, job_aids: Course
) -> None:
    server.mounts["/site/"] = folder(job_aids.formats["site"], HEADERS)
    page = browser_context.new_page()
    waiting: list[Route] = []
    page.route("**/practice.js", lambda route: waiting.append(route))
    page.goto(f"{server.url}/site/masterclasses/{job_aids.id}/{PAGE}/")
    at(page, "name").fill("Rota")
    at(page, "access.fares").check()
    assert until(page, lambda: bool(waiting))
    waiting[0].continue_()
    expect(status(page)).to_have_text(SAVED)
    assert given(page) == {"name": "Rota", "access.fares": "yes"}
    page.unroute("**/practice.js")
    page.reload()
    expect(at(page, "name")).to_have_value("Rota")


def test_cleared_with_all_other_work(browser_context: BrowserContext, server: Server, job_aids: Course) -> None:
    lms = Strict(server, LEARNING_HUB)
    learner = lms.launch(browser_context, job_aids).on(PAGE)
    fill(learner.view)
    learner.view.locator("details.clear > summary").click()
    learner.view.locator("[data-clear]").click()
    expect(at(learner.view, "name")).to_have_value("")
    assert given(learner.view) == {}
    assert WORDS[0] not in learner.view.evaluate(KEPT)


def test_ten_thousand_characters_are_kept_and_printed(
    browser_context: BrowserContext, server: Server, job_aids: Course
) -> None:
    page = on_site(browser_context, server, job_aids)
    long = "Nobody asked us. " * 600 + "The last word."
    at(page, "why").fill(long)
    expect(status(page)).to_have_text(SAVED)
    page.reload()
    expect(at(page, "why")).to_have_value(long)
    text = printed(page)
    assert in_order(text, "Why now?", "Nobody asked us. Nobody asked us.", "The last word.", "How far is it?") == []
    assert text.count("Nobody asked us.") == 600


def test_printed_filled_and_blank(browser_context: BrowserContext, server: Server, job_aids: Course) -> None:
    page = on_site(browser_context, server, job_aids)
    page.evaluate("window.print = () => {}")
    fill(page)
    does(page, "print").click()
    text = printed(page)
    assert in_order(
        text, "Who decides", "For one programme", "The programme", "Programme (needed)", "As members know it",
        WORDS[0], WORDS[1], "How far is it?", "Running", "What is arranged?", "Fares on the day", "The grid",
        "Decision rights", "Topic", "Right", "Who decides", "Public", "Opening hours", "Consult", "Taxis", WORDS[2], WORDS[3],
    ) == []  # fmt: skip
    assert [words for words in ("Fill it in with somebody", "Print,", "An idea", "Saved") if words in text] == []
    does(page, "blank").click()
    text = printed(page)
    assert in_order(text, "Who decides", "How far is it?", "An idea", "Running", "Opening hours", "Inform") == []
    assert [word for word in (*WORDS, "Taxis") if word in text] == []
    text = printed(page)
    assert in_order(text, "Fill it in with somebody", WORDS[0], "That was the form.") == [], "the whole page again"


def test_without_javascript_it_is_a_paper_form(browser: Browser, server: Server, job_aids: Course) -> None:
    server.mounts["/course/"] = folder(job_aids.formats["scorm12"])
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server.url}/course/pages/{PAGE}.html")
    read = " ".join(page.locator("article").inner_text().split())
    assert in_order(
        read, "Who decides", "Blank copy for Word", "To fill it in here you need JavaScript.", "The programme",
        "Programme (needed)", "As members know it", "Why now?", "Two or three sentences", "How far is it?",
        "What is arranged?", "Fares on the day", "Papers in each format", "The grid", "Decision rights",
        "Topic", "Right", "Opening hours", "That was the form.",
    ) == []  # fmt: skip
    with page.expect_download() as download:
        page.get_by_text("Blank copy for Word").click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    text = printed(page)
    assert in_order(text, "Programme (needed)", "An idea", "Running", "Fares on the day", "Inform", "Consult") == []
    assert "JavaScript" not in text
    assert sticking_out(page) == []
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), pytest.param(1280, "light", marks=pytest.mark.slow)])
@pytest.mark.parametrize("place", [pytest.param("package", marks=pytest.mark.slow), "site"])
def test_inspected(browser: Browser, server: Server, job_aids: Course, place: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    watch = Watch(context, server.url)
    if place == "site":
        page = on_site(context, server, job_aids)
    else:
        server.mounts["/course/"] = folder(job_aids.formats["scorm12"])
        page = context.new_page()
        page.goto(f"{server.url}/course/index.html")
        expect(sheet(page)).to_have_attribute("data-live", "", timeout=15_000)
    assert [*axe(page), *sticking_out(page)] == []
    fill(page)
    does(page, "clear").click()
    assert [*axe(page), *sticking_out(page)] == []
    assert watch.found == []
    context.close()


LONG_TASKS = """() => {
  window.longest = 0;
  new PerformanceObserver(list => list.getEntries().forEach(task => { window.longest = Math.max(window.longest, task.duration); }))
    .observe({ entryTypes: ["longtask"] });
  window.slowest = 0;
  new PerformanceObserver(list => list.getEntries().forEach(event => {
    window.slowest = Math.max(window.slowest, event.processingEnd - event.processingStart);
  })).observe({ type: "event", durationThreshold: 16 });
}"""


def typed(page: Page, controls: Locator) -> tuple[float, float]:
    """The longest task and the slowest key, in milliseconds, while a few fields are written in."""
    page.evaluate(LONG_TASKS)
    for number in (0, 49, 99):
        controls.nth(number).press("End")
        for word in ("Nobody ", "had ", "asked. "):
            page.keyboard.type(word, delay=20)
            page.wait_for_timeout(450)  # the pause after which it is saved
    longest, slowest = page.evaluate("[window.longest, window.slowest]")
    return longest, slowest


A_SLOW_KEY = """() => document.addEventListener("input", () => {
  const end = performance.now() + 80;
  while (performance.now() < end);
}, { once: true })"""


@pytest.mark.slow
def test_typing_in_a_hundred_fields_never_blocks(
    browser_context: BrowserContext, server: Server, hundred_fields: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of them full already: 100 answers of 2,000 characters."""
    page = on_site(browser_context, server, hundred_fields)
    controls = sheet(page).locator("[data-key]")
    assert controls.count() == 100
    controls.evaluate_all(
        "all => all.forEach(one => { one.value = 'So it was. '.repeat(182); one.dispatchEvent(new Event('input', {bubbles: true})); })"
    )
    expect(status(page)).to_have_text(SAVED)
    page.wait_for_timeout(500)
    # The best of a few rounds: what else runs on the machine makes a round slower, and never quicker.
    rounds = []
    for _ in range(4):
        rounds.append(typed(page, controls))
        if max(rounds[-1]) < 50:
            break
    longest, slowest = min(rounds, key=max)
    assert "Nobody had asked." in given(page)["f99"]
    with capsys.disabled():
        print(
            f"\n100 fields of 2,000 characters: longest task {longest:.0f} ms (0: none of 50), slowest key {slowest:.0f} ms"
        )
    assert longest < 50 and slowest < 50
    page.evaluate(A_SLOW_KEY)
    page.keyboard.press("x")
    assert until(page, lambda: page.evaluate("Math.min(window.longest, window.slowest)") >= 50), "the measure measures"


@pytest.fixture(scope="module")
def hundred_fields(tmp_path_factory: pytest.TempPathFactory, masterclass: Masterclass) -> Course:
    fields = "\n".join(
        f"      - {{id: f{n}, type: lines, label: Field {n}, hint: Anything, rows: 2}}" for n in range(100)
    )
    sections = fields.split("\n")
    parts = "".join(
        f"  - title: Part {n}\n    fields:\n" + "\n".join(sections[n * 25 : n * 25 + 25]) + "\n" for n in range(4)
    )
    changes = {"grid.worksheet.yml": f"id: grid\ntitle: A hundred fields\nsections:\n{parts}"}
    return job_aids_with(tmp_path_factory.mktemp("hundred"), masterclass, changes)
