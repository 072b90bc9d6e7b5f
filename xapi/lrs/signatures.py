"""Signed statements (xAPI 1.0.3, Data 2.6): a JSON Web Signature of the statement travels as an attachment."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from .. import exact
from ..refused import Refused
from ..statements.equality import signed_same
from ..statements.incoming import Incoming
from ..validate import STATEMENT, Invalid

SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
ALGORITHMS: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "RS256": hashes.SHA256,
    "RS384": hashes.SHA384,
    "RS512": hashes.SHA512,
}


def check(each: Incoming, sent: dict[str, bytes], version: str) -> None:
    signatures = [item for item in each.attachments if item["usageType"] == SIGNATURE]
    if len(signatures) > 1:
        raise Refused(400, "attachments: expected one signature")
    for item in signatures:
        if item["contentType"] != "application/octet-stream":
            raise Refused(400, "attachments: expected contentType 'application/octet-stream' of a signature")
        _check_token(each.statement, sent[item["sha2"].lower()], version)


def _check_token(statement: dict[str, Any], token: bytes, version: str) -> None:
    parts = token.strip().split(b".")
    if len(parts) != 3:
        raise Refused(400, "signature: expected a JSON Web Signature")
    try:
        header = exact.parse(exact.decode(_decoded(parts[0])))
        signed = exact.parse(exact.decode(_decoded(parts[1])))
        STATEMENT[version](signed)
    except (exact.NotJson, Invalid) as problem:
        raise Refused(400, f"signature: {problem}") from None
    if type(header) is not dict or header.get("alg") not in ALGORITHMS:
        raise Refused(400, f"signature: expected the algorithm {', '.join(ALGORITHMS)}")
    if not signed_same(signed, statement):
        raise Refused(400, "signature: the signed statement is not the one it comes with")
    if "x5c" in header:
        _check_certificate(header, parts)


def _check_certificate(header: dict[str, Any], parts: list[bytes]) -> None:
    try:
        certificate = x509.load_der_x509_certificate(base64.b64decode(header["x5c"][0]))
        key = certificate.public_key()
        if not isinstance(key, RSAPublicKey):
            raise Refused(400, "signature: expected an RSA certificate in x5c")
        signature, message = _decoded(parts[2]), b".".join(parts[:2])
        key.verify(signature, message, padding.PKCS1v15(), ALGORITHMS[header["alg"]]())
    except InvalidSignature:
        raise Refused(400, "signature: it was not made with the certificate in x5c") from None
    except (ValueError, TypeError, LookupError, UnsupportedAlgorithm):
        raise Refused(400, "signature: expected certificates in x5c") from None


def _decoded(part: bytes) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))
    except binascii.Error:
        raise Refused(400, "signature: expected base64url") from None
