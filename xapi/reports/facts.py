"""What is known of one event: the columns of a fact, in order, with the types all engines have.

Times are UTC. Learners and actors are numbers that nobody can be told by; who they are, only the roster knows.
"""

from __future__ import annotations

import pyarrow as pa

MOMENT = pa.timestamp("us")

FACTS = pa.schema(
    [
        pa.field("statement", pa.int64(), nullable=False),  # 64 bits of a hash of its id
        pa.field("source", pa.string(), nullable=False),  # which LRS or export it came from
        pa.field("stored", MOMENT, nullable=False),
        pa.field("timestamp", MOMENT, nullable=False),
        pa.field("at", MOMENT, nullable=False),  # the timestamp, or `stored` where that is impossible
        pa.field("actor", pa.int64(), nullable=False),
        pa.field("learner", pa.int64(), nullable=False),  # the person of the roster, else the actor
        pa.field("channel", pa.string(), nullable=False),
        pa.field("course", pa.string(), nullable=False),
        pa.field("version", pa.string(), nullable=False),
        pa.field("page", pa.string()),
        pa.field("question", pa.string()),
        pa.field("verb", pa.string(), nullable=False),
        pa.field("attempt", pa.int64()),
        pa.field("revision", pa.int64()),
        pa.field("purpose", pa.string()),
        pa.field("success", pa.bool_()),
        pa.field("score", pa.float64()),
        pa.field("response", pa.string()),
        pa.field("duration", pa.float64()),
        pa.field("registration", pa.string()),
        pa.field("self_reported", pa.bool_(), nullable=False),
        pa.field("flag", pa.string()),  # what is impossible about its times
        pa.field("active_seconds", pa.float64(), nullable=False),
    ]
)

LEARNERS = pa.schema(
    [
        pa.field("learner", pa.int64(), nullable=False),
        pa.field("on_roster", pa.bool_(), nullable=False),
        pa.field("organisation", pa.string(), nullable=False),
        pa.field("sector", pa.string(), nullable=False),
        pa.field("role", pa.string(), nullable=False),
        pa.field("cohort", pa.string(), nullable=False),
        pa.field("invited", pa.date32()),
        pa.field("due", pa.date32()),
    ]
)

LMS = "lms"
"""The channel of what an LMS's export says."""

IDLE = 300.0
"""Seconds: of a longer gap between two statements this much counts as spent on the masterclass."""

NOT_ON_ROSTER = "Not on the roster"
NOT_GIVEN = "Not given"
