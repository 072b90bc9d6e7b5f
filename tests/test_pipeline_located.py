"""YAML with the place of every value, and no guesses about what a word means."""

from __future__ import annotations

import textwrap

import pytest

from pipeline.course import Source
from pipeline.located import MAX_DEPTH, Mapping, Node, Origin, Scalar, Sequence, parse
from pipeline.problems import Problem


def read(text: str, origin: Origin | None = None) -> tuple[Node | None, list[Problem]]:
    problems: list[Problem] = []
    return parse(textwrap.dedent(text), origin or Origin("a.yml"), problems), problems


def at(line: int, column: int) -> Source:
    return Source("a.yml", line, column)


def test_everything_knows_its_place() -> None:
    node, problems = read(
        """\
        - id: on
          text: "no"
          more: [1.10, 2026-01-31]
        """
    )
    assert problems == []
    assert node == Sequence(
        (
            Mapping(
                (
                    (Scalar("id", True, at(1, 3)), Scalar("on", True, at(1, 7))),
                    (Scalar("text", True, at(2, 3)), Scalar("no", False, at(2, 9))),
                    (
                        Scalar("more", True, at(3, 3)),
                        Sequence(
                            (Scalar("1.10", True, at(3, 10)), Scalar("2026-01-31", True, at(3, 16))), True, at(3, 9)
                        ),
                    ),
                ),
                False,
                at(1, 3),
            ),
        ),
        False,
        at(1, 1),
    )


def test_yaml_in_a_fence_is_placed_on_its_page() -> None:
    node, _ = read("from: bank.quiz.yml\n", Origin("01-start.md", first_line=12, indent=4))
    assert isinstance(node, Mapping)
    ((key, value),) = node.entries
    assert (key.source, value.source) == (Source("01-start.md", 12, 5), Source("01-start.md", 12, 11))


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_empty_is_neither_node_nor_problem(text: str) -> None:
    assert read(text) == (None, [])


def test_block_texts_keep_their_lines() -> None:
    node, _ = read("|\n  One.\n\n  Two.\n")
    assert node == Scalar("One.\n\nTwo.\n", False, at(1, 1))


def test_repeated_key_keeps_the_first() -> None:
    node, problems = read("{a: 1, b: 2, a: 3}\n")
    assert isinstance(node, Mapping)
    assert [(key.text, value) for key, value in node.entries] == [
        ("a", Scalar("1", True, at(1, 5))),
        ("b", Scalar("2", True, at(1, 11))),
    ]
    hint = "delete one of them"
    assert problems == [Problem(at(1, 14), "'a' is given twice here (first on line 1)", hint, "repeated-key")]


def test_brackets_in_texts_are_not_depth() -> None:
    text = f'- "{"[" * 500}"\n'
    node, problems = read(text)
    assert (node, problems) == (Sequence((Scalar("[" * 500, False, at(1, 3)),), False, at(1, 1)), [])


@pytest.mark.parametrize("depth", [MAX_DEPTH + 2, 200, 100_000])
def test_depth_is_counted_where_brackets_are_meant(depth: int) -> None:
    _, problems = read("[" * depth + "]" * depth)
    message, hint = (
        "this YAML is nested more than 40 levels deep",
        "a masterclass needs 6 at most; look for dashes or brackets too many",
    )
    assert [(p.source.line, p.message, p.hint, p.code) for p in problems] == [(1, message, hint, "too-large")]


def test_one_problem_for_one_document() -> None:
    node, problems = read(
        """\
        - text: One: two
        - text: Three: four
        """
    )
    message = "a colon inside a sentence: YAML takes what stands before it for a key"
    assert (node, problems) == (None, [Problem(at(1, 9), message, 'write: - text: "One: two"', "yaml")])
