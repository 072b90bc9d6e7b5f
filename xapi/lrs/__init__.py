"""The learning record store: xAPI 1.0.3 and 2.0.0 over HTTP."""

from __future__ import annotations

from .app import Lrs, mounts

__all__ = ["Lrs", "mounts"]
