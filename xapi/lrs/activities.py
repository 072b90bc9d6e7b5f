"""The Activities resource: all that is known of one activity."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from ..store import Database, activities
from . import parameters
from .call import Call


async def get(call: Call) -> Response:
    parameters.only(call, ("activityId",), ("activityId",))
    iri = parameters.iri_of(call, "activityId") or ""

    def known(database: Database) -> dict[str, object]:
        return dict(activities.definitions(database, [iri]))

    definitions = await call.store.read(known)
    activity: dict[str, object] = {"objectType": "Activity", "id": iri}
    if iri in definitions:
        activity["definition"] = definitions[iri]
    return JSONResponse(activity)
