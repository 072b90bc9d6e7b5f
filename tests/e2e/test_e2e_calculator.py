"""Calculators by mouse and by keyboard alone, without JavaScript, on paper, after a closed tab; the fact pack to the penny."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader

from channel_site import HEADERS
from channels import Channel, Course
from fake_server import Server, folder
from inspection import Watch, axe, sticking_out
from journey_fixtures import unpacked
from learner import Learner, View
from wire import Wire

SHARES = "shares-calculator"
PAYMENT = "payment-calculator"
GAIN = "payment-calculator-2"
CHARGING = "money-calculator"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, masterclass: Callable[..., Result]) -> Path:
    out = tmp_path_factory.mktemp("sums")
    courses = ("--course", "finance-risk-sharing", "--course", "local-government")
    result = masterclass("build", *courses, "--out", out)
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="session")
def finance(built: Path) -> Course:
    return unpacked("finance-risk-sharing", built)


@pytest.fixture(scope="session")
def councils(built: Path) -> Course:
    return unpacked("local-government", built)


def on_site(page: Page, server: Server, course: Course, where: str) -> Learner:
    server.mounts["/site/"] = folder(course.formats["site"], HEADERS)
    page.goto(f"{server.url}/site/masterclasses/{course.id}/{where}/")
    learner = Learner(page, course.json).on(where)
    expect(page.locator("[data-entries]").first).to_be_visible()
    return learner


def block(view: View, name: str) -> Locator:
    return view.locator(f'[data-block="{name}"]')


def field(view: View, name: str, entry: str) -> Locator:
    return block(view, name).locator(f'[data-entry="{entry}"] [data-enter]')


def enter(view: View, name: str, **numbers: str) -> None:
    for entry, number in numbers.items():
        control = field(view, name, entry)
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(number)
        else:
            control.fill(number)
            control.blur()


def result(view: View, name: str, *results: str) -> list[str]:
    cells = [
        block(view, name).locator(f'.figures td[data-value="{each}"], .worked [data-value="{each}"]')
        for each in results
    ]
    return [cell.first.text_content() or "" for cell in cells]


def test_the_fact_pack_s_shares_to_the_penny(page: Page, server: Server, finance: Course) -> None:
    on_site(page, server, finance, "shares")
    names = ("over", "pool_holds", "board_pays", "council_pays")
    assert result(page, SHARES, *names) == ["£2,000,000", "£0", "£1,250,000", "£750,000"]
    enter(page, SHARES, rule="capped")
    assert result(page, SHARES, *names) == ["£2,000,000", "£0", "£1,500,000", "£500,000"]
    expect(block(page, SHARES).locator("[data-meaning]")).to_contain_text("A cap moves risk. It never removes it.")
    enter(page, SHARES, rule="corridor")
    assert result(page, SHARES, *names) == ["£2,000,000", "£400,000", "£800,000", "£800,000"]
    enter(page, SHARES, rule="cause")
    assert result(page, SHARES, *names) == ["£2,000,000", "£0", "£1,525,000", "£475,000"]
    enter(page, SHARES, rule="proportional", spent="40.00000001")
    assert result(page, SHARES, *names) == ["£0.01", "£0", "£0.01", "£0"], "the parts add up to the penny"
    enter(page, SHARES, spent="41.2345678", rule="corridor", width="0.1")
    assert result(page, SHARES, *names) == ["£1,234,567.80", "£40,000", "£597,283.90", "£597,283.90"]


def test_the_fact_pack_s_payment_and_gain_to_the_penny(page: Page, server: Server, finance: Course) -> None:
    on_site(page, server, finance, "payment")
    names = ("income", "spent", "margin", "neutral")
    assert result(page, PAYMENT, *names) == ["£20,000", "£30,000", "−£10,000", "0.30"]
    enter(page, PAYMENT, rate="1")
    assert result(page, PAYMENT, *names) == ["£100,000", "£30,000", "£70,000", "0.30"]
    expect(block(page, PAYMENT).locator("[data-meaning]")).to_contain_text("grow: the extra brings a gain of £70,000")
    enter(page, PAYMENT, rate="0.3")
    expect(block(page, PAYMENT).locator("[data-meaning]")).to_contain_text("At 0.3 one more unit earns what it costs.")
    found = []
    for reading in ("first_pound", "excess_only"):
        for quality in ("100", "80"):
            enter(page, GAIN, reading=reading, quality=quality)
            found += result(page, GAIN, "gain")
    assert found == ["£400,000", "£320,000", "£300,000", "£240,000"]


def test_23_pounds_a_week(page: Page, server: Server, councils: Course) -> None:
    on_site(page, server, councils, "money")
    names = ("tariff", "pays", "council")
    assert result(page, CHARGING, *names) == ["£23 a week", "£35 a week", "£145 a week"]
    for capital, tariff in {"14250": "£0", "14250.01": "£1", "14500": "£1", "19,400": "£21", "£23,250": "£36"}.items():
        enter(page, CHARGING, capital=capital)
        assert result(page, CHARGING, "tariff") == [f"{tariff} a week"], capital
    enter(page, CHARGING, capital="20000", care="30")
    assert result(page, CHARGING, "pays", "council") == ["£30 a week", "£0 a week"]


CROSSED = """() => [...document.querySelectorAll(".chart svg")].flatMap((svg) =>
  [...svg.querySelectorAll("text")].filter((text) => {
    const box = text.getBBox();
    return [...svg.querySelectorAll("path.line")].some((line) =>
      Array.from({ length: 400 }, (_, at) => line.getPointAtLength((line.getTotalLength() * at) / 399)).some(
        ({ x, y }) => x > box.x && x < box.x + box.width && y > box.y + 3 && y < box.y + box.height - 4));
  }).map((text) => text.textContent))"""


def test_no_line_runs_through_the_words_at_its_ends(
    page: Page, server: Server, finance: Course, councils: Course
) -> None:
    """The gain falls off a cliff just before its end; the tariff is flat, and then rises."""
    crossed = []
    for course, where in ((finance, "payment"), (councils, "money")):
        on_site(page, server, course, where)
        expect(page.locator(".chart svg path.line").first).to_be_visible()
        crossed += page.evaluate(CROSSED)
    assert crossed == []


def test_what_cannot_be_worked_out_says_so(page: Page, server: Server, finance: Course) -> None:
    on_site(page, server, finance, "shares")
    stuck, slip = (block(page, SHARES).locator(each) for each in ("[data-stuck]", '[data-entry="board"] [data-slip]'))
    for typed, said in {
        "": "Enter a number",
        "ten": "Enter a number, like 23.5",
        "-1": "Enter 0 or more",
        "5001": "Enter 5000 or less",
    }.items():
        enter(page, SHARES, board=typed)
        expect(slip).to_have_text(said)
        expect(field(page, SHARES, "board")).to_have_attribute("aria-invalid", "true")
        expect(stuck).to_have_text("First look again at “The board puts in”.")
        assert result(page, SHARES, "council_pays") == ["–"]
        expect(block(page, SHARES).locator("[data-chart]")).to_be_hidden()
        expect(block(page, SHARES).locator("[data-band]:visible")).to_have_count(0)
    enter(page, SHARES, board="0", council="0")
    expect(slip).to_be_empty()
    expect(stuck).to_have_text("“The council’s part in proportion” cannot be worked out: it divides by zero.")
    assert result(page, SHARES, "over") == ["£42,000,000"], "what can be worked out is"


def test_from_the_keyboard(page: Page, server: Server, finance: Course) -> None:
    on_site(page, server, finance, "shares")
    field(page, SHARES, "board").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("20")
    page.keyboard.press("Tab")
    expect(field(page, SHARES, "council")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(field(page, SHARES, "rule")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(field(page, SHARES, "width")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(field(page, SHARES, "width")).to_have_value("1.5")
    expect(block(page, SHARES).locator("[data-meaning]")).to_contain_text("The pool holds £525,000")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field(page, SHARES, "board")).to_have_value("25")
    expect(block(page, SHARES).locator("[data-whose]")).to_have_text("The worked example")


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["scorm12-learning-hub", "cmi5"], indirect=True)
def test_there_after_a_closed_tab_and_nothing_of_it_left_the_browser(
    channel: Channel, browser_context: BrowserContext, server: Server, finance: Course
) -> None:
    wire = Wire(browser_context, server, channel)
    view = channel.launch(browser_context, finance).on("start").open("shares").view
    enter(view, SHARES, board="123.4567", rule="capped")
    expect(block(view, SHARES).locator("[data-whose]")).to_have_text("Your numbers")
    channel.close()

    view = channel.launch(browser_context, finance).on("shares").view
    expect(field(view, SHARES, "board")).to_have_value("123.4567")
    expect(field(view, SHARES, "cap")).to_be_visible()
    expect(block(view, SHARES).locator('.given [data-value="board"]')).to_have_text("£123.4567m")
    view.get_by_text("Clear my work from this computer").click()
    view.locator("[data-clear]").click()
    expect(field(view, SHARES, "board")).to_have_value("25")
    expect(field(view, SHARES, "cap")).to_be_hidden()
    channel.leave()
    assert wire.leaks("123.4567") == []
    assert channel.violations() == [] and channel.answers() == []


ON_PAPER = [
    "Who pays, under each rule", "Of £2,000,000, the board pays £1,250,000 and the council £750,000.", "The worked example",
    "The board puts in £25m", "The rule In proportion", "Over what was planned £2,000,000", "How it is worked out",
    "The council’s part in proportion", "(Over what was planned × The council puts in ÷ The planned total) rounded to 2 decimals",
]  # fmt: skip


def test_without_javascript_and_on_paper(browser: Browser, server: Server, finance: Course) -> None:
    server.mounts["/course/"] = folder(finance.formats["scorm12"])
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}/course/pages/shares.html")
    expect(block(page, SHARES).locator("[data-entries]")).to_be_hidden()
    block(page, SHARES).get_by_text("How it is worked out").click()
    for shown in (block(page, SHARES).inner_text(), printed(page)):
        in_order(ON_PAPER, shown)
        assert "The council’s cap" not in shown.split("How it is worked out")[0], "asked for with another rule only"
    context.close()


def printed(page: Page) -> str:
    return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages)


def in_order(words: list[str], text: str) -> None:
    """Each after the one before."""
    rest = " ".join(text.split())
    for each in words:
        before, found, rest = rest.partition(each)
        assert found, (each, before)


@pytest.mark.slow
def test_own_numbers_on_paper(page: Page, server: Server, finance: Course) -> None:
    on_site(page, server, finance, "shares")
    enter(page, SHARES, board="18", council="12", spent="31.2")
    in_order(
        [
            "the board pays £720,000",
            "Your numbers",
            "The board puts in £18m",
            "The council pays £480,000",
            "Who bears it",
        ],
        printed(page),
    )


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), pytest.param(1280, "light", marks=pytest.mark.slow)])
def test_inspected(browser: Browser, server: Server, finance: Course, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    watch = Watch(context, server.url)
    page = context.new_page()
    on_site(page, server, finance, "payment")
    for details in page.locator(".calculator details").all():
        details.click()
    expect(page.locator("[data-chart] svg[role=img]")).to_have_count(2)
    assert [*axe(page), *sticking_out(page)] == []
    enter(page, PAYMENT, plan="999999999999", price="")
    assert [*axe(page), *sticking_out(page)] == []
    on_site(page, server, finance, "shares")
    label = page.locator("[data-chart] svg").get_attribute("aria-label")
    assert label == "Who bears it: The pool holds, £0; The board pays, £1,250,000; The council pays, £750,000."
    assert [*sticking_out(page), *watch.found] == []
    context.close()
