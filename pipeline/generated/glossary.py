"""Every term of every glossary, in one alphabet; what several explain in the same words stands once."""

from __future__ import annotations

from markupsafe import Markup

from ..content import Glossary
from ..course import Course, Page, blocks
from ..templates import environment
from .home import _uncited
from .shown import Shown

Places = list[tuple[Course, Page]]


def glossary(shown: Shown) -> str:
    terms: dict[str, tuple[str, dict[Markup, Places]]] = {}
    for course in shown.courses:
        for page, block in blocks(course):
            for term in block.content.terms if isinstance(block.content, Glossary) else ():
                _, explained = terms.setdefault(term.term.casefold(), (term.term, {}))
                explained.setdefault(Markup(_uncited(term.text.html)), []).append((course, page))
    made = [(term, list(explained.items())) for _, (term, explained) in sorted(terms.items())]
    return environment().get_template("glossary-page.html.jinja").render(terms=made, shown=shown)
