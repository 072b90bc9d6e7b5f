"""Problems as people, scripts and GitHub read them."""

from __future__ import annotations

import json

import pytest

from pipeline.course import Source
from pipeline.problems import WARNING, Problem, as_github, as_json, as_text, did_you_mean, has_errors, nearest

LATER = Problem(Source("b.yml", 9, 3), "unknown key 'typ' in question 'q3'", "did you mean 'type'?", "unknown-key")
FIRST = Problem(Source("a.md", 2), "100% wrong: a,b", "write:\nthis – or that", "yaml")
MILD = Problem(Source("b.yml", 12), "no block asks these questions", "", "unused-file", WARNING)


@pytest.mark.parametrize(
    ("problems", "text"),
    [
        ([], "No problems found.\n"),
        ([MILD], "b.yml:12: warning: no block asks these questions\n1 warning in 1 file\n"),
        (
            [MILD, LATER, FIRST],
            "a.md:2: 100% wrong: a,b\n"
            "    hint: write:\n"
            "          this – or that\n"
            "b.yml:9: unknown key 'typ' in question 'q3'\n"
            "    hint: did you mean 'type'?\n"
            "b.yml:12: warning: no block asks these questions\n"
            "2 problems and 1 warning in 2 files\n",
        ),
    ],
)
def test_text(problems: list[Problem], text: str) -> None:
    assert as_text(problems) == text


def test_json() -> None:
    text = as_json([LATER, FIRST])
    assert text.isascii()
    assert json.loads(text) == [
        {
            "path": "a.md",
            "line": 2,
            "column": 1,
            "level": "error",
            "code": "yaml",
            "message": "100% wrong: a,b",
            "hint": "write:\nthis – or that",
        },
        {
            "path": "b.yml",
            "line": 9,
            "column": 3,
            "level": "error",
            "code": "unknown-key",
            "message": "unknown key 'typ' in question 'q3'",
            "hint": "did you mean 'type'?",
        },
    ]
    assert as_json([]) == "[]"


def test_github() -> None:
    assert as_github([MILD, FIRST]) == (
        "::error file=a.md,line=2,col=1,title=yaml::100%25 wrong: a,b%0Awrite:%0Athis – or that\n"
        "::warning file=b.yml,line=12,col=1,title=unused-file::no block asks these questions"
    )
    odd = Problem(Source("a,b:c.md"), "line\r\nline")
    assert as_github([odd]) == "::error file=a%2Cb%3Ac.md,line=1,col=1,title=invalid::line%0D%0Aline"


def test_has_errors() -> None:
    assert [has_errors([]), has_errors([MILD]), has_errors([MILD, FIRST])] == [False, False, True]


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("typ", ["type", "text"], "did you mean 'type'?"),
        ("colour", ["b", "a"], "known here: a, b"),
        ("x", [], ""),
        (
            "zzz",
            [f"fact-{n:02}" for n in range(30)],
            "known here: " + ", ".join(f"fact-{n:02}" for n in range(20)) + " and 10 more",
        ),
    ],
)
def test_did_you_mean(word: str, known: list[str], hint: str) -> None:
    assert did_you_mean(word, known) == hint


def test_nearest() -> None:
    assert (nearest("typ", ["text", "type"]), nearest("colour", ["text"])) == ("type", None)
