"""Where blocks stand in a page's source."""

from __future__ import annotations

import textwrap

import pytest

from pipeline.course import Source
from pipeline.fences import Located, locate, misspelt, place_of, unclosed
from pipeline.problems import Problem

PAGE = textwrap.dedent(
    """\
    ```quiz
    from: a.quiz.yml
    ```

    1.  In a list:

        ~~~ { .quiz }
        from: b.quiz.yml

        draw: 1
        ~~~

    > ```quiz
    > from: c.quiz.yml
    > ```

    ````
    ```quiz
    from: d.quiz.yml
    ```
    ````

    `not a fence`
    """
)


def test_locate() -> None:
    assert locate(PAGE, 5) == [
        Located("quiz", "from: a.quiz.yml", 6, 0),
        Located("quiz", "from: b.quiz.yml\n\ndraw: 1", 12, 4),
        Located("quiz", "from: c.quiz.yml", 18, 2),
        Located("quiz", "from: d.quiz.yml", 23, 0),
    ]


def test_place_is_taken_once() -> None:
    places = locate("```quiz\nfrom: a\n```\n\n```quiz\nfrom: a\n```\n", 1)
    assert [place_of("quiz", "from: a", places).line for _ in range(2)] == [2, 6]
    assert places == []


def test_place_of_a_text_that_markdown_reads_in_another_way() -> None:
    places = locate("```quiz\nfrom: a\n```\n", 1)
    assert place_of("quiz", "from: b", places) == Located("quiz", "from: b", 2, 0)
    assert place_of("quiz", "from: b", []) == Located("quiz", "from: b", 1, 0)


@pytest.mark.parametrize(
    ("body", "line", "word", "fence"),
    [
        ("Text.\n\n```quiz\nfrom: a\n", 12, "'quiz' block", "```"),
        ("```\ncode\n~~~\n", 10, "fence", "```"),
        ("````\n```quiz\n```\n", 10, "fence", "````"),
        ("```quiz\nfrom: a\n```\n\n~~~quiz\nfrom: b\n", 14, "'quiz' block", "~~~"),
    ],
)
def test_unclosed(body: str, line: int, word: str, fence: str) -> None:
    assert unclosed(body, 10, "a.md") == [
        Problem(
            Source("a.md", line),
            f"this {word} is opened and never closed",
            f"write a line with {fence} after its last line, indented like this one",
            "unclosed-fence",
        )
    ]


@pytest.mark.parametrize("body", [PAGE, "", "Text.", "``` and `` in a sentence ```\n", "````\n```\n````\n"])
def test_closed(body: str) -> None:
    assert unclosed(body, 1, "a.md") == []


def test_misspelt() -> None:
    body = "```Quiz\n```\n\n```yaml\n```\n\n````\n```quizz\n```\n````\n\n~~~finalcheck\n~~~\n"
    assert misspelt(body, 1, "a.md", ("quiz", "final-check")) == [
        Problem(Source("a.md", 1), "there is no block 'Quiz'", "write: ```quiz", "unknown-type"),
        Problem(Source("a.md", 12), "there is no block 'finalcheck'", "write: ~~~final-check", "unknown-type"),
    ]
