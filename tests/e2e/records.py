"""What an answer has to look like in each format's record, worked out from course.json alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from statement_shape import Json

TYPES = {
    "single": "choice",
    "multiple": "choice",
    "true-false": "true-false",
    "numeric": "numeric",
    "short-text": "fill-in",
    "matching": "matching",
    "judgement": "matching",
    "ordering": "sequencing",
    "rating": "likert",
}
LEVELS = {"low": "a", "medium": "b", "high": "c"}


@dataclass(frozen=True)
class Answer:
    """One interaction, freed of its format's spelling."""

    id: str
    type: str
    response: tuple[str, ...]
    key: tuple[tuple[str, ...], ...]
    result: str


def answer(course: Json, question: str, response: list[str], result: str) -> Answer:
    """What every format should say of an answer given; ``result`` is correct, incorrect or neutral."""
    found = _question(course, question)
    kind = TYPES[found["type"]]
    return Answer(question, kind, tuple(response), tuple(tuple(key) for key in found["key"]), result)


def judged(course: Json, question: str, response: list[str]) -> Answer:
    """An answer of which only the response is known: right when it is the key, whatever else earns points."""
    found = _question(course, question)
    right = any(sorted(key) == sorted(response) for key in found["key"])
    if found["type"] == "ordering":
        right = list(response) in found["key"]
    return answer(course, question, response, "correct" if right else "incorrect" if found["key"] else "neutral")


def confidence(question: str, level: str) -> Answer:
    return Answer(f"{question}.confidence", "likert", (level,), (), "neutral")


def from_scorm12(course: Json, recorded: Json) -> Answer:
    """Letters and digits back to ids."""
    name, kind = recorded["id"], recorded["type"]
    read = _reader12(course, name)
    key = [read(pattern) for pattern in _patterns(recorded)]
    result = {"wrong": "incorrect"}.get(recorded["result"], recorded["result"])
    return Answer(name, kind, read(recorded["student_response"]), tuple(key), result)


def from_scorm2004(course: Json, recorded: Json) -> Answer:
    key = _key(course, recorded["id"], _patterns(recorded))
    return Answer(recorded["id"], recorded["type"], _tokens(recorded["learner_response"]), key, recorded["result"])


def from_statement(course: Json, statement: Json) -> Answer:
    name = statement["object"]["id"].rpartition("/questions/")[2]
    definition, result = statement["object"]["definition"], statement["result"]
    key = _key(course, name, definition.get("correctResponsesPattern", []))
    judged = {True: "correct", False: "incorrect", None: "neutral"}[result.get("success")]
    return Answer(name, definition["interactionType"], _tokens(result["response"]), key, judged)


def _question(course: Json, name: str) -> Json:
    return next(question for question in [*course["questions"], *_scenes(course)] if question["id"] == name)


def _scenes(course: Json) -> list[Json]:
    """The scenes of scenarios, as the unscored questions that their choices are recorded as."""
    return [
        {
            "id": f"{block['id']}.{scene['id']}",
            "type": "single",
            "options": [(choice["id"], choice["letter"]) for choice in scene["choices"]],
            "key": [],
        }
        for block in course["blocks"]
        for scene in block.get("scenes", [])
    ]


def _patterns(recorded: Json) -> list[str]:
    found = sorted(name for name in recorded if name.endswith(".pattern"))
    return [recorded[name] for name in found]


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(part.replace("[.]", ".") for part in text.split("[,]"))


def _key(course: Json, name: str, patterns: list[str]) -> tuple[tuple[str, ...], ...]:
    """A numeric pattern is a range: the value stands in its middle, if the range is what the tolerance makes it."""
    if name.endswith(".confidence") or _question(course, name)["type"] != "numeric":
        return tuple(_tokens(pattern) for pattern in patterns)
    ranges = {}
    for given in _question(course, name)["answers"]:
        if given["correct"]:
            value, tolerance = Decimal(given["value"]), Decimal(given["tolerance"])
            ranges[value - tolerance, value + tolerance] = given["value"]
    ends = [pattern.split("[:]") for pattern in patterns]
    return tuple((ranges[Decimal(low), Decimal(high)],) for low, high in ends)


def _reader12(course: Json, name: str) -> Callable[[str], tuple[str, ...]]:
    if name.endswith(".confidence"):
        levels = {letter: level for level, letter in LEVELS.items()}
        return lambda text: (levels[text],)
    question = _question(course, name)
    options = {letter: option for option, letter in question.get("options", [])}
    targets = {letter: target for target, letter in question.get("targets", [])}

    def pair(text: str) -> str:
        left, _, right = text.partition(".")
        if question["type"] == "judgement":
            return f"{('best', 'worst')[int(left) - 1]}.{options[right]}"
        return f"{options[chr(ord('a') + int(left) - 1)]}.{targets[right]}"

    def read(text: str) -> tuple[str, ...]:
        if question["type"] in ("numeric", "short-text"):
            return (text,)
        if question["type"] == "true-false":
            return ({"t": "true", "f": "false"}[text],)
        if question["type"] in ("matching", "judgement"):
            return tuple(map(pair, text.split(",")))
        return tuple(options[letter] for letter in text.split(","))

    return read
