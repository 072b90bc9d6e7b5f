"""What leaders said in 2018 that they have to be skilled at, and the outcomes of masterclasses in which it is practised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from . import located
from .course import Course, Source
from .folder import Folder
from .lists import ListOf
from .located import Origin
from .mappings import RecordOf
from .problems import Problem, did_you_mean, has_errors
from .scalars import Flag, Ident, Text
from .selfcheck.instrument import Module
from .shapes import INVALID, Record, key

FILE = "skills.yml"
"""In the folder of the self-check."""
_TEXT = Text(markdown=False, max=1000)


@dataclass(frozen=True, kw_only=True)
class SkillRecord(Record):
    id: str = key(Ident(hyphen=False), "Stable id of the skill")
    text: str = key(_TEXT, "What leaders need to be skilled at")
    outcomes: tuple[str, ...] = key(
        ListOf(Text(markdown=False, max=255), least=1, what="a list like [housing/partners]"),
        "Where it is practised: MASTERCLASS/OUTCOME",
    )
    part: bool = key(Flag(), "True when these do not cover the whole of it", default=False)
    note: str = key(_TEXT, "What is missing", default="")


@dataclass(frozen=True, kw_only=True)
class SkillsRecord(Record):
    skills: tuple[SkillRecord, ...] = key(
        ListOf(RecordOf(SkillRecord, "skill"), least=1, what="a list of skills"), "In the order of the table"
    )


SKILLS = RecordOf(SkillsRecord, FILE, named=False)


@dataclass(frozen=True)
class Skill:
    id: str
    text: str
    outcomes: tuple[tuple[str, str], ...]
    """(masterclass, outcome)"""
    part: bool
    note: str
    source: Source


def read(folder: Path, problems: list[Problem]) -> tuple[Skill, ...]:
    """None at all when there is no such file, or when it cannot be used."""
    if not (folder / FILE).is_file():
        return ()
    before = len(problems)
    text = Folder(folder, folder.name, problems).text(FILE)
    node = None if text is None else located.parse(text, Origin(f"{folder.name}/{FILE}"), problems)
    record = INVALID if node is None else SKILLS.read(node, FILE, problems)
    if record is INVALID or has_errors(problems[before:]):
        return ()
    return tuple(
        Skill(
            skill.id,
            skill.text,
            tuple((course, outcome) for course, _, outcome in (name.partition("/") for name in skill.outcomes)),
            skill.part,
            skill.note,
            skill.written.at("outcomes"),
        )
        for skill in record.skills
    )


def agree(skills: Iterable[Skill], courses: Iterable[Course], modules: Iterable[Module]) -> Iterator[Problem]:
    """Outcomes that no masterclass has. A module that is not written yet may have any."""
    by_id = {course.id: course for course in courses}
    known = sorted({*by_id, *(module.id for module in modules)})
    for skill in skills:
        for course, outcome in skill.outcomes:
            if course not in known:
                message = f"'{skill.id}' names the masterclass '{course}', which is not there"
                yield Problem(skill.source, message, did_you_mean(course, known), "unknown-id")
            elif course in by_id and outcome not in (ids := [each.id for each in by_id[course].outcomes]):
                message = f"'{skill.id}' names '{outcome}', which is no outcome of {course}"
                yield Problem(skill.source, message, did_you_mean(outcome, ids), "unknown-id")
