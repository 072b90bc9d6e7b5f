"""After a question's key was corrected: who was marked by the earlier key, and whose result would be another one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import click
from ibis import _

from .catalogues import FINAL_CHECK
from .connections import Connection
from .tables import Column, Table, Value

CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Paper:
    """One learner's answers in one attempt at a final check."""

    learner: int
    attempt: int
    channel: str
    answers: dict[str, tuple[int, str, float]]
    """By question: the revision of the key, the response, and the score it was given."""


def rekey(connection: Connection, question: str, course: str | None = None) -> Table:
    """One row for everyone who answered it under an earlier key than that of now, and is marked otherwise by the one of now."""
    entry = _entry(connection, question, course)
    asked = next(each for each in entry["questions"] if each["id"] == question)
    marked = [_row(connection, entry, asked, paper) for paper in _papers(connection, entry, asked)]
    rows = sorted((row for row in marked if row is not None), key=lambda row: (str(row[1]), row[0]))
    changed = sum(row[-2] == "yes" for row in rows)
    return Table(
        id="rekey",
        title=f"“{question}” after its key was corrected",
        question="Who was marked by the earlier key, and whose result would change?",
        answer=(
            "{learners} people would be marked otherwise by the present key; for {changed} of them the result of a final check changes."
            if rows
            else "Nobody would be marked otherwise by the present key."
        ),
        totals=(("learners", len({row[0] for row in rows})), ("changed", changed)),
        definition=(
            "Answers under an earlier revision of the key that the present key judges otherwise. The result of a final check is "
            "reckoned again from that paper's answers; a pass is never taken back here, only shown. Nothing is changed: an LMS's "
            "record is the LMS's."
        ),
        columns=COLUMNS,
        rows=tuple(rows),
        n=len({row[0] for row in rows}),
        n_column=None,
        period=(None, None),
        filters=(("course", entry["id"]), ("question", question)),
        versions=((entry["id"], entry["version"]),),
        coverage=(),
        as_of=connection.as_of,
        notes=connection.notes,
    )


COLUMNS = (
    Column("learner", "Learner", "learner", "Who it is, for those who may know.", key=True),
    Column("channel", "Came by", "text", "The channel of the answer.", key=True),
    Column("attempt", "Attempt", "number", "Of the question, or of the whole final check.", key=True),
    Column("revision", "Key then", "number", "The revision of the key it was marked by."),
    Column("was", "Score then", "number", "As it was marked."),
    Column("would_be", "Score now", "number", "By the present key."),
    Column("paper_was", "Paper then", "share", "The final check as it was marked; none for a practice question."),
    Column("paper_would_be", "Paper now", "share", "The final check by the present key."),
    Column("changes", "Result changes", "text", "yes when the pass mark lies between the two."),
    Column("needs", "What to do", "text", "Where the record is, and what it needs."),
)


def _entry(connection: Connection, question: str, course: str | None) -> dict[str, Any]:
    found = [
        entry
        for entry in connection.catalogue.entries
        if course in (None, entry["id"]) and any(each["id"] == question for each in entry["questions"])
    ]
    if not found:
        raise click.ClickException(f"there is no question '{question}' in {course or 'any masterclass'}")
    if len(found) > 1:
        named = ", ".join(entry["id"] for entry in found)
        raise click.ClickException(f"'{question}' is a question of {named}: say which with --course")
    return found[0]


def _papers(connection: Connection, entry: dict[str, Any], asked: dict[str, Any]) -> Iterable[Paper]:
    together = [asked["id"]]
    if asked["block_type"] == FINAL_CHECK:
        together = [each["id"] for each in entry["questions"] if each["block_type"] == FINAL_CHECK]
    facts = connection.tables.facts.filter(
        (_.course == entry["id"]) & (_.verb == "answered") & _.question.isin(together) & _.score.notnull()
    )
    wanted = facts.select(
        "learner", "attempt", "channel", "registration", "question", "revision", "response", "score", "at", "statement"
    )
    # Who begins again elsewhere begins another first paper.
    papers: dict[tuple[int, int, str, str], dict[str, tuple[int, str, float]]] = defaultdict(dict)
    for row in sorted(connection.fetch(wanted), key=lambda row: (row["at"], row["statement"])):
        key = (row["learner"], row["attempt"] or 1, row["channel"], row["registration"] or "")
        # What was sent twice counts as it was first.
        papers[key].setdefault(row["question"], (row["revision"] or 1, row["response"] or "", row["score"]))
    for (learner, attempt, channel, _registration), answers in papers.items():
        if asked["id"] in answers and answers[asked["id"]][0] < asked["revision"]:
            yield Paper(learner, attempt, channel, answers)


def _row(
    connection: Connection, entry: dict[str, Any], asked: dict[str, Any], paper: Paper
) -> tuple[Value, ...] | None:
    revision, response, was = paper.answers[asked["id"]]
    would_be = judged(asked, response)
    if would_be is None or abs(would_be - was) < CLOSE:
        return None
    common = (paper.learner, paper.channel, paper.attempt, revision, was, would_be)
    if asked["block_type"] != FINAL_CHECK:
        return (*common, None, None, "no", "Nothing: practice is in no record.")
    scores = [score for _, _, score in paper.answers.values()]
    before = sum(scores) / len(scores)
    after = before + (would_be - was) / len(scores)
    mark = entry["pass_mark"]
    passes = (before >= mark - CLOSE, after >= mark - CLOSE)
    changes = "yes" if passes[0] != passes[1] else "no"
    return (*common, before, after, changes, _needs(paper.channel, passes))


def judged(asked: dict[str, Any], response: str) -> float | None:
    """By the present key: right or wrong. None where parts of an answer would have to be weighed."""
    if asked["type"] == "numeric":
        return _near(asked, response)
    tokens = tuple(response.replace("[.]", ".").split("[,]"))
    keys = {tuple(key) for key in asked["key"]}
    if asked["type"] in ("multiple", "matching", "judgement"):
        whole = frozenset(tokens) in {frozenset(key) for key in keys}
        return None if asked["partial"] and not whole else float(whole)
    return float(tokens in keys)


def _near(asked: dict[str, Any], response: str) -> float | None:
    try:
        value = float(response)
    except ValueError:
        return None
    rights = [answer for answer in asked["answers"] if answer["correct"]]
    return float(any(abs(value - float(each["value"])) <= float(each["tolerance"]) + 1e-12 for each in rights))


IN_AN_LMS = {
    "scorm12": "the LMS's SCORM 1.2 record",
    "scorm2004": "the LMS's SCORM 2004 record",
    "cmi5": "the LMS's cmi5 record",
    "xapi": "the LMS's record of the launch",
}


def _needs(channel: str, passes: tuple[bool, bool]) -> str:
    where = IN_AN_LMS.get(channel)
    if passes == (False, True):
        if where is None:
            return "Tell the learner: they have passed by the corrected key; nothing else keeps a record."
        return f"Mark as passed by hand in {where}, or invite the learner to hand in the final check again."
    if passes == (True, False):
        return "Decide by policy: the pass was given in good faith; no record changes by itself."
    return "Nothing: passed or not, the result stays."
