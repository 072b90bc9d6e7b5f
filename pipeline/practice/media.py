"""Recordings: a local film or sound with captions and a transcript, never needed to complete anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..content import Prose
from ..course import Course, Source, blocks
from ..mappings import RecordOf
from ..problems import Problem, did_you_mean
from ..scalars import Ident, Text
from ..shapes import Record, key
from .making import Making

if TYPE_CHECKING:
    from ..sources import Sources

TYPES = {
    ".mp4": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".wav": "audio/wav",
}  # fmt: skip
_NAME = Text(markdown=False, max=255)
_TIME = r"(?:(\d{2,}):)?(\d\d):(\d\d)\.(\d{3})"
_CUE = re.compile(rf"^{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?$")


@dataclass(frozen=True, kw_only=True)
class MediaRecord(Record):
    id: str = key(Ident(), "Stable id of the recording; made from the page's id when left out", default="")
    title: str = key(_NAME, "Heading of the recording")
    about: str = key(Text(), "What it shows, and how long it takes", default="")
    file: str = key(_NAME, "The film or sound, a file under media/")
    captions: str = key(_NAME, "Its captions, a WebVTT file under media/")
    transcript: str = key(Text(), "All that is said, and shown where that matters")
    poster: str = key(_NAME, "A picture shown before a film begins, a file under media/", default="")


@dataclass(frozen=True)
class Media:
    title: str
    about: Prose
    file: str
    type: str
    captions: str
    transcript: Prose
    poster: str
    places: tuple[tuple[str, Source], ...]
    """The files it names, and where."""

    @property
    def sound(self) -> bool:
        return self.type.startswith("audio/")


MEDIA = RecordOf(MediaRecord, "media")


def media(record: MediaRecord, making: Making) -> Media:
    suffix = PurePosixPath(record.file).suffix.lower()
    if suffix not in TYPES:
        message = f"'{record.file}' is not a film or a sound that every browser plays"
        at = record.written.at("file")
        making.problems.append(Problem(at, message, f"use one of: {', '.join(TYPES)}", "wrong-kind"))
    named = [
        ("file", record.file),
        ("captions", record.captions),
        *([("poster", record.poster)] if record.poster else []),
    ]
    return Media(
        title=record.title,
        about=making.prose(record, "about"),
        file=record.file,
        type=TYPES.get(suffix, ""),
        captions=record.captions,
        transcript=making.prose(record, "transcript"),
        poster=record.poster,
        places=tuple((name, record.written.at(word)) for word, name in named),
    )


def files(sources: Sources, course: Course) -> Iterator[Problem]:
    there = dict(course.media)
    for _, block in blocks(course):
        if not isinstance(block.content, Media):
            continue
        for name, at in block.content.places:
            if re.match(r"[a-z]+:|//", name):
                hint = "copy it to media/ and name it here: packages must work without another site"
                yield Problem(at, f"'{name}' is on another site", hint, "remote-media")
            elif name not in there:
                near = did_you_mean(name if name.startswith("media/") else f"media/{name}", there)
                yield Problem(
                    at, f"'{name}' is not a file of this masterclass", near or "put it into media/", "missing-file"
                )
        captions = there.get(block.content.captions)
        if captions is not None:
            at = dict(block.content.places)[block.content.captions]
            shown = f"{sources.name}/{block.content.captions}"
            yield from _captions(captions.read_bytes(), shown, at)


def _captions(content: bytes, shown: str, at: Source) -> Iterator[Problem]:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        yield Problem(Source(shown), "these captions are not UTF-8", "save them as UTF-8", "encoding")
        return
    if not lines or not re.match(r"WEBVTT(?:[ \t]|$)", lines[0]):
        hint = "its first line is: WEBVTT; most editors of captions can save as WebVTT"
        yield Problem(Source(shown, 1), "this is not a WebVTT file", hint, "wrong-kind")
        return
    before, cues = 0.0, 0
    for number, line in enumerate(lines, start=1):
        if "-->" not in line:
            continue
        times = _CUE.match(line.strip())
        if times is None:
            yield Problem(
                Source(shown, number),
                f"these are no times of a caption: {line.strip()}",
                "write: 00:01.000 --> 00:04.500",
                "bad-text",
            )
            return
        start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
        if end <= start or start < before:
            said = "ends before it begins" if end <= start else "begins before the one above it"
            yield Problem(Source(shown, number), f"this caption {said}", "put the times right", "bad-text")
        if not "".join(lines[number : number + 1]).strip():
            yield Problem(
                Source(shown, number), "this caption says nothing", "write what is said below its times", "empty"
            )
        before, cues = start, cues + 1
    if not cues:
        yield Problem(at, f"'{shown.rsplit('/', 1)[-1]}' has no captions", "write what is said, with times", "empty")


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


CHECKS = (files,)
