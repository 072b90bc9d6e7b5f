"""course.json: the contract with the player, whose own tests read the same golden file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from conftest import Golden, Masterclass
from pipeline import project
from pipeline.player_data import course_json
from pipeline.settings import Settings
from writing import course

ROOT = Path(__file__).resolve().parent.parent
COURSES = ROOT / "tests" / "courses"


def test_every_type_as_the_player_reads_it(tmp_path: Path, masterclass: Masterclass, golden: Golden) -> None:
    """The second release of every-type: it has a retired, an inserted and a re-keyed question."""
    folder = tmp_path / "masterclasses" / "every-type"
    for version in ("every-type", "every-type-next"):
        shutil.copytree(COURSES / version, folder, dirs_exist_ok=True)
        assert masterclass("release", "every-type", cwd=tmp_path).exit_code == 0
    ((found, _),) = project.courses(Settings(tmp_path, folder.parent, iri_base="https://example.org"), (), [])
    pretty = json.dumps(json.loads(course_json(found)), ensure_ascii=False, indent=1) + "\n"
    golden(ROOT / "tests" / "golden" / "course.json", pretty)


def test_small_course(tmp_path: Path) -> None:
    found = course(
        tmp_path,
        {
            "01-start.md": """\
                ---
                id: start
                title: Start
                minutes: 5
                ---
                ```quiz
                - id: q1
                  type: true-false
                  outcome: first
                  prompt: One is one.
                  answer: true
                  feedback: {"true": Yes., "false": No.}
                  source: [FACT1]
                ```
                """,
        },
    )
    data = json.loads(course_json(found))
    assert data.pop("lineage") == found.lineage
    assert data == {
        "format": 1,
        "id": "demo",
        "version": "1.0.0",
        "language": "en-GB",
        "iri": "https://example.org/masterclasses/demo",
        "pass_mark": 0.7,
        "complete_when": [{"pages": ["start"], "final_check": False}],
        "outcomes": [{"id": "first", "pages": ["start"]}],
        "pages": [{"id": "start", "slot": 0, "minutes": 5, "counts": True}],
        "blocks": [
            {
                "id": "start-quiz",
                "page": "start",
                "type": "quiz",
                "purpose": "practice",
                "draw": None,
                "blueprint": [],
                "always": [],
                "questions": ["q1"],
            }
        ],
        "questions": [
            {
                "id": "q1",
                "slot": 0,
                "type": "true-false",
                "outcome": "first",
                "key": [["true"]],
                "options": [["true", "a"], ["false", "b"]],
                "ordered": True,
                "retries": 1,
            }
        ],
        "retired": [],
    }


def test_no_text_for_learners_is_in_it(tmp_path: Path) -> None:
    text = "---\nid: start\ntitle: Secret title\n---\nSecret text.\n"
    assert "Secret" not in course_json(course(tmp_path, {"01-start.md": text}))


def test_a_course_of_only_a_final_check_completes_by_passing(tmp_path: Path) -> None:
    found = course(
        tmp_path,
        {
            "01-check.md": "---\nid: check\ntitle: Check\n---\n```final-check\nfrom: b.quiz.yml\ndraw: {first: 1}\n```\n",
            "b.quiz.yml": "- {id: q1, type: true-false, outcome: first, prompt: One is one., answer: true, "
            'feedback: {"true": Yes., "false": No.}, source: [FACT1]}\n',
        },
    )
    assert json.loads(course_json(found))["complete_when"] == [{"pages": [], "final_check": True}]
