"""The About resource: which versions are spoken. It asks for neither key nor version."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from ..validate.versions import VERSIONS
from . import parameters
from .call import Call


async def get(call: Call) -> Response:
    parameters.only(call, ())
    return JSONResponse({"version": list(VERSIONS), "extensions": {}})
