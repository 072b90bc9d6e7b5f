"""A question as the rules of item writing see it: its words, without their HTML."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..course import Block, Question, Source
from ..questions import QuestionRecord
from . import words


@dataclass(frozen=True)
class Finding:
    source: Source
    message: str
    hint: str


@dataclass(frozen=True)
class Choice:
    """An option, or an answer that may be typed."""

    id: str
    text: str
    feedback: str
    right: bool
    source: Source


@dataclass(frozen=True)
class Item:
    question: Question
    record: QuestionRecord
    block: Block

    @cached_property
    def stem(self) -> str:
        return words.plain(f"{self.question.prompt}\n{self.question.more}")

    @cached_property
    def asked(self) -> str:
        """The last sentence of the prompt's heading: most often the question itself."""
        return (words.sentences(words.plain(self.question.prompt)) or [""])[-1]

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        right = {token.removeprefix("best.") for response in self.question.key for token in response}
        at = self.record.written.at("answers")
        options = (
            Choice(o.id, words.plain(o.text), words.plain(o.feedback), o.id in right, o.source)
            for o in self.question.options
        )
        answers = (Choice(a.id, "", words.plain(a.feedback), a.correct, at) for a in self.question.answers)
        return (*options, *answers)

    @cached_property
    def right(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.right)

    @cached_property
    def wrong(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if not choice.right)

    @property
    def chosen_from(self) -> bool:
        """Whether a learner picks from options that stand side by side and could give the key away."""
        return self.question.type in ("single", "multiple", "judgement")

    def at(self, name: str) -> Source:
        return self.record.written.at(name)
