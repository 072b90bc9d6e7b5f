"""The parameters of GET statements, as a query to the store."""

from __future__ import annotations

from urllib.parse import urlencode

from ..refused import Refused
from ..statements.terms import ACTIVITY, AGENT, KEY, REGISTRATION, RELATED_ACTIVITY, RELATED_AGENT, VERB, term
from ..store.statements import NEVER, PAGE, Query
from . import parameters, scopes
from .call import Call

FORMATS = ("exact", "ids", "canonical")
SINGLE = ("statementId", "voidedStatementId")
FILTERS = (
    "agent",
    "verb",
    "activity",
    "registration",
    "related_activities",
    "related_agents",
    "since",
    "until",
    "limit",
    "ascending",
)
ALWAYS = ("format", "attachments")
# Where a page ended, in the address of the next.
CURSOR = "more"


def mine(call: Call) -> int | None:
    return term(KEY, call.key.key) if scopes.only_mine(call.key) else None


def query(call: Call) -> Query:
    parameters.only(call, (*FILTERS, *ALWAYS, CURSOR))
    found = []
    if "agent" in call.parameters:
        kind = RELATED_AGENT if parameters.boolean(call, "related_agents") else AGENT
        found.append(term(kind, parameters.identity_of(call)))
    if activity := parameters.iri_of(call, "activity"):
        kind = RELATED_ACTIVITY if parameters.boolean(call, "related_activities") else ACTIVITY
        found.append(term(kind, activity))
    if verb := parameters.iri_of(call, "verb"):
        found.append(term(VERB, verb))
    if registration := parameters.uuid_of(call, "registration"):
        found.append(term(REGISTRATION, registration))
    for name in ("related_agents", "related_activities"):
        parameters.boolean(call, name)
    ascending = parameters.boolean(call, "ascending")
    after, before = _bounds(call, ascending)
    limit = min(parameters.whole(call, "limit") or PAGE, PAGE)
    return Query(tuple(found), mine(call), after, before, limit, ascending)


def _bounds(call: Call, ascending: bool) -> tuple[int, int]:
    since, until = parameters.instant(call, "since"), parameters.instant(call, "until")
    after = -1 if since is None else since
    before = NEVER if until is None else until + 1
    if CURSOR in call.parameters:
        cursor = parameters.whole(call, CURSOR)
        after, before = (max(after, cursor), before) if ascending else (after, min(before, cursor))
    return after, before


def more(call: Call, last: int) -> str:
    """The next page's address, without scheme and host."""
    return f"{call.root}/statements?{urlencode(call.parameters | {CURSOR: str(last)})}"


def single(call: Call) -> tuple[str, bool]:
    """The id of the one statement asked for, and whether it is one that was voided."""
    if all(name in call.parameters for name in SINGLE):
        raise Refused(400, "expected statementId or voidedStatementId, not both")
    parameters.only(call, (*SINGLE, *ALWAYS))
    for name in SINGLE:
        found = parameters.uuid_of(call, name)
        if found is not None:
            return found, name == "voidedStatementId"
    raise AssertionError("called for a request with neither")
