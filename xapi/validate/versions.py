"""Which versions of xAPI are spoken, and how requests and statements name them."""

from __future__ import annotations

import re
from functools import lru_cache

VERSIONS = ("1.0.3", "2.0.0")

# The `version` property of a statement.
VERSION = {"1.0.3": re.compile(r"1\.0(?:\.\d+)?"), "2.0.0": re.compile(r"(?:1\.0|2\.0)(?:\.\d+)?")}
VERSION_RULE = {"1.0.3": "expected 1.0.x", "2.0.0": "expected 2.0.x or 1.0.x"}

# What is written into a statement that names no version.
STATED = {"1.0.3": "1.0.0", "2.0.0": "2.0.0"}

HEADER = re.compile(r"(1|2)\.0(?:\.\d+)?")


@lru_cache(maxsize=100)
def spoken(header: str) -> str | None:
    """The version an X-Experience-API-Version header asks for: 1.0 and 1.0.x mean 1.0.3, 2.0 and 2.0.x mean 2.0.0."""
    found = HEADER.fullmatch(header)
    return None if found is None else VERSIONS[int(found[1]) - 1]
