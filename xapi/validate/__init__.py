"""What makes a statement valid, for xAPI 1.0.3 and 2.0.0: tables of properties, and the rules they name.

Pure: a value goes in, nothing comes out, or `Invalid` with the JSON path and the rule.
"""

from __future__ import annotations

from .actors import AGENT, GROUP, actor
from .shapes import Check, Invalid
from .statements import STATEMENT

__all__ = ["AGENT", "GROUP", "STATEMENT", "Check", "Invalid", "actor"]
