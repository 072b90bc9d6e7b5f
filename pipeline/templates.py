"""The templates of what is shown, and the numbers of the citations in it."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import escape

from . import assets
from .course import UNVERIFIED, Fact
from .practice.shown import in_words, source_time
from .reporting import report_address

UNVERIFIED_MARK = ' <span class="unverified">(not yet verified)</span>'
_CITE = re.compile(r'<cite data-fact="([^"]+)"></cite>')


@cache
def environment() -> Environment:
    """Templates of blocks, of the page in a package, and of the manifests."""
    made = Environment(
        loader=FileSystemLoader([assets.blocks(), assets.package()]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,
        bytecode_cache=FileSystemBytecodeCache(),  # in the user's temporary folder; compiling costs more than rendering
    )
    made.filters["in_words"] = in_words
    made.filters["source_time"] = source_time
    made.globals["report"] = report_address
    return made


def cited(body: str, facts: dict[str, Fact]) -> tuple[str, list[tuple[int, Fact]]]:
    """Citations numbered in order of first use on the page, and the list they point into."""
    numbers: dict[str, int] = {}

    def link(match: re.Match[str]) -> str:
        number = numbers.setdefault(match[1], len(numbers) + 1)
        fact = facts[match[1]]
        link = f'<a class="citation" href="#source-{fact.key}" aria-label="Source {number}: {escape(fact.source_name)}">[{number}]</a>'
        return f"{link}{UNVERIFIED_MARK}" if fact.status == UNVERIFIED else link

    numbered = _CITE.sub(link, body)
    return numbered, [(number, facts[key]) for key, number in numbers.items()]
