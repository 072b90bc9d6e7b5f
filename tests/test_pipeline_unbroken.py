"""Where lines of a page may not end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.unbroken import unbroken

HELD = '<span class="whole">{}</span>'


@pytest.mark.parametrize(
    "word", ["Co-produce", "non-executives", "self-check", "2016-17", "2016–17", "40–80", "--preset", "two-tier"]
)
def test_held_together(word: str) -> None:
    assert unbroken(f"<p>A {word}, then.</p>") == f"<p>A {HELD.format(word)}, then.</p>"


@pytest.mark.parametrize(
    "text",
    [
        "risk-sharing", "one-to-one", "2026-11-23", "a – b", "COP-11A", "non-participatory-budgeting",
        '<a title="co-produce">x</a>', "<pre><b>co-produce</b> 2016-17</pre>", "<option>co-produce</option>",
        "<script>let co-produce</script>",
    ],
)  # fmt: skip
def test_left_as_it_is(text: str) -> None:
    assert unbroken(text) == text


def test_after_what_is_left_as_it_is_the_rest_is_looked_at() -> None:
    assert unbroken("<pre>co-lead</pre> co-lead") == f"<pre>co-lead</pre> {HELD.format('co-lead')}"


def test_a_source_s_number_stays_with_the_word_before_it() -> None:
    cited = '<span class="citations"><a class="citation" href="#source-A">[1]</a></span>'
    assert unbroken(f"<p>So it is {cited}.</p>") == f"<p>So it is\u00a0{cited}.</p>"


@given(st.text(alphabet="ab-–0 <>/pre", max_size=60))
def test_nothing_is_added_but_spans(text: str) -> None:
    assert unbroken(text).replace('<span class="whole">', "").replace("</span>", "") == text.replace("</span>", "")
