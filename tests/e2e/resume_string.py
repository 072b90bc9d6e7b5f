"""Reads a resume string by its description in CONTRIBUTING.md, so that tests can say what it holds."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from statement_shape import Json

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
NIBBLES = "0123456789.-"
LEVELS = ("low", "medium", "high")


@dataclass
class State:
    completed: bool
    passed: bool
    submitted: bool
    ended: bool
    page: str | None
    attempt: int
    best: float | None
    seen: list[str]
    answers: dict[str, list[str]] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    confidence: dict[str, str] = field(default_factory=dict)
    stories: dict[str, list[int]] = field(default_factory=dict)
    """By scenario, the numbers of the choices made in the present run."""
    finished: set[str] = field(default_factory=set)
    planned: set[str] = field(default_factory=set)
    """The plans that were made."""


class Bits:
    """Base64url characters as a stream of bits; past the end there are zeros."""

    def __init__(self, text: str) -> None:
        self._bits = "".join(f"{ALPHABET.index(character):06b}" for character in text)

    def take(self, count: int) -> int:
        taken, self._bits = self._bits[:count], self._bits[count:]
        return int(taken.ljust(count, "0") or "0", 2)


def read(text: str, course: Json) -> State:
    assert text[:7] == "1" + course["lineage"]
    assert text[-4:] == _checksum(text[:-4])
    bits = Bits(text[7:-4])
    bits.take(32)  # the seed says nothing to a test
    flags = bits.take(8)
    pages = {page["slot"]: page["id"] for page in course["pages"]}
    state = State(
        completed=bool(flags & 1),
        passed=bool(flags & 2),
        submitted=bool(flags & 4),
        ended=bool(flags & 8),
        page=pages.get(bits.take(10) - 1),
        attempt=bits.take(8),
        best=None,
        seen=[],
    )
    best = bits.take(14)
    state.best = (best - 1) / 10_000 if best else None
    state.seen = [pages[slot] for slot in range(bits.take(10)) if bits.take(1) and slot in pages]
    questions = {question["slot"]: question for question in course["questions"]}
    retired = {question["slot"]: question for question in course["retired"]}
    for slot in range(bits.take(12)):
        if bits.take(1):
            _answer(bits, questions.get(slot), retired.get(slot), state)
    scenarios = {block["slot"]: block["id"] for block in course["blocks"] if block["type"] == "scenario"}
    for slot in range(bits.take(6)):
        if bits.take(1):
            finished, _runs = bits.take(1), bits.take(2)
            state.stories[scenarios[slot]] = [bits.take(6) for _ in range(bits.take(5))]
            state.finished |= {scenarios[slot]} if finished else set()
    plans = {block["slot"]: block["id"] for block in course["blocks"] if block["type"] == "plan"}
    state.planned = {plans[slot] for slot in range(bits.take(6)) if bits.take(1) and slot in plans}
    return state


def _answer(bits: Bits, question: Json | None, retired: Json | None, state: State) -> None:
    tries = bits.take(2) + 1
    level = LEVELS[bits.take(2)] if bits.take(1) else None
    letters = _letters(bits, (question or retired or {})["type"])
    if question is None:
        return
    state.answers[question["id"]] = _tokens(question, letters)
    state.tries[question["id"]] = tries
    if level:
        state.confidence[question["id"]] = level


def _letters(bits: Bits, kind: str) -> list[str]:
    """The response with letters in place of ids."""

    def letter() -> str:
        number = bits.take(5)
        return chr(ord("a") + number) if number < 31 else ""

    if kind == "multiple":
        highest = bits.take(5)
        return [chr(ord("a") + place) for place in range(highest + 1) if bits.take(1)]
    if kind == "matching":
        pairs = [(chr(ord("a") + place), letter()) for place in range(bits.take(5) + 1)]
        return [f"{left}.{right}" for left, right in pairs if right]
    if kind == "ordering":
        return [letter() for _ in range(bits.take(5))]
    if kind == "judgement":
        return [letter(), letter()]
    if kind == "numeric":
        typed = ""
        while (nibble := bits.take(4)) < len(NIBBLES):
            typed += NIBBLES[nibble]
        return [typed]
    return [letter()]


def _tokens(question: Json, letters: list[str]) -> list[str]:
    options = {letter: option for option, letter in question.get("options", [])}
    targets = {letter: target for target, letter in question.get("targets", [])}
    kind = question["type"]
    if kind == "numeric":
        return letters
    if kind == "short-text":
        answers = {answer["letter"]: answer["id"] for answer in question["answers"]}
        return [answers[letters[0]] if letters[0] else "other"]
    if kind == "matching":
        return [f"{options[left]}.{targets[right]}" for left, right in (pair.split(".") for pair in letters)]
    if kind == "judgement":
        return [f"best.{options[letters[0]]}", f"worst.{options[letters[1]]}"]
    return [options[letter] for letter in letters]


def _checksum(text: str) -> str:
    """24 bits of FNV-1a over the characters, as four base64url characters."""
    found = 0x811C9DC5
    for byte in text.encode("ascii"):
        found = ((found ^ byte) * 0x01000193) & 0xFFFFFFFF
    return base64.urlsafe_b64encode((found & 0xFFFFFF).to_bytes(3, "big")).decode()
