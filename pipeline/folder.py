"""A masterclass's folder on disk: its texts, and the media that may go into a package."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from os.path import normpath
from pathlib import Path, PurePosixPath

from . import located, yaml_advice
from .course import Source
from .problems import WARNING, Problem, did_you_mean

# Characters of web pages and old printers that Python and YAML take for ends of lines and editors do not.
_ONE_LINE = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
# SCORM packages: names that every server, LMS and zip tool takes (standards: no spaces, no '&').
_SAFE_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
"""What .docx and .odt, .doc, and .rtf files begin with."""
_AS_UTF8 = "save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff"}
HEAVY_PICTURE = 1_000_000
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def inside(folder: Path, name: str) -> bool:
    """Whether a name written by an author stays in the masterclass's folder."""
    if "\\" in name or "\0" in name:
        return False
    if _SAFE_NAME.match(name) and not (folder / name).is_symlink():
        return True
    try:
        return (folder / name).resolve().is_relative_to(folder.resolve())
    except OSError:
        return False


def _beside(folder: Path, name: str) -> bool:
    """Whether it names a file that stands beside the folder itself."""
    return re.fullmatch(r"\.\./[A-Za-z0-9][A-Za-z0-9._-]*", name) is not None and inside(folder.parent, name[3:])


def _is_safe(name: str) -> bool:
    return _SAFE_NAME.match(name) is not None and name.split(".")[0].lower() not in _RESERVED


def safe_name(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    better = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-._") or "file"
    return f"the-{better}" if better.split(".")[0].lower() in _RESERVED else better


def _not_utf8(content: bytes, at: int, shown: str) -> Problem:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _utf16(shown)
    line = content[:at].count(b"\n") + 1
    found = f"byte 0x{content[at]:02x}"
    meant = content[at : at + 1].decode("cp1252", errors="ignore")
    said = f"this file is not UTF-8: {found}" + (
        f", which is '{meant}' in Windows-1252" if meant.isprintable() and meant else ""
    )
    return Problem(Source(shown, line), said, _AS_UTF8, "encoding")


def _utf16(shown: str) -> Problem:
    return Problem(Source(shown), "this file is UTF-16, expected UTF-8", _AS_UTF8, "encoding")


def _text(content: bytes, shown: str) -> str | Problem:
    if len(content) > 4 * located.MAX_CHARACTERS:
        message = f"this file has {len(content):,} bytes; at most {4 * located.MAX_CHARACTERS:,} are read"
        return Problem(Source(shown), message, "split it", "too-large")
    if content.startswith(_PACKED):
        how = "copy its words into a new file in a text editor such as Notepad, and keep that under this name"
        return Problem(
            Source(shown), "this is a document of Word or another program, expected plain text", how, "encoding"
        )
    try:
        if content[:200].count(b"\0") * 4 > len(content[:200]):
            return _utf16(shown)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(content, error.start, shown)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_ONE_LINE)
    for number, line in enumerate(text.split("\n"), start=1):
        hidden = yaml_advice.hidden(line)
        if hidden:
            hint = "delete it, or write the words round it anew"
            return Problem(Source(shown, number), f"this line holds {hidden}", hint, "encoding")
    return text


_OURS = (".yml", ".md", ".vtt")


def _otherwise(name: str) -> tuple[str, ...]:
    return f"{name}.txt", name.removesuffix(".txt"), f"{name.removesuffix('.yml')}.yaml"


class Folder:
    """Reads texts, keeping what it has read and saying what it could not."""

    def __init__(self, path: Path, name: str, problems: list[Problem]) -> None:
        self.path = path
        self.name = name
        """As problems name it."""
        self.problems = problems
        self.texts: dict[str, str] = {}

    def text(self, name: str, asked_at: Source | None = None, shared: bool = False) -> str | None:
        """A file's text with ``\\n`` line ends and no byte order mark; None after a problem.

        A `shared` one may stand beside the masterclasses' folders: ``../NAME``.
        """
        shown = normpath(f"{self.name}/{name}")
        at = asked_at or Source(shown)
        if not inside(self.path, name) and not (shared and _beside(self.path, name)):
            message = f"'{name}' leads outside the masterclass's folder"
            hint = "write the path with / and keep the file inside the masterclass's folder"
            self.problems.append(Problem(at, message, hint, "outside-folder"))
            return None
        try:
            content = (self.path / name).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            self.problems.append(Problem(at, f"file '{name}' does not exist", self._meant(name), "missing-file"))
            return None
        read = _text(content, shown)
        if isinstance(read, Problem):
            self.problems.append(read)
            return None
        self.texts[name] = read
        return read

    def _meant(self, name: str) -> str:
        """Windows hides the end of a name, and so what Notepad puts after it."""
        other = next((other for other in _otherwise(name) if (self.path / other).is_file()), None)
        if other is None:
            return did_you_mean(name, self._like(name))
        return f"there is '{other}': rename it to {name}" if name.endswith(_OURS) else f"write: {other}"

    def _like(self, name: str) -> list[str]:
        """The files of the same kind."""
        suffix = PurePosixPath(name).suffix
        return sorted(path.relative_to(self.path).as_posix() for path in self.path.rglob(f"*{suffix}"))

    def _weigh(self, name: str, path: Path) -> None:
        size = path.stat().st_size
        if path.suffix.lower() in _PICTURES and size > HEAVY_PICTURE:
            self.problems.append(
                Problem(
                    Source(f"{self.name}/{name}"),
                    f"this picture has {size / 1e6:.1f} MB: learners wait for it, and it is in every package",
                    f"save it smaller: 1,600 pixels across, as JPEG or WebP, have less than {HEAVY_PICTURE / 1e6:.0f} MB",
                    "heavy-picture",
                    WARNING,
                )
            )

    def media(self) -> tuple[tuple[str, Path], ...]:
        found = []
        for path in sorted((self.path / "media").rglob("*")):
            name = path.relative_to(self.path).as_posix()
            if not path.is_file() or path.name.startswith("."):
                continue
            unfit = self._unfit(name, path)
            if unfit is not None:
                self.problems.append(unfit)
            else:
                self._weigh(name, path)
                found.append((name, path))
        self.problems += self._alike([name for name, _ in found])
        return tuple(found)

    def _unfit(self, name: str, path: Path) -> Problem | None:
        at = Source(f"{self.name}/{name}")
        bad = [part for part in name.split("/") if not _is_safe(part)]
        if bad:
            message = f"the name '{bad[0]}' is not safe in a SCORM package"
            hint = f"use letters, digits, '-', '_' and '.'; rename it to {safe_name(bad[0])}"
            return Problem(at, message, hint, "bad-name")
        if not path.resolve().is_relative_to(self.path.resolve()):
            message = f"'{name}' is a link that leads outside the masterclass's folder"
            return Problem(at, message, "copy the file here instead", "outside-folder")
        return None

    def _alike(self, names: list[str]) -> Iterator[Problem]:
        folded: dict[str, str] = {}
        for name in names:
            first = folded.setdefault(name.lower(), name)
            if first != name:
                message = f"'{first}' and '{name}' differ only in capitals"
                hint = "rename one: many servers take them for the same file"
                yield Problem(Source(f"{self.name}/{name}"), message, hint, "bad-name")
