"""The authors' guide: beside the source of each example stands what becomes of it, ready to be tried.

A page with the comment ``<!-- examples -->`` is its own little masterclass: its examples of masterclass.yml and of facts,
the files that its examples name, and pages made of its examples of blocks and questions. All are shown on the one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from markupsafe import Markup

from .assemble import assemble
from .check import check
from .files import File, write
from .files import text_file as text
from .load import load
from .problems import ERROR, Problem, has_errors
from .render import RenderedCourse, render, with_links
from .templates import environment

MARK = "<!-- examples -->"
PAGE = "examples"
PAGES = {"final-check": "02-check", "plan-check": "03-after", "session": "facilitator/01-session"}
"""Examples that stand on a page of their own; all others share the first."""
_EXAMPLE = re.compile(
    r"^(?:````text\n(?P<block>```(?P<name>[\w-]+)\n.*?^```)\n````|```yaml question\n(?P<question>.*?)^```)$",
    re.MULTILINE | re.DOTALL,
)
_FILE = re.compile(r"^```yaml (?P<name>\S+\.yml)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_RESULT = re.compile(r"<p>example-begins-(\d+)</p>(.*?)<p>example-ends-\1</p>", re.DOTALL)


@dataclass(frozen=True)
class Guide:
    rendered: RenderedCourse
    results: dict[int, str]
    """What examples became, by their number in the guide."""
    sources: str
    """The list of what their citations cite."""


def guide(markdown: str, media: Path, problems: list[Problem]) -> Guide | None:
    """The masterclass that the guide's examples make together, with the files of `media`; None when they make none."""
    with TemporaryDirectory() as folder:
        write(Path(folder), list(_files(markdown, media)))
        said: list[Problem] = []
        sources = load(Path(folder), said, "the guide's examples")
        course = assemble(sources, "https://guide.invalid", said) if sources else None
        if sources and course:
            # Examples are small on purpose, which is all that its warnings find.
            said += [problem for problem in check(sources, course) if problem.level == ERROR]
        problems += said
        if course is None or has_errors(said):
            return None
        rendered = render(course)
    made = [page.article for page in rendered.pages] + [document.article for document in rendered.documents]
    results = {int(n): html for article in made for n, html in _RESULT.findall(article)}
    cited = re.search(r'<section class="sources".*?</section>', rendered.pages[0].article, re.DOTALL)
    return Guide(rendered, results, cited[0] if cited else "")


def _files(markdown: str, media: Path) -> Iterator[File]:
    yield text("masterclass.yml", _yaml(markdown, "id"))
    yield text("facts.yml", _yaml(markdown, "- key"))
    for file in _FILE.finditer(markdown):
        yield text(file["name"], file["text"])
    pages = {
        f"01-{PAGE}": f"id: {PAGE}\ntitle: Examples\n",
        PAGES["final-check"]: "id: check\ntitle: Final check\n",
        PAGES["plan-check"]: _front(markdown, "after-7"),
        PAGES["session"]: _front(markdown, "session-plan"),
    }
    shown = {name: f"---\n{front}---\n" for name, front in pages.items() if front}
    for number, example in enumerate(_EXAMPLE.finditer(markdown)):
        page = PAGES.get(example["name"], f"01-{PAGE}")
        shown[page] += f"example-begins-{number}\n\n{_fence(example)}\n\nexample-ends-{number}\n\n"
    yield from (text(f"{name}.md", content) for name, content in shown.items())
    if media.is_dir():
        yield from (File(f"media/{path.name}", path.read_bytes()) for path in sorted(media.iterdir()))


def _fence(example: re.Match[str]) -> str:
    if example["block"]:
        return example["block"]
    return f"```quiz\n{example['question']}```"


def _front(markdown: str, page: str) -> str:
    """The guide's example of front matter that has this id."""
    found = re.search(
        rf"^(?:```yaml page|```text\n---)\n(id: {page}\n.*?)^(?:```|---)$", markdown, re.MULTILINE | re.DOTALL
    )
    return found[1] if found else ""


def _yaml(markdown: str, begins: str) -> str:
    found = re.search(rf"^```yaml\n({begins}: .*?)^```$", markdown, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def with_places(markdown: str) -> str:
    """The page with a place for each example's result after its source."""
    numbers = iter(range(len(_EXAMPLE.findall(markdown))))
    placed = _EXAMPLE.sub(lambda each: f"{each[0]}\n\n<!--result:{next(numbers)}-->\n", markdown)
    return re.sub(r"^```yaml \S+$", "```yaml", placed, flags=re.MULTILINE)  # more than a language is no fence to MkDocs


def shown(html: str, made: Guide, folder: str) -> Markup:
    """The guide's page with its results, as one article that the player starts; `folder` holds the course's files."""
    course = made.rendered.course

    def result(match: re.Match[str]) -> str:
        found = made.results.get(int(match[1]))
        return (
            f'<div class="example-result"><p class="example-title">What learners see</p>{found}</div>' if found else ""
        )

    body = with_links(re.sub(r"<!--result:(\d+)-->", result, html) + made.sources, lambda _: "#", f"{folder}media/")
    wrapper = Markup(
        '<div class="masterclass guide" data-masterclass data-course="{}course.json" data-course-title="{}" '
        'data-adapter="local"><div class="notice" data-notice role="status" hidden></div>'
        '<article data-page="{}">{}</article>{}</div>'
    )
    clear = Markup(environment().get_template("clear.html.jinja").render())
    return wrapper.format(folder, course.title, PAGE, body, clear)
