"""What is known of each activity."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ..exact import dumps
from ..statements.definitions import merged
from . import Database

# Activities whose definitions a writer keeps at hand.
REMEMBERED = 5000


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
    known.update(definitions(database, unsure))
    changed = {}
    for iri, definition in news:
        if iri in unsure:
            both = merged(known[iri], definition) if iri in known else definition
            if both != known.get(iri):
                known[iri] = changed[iri] = both
    # Sorted, so that two writers never wait for each other.
    rows = [(iri, dumps(changed[iri])) for iri in sorted(changed)]
    if rows:
        database.many("define", rows)


def definitions(database: Database, iris: Iterable[str]) -> dict[str, dict[str, Any]]:
    return {iri: json.loads(text) for iri, text in database.rows("definitions", iris=sorted(iris))}
