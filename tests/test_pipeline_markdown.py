"""Pages and texts of questions as HTML."""

from __future__ import annotations

import textwrap

import pytest

from pipeline.course import Heading
from pipeline.markdown import Fence, Rendered, Renderer, plain_text

RENDERER = Renderer(("quiz", "final-check"))


def page(text: str) -> Rendered:
    return RENDERER.page(textwrap.dedent(text))


def test_headings_and_fences() -> None:
    assert page(
        """\
        ## One & *two*

        Text.

        ### Three

        ```quiz
        from: a.quiz.yml
        ```
        """
    ) == Rendered(
        '<h2 id="one-two">One &amp; <em>two</em></h2>\n<p>Text.</p>\n<h3 id="three">Three</h3>\n<!--block:0-->',
        (Heading(2, "one-two", "One & two"), Heading(3, "three", "Three")),
        (Fence("quiz", "from: a.quiz.yml"),),
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("See [@COP9].", '<p>See <span class="citations"><cite data-fact="COP9"></cite></span>.</p>'),
        (
            "[@COP9; @COP11]",
            '<p><span class="citations"><cite data-fact="COP9"></cite><cite data-fact="COP11"></cite></span></p>',
        ),
        ("`[@COP9]` and [@cop9]", "<p><code>[@COP9]</code> and [@cop9]</p>"),
        ("<b>Bold</b> & <!--block:0-->", "<p>&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;!--block:0--&gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<div markdown>\n\n*One*\n\n</div>", "<p>&lt;div markdown&gt;</p>\n<p><em>One</em></p>\n<p>&lt;/div&gt;</p>"),
        ("Go to [it](page:ladder#top).", '<p>Go to <a href="page:ladder#top">it</a>.</p>'),
        (
            "[There](https://example.org), [here](media/form.pdf), [below](#end)",
            '<p><a href="https://example.org" rel="noopener" target="_blank">There</a>, '
            '<a href="media/form.pdf" rel="noopener" target="_blank">here</a>, <a href="#end">below</a></p>',
        ),
        ("Text\n{: .wide }", '<p class="wide">Text</p>'),
        ("Term\n:   What it means", "<dl>\n<dt>Term</dt>\n<dd>What it means</dd>\n</dl>"),
        ("*[ICB]: Integrated care board\n\nThe ICB.", '<p>The <abbr title="Integrated care board">ICB</abbr>.</p>'),
        ("1. One\n\n2. Two", "<ol>\n<li>\n<p>One</p>\n</li>\n<li>\n<p>Two</p>\n</li>\n</ol>"),
    ],
)
def test_page(text: str, html: str) -> None:
    assert page(text).html == html


def test_tables_are_aligned_without_styles() -> None:
    assert page("| A | B |\n|---|--:|\n| 1 | 2 |").html == (
        '<div aria-label="Table" class="table-frame" role="region" tabindex="0"><table>\n<thead>\n<tr>\n<th>A</th>\n<th align="right">B</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td>1</td>\n<td align="right">2</td>\n</tr>\n</tbody>\n</table></div>'
    )


def test_a_table_of_sentences_can_stack() -> None:
    assert page(
        "| Who | Right | What is said |\n|---|---|---|\n| Board | *Inform* | Both boards, in March, in public |"
    ).html == (
        '<div aria-label="Table" class="table-frame stacks" role="region" tabindex="0"><table role="table">\n<thead role="rowgroup">\n'
        '<tr role="row">\n<th role="columnheader">Who</th>\n<th role="columnheader">Right</th>\n<th role="columnheader">What is said</th>\n</tr>\n</thead>\n'
        '<tbody role="rowgroup">\n<tr role="row">\n<td role="cell">Board</td>\n<td data-column="Right" role="cell"><em>Inform</em></td>\n'
        '<td data-column="What is said" role="cell">Both boards, in March, in public</td>\n</tr>\n</tbody>\n</table></div>'
    )


def test_a_form_with_blank_rows_can_stack() -> None:
    form = page("| Check | Ready | Who |\n|---|---|---|\n| Light | | |\n| | | |").html
    assert 'class="table-frame stacks form" ' in form
    assert form.count('data-column="Check"') == 1  # in the row that has nothing to stand for it


@pytest.mark.parametrize(
    "table",
    [
        "| A | B |\n|---|---|\n| One | A sentence that is long enough to be read |",
        "| A | B | C |\n|---|---|---|\n| A sentence that is long enough to be read | 1 | 2 |",
    ],
    ids=["two columns", "figures"],
)
def test_two_columns_and_figures_stay_a_table(table: str) -> None:
    assert 'class="table-frame" ' in page(table).html


@pytest.mark.parametrize(
    "text",
    [
        '!!! note "Title"\n\n    ```quiz\n    - a\n    ```\n',
        '??? note "Title"\n\n    ```quiz\n    - a\n    ```\n',
        '=== "NHS"\n\n    ```quiz\n    - a\n    ```\n',
        "1.  One\n\n    ```quiz\n    - a\n    ```\n",
        "> ```quiz\n> - a\n> ```\n",
        "Text:\n```quiz\n- a\n```\nMore.\n",
        "~~~quiz\n- a\n~~~\n",
    ],
)
def test_block_in_other_things(text: str) -> None:
    rendered = page(text)
    assert rendered.fences == (Fence("quiz", "- a"),)
    assert rendered.html.count("<!--block:0-->") == 1


def test_block_in_a_longer_fence_is_an_example() -> None:
    rendered = page("````\n```quiz\n- a\n```\n````\n")
    assert rendered.fences == ()
    assert "```quiz\n- a\n```" in rendered.html


def test_other_fences_are_code() -> None:
    rendered = page('```yaml\na: "<b>"\n```\n')
    assert (rendered.fences, "<b>" in rendered.html) == ((), False)
    assert plain_text(rendered.html).replace(" ", "") == 'a:"<b>"'


def test_pages_do_not_share_anything() -> None:
    first = page("## A\n\n*[ICB]: Board\n\n```quiz\n- a\n```\n")
    assert page("The ICB. [x]\n") == Rendered("<p>The ICB. [x]</p>", (), ())
    assert page("## A\n\n*[ICB]: Board\n\n```quiz\n- a\n```\n") == first


@pytest.mark.parametrize(
    ("text", "first", "rest"),
    [
        ("Which is it?", "Which is it?", ""),
        ("Which is *it*?\n\n- One\n- Two", "Which is <em>it</em>?", "<ul>\n<li>One</li>\n<li>Two</li>\n</ul>"),
        ("- One", "", "<ul>\n<li>One</li>\n</ul>"),
        ("2 < 3 & <b>", "2 &lt; 3 &amp; &lt;b&gt;", ""),
        ("1. One", "", "<ol>\n<li>One</li>\n</ol>"),
        ("snake_case_name", "snake_case_name", ""),
        ("Two\nlines", "Two\nlines", ""),
        ("It’s £5 – “really”.", "It’s £5 – “really”.", ""),
    ],
)
def test_phrase(text: str, first: str, rest: str) -> None:
    assert RENDERER.phrase(text) == (first, rest)


def test_plain_sentences_are_what_markdown_makes_of_them() -> None:
    """Most texts skip Markdown, because they would come out the same."""
    for text in ("One.", "A & B", "It’s (really) “so” – 5% of £10/year; a+b=c?", "a -- b", "x * y", "A, B: C!", "5. 6"):
        assert RENDERER.text(text) == RENDERER._text.reset().convert(text), text


def test_plain_text() -> None:
    assert plain_text("<p>One &amp;\n <em>two</em>&lt;</p>") == "One & two <"
