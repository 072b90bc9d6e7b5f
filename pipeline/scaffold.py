"""``masterclass new``: the smallest masterclass that shows every part and builds at once."""

from __future__ import annotations

import json
import re

import click

from .project import Settings, Unusable
from .scalars import Ident

_MKDOCS = """\
site_name: Masterclasses
# The address this will be published at. Ids of everything learners do are made from it, so set it before the first
# release and never change it afterwards.
# site_url: https://example.org/
docs_dir: content
site_dir: build/site
theme:
  name: material
  font: false
plugins:
  - search
  - masterclass
"""
_HOME = """\
# Masterclasses

- [{title}](masterclasses/{ident}/index.md)
"""
_FILES = {
    "masterclass.yml": """\
# yaml-language-server: $schema=../../build/schemas/masterclass.schema.json
id: {ident}
title: {written_title}
version: 0.1.0
language: en-GB
summary: In one or two sentences, the question this masterclass answers and for whom.
minutes: 10
outcomes:
  - {{id: first, text: Say what a learner can do afterwards}}
pass_mark: 0.7
complete_when: {{pages: all}}
owner: Your team
""",
    "facts.yml": """\
# yaml-language-server: $schema=../../build/schemas/facts.schema.json
- key: FACT1
  text: A claim you make, in your own words.
  source: Who said it, and where
  url: https://example.org/report
  as_of: "2026"
  status: from-knowledge
""",
    "01-start.md": """\
---
id: start
title: Start here
minutes: 5
outcomes: [first]
---
Write the page in Markdown. Cite a fact like this [@FACT1], and link to another page like this:
[the final check](page:check).

## Ask first, tell second

```quiz
from: start.quiz.yml
```
""",
    "start.quiz.yml": """\
# yaml-language-server: $schema=../../build/schemas/quiz.schema.json
- id: practice-one
  type: single
  outcome: first
  prompt: What is asked here?
  options:
    - id: this
      text: The right option
      correct: true
      feedback: Say why it is right, and what a leader does next.
    - id: that
      text: An error people really make
      feedback: Say what is tempting about it, and what it misses.
  source: [FACT1]
""",
    "02-check.md": """\
---
id: check
title: Final check
minutes: 5
---
```final-check
from: bank.quiz.yml
draw: {{first: 2}}
```
""",
    "bank.quiz.yml": """\
# yaml-language-server: $schema=../../build/schemas/quiz.schema.json
- id: check-one
  type: true-false
  outcome: first
  prompt: This statement is true.
  answer: true
  feedback:
    "true": Yes. Say why.
    "false": No. Say what speaks for it.
  source: [FACT1]
- id: check-two
  type: single
  outcome: first
  prompt: Which of these comes first?
  options:
    - {{id: before, text: What comes first, correct: true, feedback: Say why it comes first.}}
    - {{id: after, text: What comes later, feedback: Say why it cannot come first.}}
  source: [FACT1]
- id: check-three
  type: numeric
  outcome: first
  prompt: How much is 2 + 3?
  answers:
    - {{id: sum, value: 5, correct: true, feedback: Yes.}}
  otherwise: Add the two numbers.
  source: [FACT1]
""",
}


def new(settings: Settings, ident: str, title: str | None = None) -> list[str]:
    """Write the scaffold; returns the paths written, as authors name them."""
    if not re.match(Ident().pattern, ident):
        raise click.UsageError(
            f"'{ident}' cannot be an id: use small letters, digits and hyphens, beginning with a letter."
        )
    folder = settings.masterclasses / ident
    if folder.exists():
        raise Unusable(f"{settings.shown(folder)} exists already; choose another id or edit what is there.")
    shown = title or ident.replace("-", " ").capitalize()
    plain = re.fullmatch(r"[A-Za-z][\w ,.;()’-]*", shown)
    values = {
        "ident": ident,
        "title": shown,
        "written_title": shown if plain else json.dumps(shown, ensure_ascii=False),
    }
    files = {folder / name: text.format(**values) for name, text in _FILES.items()}
    if settings.config_file is None:
        site = {settings.root / "mkdocs.yml": _MKDOCS, settings.root / "content" / "index.md": _HOME.format(**values)}
        files |= {path: text for path, text in site.items() if not path.exists()}
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return [settings.shown(path) for path in files]
