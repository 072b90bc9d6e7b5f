"""A masterclass with each of the authors' guide's own blocks on a page of its own, and the film's words as a sound."""

from __future__ import annotations

import io
import math
import re
import shutil
import wave
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from channels import Course
from journey_fixtures import ROOT, unpacked
from test_docs import GUIDE, block_examples

IDENT = "housing"
LAST = ("final-check", "certificate", "plan-check")
"""The check, what is earned by it, and what is come back to."""
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


def files() -> dict[str, str]:
    """The guide's example masterclass: its YAML, and a page ``the-NAME`` for each block."""
    yaml = re.findall(r"^```yaml(?: (\S+\.yml))?\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
    found = {name: text for name, text in yaml if name}
    [found["masterclass.yml"]] = [text for _, text in yaml if text.startswith("id: ")]
    found["masterclass.yml"] = found["masterclass.yml"].replace(
        "complete_when: {pages: all}", "complete_when: [{pages: all}, {final_check: passed}]"
    )
    found["facts.yml"] = next(text for _, text in yaml if text.startswith("- key: "))
    blocks = {name: text for name, text in block_examples() if name != "session"}
    hum = blocks["media"].replace("sam.webm ", "hum.wav ").replace("sam.vtt", "hum.vtt")
    pages = [("start", "", "")]
    pages += [(name, name, text) for name, text in blocks.items() if name not in LAST]
    pages += [("sound", "media", hum.replace("poster: media/sam.jpg", "#"))]
    pages += [(name, name, blocks[name]) for name in LAST]
    for place, (page, block, text) in enumerate(pages):
        front = f"id: the-{page}\ntitle: The {page}\n" + ("purpose: follow-up\nafter: 7\n" * (page == "plan-check"))
        fence = f"```{block}\n{text}```\n" if block else ""
        found[f"{place:02}-{page}.md"] = f"---\n{front}---\nBefore it.\n\n{fence}"
    return found


def build(project: Path, masterclass: Callable[..., Result]) -> Course:
    folder = project / "masterclasses" / IDENT
    folder.mkdir(parents=True)
    for name, text in files().items():
        (folder / name).write_text(text, "utf-8")
    shutil.copytree(ROOT / "content/authors/media", folder / "media")
    (folder / "media/hum.wav").write_bytes(sound())
    (folder / "media/hum.vtt").write_text(CAPTIONS, "utf-8")
    (project / "content").mkdir()
    (project / "content/index.md").write_text(f"# Home\n\n[Blocks](masterclasses/{IDENT}/index.md)\n", "utf-8")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (project / "mkdocs.yml").write_text(f"site_url: https://example.org/\n{settings}", "utf-8")
    result = masterclass("build", "--out", project / "out", cwd=project)
    assert result.exit_code == 0, result.output
    return unpacked(IDENT, project / "out")
