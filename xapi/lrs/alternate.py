"""The alternate request syntax of xAPI 1.0.3 (Communication 1.3): any request as a POST of a form.

It is for browsers that could not send other methods or headers across origins; 2.0 does away with it.
"""

from __future__ import annotations

from ..refused import Refused
from .call import Call, parameters

FORM = "application/x-www-form-urlencoded"
# It is taken apart before anybody knows who sent it.
LARGEST_FORM = 1024 * 1024
METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
HEADERS = (
    "Authorization",
    "X-Experience-API-Version",
    "Content-Type",
    "Content-Length",
    "If-Match",
    "If-None-Match",
    "Accept-Language",
)


def _header(name: str, value: str) -> str:
    """What could not stand in a header must not come this way, either: a document's type is one again when it is read."""
    if not (value.isascii() and value.isprintable()):
        raise Refused(400, f"{name}: expected a header's value")
    return value


def unfold(call: Call) -> None:
    """Makes of a form the request it stands for."""
    method = call.parameters["method"]
    if len(call.parameters) > 1:
        raise Refused(400, "query: expected only 'method', the rest in the form")
    if method not in METHODS:
        raise Refused(400, f"method: expected one of {', '.join(METHODS)}")
    if call.content_type != FORM:
        raise Refused(400, f"Content-Type: expected {FORM}")
    try:
        fields = parameters(call.body.decode("ascii"), "form")
    except UnicodeDecodeError:
        raise Refused(400, "form: expected it to be URL-encoded") from None
    call.headers["content-type"] = "application/json"
    for name in HEADERS:
        if name in fields:
            call.headers[name.lower()] = _header(name, fields.pop(name))
    content = fields.pop("content", None)
    if method in ("PUT", "POST") and content is None:
        raise Refused(400, "form: expected 'content'")
    call.method, call.parameters, call.body = method, fields, (content or "").encode()
