"""What happens to a site with masterclasses, by MkDocs' events."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

from jinja2 import BytecodeCache
from mkdocs import exceptions
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from .. import assets, guide, project
from ..markdown import Framed
from ..problems import ERROR, Problem, count, has_errors
from ..render import RenderedCourse, render
from ..selfcheck import site as selfcheck
from ..settings import Settings
from ..website import CARDS_SCRIPT, INDEX, INDEX_TEXT, PRACTICE_STYLES, SITE_FILES, Unsearched, navigation
from .configuration import PluginConfig, configured
from .masterclasses import Masterclasses
from .own import OwnPages

log = get_plugin_logger("masterclass")


class Site(NamedTuple):
    """What MkDocs renders a page with."""

    env: Any
    config: MkDocsConfig
    files: Files
    nav: Navigation


class MasterclassPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Pages of masterclasses in a MkDocs site."""

    courses: list[RenderedCourse] | None = None
    """Given by ``masterclass build``; a plain ``mkdocs build`` loads them itself."""
    compiled: BytecodeCache | None = None
    """Where a preview keeps the theme's templates, compiled once for all its builds."""
    masterclasses: Masterclasses
    own: OwnPages
    site: Site
    _nav: Navigation

    def __init__(self) -> None:
        self._unsearched = Unsearched()

    def settings(self, config: MkDocsConfig) -> Settings:
        return configured(self.config, config)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        config.markdown_extensions.append(Framed())  # type: ignore[arg-type]  # MkDocs knows names, Markdown both
        for name in SITE_FILES:
            if name.endswith(".css") and name != PRACTICE_STYLES:
                config.extra_css.append(name)
            elif name == "masterclass/player.js":
                config.extra_javascript.append(name)
        if config.theme.name == "material":
            # After the project's own overrides, before Material's templates.
            at = 1 if config.theme.custom_dir else 0
            config.theme.dirs.insert(at, str(assets.theme()))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        settings = self.settings(config)
        courses = self.courses if self.courses is not None else _loaded(settings)
        for name, content in SITE_FILES.items():
            if files.get_file_from_path(name) is None:
                files.append(File.generated(config, name, content=content()))
        self.masterclasses = Masterclasses(config, courses)
        for file in self.masterclasses.files:
            files.append(file)
        if courses and files.get_file_from_path(INDEX) is None:
            files.append(File.generated(config, INDEX, content=INDEX_TEXT))
        problems: list[Problem] = []
        self.own = OwnPages(settings, self.masterclasses, files, problems)
        _say(problems)
        for file in self.own.files(config):
            if files.get_file_from_path(file.src_uri) is None:  # Material's overrides bring the self-check's styles
                files.append(file)
        config.nav = navigation(config.nav, self.own.paths, courses)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if page.file.src_uri in self.masterclasses:
            self.masterclasses.describe(page)
        return guide.with_places(markdown) if self.own.is_guide(page.file.src_uri) else markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        path = page.file.src_uri
        found = self.masterclasses.content(page) if path in self.masterclasses else self.own.content(html, page)
        return self._unsearched.hide(path, found) if path in self.masterclasses or self.own.is_guide(path) else found

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._nav = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        env.bytecode_cache = self.compiled
        self.site = Site(env, config, files, self._nav)

    @event_priority(-100)  # after search plugins, which index page.content in this event
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        if page.content is not None:
            page.content = self._unsearched.show(page.file.src_uri, page.content)
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        head = ""
        if self.own.is_self_check(page):
            head += selfcheck.head(lambda address: get_relative_url(address, page.url))
        if "data-own=" in output:
            head += f'<script src="{get_relative_url(CARDS_SCRIPT, page.url)}" defer></script>\n'
        if self.own.is_guide(page.file.src_uri) or self.masterclasses.practice_styled(page.file.src_uri):
            head += f'<link rel="stylesheet" href="{get_relative_url(PRACTICE_STYLES, page.url)}">\n'
        return output.replace("</head>", f"{head}</head>", 1)

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> None:
        """For people who preview with ``mkdocs serve``."""
        server.watch(str(self.settings(config).masterclasses))


def _loaded(settings: Settings) -> list[RenderedCourse]:
    problems: list[Problem] = []
    courses = project.courses(settings, (), problems)
    _say(problems)
    return [render(course, cache) for course, cache in courses]


def _say(problems: list[Problem]) -> None:
    for problem in sorted(problems):
        level = logging.ERROR if problem.level == ERROR else logging.WARNING
        hint = f" ({problem.hint})" if problem.hint else ""
        log.log(level, f"{problem.source.path}:{problem.source.line}: {problem.message}{hint}")
    if has_errors(problems):
        raise exceptions.PluginError(count(problems))
