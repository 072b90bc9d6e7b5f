"""MkDocs run by us: its settings read, and a site built."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from pathlib import Path

from mkdocs import exceptions
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation

from ..render import RenderedCourse
from ..settings import Settings, Unusable
from ..website import FOLDER
from .events import MasterclassPlugin


def settings(config_file: Path) -> Settings:
    """What ``mkdocs.yml`` says about masterclasses."""
    try:
        config = load_config(str(config_file))
    except exceptions.ConfigurationError as error:
        raise Unusable(f"{config_file.name} cannot be used: {error}") from error
    plugin = config.plugins.get("masterclass")
    if not isinstance(plugin, MasterclassPlugin):
        raise Unusable(f"{config_file.name} does not name the plugin; add under 'plugins:' the line '  - masterclass'")
    return plugin.settings(config)


def prepared(settings: Settings, courses: list[RenderedCourse], folder: Path) -> tuple[MkDocsConfig, MasterclassPlugin]:
    """MkDocs ready to build a site with courses that are rendered already, into `folder`."""
    config = load_config(str(settings.config_file), site_dir=str(folder))
    plugin = config.plugins["masterclass"]
    assert isinstance(plugin, MasterclassPlugin)
    plugin.courses = courses
    _quietly()
    return config, plugin


def build_site(settings: Settings, courses: list[RenderedCourse], folder: Path) -> None:
    config, _ = prepared(settings, courses, folder)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    except exceptions.MkDocsException as error:
        raise not_built(error) from error
    finally:
        config.plugins.on_shutdown()


def not_built(error: exceptions.MkDocsException) -> Unusable:
    return Unusable(f"MkDocs could not build the site: {error}")


def build_in_order(
    config: MkDocsConfig,
    first: Callable[[File], bool],
    shown: Callable[[str], None],
    asked: Callable[[], Collection[str]],
) -> None:
    """MkDocs' own steps into a folder that has a site already: some pages first, then the others, then what is gone.

    `shown` is called with the path in the site of each page that can be looked at, and with "" once all that come first
    are there; the others are still as they were then. Those that somebody has `asked` for are the next.
    """
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    pages = {file.dest_uri: file.page for file in files.documentation_pages() if file.page}
    plugin = config.plugins["masterclass"]
    assert isinstance(plugin, MasterclassPlugin)
    begun = [path for path, page in pages.items() if first(page.file)]
    for path, page in pages.items():
        # Of a masterclass's page the others need the title only; what stands there is read when its turn comes.
        if page.file.src_uri in plugin.masterclasses and path not in begun:
            plugin.masterclasses.describe(page)
        else:
            _populate_page(page, config, files)
    env = config.plugins.on_env(env, config=config, files=files)
    files.copy_static_files()
    documents = files.documentation_pages()

    def build(path: str) -> None:
        page = pages.pop(path)
        if page.markdown is None:
            _populate_page(page, config, files)
        _build_page(page, config, documents, nav, env)
        shown(path)

    for path in begun:
        build(path)
    shown("")
    while pages:
        build(next((path for path in asked() if path in pages), next(iter(pages))))
    config.plugins.on_post_build(config=config)
    kept = {file.dest_uri for file in files}
    for path_ in Path(config.site_dir, FOLDER).rglob("*"):
        if path_.is_file() and path_.relative_to(config.site_dir).as_posix() not in kept:
            path_.unlink()


def _quietly() -> None:
    """MkDocs tells every step on its own logger; only its warnings matter inside our build."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("mkdocs: %(message)s"))
        logger.addHandler(handler)
