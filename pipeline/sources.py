"""What one masterclass was written as: its files as located records, before anybody asks what the words mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from .blocks import AskedRecord, BlockRecord
from .cache import Cache
from .course import Source
from .documents.load import LoadedDocument
from .lock import Lock
from .markdown import Rendered, Renderer
from .questions import QuestionRecord
from .records import FactRecord, MasterclassRecord, PageRecord, ReviewRecord

MASTERCLASS_FILE = "masterclass.yml"
REVIEWS_FILE = "reviews.yml"


@dataclass(frozen=True)
class LoadedBlock:
    name: str
    record: BlockRecord
    source: Source
    file: str = ""
    """The file it is written in when that is not the page."""


@dataclass(frozen=True)
class LoadedPage:
    record: PageRecord
    text: str
    """The Markdown after the front matter, for finding the line of a link or a citation."""
    first_line: int
    rendered: Rendered
    blocks: tuple[LoadedBlock | None, ...]
    """One for each fence of `rendered`; None where its YAML could not be read."""
    digest: str
    """Of the page's text and of the question files its blocks name."""
    source: Source

    def line_of(self, needle: str) -> Source:
        before, found, _ = self.text.partition(needle)
        return Source(self.source.path, self.first_line + before.count("\n")) if found else self.source


@dataclass
class Sources:
    """Everything one masterclass was written as."""

    folder: Path
    name: str
    """The folder as problems name it."""
    record: MasterclassRecord
    pages: tuple[LoadedPage, ...]
    questions: dict[str, tuple[QuestionRecord, ...]]
    """By file, relative to the folder; also those of inline blocks, by the block's place."""
    facts: tuple[FactRecord, ...]
    reviews: tuple[ReviewRecord, ...]
    documents: tuple[LoadedDocument, ...]
    """The brief and the facilitators' pack."""
    lock: Lock | None
    media: tuple[tuple[str, Path], ...]
    digest: str
    """Of everything that is not a page, its questions or a fact: masterclass.yml, lock, the pages' names."""
    renderer: Renderer = field(repr=False)
    cache: Cache = field(repr=False)

    def question_records(self) -> list[QuestionRecord]:
        """Every question written, in files and in blocks."""
        return written(self.questions, self.pages)


def written(files: dict[str, tuple[QuestionRecord, ...]], pages: tuple[LoadedPage, ...]) -> list[QuestionRecord]:
    in_files = (q for questions in files.values() for q in questions)
    blocks = (block for page in pages for block in page.blocks if block)
    inline = (q for block in blocks if isinstance(block.record, AskedRecord) for q in block.record.questions)
    return [*in_files, *inline]
