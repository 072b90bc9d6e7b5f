"""Which column of an export says what. Presets are for exports everybody has; others are saved by name."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from .reading import Sheet

FIELDS = ("learner", "course", "attempt", "started", "completed", "passed", "score")
NEEDED = "learner"
DATES = ("started", "completed", "passed")
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Mapping:
    learner: str
    """The column with the id that the roster knows."""
    course: str = ""
    started: str = ""
    completed: str = ""
    passed: str = ""
    score: str = ""
    attempt: str = ""
    """Where there is one, somebody may stand in several rows, one for each attempt."""

    def columns(self) -> dict[str, str]:
        return {field: column for field, column in asdict(self).items() if column}


@dataclass(frozen=True, slots=True)
class Preset:
    mapping: Mapping
    made_from: str


MOODLE = "unverified: no site's export has been seen; its columns are those that Moodle 5.1+ (build 20251205) writes in English, by "
IDENTITY = "The site must show the ID number among the identity fields (showuseridentity)"

PRESETS = {
    "moodle-completion": Preset(
        Mapping(learner="ID number", completed="Course complete"),
        f"{MOODLE}report/completion/index.php. {IDENTITY}.",
    ),
    "moodle-scorm": Preset(
        Mapping(learner="ID number", started="Started on", score="Score", attempt="Attempt"),
        f"{MOODLE}mod/scorm/report/basic/classes/report.php. {IDENTITY}; this report does not say who completed.",
    ),
    "plain": Preset(
        Mapping("lms_id", "course", "started", "completed", "passed", "score"),
        "our own: what 'masterclass demo' writes",
    ),
}


def given(pairs: tuple[str, ...]) -> Mapping:
    """From FIELD=COLUMN, as often as there are."""
    found: dict[str, str] = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or field not in FIELDS:
            raise click.BadParameter(
                f"expected one of {', '.join(FIELDS)}, and a column: completed='Course complete'", param_hint="--map"
            )
        found[field] = column.strip()
    if NEEDED not in found:
        raise click.BadParameter(
            "expected learner=COLUMN: the column with the id that the roster knows", param_hint="--map"
        )
    return Mapping(**found)


def fitting(mapping: Mapping, sheet: Sheet, where: str) -> Mapping:
    """Without the columns that a preset has and this file has not; all else that is missing is said."""
    there = set(sheet.columns)
    if mapping.learner not in there:
        raise click.ClickException(
            f"{where}: there is no column '{mapping.learner}', which says who it is; found: {', '.join(sheet.columns)}"
        )
    kept = {field: column for field, column in mapping.columns().items() if column in there}
    if not set(kept) & set(DATES):
        raise click.ClickException(
            f"{where}: no column says when somebody started, completed or passed; found: {', '.join(sheet.columns)}"
        )
    return Mapping(**kept)


def saved(folder: Path) -> dict[str, Mapping]:
    return {
        path.stem: Mapping(**json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.json"))
    }


def save(folder: Path, name: str, mapping: Mapping) -> None:
    if not NAME.fullmatch(name) or name in PRESETS:
        raise click.BadParameter(
            "expected small letters, digits and hyphens, and not a preset's name", param_hint="--save"
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(asdict(mapping), indent=1) + "\n", encoding="utf-8")
