"""Every term of every glossary, in one alphabet."""

from __future__ import annotations

from markupsafe import Markup

from ..content import Glossary
from ..course import Course, Page, blocks
from ..templates import environment
from .home import _uncited
from .shown import Shown

Explained = tuple[Markup, Course, Page]


def glossary(shown: Shown) -> str:
    terms: dict[str, tuple[str, list[Explained]]] = {}
    for course in shown.courses:
        for page, block in blocks(course):
            for term in block.content.terms if isinstance(block.content, Glossary) else ():
                _, explained = terms.setdefault(term.term.casefold(), (term.term, []))
                explained.append((Markup(_uncited(term.text.html)), course, page))
    made = [terms[folded] for folded in sorted(terms)]
    return environment().get_template("glossary-page.html.jinja").render(terms=made, shown=shown)
