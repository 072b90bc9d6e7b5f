"""Files as values, zips with the same bytes everywhere, and folders replaced in whole."""

from __future__ import annotations

import hashlib
import shutil
import struct
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class File:
    """A path with ``/`` inside a site or package, and what is in it."""

    path: str
    content: bytes


def text_file(path: str, text: str) -> File:
    return File(path, text.encode())


NO_DAY = datetime(1980, 1, 1)
"""The first day a zip can name: the same input gives the same bytes on every day."""
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8


Member = tuple[int, int, bytes]
"""(method, CRC, packed bytes) of a file in a zip."""


def member(content: bytes) -> Member:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    crc = zlib.crc32(content)
    return (_DEFLATED, crc, packed) if len(packed) < len(content) else (_STORED, crc, content)


def zipped(files: Sequence[File], pack: Callable[[bytes], Member] = member, on: datetime = NO_DAY) -> bytes:
    """A zip of `files` in their order, depending on nothing but them and a date (PKWARE's APPNOTE, without extras).

    `pack` may remember: the four packages of a course hold mostly the same files.
    """
    body, directory = bytearray(), bytearray()
    time, day = on.hour << 11 | on.minute << 5, on.year - NO_DAY.year << 9 | on.month << 5 | on.day
    for file in files:
        name = file.path.encode()
        method, crc, packed = pack(file.content)
        common = struct.pack(
            "<HHHHHIIIHH", 20, _UTF8, method, time, day, crc, len(packed), len(file.content), len(name), 0
        )
        directory += struct.pack("<IH", 0x02014B50, 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        body += struct.pack("<I", 0x04034B50) + common + name + packed
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(files), len(files), len(directory), len(body), 0)
    return bytes(body + directory + end)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write(folder: Path, files: Iterable[File]) -> None:
    for file in files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)


@contextmanager
def workspace(out: Path) -> Iterator[Path]:
    """A folder beside `out`'s content to build in; gone afterwards, whatever happened."""
    out.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def swap_in(made: Path, place: Path) -> None:
    """Put a finished folder where an older one may stand."""
    old = made.with_name(made.name + ".old")
    if place.exists():
        place.replace(old)
    made.replace(place)
    shutil.rmtree(old, ignore_errors=True)
