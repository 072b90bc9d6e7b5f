"""The accessibility statement, in the form that the regulations of 2018 ask for."""

from __future__ import annotations

from ..accessibility import FULLY, NOT, PARTIALLY
from ..templates import environment
from .shown import Shown

_STATUS = {
    FULLY: "is fully compliant",
    PARTIALLY: "is partially compliant",
    NOT: "is not compliant",
}


def accessibility(shown: Shown) -> str:
    record = shown.statement.publisher
    status = record.status if record else PARTIALLY
    return (
        environment()
        .get_template("accessibility-statement.html.jinja")
        .render(
            publisher=shown.publisher,
            machine=shown.statement.machine,
            record=record,
            status=_STATUS[status],
            fully=status == FULLY,
        )
    )


def publisher(shown: Shown) -> str:
    return environment().get_template("publisher.html.jinja").render(publisher=shown.publisher)
