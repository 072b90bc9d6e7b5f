"""``course.json``: ids, keys and rules for the player, and no text a learner reads."""

from __future__ import annotations

import json
from typing import Any

from .blocks import PRACTICE
from .content import Plan, Scenario
from .course import Block, Completion, Course, Page, Question

FORMAT = 1
_DEFAULTS: dict[str, Any] = {
    "revision": 1, "options": (), "targets": (), "answers": (), "choose": 1, "ordered": False, "retries": 0,
    "partial": False, "confidence": False, "fold_case": True, "fold_spaces": True, "scored": True,
}  # fmt: skip
_QUESTION_FIELDS = ("id", "slot", "type", "outcome", "key", *_DEFAULTS)
_ANSWER_FIELDS = ("id", "letter", "correct", "value", "tolerance", "accept")


def course_data(course: Course) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "id": course.id,
        "version": course.version,
        "language": course.language,
        "iri": course.iri,
        "lineage": course.lineage,
        "pass_mark": course.pass_mark,
        "complete_when": [_way(way) for way in course.complete_when],
        "outcomes": [{"id": outcome.id, "pages": outcome.pages} for outcome in course.outcomes],
        "pages": [_page(page, course) for page in course.pages],
        "blocks": [
            {
                "id": block.id,
                "page": page.id,
                "type": block.type,
                "purpose": block.purpose,
                "draw": block.draw,
                "blueprint": block.blueprint,
                "always": block.always,
                "questions": [question.id for question in block.questions],
                **_played(block),
            }
            for page in course.pages
            for block in page.blocks
            if block.questions or block.type in PRACTICE
        ],
        "questions": [_question(q) for page in course.pages for block in page.blocks for q in block.questions],
        "retired": [{"slot": r.slot, "type": r.type} for r in course.retired],
    }


def _way(way: Completion) -> dict[str, Any]:
    asked = {"scenario": way.scenario, "plan": way.plan}
    return {"pages": way.pages, "final_check": way.final_check} | {name: True for name, on in asked.items() if on}


def _page(page: Page, course: Course) -> dict[str, Any]:
    data = {"id": page.id, "slot": page.slot, "minutes": page.minutes, "counts": page.counts}
    if not page.after:
        return data
    address = f"{course.address}{page.id}{'/' if course.directories else '.html'}"
    return data | {"after": page.after} | ({"address": address} if course.address else {})


def _played(block: Block) -> dict[str, Any]:
    """What the player needs of a scenario or a plan; nothing of any other block."""
    if isinstance(block.content, Plan):
        return {"slot": block.content.slot}
    if not isinstance(block.content, Scenario):
        return {}
    return {
        "slot": block.content.slot,
        "gauges": [(gauge.id, gauge.start) for gauge in block.content.gauges],
        "scenes": [
            {
                "id": scene.id,
                "choices": [
                    {
                        "id": choice.id,
                        "number": choice.number,
                        "letter": choice.letter,
                        "to": choice.to,
                        "changes": [(change.gauge, change.by) for change in choice.changes],
                    }
                    for choice in scene.choices
                ],
            }
            for scene in block.content.scenes
        ],
    }


def course_json(course: Course) -> str:
    return json.dumps(course_data(course), ensure_ascii=False, separators=(",", ":"))


def _question(question: Question) -> dict[str, Any]:
    data = {name: getattr(question, name) for name in _QUESTION_FIELDS}
    data["options"] = tuple((option.id, option.letter) for option in question.options)
    data["targets"] = tuple((target.id, target.letter) for target in question.targets)
    data["answers"] = tuple({name: getattr(answer, name) for name in _ANSWER_FIELDS} for answer in question.answers)
    return {name: value for name, value in data.items() if name not in _DEFAULTS or value != _DEFAULTS[name]}
