"""Tables written down: a row for each form they can take."""

from __future__ import annotations
