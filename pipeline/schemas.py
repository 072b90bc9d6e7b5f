"""JSON Schemas of what authors write, generated from the records the loader uses."""

from __future__ import annotations

import json
from typing import Any

from .accessibility import STATEMENT
from .blocks import BLOCKS
from .documents.records import BRIEF, DOCUMENT, SESSION
from .files import File, text_file
from .questions import QUESTIONS
from .records import FACTS, MASTERCLASS, PAGE, REVIEWS
from .selfcheck.records import CONTEXT, DOMAINS, PAIRS, STATEMENTS
from .skills import SKILLS

_SCHEMAS: dict[str, tuple[str, Any]] = {
    "masterclass": ("masterclass.yml", MASTERCLASS),
    "quiz": ("A file of questions (*.quiz.yml)", QUESTIONS),
    "facts": ("facts.yml", FACTS),
    "page": ("Front matter of a page", PAGE),
    "reviews": ("reviews.yml", REVIEWS),
    "accessibility": ("accessibility.yml, beside mkdocs.yml", STATEMENT),
    "document": ("Front matter of a facilitators' document", DOCUMENT),
    "brief": ("Front matter of brief.md", BRIEF),
    "session": ("A session block of a facilitators' document", SESSION),
    "domains": ("The self-check's diagnostic/domains.yml", DOMAINS),
    "statements": ("The self-check's diagnostic/statements.yml", STATEMENTS),
    "enablers-barriers": ("The self-check's diagnostic/enablers-barriers.yml", CONTEXT),
    "skills": ("What leaders need to be skilled at: diagnostic/skills.yml", SKILLS),
    "contrasts": ("Pairs of ways to lead: masterclasses/contrasts.yml", PAIRS),
    **{
        name: (f"A {name} block{f' (*.{name}.yml)' if kind.filed else ''}", kind.shape)
        for name, kind in BLOCKS.items()
        if name != "quiz"
    },
}


def schemas() -> dict[str, dict[str, Any]]:
    """By name; each is a JSON Schema of draft 2020-12."""
    return {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **shape.schema(),
            "title": title,
        }
        for name, (title, shape) in _SCHEMAS.items()
    }


def files() -> list[File]:
    return [
        text_file(f"{name}.schema.json", json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
        for name, schema in schemas().items()
    ]
