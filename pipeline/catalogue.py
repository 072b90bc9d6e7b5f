"""``catalogue.json``: what reports need to turn the id of a question or a scene back into words and a line in the source."""

from __future__ import annotations

from typing import Any

from .content import Scenario, Scene
from .course import Block, Course, Page, Question
from .markdown import plain_text

FORMAT = 2


def catalogue(courses: list[Course]) -> dict[str, Any]:
    return {"format": FORMAT, "courses": [course_entry(course) for course in courses]}


def course_entry(course: Course) -> dict[str, Any]:
    return {
        "id": course.id,
        "iri": course.iri,
        "title": course.title,
        "version": course.version,
        "pass_mark": course.pass_mark,
        "outcomes": [{"id": o.id, "domains": o.domains, "text": o.text} for o in course.outcomes],
        "pages": [
            {
                "id": p.id,
                "title": p.title,
                "minutes": p.minutes,
                "after": p.after,
                "path": p.source.path,
                "line": p.source.line,
            }
            for p in course.pages
        ],
        "questions": [
            _question(course, page, block, question)
            for page in course.pages
            for block in page.blocks
            for question in block.questions
        ],
        "scenes": [
            _scene(course, page, block, scene)
            for page in course.pages
            for block in page.blocks
            if isinstance(block.content, Scenario)
            for scene in block.content.scenes
            if scene.choices
        ],
    }


def _scene(course: Course, page: Page, block: Block, scene: Scene) -> dict[str, Any]:
    """Reported as a question is, by the scenario's id and its own."""
    ident = f"{block.id}.{scene.id}"
    return {
        "id": ident,
        "iri": f"{course.iri}/questions/{ident}",
        "title": scene.title,
        "choices": [{"id": c.id, "letter": c.letter, "text": plain_text(c.text.html)} for c in scene.choices],
        "page": page.id,
        "block": block.id,
        "path": scene.source.path,
        "line": scene.source.line,
    }


def _question(course: Course, page: Page, block: Block, question: Question) -> dict[str, Any]:
    domains = next((o.domains for o in course.outcomes if o.id == question.outcome), ())
    return {
        "id": question.id,
        "iri": f"{course.iri}/questions/{question.id}",
        "revision": question.revision,
        "type": question.type,
        "prompt": plain_text(question.prompt),
        "options": [{"id": o.id, "letter": o.letter, "text": plain_text(o.text)} for o in question.options],
        "targets": [{"id": t.id, "letter": t.letter, "text": plain_text(t.text)} for t in question.targets],
        "answers": [
            {"id": a.id, "letter": a.letter, "correct": a.correct, "value": a.value, "tolerance": a.tolerance}
            for a in question.answers
        ],
        "key": question.key,
        "partial": question.partial,
        "outcome": question.outcome,
        "domains": domains,
        "bloom": question.bloom,
        "twin_of": question.twin_of,
        "page": page.id,
        "block": block.id,
        "block_type": block.type,
        "purpose": block.purpose,
        "path": question.source.path,
        "line": question.source.line,
    }
