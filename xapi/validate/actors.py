"""Agents and groups: exactly one inverse functional identifier; only a group may do without."""

from __future__ import annotations

from typing import Any

from .shapes import Invalid, array, by_type, one_of, record
from .values import iri, mailto, sha1, text

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")


def account_name(value: Any) -> None:
    if type(value) is not str or not value:
        raise Invalid("expected a name")


ACCOUNT = record({"homePage": iri, "name": account_name}, ("homePage", "name"))


def identifiers(actor: dict[str, Any]) -> list[str]:
    return [name for name in IDENTIFIERS if name in actor]


def identified_once(agent: dict[str, Any]) -> None:
    if len(identifiers(agent)) != 1:
        raise Invalid("expected exactly one of mbox, mbox_sha1sum, openid, account")


def group_identity(group: dict[str, Any]) -> None:
    found = identifiers(group)
    if len(found) > 1:
        raise Invalid("expected at most one of mbox, mbox_sha1sum, openid, account")
    if not found and not group.get("member"):
        raise Invalid("expected members, or one of mbox, mbox_sha1sum, openid, account")


ACTOR = {"name": text, "mbox": mailto, "mbox_sha1sum": sha1, "openid": iri, "account": ACCOUNT}
AGENT = record({"objectType": one_of("Agent"), **ACTOR}, (), identified_once)
GROUP = record({"objectType": one_of("Group"), "member": array(AGENT), **ACTOR}, ("objectType",), group_identity)
actor = by_type({"Agent": AGENT, "Group": GROUP}, "Agent")


def oauth_authority(group: dict[str, Any]) -> None:
    """A group as authority is the pair of OAuth's consumer, an account, and the user."""
    members = group.get("member", ())
    if identifiers(group) or len(members) != 2 or not any("account" in member for member in members):
        raise Invalid("expected an agent, or an anonymous group of two of which one has an account")


def authority(value: Any) -> None:
    actor(value)
    if value.get("objectType") == "Group":
        oauth_authority(value)
