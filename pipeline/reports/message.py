"""What somebody is told instead of a report: why there is none, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xapi.reports.filters import Filters

from .theme import environment
from .wanted import Wanted

if TYPE_CHECKING:
    from .pages import Hall

TOP = "/reports/"
"""A message may stand at any address: its own addresses are whole."""


def message(hall: Hall, title: str, text: str) -> str:
    found = environment().get_template("message.html.jinja")
    return found.render(hall=hall, wanted=Wanted(Filters()), up=TOP, title=title, here="message", text=text)
