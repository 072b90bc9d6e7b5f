"""The self-check on ordinary pages of the site: the form, the pathway, and what the browser is told of the instrument."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from jinja2 import Environment

from .. import assets
from .instrument import EACH, Instrument, Statement

DIAGNOSTIC, PATHWAY = "<!-- diagnostic -->", "<!-- pathway -->"
"""What an author writes where the form, and where the pathway, are to be."""
DATA, SCRIPT, STYLES = "masterclass/self-check.json", "masterclass/self-check.js", "masterclass/self-check.css"
PRACTICE_STYLES = "masterclass/practice.css"

Relative = Callable[[str], str]
"""From an address inside the site to one seen from the page at hand."""


def files(instrument: Instrument) -> dict[str, str]:
    return {
        DATA: data(instrument),
        SCRIPT: assets.self_check().read_text(encoding="utf-8"),
        STYLES: (assets.theme() / "masterclass" / "self-check.css").read_text(encoding="utf-8"),
    }


def data(instrument: Instrument) -> str:
    """What scores and pathway are worked out from."""
    written = {
        "domains": [{"id": d.id, "title": d.title} for d in instrument.domains],
        "statements": [
            {"id": s.id, "domain": s.domain} | ({"practice": True} if s.practice else {}) for s in instrument.statements
        ],
        "barriers": [
            {"id": b.id, "domain": b.domain, "text": b.text, "modules": b.modules}
            | {name: True for name, on in {"peers": b.peers, "sponsor": bool(b.sponsor)}.items() if on}
            for b in instrument.barriers
        ],
        "pairs": [pair.id for pair in instrument.pairs],
        "modules": [{"id": m.id, "weights": dict(m.weights)} for m in instrument.modules],
    }
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def shuffled(instrument: Instrument) -> tuple[Statement, ...]:
    """One statement of each domain in turn: nobody should see at a glance what is being scored."""
    return tuple(
        statement
        for place in range(EACH)
        for domain in instrument.domains
        for statement in [[s for s in instrument.statements if s.domain == domain.id][place]]
    )


def marked(pages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Where the marks stand, each on a line of its own: the page's address by mark. `pages` are addresses and texts."""
    return {mark: address for address, text in pages for mark in (DIAGNOSTIC, PATHWAY) if mark in text.splitlines()}


def filled(
    html: str, instrument: Instrument, addresses: dict[str, str], relative: Relative, templates: Environment
) -> str:
    """`html` with its marks replaced. `addresses` are those of pages of the site, by mark and by masterclass."""
    here = {
        "instrument": instrument,
        "data": relative(DATA),
        "pathway": relative(addresses[PATHWAY]) if PATHWAY in addresses else "",
        "self_check": relative(addresses[DIAGNOSTIC]) if DIAGNOSTIC in addresses else "",
    }
    written = {module.id: relative(addresses[module.id]) for module in instrument.modules if module.id in addresses}
    form = templates.get_template("self-check.html.jinja")
    way = templates.get_template("pathway.html.jinja")
    html = html.replace(DIAGNOSTIC, form.render(**here, statements=shuffled(instrument)))
    return html.replace(PATHWAY, way.render(**here, written=written))


def head(relative: Relative) -> str:
    """For pages with one of the marks."""
    styles = "".join(f'<link rel="stylesheet" href="{relative(name)}">\n' for name in (PRACTICE_STYLES, STYLES))
    return f'{styles}<script src="{relative(SCRIPT)}" defer></script>\n'
