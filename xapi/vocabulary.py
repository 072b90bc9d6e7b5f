"""The verbs and extensions of ``profile.jsonld`` by their short names."""

from __future__ import annotations

import json
from importlib.resources import files

_PROFILE = json.loads(files(__package__).joinpath("profile.jsonld").read_text(encoding="utf-8"))


def _by_name(kind: str) -> dict[str, str]:
    return {
        concept["id"].rpartition("/")[2]: concept["id"] for concept in _PROFILE["concepts"] if concept["type"] == kind
    }


VERBS = _by_name("Verb")
CONTEXT_EXTENSIONS = _by_name("ContextExtension")
ACTIVITY_TYPES = _by_name("ActivityType")
PROFILES = tuple(version["id"] for version in _PROFILE["versions"])
"""What statements of ours carry as a category: the newest first."""
