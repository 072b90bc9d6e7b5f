"""What a learner can print once the masterclass is complete: made in the browser, and known to nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from ..content import Certificate
from ..scalars import Ident, Text
from ..shapes import Record, key
from .making import Making


@dataclass(frozen=True, kw_only=True)
class CertificateRecord(Record):
    id: str = key(Ident(), "Stable id of the certificate; made from the page's id when left out", default="")
    title: str = key(Text(markdown=False, max=255), "Heading of the certificate")
    intro: str = key(Text(), "What learners read before they make it", default="")


def certificate(record: CertificateRecord, making: Making) -> Certificate:
    return Certificate(record.title, making.prose(record, "intro"))
