"""Tables made by hand, for what is written and drawn from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from xapi.reports.tables import Column, Coverage, Table

ORGANISATION = Column("organisation", "Organisation", "text", "As the roster says.", key=True)
INVITED = Column("invited", "Invited", "count", "People on the roster.")
COMPLETED = Column("completed", "Completed", "count", "Those who met one of the ways to complete.")
COMPLETED_SHARE = Column(
    "completed_share", "Completed, of invited", "share", "Completed by those invited.", of="invited"
)
MEDIAN = Column("median", "Median", "seconds", "Half took no longer.")

PROGRESS = Table(
    id="progress",
    title="Who started, completed and passed",
    question="Who has started, completed and passed?",
    answer="{completed} of {invited} have completed.",
    totals=(("completed", 43), ("invited", 74)),
    definition="Completed: an LMS says so.",
    columns=(ORGANISATION, INVITED, COMPLETED, COMPLETED_SHARE, MEDIAN),
    rows=(("Council", 62, 41, 41 / 62, 4440.0), ("=Hospice", 12, 2, 2 / 12, None)),
    n=70,
    n_column="invited",
    period=(date(2027, 1, 1), date(2027, 3, 31)),
    filters=(("cohort", "spring"),),
    versions=(("co-production", "1.0.0"),),
    coverage=(Coverage("scorm12", 40, 0), Coverage("site", 30, 28)),
    as_of=datetime(2027, 4, 1, 9, 30, tzinfo=UTC),
)

EVERY_KIND = replace(
    PROGRESS,
    id="every-kind",
    title="Every kind: of [value]",
    columns=(
        Column("learner", "Learner", "learner", "Who it is.", key=True),
        Column("note", "Note", "text", "Words."),
        Column("n", "Answers", "count", "How many."),
        Column("share", "Share", "share", "Of answers.", of="n"),
        Column("number", "Number", "number", "Any."),
        Column("seconds", "Seconds", "seconds", "How long."),
        Column("day", "Day", "date", "When."),
        Column("flag", "Flag", "flag", "Whether."),
    ),
    rows=(
        (7, "@SUM(A1)", 1234, 0.5, -0.25, 3600, date(2027, 1, 5), True),
        (8, "plain", 0, None, None, None, None, False),
    ),
)
