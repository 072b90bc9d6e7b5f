"""The Agents resource: what is known of a person, in xAPI's form of a Person."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from . import parameters
from .call import Call


async def get(call: Call) -> Response:
    """Only what was asked with: joining someone's accounts is not for an LRS to do unasked."""
    parameters.only(call, ("agent",), ("agent",))
    agent = parameters.agent(call, group=False)
    person = {"objectType": "Person"} | {name: [value] for name, value in agent.items() if name != "objectType"}
    return JSONResponse(person)
