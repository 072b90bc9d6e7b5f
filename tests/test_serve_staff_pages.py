"""Staff's pages in a browser: in by the link that `serve` prints, out again, and fit for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from channels import Course
from inspection import axe, sticking_out
from serving import Served, masterclass

LOOKS: list[tuple[int, Literal["light", "dark"]]] = [(360, "dark"), (1280, "light")]


@pytest.fixture
def served(first: Course, tmp_path: Path) -> Iterator[Served]:
    served = Served(first, tmp_path / "data")
    served.start()
    yield served
    served.kill()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_in_and_out(browser: Browser, served: Served, width: int, scheme: Literal["light", "dark"]) -> None:
    link = masterclass(served, "access", "grant", "Ada Byron", "--role", "manager", "--site", served.url).strip()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{served.url}/reports/")
    expect(page.locator("h1")).to_have_text("Reports are for the people who run a programme")
    faults = [*axe(page), *sticking_out(page)]
    page.goto(link)
    faults += [*axe(page), *sticking_out(page)]
    page.get_by_role("button", name="Continue as Ada Byron").click()
    page.wait_for_url(f"{served.url}/reports/")
    page.goto(f"{served.url}/staff/")
    expect(page.get_by_role("link", name="Open the reports")).to_be_visible()
    faults += [*axe(page), *sticking_out(page)]
    page.get_by_role("button", name="Leave").click()
    expect(page.locator("h1")).to_have_text("For the people who run a programme")
    page.goto(f"{served.url}/reports/")
    expect(page.locator("h1")).to_have_text("Reports are for the people who run a programme")
    context.close()
    assert faults == []
    log = masterclass(served, "access", "log")
    assert [line.rpartition(",")[2] for line in log.splitlines()[1:]] == ["came in", "/reports/"]
