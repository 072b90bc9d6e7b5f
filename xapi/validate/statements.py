"""Whole statements, in both versions."""

from __future__ import annotations

from typing import Any

from .activities import ACTIVITY
from .actors import AGENT, GROUP, actor, authority
from .contexts import CONTEXT, REFERENCE
from .results import RESULT
from .shapes import Check, Invalid, array, by_type, one_of, record
from .values import iri, language_map, length, matching, media_type, sha2, timestamp, uuid
from .versions import VERSION, VERSION_RULE

VOIDED = "http://adlnet.gov/expapi/verbs/voided"

VERB = record({"id": iri, "display": language_map}, ("id",))
ATTACHMENT = record(
    {
        "usageType": iri,
        "display": language_map,
        "description": language_map,
        "contentType": media_type,
        "length": length,
        "sha2": sha2,
        "fileUrl": iri,
    },
    ("usageType", "display", "contentType", "length", "sha2"),
)


def activity_context(statement: dict[str, Any]) -> None:
    """Revision and platform describe an activity, so they go with no other object."""
    context = statement.get("context")
    if context and statement["object"].get("objectType", "Activity") != "Activity":
        for key in ("revision", "platform"):
            if key in context:
                raise Invalid("expected only where the object is an Activity", "context", key)


def voids_a_statement(statement: dict[str, Any]) -> None:
    if statement["verb"]["id"] == VOIDED and statement["object"].get("objectType") != "StatementRef":
        raise Invalid("expected a StatementRef with the verb 'voided'", "object")


def statement(version: str) -> Check:
    about: dict[str, Check] = {
        "actor": actor,
        "verb": VERB,
        "result": RESULT,
        "context": CONTEXT[version],
        "timestamp": timestamp,
        "attachments": array(ATTACHMENT),
    }
    plain = {"Activity": ACTIVITY, "Agent": AGENT, "Group": GROUP, "StatementRef": REFERENCE}
    required = ("actor", "verb", "object")
    inner = record(
        {**about, "objectType": one_of("SubStatement"), "object": by_type(plain, "Activity")},
        required,
        activity_context,
    )
    return record(
        {
            **about,
            "object": by_type({**plain, "SubStatement": inner}, "Activity"),
            "id": uuid,
            "stored": timestamp,
            "authority": authority,
            "version": matching(VERSION[version], VERSION_RULE[version]),
        },
        required,
        activity_context,
        voids_a_statement,
    )


STATEMENT = {version: statement(version) for version in VERSION}
