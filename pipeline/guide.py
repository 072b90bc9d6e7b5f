"""The authors' guide: beside the source of each example stands what becomes of it, ready to be tried.

A page with the comment ``<!-- examples -->`` is its own little masterclass: its examples of masterclass.yml and of facts,
and one page made of its examples of blocks and questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import Markup

from .assemble import assemble
from .files import text_file as text
from .files import write
from .load import load
from .problems import Problem, has_errors
from .render import RenderedCourse, render, with_links

MARK = "<!-- examples -->"
PAGE = "examples"
NEED_FILES = ("quiz", "final-check", "plan-check", "media", "session")
"""Blocks whose examples name files that a guide does not have."""
_EXAMPLE = re.compile(
    r"^(?:````text\n(?P<block>```(?P<name>[\w-]+)\n.*?^```)\n````|```yaml question\n(?P<question>.*?)^```)$",
    re.MULTILINE | re.DOTALL,
)
_RESULT = re.compile(r"<p>example-begins-(\d+)</p>(.*?)<p>example-ends-\1</p>", re.DOTALL)
_FRONT = "---\nid: examples\ntitle: Examples\n---\n"


@dataclass(frozen=True)
class Guide:
    rendered: RenderedCourse
    results: dict[int, str]
    """What examples became, by their number in the guide."""
    sources: str
    """The list of what their citations cite."""


def guide(markdown: str, problems: list[Problem]) -> Guide | None:
    """The masterclass that the guide's examples make together; None when they make none."""
    found = _EXAMPLE.finditer(markdown)
    shown = [(n, each) for n, each in enumerate(found) if each["name"] not in NEED_FILES]
    page = "".join(f"example-begins-{n}\n\n{_fence(each)}\n\nexample-ends-{n}\n\n" for n, each in shown)
    files = {
        "masterclass.yml": _yaml(markdown, "id"),
        "facts.yml": _yaml(markdown, "- key"),
        f"01-{PAGE}.md": _FRONT + page,
    }
    with TemporaryDirectory() as folder:
        write(Path(folder), [text(name, content) for name, content in files.items()])
        said: list[Problem] = []
        sources = load(Path(folder), said, "the guide's examples")
        course = assemble(sources, "https://guide.invalid", said) if sources else None
        problems += said
        if course is None or has_errors(said):
            return None
    rendered = render(course)
    article = rendered.pages[0].article
    cited = re.search(r'<section class="sources".*?</section>', article, re.DOTALL)
    return Guide(rendered, {int(n): html for n, html in _RESULT.findall(article)}, cited[0] if cited else "")


def _fence(example: re.Match[str]) -> str:
    if example["block"]:
        return example["block"]
    return f"```quiz\n{example['question']}```"


def _yaml(markdown: str, begins: str) -> str:
    found = re.search(rf"^```yaml\n({begins}: .*?)^```$", markdown, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def with_places(markdown: str) -> str:
    """The page with a place for each example's result after its source."""
    numbers = iter(range(len(_EXAMPLE.findall(markdown))))
    placed = _EXAMPLE.sub(lambda each: f"{each[0]}\n\n<!--result:{next(numbers)}-->\n", markdown)
    return re.sub(r"^```yaml \w+$", "```yaml", placed, flags=re.MULTILINE)  # more than a language is no fence to MkDocs


def shown(html: str, made: Guide, folder: str) -> Markup:
    """The guide's page with its results, as one article that the player starts; `folder` holds the course's files."""
    course = made.rendered.course

    def result(match: re.Match[str]) -> str:
        found = made.results.get(int(match[1]))
        return (
            f'<div class="example-result"><p class="example-title">What becomes of it</p>{found}</div>' if found else ""
        )

    body = with_links(re.sub(r"<!--result:(\d+)-->", result, html) + made.sources, lambda _: "#", f"{folder}media/")
    wrapper = Markup(
        '<div class="masterclass guide" data-masterclass data-course="{}course.json" data-course-title="{}" '
        'data-adapter="local"><div class="notice" data-notice role="status" hidden></div>'
        '<article data-page="{}">{}</article></div>'
    )
    return wrapper.format(folder, course.title, PAGE, body)
