"""The MkDocs plugin, and the only module that imports MkDocs (ProperDocs runs the same code under its own name).

Masterclasses become generated files of the site. Their Markdown never goes through MkDocs: the body that the
packages have is handed over when MkDocs has rendered the page's (empty) text.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs import exceptions
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from . import assets, project
from .course import Heading
from .player_data import course_json
from .problems import ERROR, Problem, count, has_errors
from .project import INVALID_BASE, Settings
from .render import RenderedCourse, RenderedPage, environment, render
from .website import FOLDER, SITE_FILES, Unsearched, overview_page, page_address, site_page

log = get_plugin_logger("masterclass")


class PluginConfig(Config):
    masterclasses = Type(str, default="masterclasses")
    iri_base = Optional(Type(str))


def settings(config_file: Path) -> Settings:
    """What ``mkdocs.yml`` says about masterclasses."""
    try:
        config = load_config(str(config_file))
    except exceptions.ConfigurationError as error:
        raise project.Unusable(f"{config_file.name} cannot be used: {error}") from error
    plugin = config.plugins.get("masterclass")
    if not isinstance(plugin, MasterclassPlugin):
        raise project.Unusable(f"{config_file.name} does not name the plugin. Add under 'plugins:' the line '  - masterclass'.")
    return plugin.settings(config)


def build_site(settings: Settings, courses: list[RenderedCourse], folder: Path) -> None:
    """The site with courses that are rendered already, into `folder`."""
    assert settings.config_file is not None
    config = load_config(str(settings.config_file), site_dir=str(folder))
    plugin = config.plugins["masterclass"]
    assert isinstance(plugin, MasterclassPlugin)
    plugin.courses = courses
    config.plugins.on_startup(command="build", dirty=False)
    _quietly()
    try:
        mkdocs_build(config)
    except exceptions.MkDocsException as error:
        raise project.Unusable(f"MkDocs could not build the site: {error}") from error
    finally:
        config.plugins.on_shutdown()


def _quietly() -> None:
    """MkDocs tells every step on its own logger; only its warnings matter inside our build."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("mkdocs: %(message)s"))
        logger.addHandler(handler)


class MasterclassPlugin(BasePlugin[PluginConfig]):
    """Pages of masterclasses in a MkDocs site."""

    courses: list[RenderedCourse] | None = None
    """Given by ``masterclass build``; a plain ``mkdocs build`` loads them itself."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[RenderedCourse, RenderedPage | None]] = {}
        self.unsearched = Unsearched()

    def settings(self, config: MkDocsConfig) -> Settings:
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        return Settings(
            root=root,
            masterclasses=root / self.config.masterclasses,
            iri_base=(self.config.iri_base or config.site_url or INVALID_BASE).rstrip("/"),
            config_file=Path(config.config_file_path) if config.config_file_path else None,
        )

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        for name in SITE_FILES:
            if name.endswith(".css"):
                config.extra_css.append(name)
            elif name == "masterclass/player.js":
                config.extra_javascript.append(name)
        if config.theme.name == "material":
            # After the project's own overrides, before Material's templates.
            at = 1 if config.theme.custom_dir else 0
            config.theme.dirs.insert(at, str(assets.theme()))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        courses = self.courses if self.courses is not None else self._load(config)
        self.pages = {}
        for name, content in SITE_FILES.items():
            if files.get_file_from_path(name) is None:
                files.append(File.generated(config, name, content=content()))
        for rendered in courses:
            for file in self._course_files(rendered, config):
                files.append(file)
        config.nav = self._nav(config, files, courses)
        return files

    def _load(self, config: MkDocsConfig) -> list[RenderedCourse]:
        problems: list[Problem] = []
        courses = project.courses(self.settings(config), (), problems)
        for problem in sorted(problems):
            level = logging.ERROR if problem.level == ERROR else logging.WARNING
            hint = f" ({problem.hint})" if problem.hint else ""
            log.log(level, f"{problem.source.path}:{problem.source.line}: {problem.message}{hint}")
        if has_errors(problems):
            raise exceptions.PluginError(count(problems))
        return [render(course) for course in courses]

    def _course_files(self, rendered: RenderedCourse, config: MkDocsConfig) -> Iterator[File]:
        course = rendered.course
        folder = f"{FOLDER}/{course.id}"
        listed: list[tuple[str, RenderedPage | None]] = [("index", None), *((page.page.id, page) for page in rendered.pages)]
        for name, page in listed:
            path = f"{folder}/{name}.md"
            self.pages[path] = (rendered, page)
            yield File.generated(config, path, content="")
        yield File.generated(config, f"{folder}/course.json", content=course_json(course))
        for name, media in course.media:
            yield File.generated(config, f"{folder}/{name}", abs_src_path=str(media))

    def _nav(self, config: MkDocsConfig, files: Files, courses: list[RenderedCourse]) -> list[Any] | None:
        """The project's own navigation with the masterclasses after it, in the order of their pages."""
        if not courses:
            return config.nav
        ours: list[Any] = [
            {rendered.course.title: [f"{FOLDER}/{rendered.course.id}/{name}.md" for name in ("index", *(p.page.id for p in rendered.pages))]}
            for rendered in courses
        ]
        listed = config.nav
        if listed is not None and f"{FOLDER}/" in str(listed):
            return listed
        if listed is None:
            listed = [file.src_uri for file in files.documentation_pages() if file.src_uri not in self.pages and not file.inclusion.is_excluded()]
        return [*listed, {"Masterclasses": ours}]

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if page.file.src_uri in self.pages:
            rendered, ours = self.pages[page.file.src_uri]
            page.title = ours.page.title if ours else rendered.course.title
            page.meta.setdefault("description", rendered.course.summary)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if page.file.src_uri not in self.pages:
            return html
        rendered, ours = self.pages[page.file.src_uri]
        address = page_address(rendered.course, ours.page.id if ours else "", config.use_directory_urls)
        if ours is None:
            return str(overview_page(rendered, address))
        page.toc = get_toc(_nested(ours.page.headings))
        return self.unsearched.hide(page.file.src_uri, str(site_page(rendered, ours, address, environment())))

    @event_priority(-100)  # after search plugins, which index page.content in this event
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        if page.content is not None:
            page.content = self.unsearched.show(page.file.src_uri, page.content)
        return context


def _nested(headings: tuple[Heading, ...]) -> list[Any]:
    """Headings as the tokens that Markdown's ``toc`` extension makes."""
    root: list[Any] = []
    open_: list[Any] = []
    for heading in headings:
        token = {"level": heading.level, "id": heading.id, "name": heading.text, "children": []}
        while open_ and open_[-1]["level"] >= heading.level:
            open_.pop()
        (open_[-1]["children"] if open_ else root).append(token)
        open_.append(token)
    return root
