"""``masterclass new``: the smallest masterclass that shows every part and builds at once."""

from __future__ import annotations

import json
import re
import unicodedata

import click

from .scalars import Ident
from .settings import Settings, Unusable

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
# Replace these questions by your own. They are about writing questions.
- id: practice-one
  type: single
  outcome: first
  bloom: apply
  prompt: A learner has chosen a wrong option. Which feedback helps most?
  options:
    - id: reason
      text: What is tempting about it, and what it overlooks
      correct: true
      feedback: >-
        People choose a wrong option for a reason. Feedback that names the reason, and then what it misses, is what they
        remember when the same choice comes up at work. Write it for the person who chose the option in good faith, and
        end with what to do next.
    - id: verdict
      text: That it is wrong, and which option is right
      feedback: >-
        It settles the question and teaches little: the learner still does not know why. The page says whether an answer
        is right by itself, so use your words for the reason.
    - id: reading
      text: Where in the page the answer can be found again
      feedback: >-
        Reading again is slow and seldom done. Give the reason here, in two sentences, and let a link lead to the page for
        those who want more.
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
  bloom: understand
  prompt: The longest option of a question should be the right one.
  answer: false
  feedback:
    "true": >-
      Right options grow long because writers make them exact. Learners notice, and then they need not know the subject.
      Give the wrong options the same care and the same length.
    "false": >-
      A key that is always the longest gives itself away to people who know nothing of the subject. Shorten it, or give the
      wrong options as much detail. Then look over all your questions together: a pattern shows only in the whole bank, and
      that is where learners find it too.
  source: [FACT1]
- id: check-two
  type: single
  outcome: first
  bloom: apply
  prompt: You are writing wrong options for a question about budgets. Where do good ones come from?
  options:
    - id: opposite
      text: From turning the right answer round
      feedback: >-
        The opposite of the right answer stands out as a pair with it, and few people hold it. Look for what somebody
        thoughtful might really do.
    - id: mistakes
      text: From mistakes that people have made
      correct: true
      feedback: >-
        A mistake that somebody made in earnest is tempting to others too, and its feedback writes itself: say what made it
        look right. Ask two people who do the work which errors they have seen, and which they made themselves, before you
        invent any.
    - id: absurd
      text: From ideas that few would think of
      feedback: >-
        An option that nobody chooses leaves fewer to guess from and teaches nothing. Three options that people choose are
        better than five that they do not.
  source: [FACT1]
- id: check-three
  type: numeric
  outcome: first
  bloom: apply
  prompt: A paper draws 3 questions of each outcome, and there are 5 outcomes. How many questions has the paper?
  answers:
    - id: product
      value: 15
      correct: true
      feedback: >-
        Three of each of five outcomes make 15. The bank behind it should hold at least twice as many, so that a second
        attempt asks something else and cannot be passed from memory. Write them with somebody from another organisation:
        they see what you take for granted.
    - id: sum
      value: 8
      feedback: >-
        That is 3 and 5 added. Each of the five outcomes gets three questions of its own, so the numbers are multiplied
        here and not added.
  otherwise: Three questions for each of five outcomes are 3 times 5, and the paper draws no others.
  source: [FACT1]
- id: check-four
  type: single
  outcome: first
  bloom: analyse
  prompt: After a year, 95 of 100 learners answer a question correctly at the first attempt. What should you ask first?
  options:
    - id: keep
      text: Whether to write more like it, since it works
      feedback: >-
        A question that nearly everybody answers tells you little about anybody. It may serve as a beginning, but more of
        them would make the check longer and no better.
    - id: drop
      text: Whether to drop it, since it is too easy
      feedback: >-
        Perhaps. But an easy question about something that matters may have its place, and a clue in its wording would be
        mended and not dropped. Find out why it is easy first.
    - id: clue
      text: Whether its wording gives the answer away
      correct: true
      feedback: >-
        It may be easy because people know the subject, and then it can stay. Or it may be easy because the key is longest,
        repeats the prompt, or is the only one that could be true. Read it as if you knew nothing, and see whether you would
        still choose the right option.
  source: [FACT1]
""",
}


def _id_of(title: str) -> str:
    """The id that somebody means who writes a title; empty when none can be made of it."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")


def new(settings: Settings, ident: str, title: str | None = None) -> list[str]:
    """Write the scaffold; returns the paths written, as authors name them."""
    if not re.match(Ident().pattern, ident):
        wanted = _id_of(ident)
        example = (
            f"; for example: masterclass new {wanted} --title {json.dumps(ident, ensure_ascii=False)}" if wanted else ""
        )
        raise click.UsageError(
            f"'{ident}' cannot be an id: use small letters, digits and hyphens, beginning with a letter{example}"
        )
    folder = settings.masterclasses / ident
    if folder.exists():
        raise Unusable(f"{settings.shown(folder)} exists already; choose another id or edit what is there")
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
