"""RenderedCourse → the files of a package: one document for the LMS, its pages, the player, the media."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from markupsafe import Markup

from . import assets
from .blocks import PRACTICE
from .course import Course, Page, blocks
from .files import File, text_file
from .player_data import course_json
from .practice.paper import papers
from .render import RenderedCourse, practice_styled, with_links
from .side_channel import Side
from .targets import PRESETS, Target
from .templates import environment

STYLES = ("tokens.css", "package.css", "blocks.css")


def content(rendered: RenderedCourse) -> list[File]:
    """What every package of a course holds, whatever its format; made once for all of them."""
    course = rendered.course
    addresses = {page.page.id: page.page.id + ".html" for page in rendered.pages}
    template = environment().get_template("standalone.html.jinja")
    pages = [
        text_file(
            f"pages/{page.page.id}.html",
            template.render(
                course=course,
                page=page.page,
                styles=_styles_of(page.page),
                article=with_links(page.article, addresses.__getitem__, "../media/"),
            ),
        )
        for page in rendered.pages
    ]
    return [
        text_file("course.json", course_json(course)),
        *(text_file(name, _style(name)) for name in _styles_of(*course.pages)),
        File("player.js", _script("player.js")),
        *(File(name, _script(name)) for name in _bundles(course)),
        *pages,
        *(File(name, path.read_bytes()) for name, path in course.media),
        *papers(course),
    ]


def package(
    rendered: RenderedCourse, shared: list[File], target: Target, preset: str = "", side: Side | None = None
) -> list[File]:
    """Everything in a package's zip; index.html, the launch file, first. `shared` is the course's `content`."""
    course = rendered.course
    first, *_ = rendered.pages
    beside = side if target.SIDE_CHANNEL else None
    shell = (
        environment()
        .get_template("index.html.jinja")
        .render(
            course=course,
            page=first.page,
            pages=course.pages,
            styles=_styles_of(*course.pages),
            article=with_links(first.article, "pages/{}.html".format, "media/"),
            adapter=target.ADAPTER,
            csp=Markup(f"{target.CSP}; connect-src 'self' {beside.origin}" if beside else target.CSP),
            side=beside,
            note=PRESETS[preset].note if preset else "",
            data=_as_text(course_json(course)),
        )
    )
    files = [text_file("index.html", shell), *shared]
    return [*files, *target.manifest(course, [file.path for file in files])]


def _as_text(json: str) -> Markup:
    """In HTML, where quotes may stay as they are."""
    return Markup(json.replace("&", "&amp;").replace("<", "&lt;"))


def _styles_of(*pages: Page) -> list[str]:
    return ["package.css", *(["practice.css"] if any(map(practice_styled, pages)) else [])]


@cache
def _style(name: str) -> str:
    names = STYLES if name == "package.css" else (name,)
    return "".join((assets.package() / each).read_text(encoding="utf-8") for each in names)


def _bundles(course: Course) -> list[str]:
    return sorted({PRACTICE[block.type] for _, block in blocks(course) if block.type in PRACTICE})


@cache
def _script(name: str) -> bytes:
    return assets.script(name).read_bytes()


def dated(course: Course) -> datetime:
    """What stands beside the files in a zip: a time made from the version, since builds know no day.

    LMSs that keep it hand it to browsers. Those hold a file without an age limit for a tenth of its age, so it is no
    date of long ago; and ask whether it is newer than theirs, so a later release has a later one.
    """
    major, minor, patch = (min(int(number), 99) for number in course.version.split("."))
    return datetime(2026, 1, 1) + timedelta(hours=major * 2_000 + minor * 20 + min(patch, 19))


def file_name(course: Course, format_: str, preset: str = "") -> str:
    return f"{course.id}-{course.version}-{format_}{'-' + preset if preset else ''}.zip"
