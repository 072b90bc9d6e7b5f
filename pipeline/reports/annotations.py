"""Questions that deserve a look, at the lines where their authors mend them."""

from __future__ import annotations

from xapi.reports.catalogues import Catalogue
from xapi.reports.tables import Column, Table, Value
from xapi.reports.wording import said

from ..course import Source
from ..problems import WARNING, Problem, as_github

ADVICE = {
    "is_negative": "Those who know more get it wrong more often: is the key right?",
    "is_weak": "It hardly tells those who know from those who do not: is an option ambiguous, or the wording?",
    "is_hard": "Few get it right: is it taught, and is the key right?",
    "is_easy": "Nearly everybody gets it right: does it need asking?",
}


def problems(table: Table, catalogue: Catalogue) -> list[Problem]:
    columns = {column.id: column for column in table.columns}
    found = []
    for row in table.rows:
        values = dict(zip(columns, row, strict=True))
        raised = [name for name in ADVICE if values.get(name) is True]
        question = catalogue.question(str(values["course"]), str(values["question"]))
        if raised and question:
            source = Source(question["path"], question["line"])
            hint = "\n".join(ADVICE[name] for name in raised)
            found.append(Problem(source, _message(values, columns), hint, raised[0].replace("_", "-"), WARNING))
    return found


def _message(values: dict[str, Value], columns: dict[str, Column]) -> str:
    n, difficulty, discrimination = (
        said(values[name], columns[name]) for name in ("n", "difficulty", "discrimination")
    )
    return f"question '{values['question']}': {difficulty} right of {n} answers, discrimination {discrimination}"


def annotated(table: Table, catalogue: Catalogue) -> str:
    return as_github(problems(table, catalogue))
