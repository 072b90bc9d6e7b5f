"""What is known of each activity."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ..exact import dumps
from ..statements.definitions import merged
from . import Database

# Activities whose definitions a writer keeps at hand, and how long such a definition may be as JSON.
REMEMBERED = 5000
LONGEST_REMEMBERED = 5000


def define(database: Database, news: Sequence[tuple[str, dict[str, Any]]]) -> None:
    """Merges what statements say about activities into what is known; writes only what changes.

    Most statements bring a definition that is known: those are not looked up again.
    """
    known = database.definitions
    unsure = {iri for iri, definition in news if known.get(iri) != definition}
    if not unsure:
        return
    if len(known) > REMEMBERED:
        known.clear()
    texts = _texts(database, unsure)
    before = {iri: json.loads(text) for iri, text in texts.items()}
    after = dict(before)
    for iri, definition in news:
        if iri in unsure:
            after[iri] = merged(after[iri], definition) if iri in after else definition
    # Sorted, so that two writers never wait for each other.
    changed = {iri: dumps(after[iri]) for iri in sorted(after) if after[iri] != before.get(iri)}
    if changed:
        database.many("define", list(changed.items()))
    texts |= changed
    known.update((iri, after[iri]) for iri, text in texts.items() if len(text) <= LONGEST_REMEMBERED)


def definitions(database: Database, iris: Iterable[str]) -> dict[str, dict[str, Any]]:
    return {iri: json.loads(text) for iri, text in _texts(database, iris).items()}


def _texts(database: Database, iris: Iterable[str]) -> dict[str, str]:
    return dict(database.rows("definitions", iris=sorted(iris)))
