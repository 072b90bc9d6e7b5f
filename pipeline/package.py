"""RenderedCourse → the files of a package: one document for the LMS, its pages, the player, the media."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from . import assets
from .course import Course
from .files import File, text_file
from .player_data import course_json
from .render import RenderedCourse, environment, with_links
from .targets import PRESETS, Target

STYLES = ("tokens.css", "blocks.css", "package.css")


def package(rendered: RenderedCourse, target: Target, preset: str = "") -> list[File]:
    """Everything in a package's zip; index.html, the launch file, first."""
    course = rendered.course
    addresses = {page.page.id: page.page.id + ".html" for page in rendered.pages}
    first, *_ = rendered.pages
    shell = environment().get_template("index.html.jinja").render(
        course=course,
        page=first.page,
        pages=course.pages,
        article=with_links(first.article, lambda rest: "pages/" + addresses[rest], "media/"),
        adapter=target.ADAPTER,
        csp=Markup(target.CSP),
        note=PRESETS[preset].note if preset else "",
    )
    content = [
        text_file("index.html", shell),
        text_file("course.json", course_json(course)),
        text_file("package.css", _styles()),
        File("player.js", _player()),
        *(text_file(f"pages/{page.page.id}.html", _page(course, page.page.id, page.article, addresses)) for page in rendered.pages),
        *(File(name, path.read_bytes()) for name, path in course.media),
    ]
    return [*content, *target.manifest(course, [file.path for file in content])]


def _page(course: Course, page_id: str, article: Markup, addresses: dict[str, str]) -> str:
    """A page as a small document of its own: the same bytes in every package, so it is packed once."""
    return environment().get_template("standalone.html.jinja").render(
        course=course,
        page=next(page for page in course.pages if page.id == page_id),
        article=with_links(article, lambda rest: addresses[rest], "../media/"),
    )


@cache
def _styles() -> str:
    return "".join((assets.package() / name).read_text(encoding="utf-8") for name in STYLES)


@cache
def _player() -> bytes:
    return assets.player().read_bytes()


def file_name(course: Course, format_: str, preset: str = "") -> str:
    return f"{course.id}-{course.version}-{format_}{'-' + preset if preset else ''}.zip"


