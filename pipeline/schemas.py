"""JSON Schemas of what authors write, generated from the records the loader uses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .questions import QUESTIONS
from .records import FACTS, MASTERCLASS, PAGE

_SCHEMAS: dict[str, tuple[str, Any]] = {
    "masterclass": ("masterclass.yml", MASTERCLASS),
    "quiz": ("A file of questions (*.quiz.yml)", QUESTIONS),
    "facts": ("facts.yml", FACTS),
    "page": ("Front matter of a page", PAGE),
}


def schemas() -> dict[str, dict[str, Any]]:
    """By name; each is a JSON Schema of draft 2020-12."""
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **shape.schema()}
        for name, (title, shape) in _SCHEMAS.items()
    }


def write(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return written
