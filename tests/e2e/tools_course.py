"""A masterclass with the authors' guide's own tools and film on a page each, and the film's words as a sound."""

from __future__ import annotations

import io
import math
import shutil
import wave
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from channels import Course
from journey_fixtures import ROOT, unpacked
from test_docs import block_examples

TOOLS = ("chooser", "contrast", "media")
SECONDS = 2
CAPTIONS = (
    "WEBVTT\n\n00:00.000 --> 00:01.000\nIt is the first time\n\n00:01.000 --> 00:02.000\nthat I have gone out alone.\n"
)


def sound() -> bytes:
    """Two seconds of a low hum: 8 kB."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(4000)
        file.writeframes(bytes(128 + int(20 * math.sin(n / 4)) for n in range(4000 * SECONDS)))
    return made.getvalue()


def build(project: Path, masterclass: Callable[..., Result]) -> Course:
    folder = project / "masterclasses" / "valid"
    shutil.copytree(ROOT / "tests/cases/valid", folder)
    (project / "content").mkdir()
    (project / "content/index.md").write_text("# Home\n\n[Tools](masterclasses/valid/index.md)\n", "utf-8")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(f"site_url: https://example.org/\n{settings}", "utf-8")
    shutil.copytree(ROOT / "content/authors/media", folder / "media")
    (folder / "media/hum.wav").write_bytes(sound())
    (folder / "media/hum.vtt").write_text(CAPTIONS, "utf-8")
    shown = [(name, name, text.replace("HOU1", "FACT1")) for name, text in block_examples() if name in TOOLS]
    [film] = [text for name, _, text in shown if name == "media"]
    hum = film.replace("sam.webm ", "hum.wav ").replace("sam.vtt", "hum.vtt").replace("poster: media/sam.jpg", "#")
    for place, (page, name, fence) in enumerate([*shown, ("sound", "media", hum)], start=2):
        text = f"---\nid: the-{page}\ntitle: The {page}\n---\nBefore it.\n\n```{name}\n{fence}```\n"
        (folder / f"{place:02}-{page}.md").write_text(text, "utf-8")
    result = masterclass("build", "--out", project / "out", cwd=project)
    assert result.exit_code == 0, result.output
    ident = next((project / "out/packages").glob("*-scorm12.zip")).name.split("-1.0.0")[0]
    return unpacked(ident, project / "out")
