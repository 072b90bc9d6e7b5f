"""The look's promises that need no browser: contrast of every colour, small styles, nothing the security policy blocks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SITE = Path(__file__).resolve().parent.parent / "site"
TEXT, SHAPE = 7.0, 3.0
SURFACES = ("paper", "panel", "accent-soft", "right-soft", "wrong-soft", "caution-soft", "information-soft")
ON_EVERY_SURFACE = [(colour, surface) for colour in ("ink", "quiet", "accent") for surface in SURFACES]
ON_ITS_OWN = [
    (meaning, surface)
    for meaning in ("right", "wrong", "caution", "information")
    for surface in ("paper", "panel", f"{meaning}-soft")
]
ON_BUTTONS = [("on-accent", "accent"), ("on-accent", "accent-strong"), ("accent-strong", "accent-soft")]


def schemes() -> dict[str, dict[str, str]]:
    """The colours by the selector that sets them; comments and media queries are left out."""
    css = re.sub(
        r"/\*.*?\*/|@media[^{]*\{", "", (SITE / "package" / "tokens.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", css)
    return {" ".join(selector.split()): dict(re.findall(r"--([\w-]+): (#\w+)", body)) for selector, body in rules}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", schemes())
def test_text_and_shapes_stand_out(scheme: str) -> None:
    colours = schemes()[scheme]
    pairs = [(pair, TEXT) for pair in ON_EVERY_SURFACE + ON_ITS_OWN + ON_BUTTONS]
    pairs += [(("edge", surface), SHAPE) for surface in SURFACES]
    faint = {
        f"{front} on {back}": round(contrast(colours[front], colours[back]), 2)
        for (front, back), least in pairs
        if contrast(colours[front], colours[back]) < least
    }
    assert faint == {}


def test_dark_is_the_same_on_the_site_and_in_a_package() -> None:
    _, site, package = schemes().values()
    assert site == package


BUDGETS = {("tokens.css", "package.css", "blocks.css"): 27_000, ("practice.css",): 24_000}
"""In bytes: text and questions for every page; practice blocks for pages that have one."""


@pytest.mark.parametrize("names", BUDGETS, ids="+".join)
def test_styles_stay_small(names: tuple[str, ...]) -> None:
    assert sum((SITE / "package" / name).stat().st_size for name in names) <= BUDGETS[names]


def test_every_style_has_a_budget() -> None:
    assert sorted(path.name for path in (SITE / "package").glob("*.css")) == sorted(sum(BUDGETS, ()))


@pytest.mark.parametrize(
    "path",
    sorted(SITE.glob("*/**/*.jinja")) + sorted((SITE / "theme").rglob("*.html")),
    ids=lambda path: path.relative_to(SITE).as_posix(),
)
def test_templates_hold_nothing_that_the_security_policy_blocks(path: Path) -> None:
    blocked = re.findall(
        r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=|javascript:", path.read_text(encoding="utf-8")
    )
    assert blocked == []


def test_styles_ask_nothing_of_other_origins() -> None:
    for path in [*(SITE / "package").glob("*.css"), *(SITE / "theme").rglob("*.css")]:
        assert re.findall(r"url\(|@import", path.read_text(encoding="utf-8")) == []
