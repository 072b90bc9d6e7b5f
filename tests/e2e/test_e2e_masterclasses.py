"""Every masterclass of this repository, played to its end in each of the five formats."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from playwright.sync_api import BrowserContext, PdfMargins
from pypdf import PdfReader

from channels import Channel, Course
from channels_xapi import LrsTab
from fake_server import Server, folder
from inspection import Watch
from journey_fixtures import CHANNELS, FIVE, ROOT, unpacked
from plays import by_id, expected, final_check, play

pytestmark = pytest.mark.slow

# Co-production is played in every channel by tests of its own.
MASTERCLASSES = sorted({path.parent.name for path in ROOT.glob("masterclasses/*/masterclass.yml")} - {"co-production"})
LARGEST = 1_500_000
"""Bytes of a package, pictures included."""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, masterclass: Callable[..., Result]) -> Path:
    out = tmp_path_factory.mktemp("masterclasses")
    result = masterclass("build", "--out", out)
    assert result.exit_code == 0, result.output
    return out


@pytest.mark.parametrize("ident", MASTERCLASSES)
@pytest.mark.parametrize("name", FIVE)
def test_played_to_its_end(
    ident: str, name: str, built: Path, tmp_path: Path, browser_context: BrowserContext, server: Server
) -> None:
    course = laid_open(ident, built, tmp_path)
    channel: Channel = CHANNELS[name](server)
    watch = Watch(browser_context, server.url)
    pages = [page["id"] for page in course.json["pages"] if not page.get("after")]
    check = next((block["page"] for block in course.json["blocks"] if block["type"] == "final-check"), None)
    middle = len(pages) // 2

    given = play(channel.launch(browser_context, course), pages[:middle])
    channel.leave()
    assert channel.violations() == []
    assert by_id(channel.answers()) == by_id(expected(course.json, given))

    learner = channel.launch(browser_context, course).on(pages[middle - 1])
    last = pages.index(check) if check else len(pages)
    given += play(learner.next(pages[middle]), pages[middle:last])
    if check:
        given += final_check(learner.next(check))
        assert learner.result() == "You have passed"
    else:
        learner.view.locator("[data-page-end]").scroll_into_view_if_needed()
        learner.view.wait_for_timeout(1500)  # a last page counts once its end has been in view for a second
    channel.leave()
    assert channel.violations() == []
    assert channel.status() == {"completed": True, "passed": True if check else None, "score": 1.0 if check else None}
    assert by_id(channel.answers()) == by_id(expected(course.json, given))
    if not isinstance(channel, LrsTab):
        assert watch.found == []


def laid_open(ident: str, built: Path, folder: Path) -> Course:
    (folder / "packages").symlink_to(built / "packages")
    (folder / "site").symlink_to(built / "site")
    return unpacked(ident, folder)


def test_packages_are_small(built: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in (built / "packages").iterdir()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert len(sizes) == 4 * (len(MASTERCLASSES) + 1)


def test_a_brief_prints_on_one_sheet(built: Path, browser_context: BrowserContext, server: Server) -> None:
    server.mounts["/site/"] = folder(built / "site")
    page = browser_context.new_page()
    margins: PdfMargins = {"top": "15mm", "bottom": "15mm", "left": "15mm", "right": "15mm"}
    sheets = {}
    for path in ROOT.glob("masterclasses/*/brief.md"):
        page.goto(f"{server.url}/site/masterclasses/{path.parent.name}/brief/")
        sheets[path.parent.name] = len(PdfReader(BytesIO(page.pdf(format="A4", margin=margins))).pages)
    assert sheets == dict.fromkeys(sheets, 1) and len(sheets) >= 4
