"""Statements with attachments, both ways, and signed statements."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256, sha512
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from lrs_fixtures import Client, Json, statement
from xapi.lrs.multipart import Part, joined, parts
from xapi.lrs.signatures import SIGNATURE

TEXT = b"some\r\n--text\x00\xff"
MIXED = "multipart/mixed; boundary=edge"


def attachment(contents: bytes, **properties: Json) -> Json:
    return {
        "usageType": "https://example.org/u",
        "display": {"en": "A"},
        "contentType": "text/x-thing",
        "length": len(contents),
        "sha2": sha256(contents).hexdigest(),
    } | properties


def part(contents: bytes, **headers: str) -> Part:
    named = {"Content-Transfer-Encoding": "binary", "X-Experience-API-Hash": sha256(contents).hexdigest()} | headers
    return Part(named, contents)


def first(sent: Json) -> Part:
    return Part({"Content-Type": "application/json"}, json.dumps(sent).encode())


def post(client: Client, *sent: Part) -> Any:
    content_type, body = joined(sent)
    return client.ask("POST", "statements", content=body, headers={"Content-Type": content_type})


def test_there_and_back(either: Client) -> None:
    sent = statement(attachments=[attachment(TEXT), attachment(b"", sha2=sha512(b"").hexdigest())])
    empty = part(b"", **{"X-Experience-API-Hash": sha512(b"").hexdigest()})
    assert post(either, first([sent, statement()]), part(TEXT), empty).status_code == 200
    for parameters in ({}, {"statementId": sent["id"]}):
        answer = either.ask("GET", "statements", attachments="true", **parameters)
        body, *others = parts(answer.headers["Content-Type"], answer.content)
        assert body.headers == {"content-type": "application/json"}
        got = json.loads(body.body)
        assert (got["statements"][1] if "statements" in got else got)["id"] == sent["id"]
        assert {(one.headers["x-experience-api-hash"], one.headers["content-type"], one.body) for one in others} == {
            (sent["attachments"][0]["sha2"], "text/x-thing", TEXT),
            (sent["attachments"][1]["sha2"], "text/x-thing", b""),
        }
    assert either.ask("GET", "statements", attachments="false").headers["Content-Type"] == "application/json"


def test_one_attachment_of_many_statements_comes_once(either: Client) -> None:
    for _ in range(2):
        batch = [statement(attachments=[attachment(TEXT)]) for _ in range(2)]
        assert post(either, first(batch), part(TEXT)).status_code == 200
    answer = either.ask("GET", "statements", attachments="true")
    assert len(parts(answer.headers["Content-Type"], answer.content)) == 2


def test_mixed_without_attachments(either: Client) -> None:
    assert post(either, first(statement())).status_code == 200
    answer = either.ask("GET", "statements", attachments="true")
    assert answer.headers["Content-Type"].startswith("multipart/mixed; boundary=")


def test_a_file_elsewhere_needs_no_part(either: Client) -> None:
    either.send(statement(attachments=[attachment(TEXT, fileUrl="https://example.org/f")]))


SENT = statement(attachments=[attachment(TEXT)])
WRONG = {
    "part missing": [first(SENT)],
    "part too many": [first(SENT), part(TEXT), part(b"other")],
    "other contents": [first(SENT), part(b"other", **{"X-Experience-API-Hash": sha256(TEXT).hexdigest()})],
    "no hash": [first(SENT), Part({"Content-Transfer-Encoding": "binary"}, TEXT)],
    "base64": [first(SENT), part(TEXT, **{"Content-Transfer-Encoding": "base64"})],
    "first part not JSON": [Part({"Content-Type": "text/plain"}, first(SENT).body), part(TEXT)],
    "statements in two parts": [first(SENT), first(statement()), part(TEXT)],
    "one wrong in the batch": [first([SENT, {}]), part(TEXT)],
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_parts_are_refused_whole(either: Client, what: str) -> None:
    assert post(either, *WRONG[what]).status_code == 400
    assert either.found() == []


JSON_PART = b"Content-Type: application/json\r\n\r\n" + json.dumps(statement()).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--edge--\r\n",
        b"--edge\r\n" + JSON_PART,
        b"--edge\r\n" + JSON_PART + b"\r\n--edge\r\n",
        b"--edge" + JSON_PART + b"\r\n--edge--",
        b"--edge\r\nContent-Type: application/json\r\n--edge--",
        b"--edge\r\nno colon\r\n\r\n{}\r\n--edge--",
        b"--other\r\n" + JSON_PART + b"\r\n--other--",
    ],
)
def test_wrong_multipart_is_refused(either: Client, body: bytes) -> None:
    assert either.ask("POST", "statements", content=body, headers={"Content-Type": MIXED}).status_code == 400


def test_boundaries(either: Client) -> None:
    body = b"--edge\r\n" + JSON_PART + b"\r\n--edge--\r\n"
    for header, status in ((MIXED, 200), ('multipart/mixed; boundary="edge"', 200), ("multipart/mixed", 400), ("multipart/form-data; boundary=edge", 400)):  # fmt: skip
        assert either.ask("POST", "statements", content=body, headers={"Content-Type": header}).status_code == status


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ALGORITHMS = {"RS256": hashes.SHA256(), "RS384": hashes.SHA384(), "RS512": hashes.SHA512()}


def certificate(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()


def token(signed: Json, header: Json) -> bytes:
    def encoded(raw: bytes) -> bytes:
        return base64.urlsafe_b64encode(raw).rstrip(b"=")

    message = encoded(json.dumps(header).encode()) + b"." + encoded(json.dumps(signed).encode())
    algorithm = ALGORITHMS.get(header["alg"], hashes.SHA256())
    return message + b"." + encoded(KEY.sign(message, padding.PKCS1v15(), algorithm))


def signed_post(client: Client, sent: Json, signature: bytes, **properties: Json) -> tuple[int, str]:
    item = attachment(signature, usageType=SIGNATURE, contentType="application/octet-stream") | properties
    answer = post(client, first(sent | {"attachments": [item]}), part(signature))
    return answer.status_code, answer.text.strip() if answer.status_code != 200 else ""


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_signed_statements(either: Client, algorithm: str) -> None:
    for header in ({"alg": algorithm}, {"alg": algorithm, "x5c": [certificate(KEY)]}):
        sent = statement()
        assert signed_post(either, sent, token(sent, header)) == (200, "")


def test_wrong_signatures(either: Client) -> None:
    sent, good = statement(), {"alg": "RS256", "x5c": [certificate(KEY)]}
    stranger = certificate(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    for signature, said in (
        (token(statement(verb={"id": "https://example.org/v"}), good), "the signed statement is not the one it comes with"),
        (token(sent | {"id": statement()["id"]}, good), "the signed statement is not the one it comes with"),
        (token(sent, {"alg": "HS256"}), "expected the algorithm RS256, RS384, RS512"),
        (token(sent, {"alg": "RS256", "x5c": [stranger]}), "it was not made with the certificate in x5c"),
        (token(sent, {"alg": "RS256", "x5c": ["AAAA"]}), "expected certificates in x5c"),
        (token(sent, {"alg": "RS256", "x5c": 7}), "expected certificates in x5c"),
        (token({}, good), "statement: expected 'actor'"),
        (token([sent], good), "statement: expected an object"),
        (b"a.b", "expected a JSON Web Signature"),
        (b"a.b.c", "expected base64url"),
    ):  # fmt: skip
        assert signed_post(either, sent, signature) == (400, f"signature: {said}")
    wrong_type = signed_post(either, sent, token(sent, good), contentType="text/plain")
    assert wrong_type == (400, "attachments: expected contentType 'application/octet-stream' of a signature")
    elsewhere = statement(attachments=[attachment(b"x", usageType=SIGNATURE, contentType="application/octet-stream", fileUrl="https://example.org/s")])  # fmt: skip
    assert either.ask("POST", "statements", json=elsewhere).status_code == 400
    assert either.found() == []
