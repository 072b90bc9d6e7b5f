"""What a publishable key may send: the statements of one course, by people nobody can name.

Such a key stands in a package that anyone can open, so it can only add. Its statements say about whom they are with an
alias, made with a secret of the server, and in their authority that nobody vouches for them.
"""

from __future__ import annotations

from typing import Any

from .. import exact
from ..refused import Refused
from ..statements.incoming import Admit
from ..store.keys import alias
from ..validate.statements import VOIDED

# Anybody may send with such a key: what they can fill the disk with is limited. The player sends 45 kB at most.
LARGEST = 100_000
# Places in which a statement could name somebody else.
PEOPLE = ("instructor", "team", "contextAgents", "contextGroups")


def admission(course: str, secret: bytes) -> Admit:
    def admit(statement: dict[str, Any], text: str) -> str:
        if statement["verb"]["id"] == VOIDED:
            raise Refused(403, "verb: this key may not void statements")
        _check_object(statement["object"], course)
        for name in PEOPLE:
            if name in statement.get("context", {}):
                raise Refused(403, f"context.{name}: this key may not name others")
        if "attachments" in statement:
            raise Refused(403, "attachments: this key may not send any")
        account = statement["actor"].get("account")
        if account is None or statement["actor"].get("objectType", "Agent") != "Agent":
            raise Refused(403, "actor: with this key, expected an agent with an account")
        statement["actor"] = {
            "objectType": "Agent",
            "account": {"homePage": account["homePage"], "name": alias(account["name"], secret)},
        }
        parts = exact.members(text)
        parts["actor"] = exact.dumps(statement["actor"])
        return exact.join(parts)

    return admit


def _check_object(target: dict[str, Any], course: str) -> None:
    if target.get("objectType", "Activity") != "Activity" or not (
        target["id"] == course or target["id"].startswith(f"{course}/")
    ):
        raise Refused(403, f"object: with this key, expected an activity of {course}")
