"""The self-check and its pathway: by keyboard alone, without JavaScript, on paper, after a closed tab, and sent by choice only."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pypdf import PdfReader

from channel_site import HEADERS
from channels import Course, until
from fake_server import Request, Response, Server, folder
from inspection import Watch, axe, sticking_out
from wire import Wire

# By domain in turn: innovation, relationships, individual, learning.
ANSWERS = [5, 1, 3, 2]
SCORES = [
    ("Innovation and improvement", "100", "75", "there"),
    ("Relationships and connectivity", "0", "75", "75"),
    ("Individual effectiveness", "50", "75", "25"),
    ("Learning and capacity-building", "25", "75", "50"),
]


def opened(page: Page, server: Server, course: Course, where: str = "self-check", **headers: str) -> None:
    server.mounts["/site/"] = folder(course.formats["site"], HEADERS | headers)
    page.goto(f"{server.url}/site/{where}/")
    expect(page.locator("[data-ready]")).to_be_attached()


def answer(page: Page) -> None:
    for place, statement in enumerate(page.locator("fieldset.statement").all()):
        statement.locator("input").nth(ANSWERS[place % 4] - 1).check()


def scores(page: Page) -> list[tuple[str, ...]]:
    return [tuple(row.locator("th, td").all_inner_texts()) for row in page.locator("table.scores tbody tr").all()]


def shown(page: Page) -> None:
    page.get_by_role("button", name="Show my result").click()
    expect(page.locator("[data-result]")).to_be_focused()


def test_what_is_given_before_the_script_has_come_is_kept(page: Page, server: Server, co_production: Course) -> None:
    held: list[Route] = []
    page.route("**/self-check.json", lambda route: held.append(route))
    server.mounts["/site/"] = folder(co_production.formats["site"], HEADERS)
    page.goto(f"{server.url}/site/self-check/")
    page.locator("fieldset.statement input").nth(3).check()
    page.locator('[name="b.lonely.here"]').evaluate("box => box.click()")
    assert until(page, lambda: bool(held))
    held[0].continue_()
    for _ in range(2):
        expect(page.locator("[data-ready]")).to_be_attached()
        expect(page.locator("fieldset.statement input").nth(3)).to_be_checked()
        expect(page.locator('[name="b.lonely.here"]')).to_be_checked()
        page.unroute("**/self-check.json")
        page.reload()


def test_from_the_keyboard_to_the_pathway(page: Page, server: Server, co_production: Course) -> None:
    opened(page, server, co_production)
    page.locator("fieldset.statement input").first.focus()
    for place in range(24):
        for _ in range(ANSWERS[place % 4] - 1):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    for _ in range(10):
        if page.evaluate("document.activeElement.type") == "submit":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-result]")).to_be_focused()
    assert scores(page) == SCORES
    expect(page.locator("[data-summary]")).to_have_text(
        "You are furthest from your aim in Relationships and connectivity."
    )
    label = page.locator("svg.radar").get_attribute("aria-label")
    assert label and "Relationships and connectivity: now 0, aim 75." in label
    page.get_by_role("link", name="See your pathway").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_contain_text("in this browser")
    order = [item.get_attribute("data-module") for item in page.locator("[data-module]").all()]
    # By hand: weight × gap × 2, over the domains with a gap.
    assert order == [
        "local-government",  # .55×75 + .25×25 + .10×50
        "co-production",  # .45×75 + .10×25 + .20×50
        "layers-of-governance",  # .40×75 + .40×25 + .10×50
        "finance-risk-sharing",  # .35×75 + .35×25 + .10×50
        "large-group-facilitation",  # .30×75 + .40×25 + .10×50
        "scaling-innovation",  # .15×75 + .10×25 + .25×50
    ]
    assert page.locator("[data-module=co-production] li").all_inner_texts() == [
        "Relationships and connectivity: you are at 0 and aim for 75; it matters to you quite a lot. 45% of this masterclass is about it.",
        "Learning and capacity-building: you are at 25 and aim for 75; it matters to you quite a lot. 20% of this masterclass is about it.",
        "Individual effectiveness: you are at 50 and aim for 75; it matters to you quite a lot. 10% of this masterclass is about it.",
    ]
    assert page.locator("[data-practice]:visible").count() == 1
    assert not page.locator("[data-sponsors]").is_visible() and not page.locator("[data-peers]").is_visible()


def test_kept_here_sent_by_choice_and_then_as_quarters_only(
    browser_context: BrowserContext, server: Server, co_production: Course
) -> None:
    given: list[Request] = []

    def take(request: Request) -> Response:
        given.append(request)
        return Response(204)

    wire, watch = Wire(browser_context, server), Watch(browser_context, server.url)
    server.mounts["/aggregate"] = take
    page = browser_context.new_page()
    opened(page, server, co_production, **{"Masterclass-Aggregate": "/aggregate"})
    page.get_by_role("button", name="Show my result").click()
    expect(page.get_by_role("alert").filter(has_text="at least four of the six")).to_be_visible()
    answer(page)
    page.get_by_text("B. Where you work").click()
    for name in (
        "b.lonely.here",
        "b.few_councillors.here",
        "b.few_councillors.mine",
        "b.two_regimes.mine",
        "b.imposed.here",
    ):
        page.locator(f'[name="{name}"]').check()
    page.get_by_text("C. One issue of yours").click()
    page.locator('[name="c.power.now"]').fill("2")
    page.locator('[name="c.power.need"]').fill("9")
    shown(page)
    expect(page.locator("table.pairs")).to_contain_text("Using power (0) or Seeking influence (10)")
    assert page.locator(".surroundings li").all_inner_texts() == [
        "Plans are handed down from national bodies, and do not begin from local need or clinical judgement.",
        "Councils, and elected councillors above all, are involved too little. (you can influence this)",
        "The role is lonely.",
    ]
    page.close()

    page = browser_context.new_page()
    opened(page, server, co_production, **{"Masterclass-Aggregate": "/aggregate"})
    assert scores(page) == SCORES
    assert page.locator('[name="c.power.need"]').input_value() == "9"
    assert given == []
    page.get_by_role("button", name="Yes, send these quarters").click()
    expect(page.get_by_text("Sent. Thank you.")).to_be_visible()
    [sent] = given
    assert json.loads(sent.body) == {"bands": {"innovation": 3, "relationships": 0, "individual": 2, "learning": 1}}
    assert "cookie" not in {name.lower() for name in dict(sent.headers)}
    page.reload()
    expect(page.get_by_text("You have sent your quarters from this browser.")).to_be_visible()
    assert wire.leaks("few_councillors", "small_trial", "c.power", "lonely", "two_regimes", "matters.") == []

    page.get_by_role("link", name="See your pathway").click()
    expect(page.locator("[data-module=local-government]")).to_contain_text(
        "Councils, and elected councillors above all"
    )
    expect(page.locator("[data-sponsor]:visible")).to_contain_text("Plans are handed down")
    assert page.locator("[data-sponsor]:visible").count() == 1
    assert page.locator("[data-peer]:visible").all_inner_texts() == ["The role is lonely."]
    page.go_back()
    page.get_by_role("button", name="Clear this self-check").click()
    page.get_by_role("button", name="Yes, clear it").click()
    expect(page.locator("[data-result]")).to_be_hidden()
    opened(page, server, co_production, "pathway")
    expect(page.get_by_text("There is no result of a self-check in this browser.")).to_be_visible()
    assert page.evaluate("JSON.stringify(localStorage)").count("small_trial") == 0
    assert watch.found == []


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
def test_where_others_stand(browser: Browser, server: Server, co_production: Course, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    middle = "innovation=1, relationships=0, individual=2, learning=3"
    opened(page, server, co_production, **{"Masterclass-Middle": middle})
    answer(page)
    shown(page)
    others = ("25–49", "0–24", "50–74", "75–100")
    assert scores(page) == [(*row, beside) for row, beside in zip(SCORES, others, strict=True)]
    expect(page.get_by_text("They chose to, and do not stand for all leaders.")).to_be_visible()
    expect(page.locator("polygon.others")).to_be_attached()
    label = page.locator("svg.radar").get_attribute("aria-label") or ""
    assert "Innovation and improvement: now 100, aim 75, others 25–49." in label
    assert [*axe(page), *sticking_out(page)] == []
    opened(page, server, co_production, **{"Masterclass-Middle": "innovation=1"})
    expect(page.locator("table.scores tbody tr td").last).to_have_text("")
    assert page.locator(".radar .others").count() == 0, "a figure with a hole in it says nothing"
    context.close()


def test_on_a_shared_computer_nothing_is_kept(page: Page, server: Server, co_production: Course) -> None:
    opened(page, server, co_production)
    answer(page)
    shown(page)
    page.get_by_label("This is a shared computer").check()
    expect(page.get_by_text("On a shared computer nothing is kept")).to_be_visible()
    expect(page.locator("[data-onward]")).to_be_hidden()
    assert page.evaluate("JSON.stringify([localStorage, sessionStorage])").count("small_trial") == 0
    assert scores(page) == SCORES


def test_without_javascript_and_on_paper(browser: Browser, server: Server, co_production: Course) -> None:
    server.mounts["/site/"] = folder(co_production.formats["site"], HEADERS)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}/site/self-check/")
    order = [
        "On paper: give 0 points for “Never”", "Innovation and improvement: statements 1, 5, 9, 13, 17, 21.", "A. What you do",
        "1. I backed a small trial", "24. I gave somebody more junior", "Where you want to be", "B. Where you work",
    ]  # fmt: skip
    printed = "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    for text in (page.locator("article").inner_text(), printed):
        text = " ".join(text.split()).replace("ﬀ", "ff").replace("ﬁ", "fi")
        found = [text.find(words) for words in order]
        assert -1 not in found and found == sorted(found), (found, text)
        assert "Show my result" not in text
    assert " ".join(printed.split()).find("Fixed and prescribed or Adapting") > 0, "what is folded away prints"
    page.goto(f"{server.url}/site/pathway/")
    assert page.locator("[data-module] h3").all_inner_texts()[0] == "Co-production"
    assert page.locator("[data-practice]:visible").count() == 6
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), pytest.param(1280, "light", marks=pytest.mark.slow)])
def test_inspected(browser: Browser, server: Server, co_production: Course, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 1024}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    opened(page, server, co_production, **{"Masterclass-Aggregate": "/aggregate"})
    for details in page.locator("details.more-parts > summary").all():
        details.click()
    answer(page)
    page.locator('[name="c.power.now"]').fill("2")
    page.locator('[name="c.power.need"]').fill("9")
    shown(page)
    assert [*axe(page), *sticking_out(page)] == []
    opened(page, server, co_production, "pathway")
    assert [*axe(page), *sticking_out(page)] == []
    context.close()
