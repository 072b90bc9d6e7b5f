"""What columns and kinds of questions are called on a page, and which columns it leaves out."""

from __future__ import annotations

LEFT_OUT = {
    "learners": {"lms_id", "sector", "role", "cohort"},
    "overdue": {"lms_id", "sector", "role", "cohort"},
    "questions": {"question", "check", "page", "type", "outcome"},
    "options": {"option", "question", "revision"},
    "dropoff": {"page"},
    "time-pages": {"page"},
    "ratings": {"question", "option"},
    "plans-kept": {"question", "option"},
}
"""What a program needs and a reader does not: ids beside the words they stand for, and what one filters by."""

CALLED = {"prompt": "Question", "option_text": "Option", "page_title": "Page"}
"""How columns are headed where the ids that are called so are left out."""

SUBJECTS = ("prompt", "option_text", "page_title", "name")
"""What a row is about, where that is not its first column."""
KINDS = {
    "single": "one answer",
    "multiple": "several answers",
    "true-false": "true or false",
    "numeric": "a number",
    "short-text": "a short text",
}
"""Types of questions whose names alone would not be understood."""
