"""What all pages of reports are made with: the templates, and the styles and the script beside them."""

from __future__ import annotations

from functools import cache

import jinja2

from .. import assets

STYLES = ("tokens.css", "package.css")


@cache
def environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(assets.reports()),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def styles() -> str:
    """What every page of reports looks like: the colours and the type of a masterclass, and what reports add."""
    files = [assets.package() / name for name in STYLES]
    return "\n".join(path.read_text(encoding="utf-8") for path in [*files, assets.reports() / "reports.css"])


def script() -> str:
    return (assets.reports() / "reports.js").read_text(encoding="utf-8")
