"""Whatever happens to an author's files, the answer is problems with a place or packages, never a traceback."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import build, project
from pipeline.problems import Problem, as_github, as_json, as_text, has_errors
from pipeline.settings import Settings
from pipeline.targets import TARGETS

ROOT = Path(__file__).resolve().parent.parent
COURSE = ROOT / "tests" / "courses" / "every-type"
MUTATIONS = 2_000
SEED = 20_260_101

Mutation = Callable[[random.Random, str], str]

ODD = [
    "\t", "\u00a0", "\u200b", "\ufeff", "\u2028", "\x00", "\x02", "\x03", "\x7f", "“", "”", "’", "–", "…", "£", "é", "𝒜", "\u202e", ":", ": ", "- ",
    " #", "#", "'", '"', "{", "}", "[", "]", ",", "&", "*", "!", "|", ">", "%", "@", "`", "```", "~~~", "<", "<b>", "<!--block:0-->",
    "---\n", "\\", "\\0", "../", "media/", "page:", "[@TEST1]", "[@NONE]", "[x](", "![](", "{: style=x }", "!!! note", "=== \"A\"", "\n\n", "\r", " ",
]  # fmt: skip
VALUES = [
    "", "null", "true", "yes", "no", "~", "0", "1", "-1", "2.5", "1e9", "999999999999", "nan", ".inf", "0x1F", "1_000", "2026-13-45",
    "[]", "{}", "[[]]", "{a: b}", "- a", "single", "numeric", "rating", "other", "pre", "a-b", "A", "é", "x" * 300, '"\\uD800"', '"\\x07"',
    "&a [*a]", "!!python/name:os.system", "| \n", ">-", "../../etc/passwd", "bank.quiz.yml", "01-start.md", "tell", "count", "pre-panel",
]  # fmt: skip


def _line(rng: random.Random, lines: list[str]) -> int:
    return rng.randrange(len(lines))


def delete_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    del lines[_line(rng, lines)]
    return "\n".join(lines)


def double_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = _line(rng, lines)
    return "\n".join([*lines[: at + 1], *lines[at:]])


def swap_lines(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    a, b = _line(rng, lines), _line(rng, lines)
    lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(lines)


def indent_line(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = _line(rng, lines)
    lines[at] = rng.choice([lines[at].lstrip(), "  " + lines[at], " " + lines[at], "    " + lines[at], lines[at][1:]])
    return "\n".join(lines)


def join_lines(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    at = _line(rng, lines)
    return "\n".join([*lines[:at], " ".join(lines[at : at + 2]), *lines[at + 2 :]])


def double_block(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    at, size = _line(rng, lines), rng.randrange(1, 12)
    return "\n".join([*lines[: at + size], *lines[at:]])


def insert_odd(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(ODD) * rng.choice([1, 1, 1, 2, 40]) + text[at:]


def insert_unicode(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    points = [
        rng.choice([rng.randrange(0x20), rng.randrange(0xD800), rng.randrange(0xE000, 0x11_0000)]) for _ in range(3)
    ]
    return text[:at] + "".join(map(chr, points)) + text[at:]


def delete_characters(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + text[at + rng.choice([1, 1, 2, 10]) :]


def cut_off(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(len(text) + 1)]


def other_value(rng: random.Random, text: str) -> str:
    places = list(re.finditer(r"(?<=: )[^\n,}\]]+", text))
    if not places:
        return text
    place = rng.choice(places)
    return text[: place.start()] + rng.choice(VALUES) + text[place.end() :]


def swap_values(rng: random.Random, text: str) -> str:
    places = list(re.finditer(r"(?<=: )[^\n,}\]]+", text))
    if len(places) < 2:
        return text
    first, second = sorted(rng.sample(places, 2), key=lambda place: place.start())
    return text[: first.start()] + second[0] + text[first.end() : second.start()] + first[0] + text[second.end() :]


def rename_key(rng: random.Random, text: str) -> str:
    keys = list(re.finditer(r"[\w-]+(?=: )", text))
    if len(keys) < 2:
        return text
    first, second = rng.sample(keys, 2)
    return text[: first.start()] + rng.choice([second[0], first[0][::-1], first[0] + "s"]) + text[first.end() :]


MUTATE: tuple[Mutation, ...] = (
    delete_line, double_line, swap_lines, indent_line, join_lines, double_block, insert_odd, insert_odd, insert_unicode,
    delete_characters, cut_off, other_value, other_value, swap_values, rename_key,
)  # fmt: skip


def mutate_bytes(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.randbytes(rng.choice([1, 4, 64])) + content[at + rng.choice([0, 1, 4]) :]


class Workshop:
    """A copy of a valid masterclass in which one file at a time is changed and put back."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "masterclasses" / COURSE.name
        shutil.copytree(COURSE, self.folder)
        (self.folder / "masterclass.lock").write_text(LOCK, encoding="utf-8")
        self.settings = Settings(root, root / "masterclasses", iri_base="https://example.org")
        self.out = root / "out"
        self.whole = {path: path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file()}
        self.texts = [path for path in self.whole if path.suffix in (".yml", ".md")]

    def check(self, writing: bool = True) -> list[Problem]:
        problems: list[Problem] = []
        project.courses(self.settings, (), problems, writing=writing)
        return problems

    def restore(self, paths: list[Path]) -> None:
        for path in paths:
            path.write_bytes(self.whole[path])


LOCK = '{"format": 1, "version": "0.9.0", "lineage": "Ab3_xZ", "pages": {"start": 0}, "questions": {}}\n'


def change(rng: random.Random, shop: Workshop) -> tuple[list[Path], str]:
    """One to three mutations; the files changed, and what was done in words."""
    if rng.random() < 0.08:
        path = rng.choice(list(shop.whole))
        path.write_bytes(mutate_bytes(rng, path.read_bytes()))
        return [path], f"{path.name}: bytes"
    changed, done = [], []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        path, mutation = rng.choice(shop.texts), rng.choice(MUTATE)
        text = mutation(rng, path.read_bytes().decode())
        path.write_bytes(text.encode(errors="replace"))
        changed.append(path)
        done.append(f"{path.name}: {mutation.__name__}")
    return list(dict.fromkeys(changed)), ", ".join(done)


def misplaced(problems: list[Problem], shop: Workshop) -> list[str]:
    """Problems that point to no file, or past the end of one."""
    found = []
    for problem in problems:
        path = shop.settings.root / problem.source.path
        if not path.exists():
            found.append(f"{problem} names no file")
        elif problem.source.line < 1 or problem.source.column < 1:
            found.append(f"{problem} is before the file")
        elif path.is_file() and problem.source.line > max(1, len(re.split(rb"\r\n|\n|\r", path.read_bytes()))):
            found.append(f"{problem} is after the file")
        elif not problem.message or re.search(r"Traceback|Error\b|object at 0x|INVALID", problem.message):
            found.append(f"{problem} is no message")
    return found


def hurt(shop: Workshop, seed: int, times: int, builds_one_in: int) -> int:
    clean = 0
    for number in range(seed, seed + times):
        rng = random.Random(number)
        changed, done = change(rng, shop)
        try:
            problems = shop.check()
            as_text(problems).encode(), as_json(problems).encode(), as_github(problems).encode()
            assert misplaced(problems, shop) == []
            if not has_errors(problems):
                clean += 1
                if clean % builds_one_in == 0:
                    made = build.build(shop.settings, shop.out, build.Wanted(formats=tuple(TARGETS)), [])
                    assert len(made) == len(TARGETS)
        except Exception as error:
            error.add_note(f"mutation {number}: {done}")
            raise
        finally:
            shop.restore(changed)
    return clean


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def test_unchanged_masterclass_is_clean(shop: Workshop) -> None:
    assert shop.check(writing=False) == []


# In parts, for several workers.
@pytest.mark.parametrize("part", range(4))
def test_mutations(part: int, shop: Workshop) -> None:
    assert hurt(shop, SEED + part * MUTATIONS // 4, MUTATIONS // 4, builds_one_in=10) > 50


@pytest.mark.slow
@pytest.mark.parametrize("part", range(1, 9))
def test_many_mutations(part: int, shop: Workshop) -> None:
    assert hurt(shop, SEED + part * MUTATIONS, MUTATIONS, builds_one_in=25) > 200
