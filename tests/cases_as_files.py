"""Reads tests/cases/*.yml: the files an author changes in the folder ``valid`` beside them, and what is then said.

A file is written as text, or as a mapping with ``text`` and one of: ``encoding``, ``line_ends: crlf``, ``times``
(the text repeated), ``link_to`` (a symbolic link); null takes it away. A case with ``as_of`` is checked for a release on
that day.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from pipeline import project
from pipeline.problems import Problem
from pipeline.settings import Settings

CASES = Path(__file__).resolve().parent / "cases"
VALID = CASES / "valid"


@dataclass(frozen=True)
class Case:
    path: Path
    line: int
    name: str
    files: dict[str, Any]
    expect: str
    as_of: date | None = None

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line} {self.name}"


def cases(folder: Path = CASES) -> list[Case]:
    return [case for path in sorted(folder.glob("*.yml")) for case in _read(path)]


def _read(path: Path) -> Iterator[Case]:
    text = path.read_text(encoding="utf-8")
    line = 1
    for document in _documents(text):
        written = yaml.safe_load(document)
        yield Case(path, line, written["case"], written["files"], written["expect"], written.get("as_of"))
        line += document.count("\n")


def _documents(text: str) -> list[str]:
    """Each with its line ``---`` at the front, so that lines can be counted by adding up."""
    return re.split(r"(?<=\n)(?=---\n)", text)


def update(path: Path, said: dict[str, str]) -> None:
    """Write what is said now into the cases of a file; ``expect`` stands last in each."""
    documents = []
    for document in _documents(path.read_text(encoding="utf-8")):
        head, _, _ = document.partition("\nexpect:")
        lines = "".join(f"  {line}\n" if line else "\n" for line in said[yaml.safe_load(head)["case"]].splitlines())
        documents.append(f"{head}\nexpect: |\n{lines}")
    path.write_text("".join(documents), encoding="utf-8", newline="\n")


def lay_out(case: Case, root: Path) -> Path:
    """The case's masterclass as a folder of `root`."""
    folder = root / "masterclasses" / VALID.name
    shutil.copytree(case.path.parent / VALID.name, folder)
    for name, written in case.files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if written is None:
            place.unlink()
        elif isinstance(written, str):
            place.write_bytes(written.encode())
        elif "link_to" in written:
            place.symlink_to(written["link_to"])
        else:
            text = written["text"] * written.get("times", 1)
            if written.get("line_ends") == "crlf":
                text = text.replace("\n", "\r\n")
            place.write_bytes(text.encode(written.get("encoding", "utf-8")))
    return folder


def problems_in(root: Path, as_of: date | None = None, writing: bool = False) -> list[Problem]:
    """As ``masterclass check`` finds them, each once; how things are written only with `writing`."""
    problems: list[Problem] = []
    settings = Settings(root, root / "masterclasses", iri_base="https://example.org")
    project.courses(settings, (), problems, as_of, writing)
    return list(dict.fromkeys(problems))
