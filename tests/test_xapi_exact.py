"""Statements come back as they were sent; what is not strict JSON is refused."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs_fixtures import ACTIVITY, ACTOR, VERB, Client, statement
from xapi import exact

SENT = """{ "id": "%s",
  "actor": {"mbox": "mailto:ada@example.org" , "name":"Ad\\u00e1 ☃"},
  "verb":{"id":"https://example.org/v"},
  "object":{"id":"https://example.org/a"},
  "timestamp":"2026-11-23T09:30:00.1+01:00",
  "result" : {"score":{"raw":1.10, "max":12345678901234567890},"extensions":{"https://example.org/n":[1e2,-0,0.1000,null]}}
}"""


def test_members_come_back_letter_for_letter(either: Client) -> None:
    id_ = str(uuid4())
    assert either.ask("POST", "statements", content=SENT % id_).status_code == 200
    got = either.ask("GET", "statements", statementId=id_).text
    for member in exact.members(SENT % id_).values():
        assert member in got


def test_in_a_batch_and_with_a_single_context_activity(either: Client) -> None:
    context = (
        '{"contextActivities":{"parent":{"id":"https://example.org/p"}},"extensions":{"https://example.org/n":1.10}}'
    )
    whole = (SENT % uuid4()).rstrip()[:-1] + f', "context": {context}}}'
    assert either.ask("POST", "statements", content=f"[{whole}]").status_code == 200
    listed = '"context":{"contextActivities":{"parent":[{"id":"https://example.org/p"}]},"extensions":{"https://example.org/n":1.10}}'
    assert listed in either.ask("GET", "statements").text


def test_the_server_sets_stored_authority_and_what_is_missing(lrs: Client, lrs2: Client) -> None:
    for client, version in ((lrs, "1.0.0"), (lrs2, "2.0.0")):
        sent = statement(id=None, stored="2001-01-01T00:00:00Z", authority={"mbox": "mailto:me@example.org"})
        (id_,) = client.send(sent)
        (got,) = client.found(limit="1")
        assert got["id"] == id_
        assert got["version"] == version
        assert got["timestamp"] == got["stored"]
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", got["stored"]) and got["stored"] > "2026"
        assert got["authority"] == {
            "objectType": "Agent",
            "name": "test",
            "account": {"homePage": "https://lrs.example/", "name": client.key[0]},
        }


NOT_JSON = {
    '{"a": 1, "a": 2}': "the key 'a' stands twice in one object",
    '{"a": {"b": 1, "b": 2}}': "the key 'b' stands twice in one object",
    '{"a": NaN}': "NaN is not JSON",
    '{"a": -Infinity}': "-Infinity is not JSON",
    '{"a": 1e999}': "the number 1e999 is too large",
    '{"a": ' + "9" * 5000 + "}": "a number has too many digits",
    '{"a": ' + "[" * 70 + "]" * 70 + "}": "nested deeper than 64 levels",
    '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}": "nested deeper than 64 levels",
    '{"a": "\\ud800"}': "an escape stands for half a character",
    '{"a": 1}, {}': "more text after the value, at character 8",
    '{"a": 01}': "not JSON at character",
    '{"a": 1,}': "not JSON at character",
    "{'a': 1}": "not JSON at character",
    '{"a" 1}': "not JSON at character",
    '{"a": }': "expected a value at character 6",
    '{"a": "\n"}': "not JSON at character",
    "[{},]": "expected an object at character 4",
    "[{} {}]": "expected ',' or ']' at character 4",
    "[1]": "expected an object at character 1",
    '"statement"': "expected an object, or an array of objects",
    "": "expected an object, or an array of objects",
    "[": "expected an object at character 1",
    "{": "not JSON at character",
}


def test_what_is_not_json_is_said(either: Client) -> None:
    for sent, said in NOT_JSON.items():
        answer = either.ask("POST", "statements", content=sent)
        assert (answer.status_code, answer.text[: len(said) + 6]) == (400, f"body: {said}"), sent[:40]
    answer = either.ask("POST", "statements", content=b'{"a": "\xff"}')
    assert (answer.status_code, answer.text) == (400, "body: the text is not UTF-8\n")
    assert either.found() == []


def test_an_escaped_backslash_before_u_is_text(either: Client) -> None:
    either.send(statement(result={"response": "\\ud800"}))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), VALUES, max_size=5), st.sampled_from([None, 1])
)
def test_taking_apart_and_joining_keeps_values(whole: dict[str, object], indent: int | None) -> None:
    text = json.dumps(whole, indent=indent)
    (pair,), is_array = exact.objects(text)
    assert not is_array
    assert pair[0] == whole == exact.parse(text)
    assert json.loads(exact.join(exact.members(pair[1]))) == whole == json.loads(pair[1])


@given(st.text(alphabet='{}[]",:0 a\\u\n', max_size=30))
def test_nothing_but_not_json_is_raised(text: str) -> None:
    try:
        expected = json.loads(text)
    except ValueError:
        with pytest.raises(exact.NotJson):
            exact.parse(text)
    else:
        try:
            assert exact.parse(text) == expected
        except exact.NotJson as refused:
            assert "twice" in str(refused) or "character" in str(refused)


def test_the_plain_statement_is_the_smallest(either: Client) -> None:
    (id_,) = either.send({"actor": ACTOR, "verb": VERB, "object": ACTIVITY})
    assert either.ids() == [id_]
