"""The MkDocs plugin, and the only module that imports MkDocs (ProperDocs runs the same code under its own name).

Masterclasses become generated files of the site. Their Markdown never goes through MkDocs: the body that the
packages have is handed over when MkDocs has rendered the page's (empty) text.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from mkdocs import exceptions
from mkdocs.commands.build import _build_page, _populate_page, get_context
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, SubConfig, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from . import accessibility, assets, guide, load, project, side_channel, skills
from .course import Course
from .documents.render import RenderedDocument
from .files import write
from .generated.markers import filled, marked
from .generated.shown import Shown
from .player_data import course_json
from .practice.paper import papers
from .problems import ERROR, Problem, count, has_errors
from .publisher import Publisher
from .records import ADDRESS
from .render import RenderedCourse, RenderedPage, practice_styled, render
from .selfcheck import site as selfcheck
from .selfcheck.instrument import Instrument
from .selfcheck.reading import FOLDER as INSTRUMENT_FOLDER
from .settings import INVALID_BASE, Settings, Unusable
from .templates import environment
from .website import (
    CARDS_SCRIPT,
    FOLDER,
    PRACTICE_STYLES,
    SITE_FILES,
    Unsearched,
    document_page,
    navigation,
    overview_page,
    page_address,
    site_page,
    toc_tokens,
)

log = get_plugin_logger("masterclass")

LATER = 0.2
"""What a page to come back to weighs in a search, of a page to learn from."""


class PublisherConfig(Config):  # type: ignore[no-untyped-call]
    name = Type(str, default="")
    email = Type(str, default="")
    phone = Type(str, default="")
    answers_within = Type(str, default="")


class PluginConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs types most of itself
    masterclasses = Type(str, default="masterclasses")
    iri_base = Optional(Type(str))
    problems = Type(str, default="")
    publisher = SubConfig(PublisherConfig)
    lrs = Optional(Type(dict))


def settings(config_file: Path) -> Settings:
    """What ``mkdocs.yml`` says about masterclasses."""
    try:
        config = load_config(str(config_file))
    except exceptions.ConfigurationError as error:
        raise Unusable(f"{config_file.name} cannot be used: {error}") from error
    plugin = config.plugins.get("masterclass")
    if not isinstance(plugin, MasterclassPlugin):
        raise Unusable(f"{config_file.name} does not name the plugin. Add under 'plugins:' the line '  - masterclass'.")
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
        raise Unusable(f"MkDocs could not build the site: {error}") from error
    finally:
        config.plugins.on_shutdown()


class LiveSite:
    """A site kept ready, so that a change inside a few pages renders only those.

    A change of more than their text builds the site again, the pages it is about first.
    """

    def __init__(self, settings: Settings, folder: Path) -> None:
        assert settings.config_file is not None
        self.settings = settings
        self.folder = folder
        self.config: MkDocsConfig | None = None
        self._shapes: dict[str, str] = {}
        self._stamps: dict[Path, int] = {}
        self._writing = Lock()

    def watched(self) -> list[Path]:
        config = load_config(str(self.settings.config_file))
        instrument = self.settings.root / INSTRUMENT_FOLDER
        folders = [Path(config.docs_dir), *([instrument] if instrument.is_dir() else [])]
        return [*folders, Path(config.config_file_path), assets.blocks(), assets.package(), assets.theme()]

    def show(self, courses: list[RenderedCourse], shown: Callable[[], None]) -> None:
        """Bring the site up to date; calls `shown` as soon as what has changed can be looked at."""
        with self._writing:
            shapes = {rendered.course.id: repr(_shape(rendered)) for rendered in courses}
            stamps = self._own_files()
            plugin = self.plugin
            if plugin is None or shapes != self._shapes or stamps != self._stamps:
                changed = {ident for ident, _ in shapes.items() ^ self._shapes.items()}
                self._build(courses, changed, {path for path, _ in stamps.items() ^ self._stamps.items()}, shown)
                self._shapes, self._stamps = shapes, stamps
            else:
                plugin.renew(courses)
                shown()

    @property
    def plugin(self) -> MasterclassPlugin | None:
        found = self.config.plugins["masterclass"] if self.config else None
        return found if isinstance(found, MasterclassPlugin) else None

    def _build(
        self, courses: list[RenderedCourse], changed: set[str], files: set[Path], shown: Callable[[], None]
    ) -> None:
        again = self.config is not None
        self.config = load_config(str(self.settings.config_file), site_dir=str(self.folder))
        plugin = self.plugin
        assert plugin is not None
        plugin.courses = courses
        self.config.plugins.on_startup(command="serve", dirty=False)
        _quietly()
        folders = tuple(f"{FOLDER}/{ident}/" for ident in changed)

        def first(file: File) -> bool:
            return file.src_uri.startswith(folders) or (
                file.abs_src_path is not None and Path(file.abs_src_path) in files
            )

        try:
            if again:
                _build_in_order(self.config, first, shown)
            else:
                mkdocs_build(self.config)
                shown()
        except exceptions.MkDocsException as error:
            self._stamps = {}
            raise Unusable(f"MkDocs could not build the site: {error}") from error

    def _own_files(self) -> dict[Path, int]:
        """The site's own files and when they changed."""
        files = [path for folder in self.watched() for path in ([folder] if folder.is_file() else folder.rglob("*"))]
        return {path: path.stat().st_mtime_ns for path in files if path.is_file()}

    def page(self, address: str) -> bytes | None:
        """The page at `address`, when it is one."""
        path = (self.folder / address.lstrip("/")).resolve()
        path = path / "index.html" if address.endswith("/") else path
        if path.suffix != ".html" or not path.is_relative_to(self.folder.resolve()) or not path.is_file():
            return None
        if self.plugin is not None and self.plugin.outdated:
            with self._writing:
                self.plugin.renew_list(path.relative_to(self.folder.resolve()).as_posix())
        return path.read_bytes()


def _build_in_order(config: MkDocsConfig, first: Callable[[File], bool], shown: Callable[[], None]) -> None:
    """MkDocs' own steps into a folder that has a site already: some pages first, then the others, then what is gone."""
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    pages = [file.page for file in files.documentation_pages() if file.page]
    for page in pages:
        _populate_page(page, config, files)
    env = config.plugins.on_env(env, config=config, files=files)
    files.copy_static_files()
    pages.sort(key=lambda page: not first(page.file))
    documents = files.documentation_pages()
    told = False
    for page in pages:
        if not told and not first(page.file):
            shown()
            told = True
        _build_page(page, config, documents, nav, env)
    config.plugins.on_post_build(config=config)
    kept = {file.dest_uri for file in files}
    for path in Path(config.site_dir, FOLDER).rglob("*"):
        if path.is_file() and path.relative_to(config.site_dir).as_posix() not in kept:
            path.unlink()
    if not told:
        shown()


def _shape(rendered: RenderedCourse) -> Any:
    """What stands on more than one page: when it changes, a few pages are not enough."""
    course = rendered.course
    media = [(name, path.stat().st_mtime_ns) for name, path in course.media]
    documents = [(document.place, document.title) for document in rendered.documents]
    return course.title, course.summary, rendered.overview, [(p.id, p.title) for p in course.pages], documents, media


class _Site(NamedTuple):
    """What MkDocs renders a page with."""

    env: Any
    config: MkDocsConfig
    files: Files
    nav: Navigation


def _quietly() -> None:
    """MkDocs tells every step on its own logger; only its warnings matter inside our build."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("mkdocs: %(message)s"))
        logger.addHandler(handler)


class MasterclassPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call]
    """Pages of masterclasses in a MkDocs site."""

    courses: list[RenderedCourse] | None = None
    """Given by ``masterclass build``; a plain ``mkdocs build`` loads them itself."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[RenderedCourse, RenderedPage | None]] = {}
        self.documents: dict[str, tuple[RenderedCourse, RenderedDocument]] = {}
        self.unsearched = Unsearched()
        self.outdated: set[str] = set()
        """Pages made from all masterclasses, by path, that have not been written since one changed."""

    def settings(self, config: MkDocsConfig) -> Settings:
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        masterclasses = root / self.config.masterclasses
        try:
            names = [folder.name for folder in load.find([masterclasses])]
            lrs = side_channel.read(self.config.lrs, names) if self.config.lrs is not None else None
        except side_channel.Wrong as wrong:
            raise Unusable(f"{Path(config.config_file_path).name} cannot be used: {wrong}") from wrong
        return Settings(
            root=root,
            masterclasses=masterclasses,
            lrs=lrs,
            iri_base=(self.config.iri_base or config.site_url or INVALID_BASE).rstrip("/"),
            config_file=Path(config.config_file_path) if config.config_file_path else None,
            publisher=self._publisher(config),
            repository=(config.repo_url or "").rstrip("/"),
        )

    def _publisher(self, config: MkDocsConfig) -> Publisher:
        if self.config.problems and not re.fullmatch(ADDRESS.pattern, self.config.problems):
            raise Unusable(
                f"mkdocs.yml: 'problems' of the masterclass plugin must be {ADDRESS.what}, found '{self.config.problems}'"
            )
        return Publisher(
            site=config.site_url or "",
            directories=config.use_directory_urls,
            problems=self.config.problems,
            **self.config.publisher,
        )

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
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
        courses = self.courses if self.courses is not None else self._load(config)
        self.pages, self.documents = {}, {}
        self._urls: dict[str, str] = {}
        self._marked: dict[str, str] = {}
        for name, content in SITE_FILES.items():
            if files.get_file_from_path(name) is None:
                files.append(File.generated(config, name, content=content()))
        for rendered in courses:
            for file in self._course_files(rendered, config):
                files.append(file)
        self._instrument(files, config)
        self._examples(files, config)
        own = [f.src_uri for f in files.documentation_pages() if f.src_uri not in self.pages | self.documents]
        config.nav = navigation(config.nav, own, courses)
        return files

    def _instrument(self, files: Files, config: MkDocsConfig) -> None:
        """The self-check, when a page asks for it: its files, and where its pages are."""
        own = [file for file in files.documentation_pages() if file.src_uri not in self.pages | self.documents]
        self.marked = selfcheck.marked([(file.url, file.content_string) for file in own])
        self.instrument: Instrument | None = None
        if not self.marked:
            return
        problems: list[Problem] = []
        self.instrument = project.instrument(self.settings(config), problems)
        self._say(problems)
        if self.instrument is not None:
            for name, text in selfcheck.files(self.instrument).items():
                if files.get_file_from_path(name) is None:  # Material's overrides bring the styles
                    files.append(File.generated(config, name, content=text))

    def _examples(self, files: Files, config: MkDocsConfig) -> None:
        """The page that shows what its examples become, if there is one."""
        self.guide: tuple[str, guide.Guide] | None = None
        for file in list(files.documentation_pages()):
            if file.src_uri in self.pages | self.documents or guide.MARK not in file.content_string:
                continue
            problems: list[Problem] = []
            media = Path(file.abs_src_path or "").with_suffix("") / "media"
            made = guide.guide(file.content_string, media, problems)
            self._say(problems)
            if made is None:
                continue
            self.guide = (file.src_uri, made)
            folder = file.src_uri.removesuffix(".md")
            files.append(File.generated(config, f"{folder}/course.json", content=course_json(made.rendered.course)))
            for paper in papers(made.rendered.course):
                files.append(File.generated(config, f"{folder}/{paper.path}", content=paper.content))

    def _load(self, config: MkDocsConfig) -> list[RenderedCourse]:
        problems: list[Problem] = []
        courses = project.courses(self.settings(config), (), problems)
        self._say(problems)
        return [render(course, cache) for course, cache in courses]

    def _say(self, problems: list[Problem]) -> None:
        for problem in sorted(problems):
            level = logging.ERROR if problem.level == ERROR else logging.WARNING
            hint = f" ({problem.hint})" if problem.hint else ""
            log.log(level, f"{problem.source.path}:{problem.source.line}: {problem.message}{hint}")
        if has_errors(problems):
            raise exceptions.PluginError(count(problems))

    def _course_files(self, rendered: RenderedCourse, config: MkDocsConfig) -> Iterator[File]:
        course = rendered.course
        folder = f"{FOLDER}/{course.id}"
        listed: list[tuple[str, RenderedPage | None]] = [
            ("index", None),
            *((page.page.id, page) for page in rendered.pages),
        ]
        for name, page in listed:
            path = f"{folder}/{name}.md"
            self.pages[path] = (rendered, page)
            file = File.generated(config, path, content="")
            self._urls.setdefault(course.id, file.url)
            yield file
        for document in rendered.documents:
            path = f"{folder}/{document.place}.md"
            self.documents[path] = (rendered, document)
            yield File.generated(config, path, content="")
            if document.word:
                yield File.generated(config, f"{folder}/{document.place}.docx", content=document.word)
        yield File.generated(config, f"{folder}/course.json", content=course_json(course))
        for name, media in course.media:
            yield File.generated(config, f"{folder}/{name}", abs_src_path=str(media))
        for paper in papers(course):
            yield File.generated(config, f"{folder}/{paper.path}", content=paper.content)

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if page.file.src_uri in self.pages:
            rendered, ours = self.pages[page.file.src_uri]
            page.title = ours.page.title if ours else rendered.course.title
            page.meta.setdefault("description", rendered.course.summary)
            if ours and ours.page.after:
                # Questions to come back to explain nothing: who searches wants the page that does.
                page.meta.setdefault("search", {"boost": LATER})
        if page.file.src_uri in self.documents:
            page.title = self.documents[page.file.src_uri][1].title
        if self.guide and page.file.src_uri == self.guide[0]:
            return guide.with_places(markdown)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        if page.file.src_uri in self.documents:
            rendered, document = self.documents[page.file.src_uri]
            return str(
                document_page(document, page_address(rendered.course, document.place, config.use_directory_urls))
            )
        if self.guide and page.file.src_uri == self.guide[0]:
            folder = "" if config.use_directory_urls else f"{Path(page.file.src_uri).stem}/"
            return self.unsearched.hide(page.file.src_uri, str(guide.shown(html, self.guide[1], folder)))
        if page.file.src_uri not in self.pages:
            if page.url in self.marked.values():
                html = self._filled(html, page)
            if marked(html):
                self._marked[page.file.src_uri] = html
                return self._generated(html, page, config, files)
            return html
        rendered, ours = self.pages[page.file.src_uri]
        address = page_address(rendered.course, ours.page.id if ours else "", config.use_directory_urls)
        if ours is None:
            return str(overview_page(rendered, address))
        page.toc = get_toc(toc_tokens(ours.page.headings))
        return self.unsearched.hide(page.file.src_uri, str(site_page(rendered, ours, address, environment())))

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        if self.instrument is not None and page.url in self.marked.values():
            links = selfcheck.head(lambda address: get_relative_url(address, page.url))
            output = output.replace("</head>", f"{links}</head>", 1)
        if "data-own=" in output:
            script = f'<script src="{get_relative_url(CARDS_SCRIPT, page.url)}" defer></script>'
            output = output.replace("</head>", f"{script}\n</head>", 1)
        _, ours = self.pages.get(page.file.src_uri, (None, None))
        guided = self.guide is not None and page.file.src_uri == self.guide[0]
        if not guided and (ours is None or not practice_styled(ours.page)):
            return output
        address = get_relative_url(PRACTICE_STYLES, page.url)
        return output.replace("</head>", f'<link rel="stylesheet" href="{address}">\n</head>', 1)

    def _filled(self, html: str, page: Page) -> str:
        """The self-check's marks on a page replaced."""
        assert self.instrument is not None, "said by _instrument"
        addresses = {**self._urls, **self.marked}
        relative = lambda address: get_relative_url(address, page.url)  # noqa: E731
        return selfcheck.filled(html, self.instrument, addresses, relative, environment())

    def _generated(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """A page of the site's own, with what its comments stand for."""

        def folder(course: Course) -> str:
            overview = get_relative_url(self._urls[course.id], page.url)
            return overview.removesuffix("index.html").removesuffix("./")

        def address(course: Course, ident: str) -> str:
            return page_address(course, "", config.use_directory_urls)(ident).removeprefix("./")

        def own(path: str) -> str:
            found = files.get_file_from_path(path)
            return get_relative_url(found.url, page.url) if found else ""

        shown = Shown(
            courses=tuple(rendered.course for rendered, ours in self.pages.values() if ours is None),
            publisher=self._publisher(config),
            statement=accessibility.statement(self.settings(config).root, []),
            domains={domain.id: domain.title for domain in self.instrument.domains} if self.instrument else {},
            skills=skills.read(self.settings(config).root / INSTRUMENT_FOLDER, []),
            address=lambda course, ident: folder(course) + address(course, ident) or "./",
            folder=folder,
            own=own,
        )
        return filled(html, shown)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._nav_shown = nav
        return nav

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> None:
        self._site = _Site(env, config, files, self._nav_shown)

    def _refresh(self, courses: list[RenderedCourse], config: MkDocsConfig) -> list[str]:
        """Take over what looks different in `courses`; the paths of its pages."""
        stale = []
        for each in courses:
            folder = f"{FOLDER}/{each.course.id}"
            self.pages[f"{folder}/index.md"] = (each, None)
            for page in each.pages:
                path = f"{folder}/{page.page.id}.md"
                stale += [path] if self.pages[path][1] != page else []
                self.pages[path] = (each, page)
            for document in each.documents:
                path = f"{folder}/{document.place}.md"
                stale += [path] if self.documents[path][1] != document else []
                self.documents[path] = (each, document)
                if document.word:
                    Path(config.site_dir, folder, f"{document.place}.docx").write_bytes(document.word)
        return stale

    def renew(self, courses: list[RenderedCourse]) -> None:
        """Write what looks different in `courses` again, as MkDocs writes each page of a build."""
        config = self._site.config
        stale = self._refresh(courses, config)
        for rendered in courses:
            data = Path(config.site_dir, FOLDER, rendered.course.id, "course.json")
            data.write_text(course_json(rendered.course), encoding="utf-8")
            write(data.parent, papers(rendered.course))
        self.outdated = set(self._marked)
        for path in stale:
            self._rewrite(path)

    def renew_list(self, output: str) -> None:
        """A page made from all masterclasses is written again when somebody looks at it: the file `output` of the site."""
        _, _, files, _ = self._site
        for path in self.outdated:
            file = files.get_file_from_path(path)
            if file is not None and file.dest_uri == output:
                self.outdated.remove(path)
                self._rewrite(path)
                return

    def _rewrite(self, path: str) -> None:
        env, config, files, nav = self._site
        file = files.get_file_from_path(path)
        assert file is not None and isinstance(file.page, Page)
        page = file.page
        page.content = self.on_page_content(self._marked.get(path, ""), page=page, config=config, files=files)
        page.active = True
        context = self.on_page_context(get_context(nav, files, config, page), page=page, config=config, nav=nav)
        output = config.plugins.on_post_page(env.get_template("main.html").render(context), page=page, config=config)
        page.active = False
        Path(file.abs_dest_path).write_text(output, encoding="utf-8")

    def on_serve(self, server: Any, *, config: MkDocsConfig, builder: Any) -> None:
        """For people who preview with ``mkdocs serve``."""
        server.watch(str(self.settings(config).masterclasses))

    @event_priority(-100)  # after search plugins, which index page.content in this event
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        if page.content is not None:
            page.content = self.unsearched.show(page.file.src_uri, page.content)
        return context
